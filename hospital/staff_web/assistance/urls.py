"""Addresses of the coordinator's desk."""

from django.urls import path

from hospital.staff_web.assistance import people, views

urlpatterns = [
    path("", views.assistance, name="assistance"),
    path("<uuid:request_id>/", views.decide, name="assistance_decide"),
    path("people/<uuid:person_id>/", people.person, name="assistance_person"),
    path("people/<uuid:person_id>/ask/", people.ask, name="assistance_ask"),
    path("people/<uuid:person_id>/preferences/", people.preferences, name="assistance_preferences"),
    path("people/<uuid:person_id>/coordinator/", people.coordinator, name="assistance_coordinator"),
]
