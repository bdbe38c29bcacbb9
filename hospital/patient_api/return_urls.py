"""Where the acquirer's page sends the payer back to, until the patient app answers there."""

from django.urls import path

from hospital.patient_api.return_page import show_result

urlpatterns = [path("<uuid:payment_id>/", show_result, name="payment-result")]
