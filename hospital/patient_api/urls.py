"""Addresses of the patient API."""

from django.urls import path

from hospital.patient_api.api import api
from hospital.patient_api.hot_paths import hold, slots
from hospital.patient_api.live import live

urlpatterns = [
    path("appointments/hold", hold),
    path("sessions/<uuid:session_id>/slots", slots),
    path("live", live),
    path("", api.urls),
]
