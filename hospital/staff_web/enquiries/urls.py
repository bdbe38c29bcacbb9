"""Addresses of the service desk."""

from django.urls import path

from hospital.staff_web.enquiries import corrections, views

urlpatterns = [
    path("", views.enquiries, name="enquiries"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<uuid:correction_id>/", corrections.answer, name="corrections_answer"),
    path("<uuid:enquiry_id>/", views.answer, name="enquiries_answer"),
    path("<uuid:enquiry_id>/pictures/<uuid:picture_id>/", views.picture, name="enquiries_picture"),
]
