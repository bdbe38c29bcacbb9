"""Addresses of the register of certificates."""

from django.urls import path

from hospital.staff_web.medical_documents import register, sealing

urlpatterns = [
    path("", register.register, name="certificates"),
    path("<uuid:document_id>/void/", register.void, name="certificates_void"),
    path("<uuid:document_id>/seal/", sealing.read, name="certificates_read"),
    path("<uuid:document_id>/seal/decide/", sealing.decide, name="certificates_decide"),
]
