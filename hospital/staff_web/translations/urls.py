"""Addresses of the translation desk."""

from django.urls import path

from hospital.staff_web.translations import glossary, views

urlpatterns = [
    path("", views.desk, name="translations"),
    path("queue/", views.queue, name="translations_queue"),
    path("start/<uuid:document_id>/", views.start, name="translation_start"),
    path("<uuid:translation_id>/", views.translation, name="translation"),
    path("<uuid:translation_id>/act/", views.act, name="translation_act"),
    path("<uuid:translation_id>/segments/<int:position>/", views.segment, name="translation_segment"),
    path("glossary/", glossary.terms, name="glossary"),
    path("glossary/add/", glossary.add, name="glossary_add"),
    path("glossary/<uuid:term_id>/", glossary.term, name="glossary_term"),
]
