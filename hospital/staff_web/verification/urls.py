"""Addresses under `/v/`."""

from django.urls import path

from hospital.staff_web.verification.views import show_verification

app_name = "verification"
urlpatterns = [
    path("", show_verification, name="form"),
    path("<str:number>", show_verification, name="document"),
]
