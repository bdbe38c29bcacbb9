"""Addresses of the publications desk."""

from django.urls import path

from hospital.staff_web.publications import differences, editing, listing, preview, symptoms

urlpatterns = [
    path("", listing.publications, name="publications"),
    path("symptoms/", symptoms.symptoms, name="symptoms"),
    path("symptoms/new/", symptoms.new_symptom, name="symptoms_new"),
    path("symptoms/<slug:code>/", symptoms.symptom, name="symptoms_one"),
    path("new/", listing.new_article, name="publications_new"),
    path("<uuid:article_id>/", editing.article, name="publications_article"),
    path("<uuid:article_id>/preview/", preview.preview, name="publications_preview"),
    path("<uuid:article_id>/tell/", editing.tell, name="publications_tell"),
    path("<uuid:article_id>/withdraw/", editing.withdraw, name="publications_withdraw"),
    path("<uuid:article_id>/versions/<int:number>/", differences.difference, name="publications_version"),
]
