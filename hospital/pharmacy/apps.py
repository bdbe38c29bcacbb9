from django.apps import AppConfig


class PharmacyConfig(AppConfig):
    name = "hospital.pharmacy"
    label = "pharmacy"
