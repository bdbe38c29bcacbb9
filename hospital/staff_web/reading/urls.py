"""Addresses of the reading room."""

from django.urls import path

from hospital.staff_web.reading import views

urlpatterns = [
    path("", views.desk, name="reading"),
    path("queue/", views.queue, name="reading_queue"),
    path("next/", views.take_next, name="reading_next"),
    path("<uuid:line_id>/take/", views.take, name="reading_take"),
    path("<uuid:line_id>/give-back/", views.give_back, name="reading_give_back"),
]
