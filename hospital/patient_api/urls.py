"""Addresses of the patient API."""

from django.urls import path

from hospital.patient_api.api import api
from hospital.patient_api.availability import days, places
from hospital.patient_api.hot_paths import hold, slots
from hospital.patient_api.live import live

urlpatterns = [
    path("appointments/hold", hold),
    path("sessions/<uuid:session_id>/slots", slots),
    path("booking/days", days),
    path("booking/doctors/<uuid:doctor_id>/places", places),
    path("live", live),
    path("", api.urls),
]
