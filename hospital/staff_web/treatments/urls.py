"""Addresses of the treatment room."""

from django.urls import path

from hospital.staff_web.treatments import views

urlpatterns = [
    path("", views.desk, name="treatments"),
    path("queue/", views.queue, name="treatments_queue"),
    path("<uuid:treatment_id>/", views.treatment, name="treatment"),
    path("<uuid:treatment_id>/give/", views.give, name="treatment_give"),
    path("<uuid:treatment_id>/stop/", views.stop, name="treatment_stop"),
    path("<uuid:treatment_id>/strike/", views.strike, name="treatment_strike"),
    path("<uuid:treatment_id>/print/", views.print_sheet, name="treatment_print"),
]
