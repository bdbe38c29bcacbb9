"""Addresses of the register of certificates."""

from django.urls import path

from hospital.staff_web.medical_documents import register

urlpatterns = [
    path("", register.register, name="certificates"),
    path("<uuid:document_id>/void/", register.void, name="certificates_void"),
]
