"""Addresses of the examination desk and of planning for a patient."""

from django.urls import path

from hospital.staff_web.examinations import planning, setup, views

DEVICE = "devices/<uuid:device_id>/"
BOOKING = "bookings/<uuid:booking_id>/"

urlpatterns = [
    path("", views.desk, name="examinations"),
    path(DEVICE, views.device, name="examination_device"),
    path(f"{DEVICE}hours/", setup.hours, name="examination_hours"),
    path("rules/", setup.rules, name="examination_rules"),
    path(f"{DEVICE}list/", views.day_list, name="examination_list"),
    path(f"{DEVICE}out/", views.put_out, name="examination_out"),
    path(f"{DEVICE}in/", views.put_in, name="examination_in"),
    path(f"{BOOKING}step/", views.step, name="examination_step"),
    path(f"{BOOKING}move/", planning.move, name="examination_move"),
    path(f"{BOOKING}cancel/", planning.cancel, name="examination_cancel"),
    path("people/<uuid:person_id>/", planning.person, name="examination_person"),
]
