"""Addresses of the reading room."""

from django.urls import path

from hospital.staff_web.reading import phrases, views

urlpatterns = [
    path("", views.desk, name="reading"),
    path("queue/", views.queue, name="reading_queue"),
    path("next/", views.take_next, name="reading_next"),
    path("phrases/", phrases.phrases, name="reading_phrases"),
    path("phrases/templates/", phrases.add_template, name="reading_template"),
    path("phrases/<str:template_code>/", phrases.save, name="reading_phrase"),
    path("<uuid:line_id>/take/", views.take, name="reading_take"),
    path("<uuid:line_id>/give-back/", views.give_back, name="reading_give_back"),
]
