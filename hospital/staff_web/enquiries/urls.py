"""Addresses of the service desk."""

from django.urls import path

from hospital.staff_web.enquiries import views

urlpatterns = [
    path("", views.enquiries, name="enquiries"),
    path("<uuid:enquiry_id>/", views.answer, name="enquiries_answer"),
    path("<uuid:enquiry_id>/pictures/<uuid:picture_id>/", views.picture, name="enquiries_picture"),
]
