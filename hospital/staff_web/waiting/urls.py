"""Addresses of the triage desk."""

from django.urls import path

from hospital.staff_web.waiting import check_in, complaints, views

VISIT = "visits/<uuid:encounter_id>/"

urlpatterns = [
    path("", views.desk, name="triage"),
    path("queue/", views.queue, name="triage_queue"),
    path("complaints/", complaints.complaints, name="triage_complaints"),
    path("areas/<str:code>/check-in-code/", check_in.sheet, name="triage_check_in_code"),
    path(VISIT, views.visit, name="triage_visit"),
    path(f"{VISIT}assess/", views.save, name="triage_save"),
    path(f"{VISIT}priority/", views.prioritize, name="triage_priority"),
    path(f"{VISIT}check-in/", views.check_somebody_in, name="triage_check_in"),
]
