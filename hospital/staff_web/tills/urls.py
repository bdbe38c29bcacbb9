"""Addresses of the daily settlement."""

from django.urls import path

from hospital.staff_web.tills import finance, views

urlpatterns = [
    path("", views.desk, name="closings"),
    path("sign/", views.sign, name="closing_sign"),
    path("finance/", finance.day, name="finance"),
    path("finance/file/", finance.export, name="finance_file"),
    path("finance/file.xlsx", finance.export, {"form": "xlsx"}, name="finance_xlsx"),
    path("<uuid:closing_id>/", views.closing, name="closing"),
    path("<uuid:closing_id>/check/", views.check, name="closing_check"),
    path("<uuid:closing_id>/post/", views.post, name="closing_post"),
    path("<uuid:closing_id>/file/", views.export, name="closing_file"),
    path("<uuid:closing_id>/file.xlsx", views.export, {"form": "xlsx"}, name="closing_xlsx"),
    path("<uuid:closing_id>/paper/", views.paper, name="closing_paper"),
]
