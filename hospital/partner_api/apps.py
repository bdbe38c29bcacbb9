from django.apps import AppConfig


class PartnerApiConfig(AppConfig):
    name = "hospital.partner_api"
    label = "partner_api"
