"""Addresses of the interfaces for partners."""

from django.urls import path

from hospital.partner_api.api import api

urlpatterns = [path("", api.urls)]
