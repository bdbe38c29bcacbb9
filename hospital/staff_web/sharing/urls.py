"""Addresses under `/s/`."""

from django.urls import path

from hospital.staff_web.sharing.views import show_cover, show_paper, show_report

app_name = "sharing"
urlpatterns = [
    path("<str:token>", show_cover, name="cover"),
    path("<str:token>/report", show_report, name="report"),
    path("<str:token>/paper", show_paper, name="paper"),
]
