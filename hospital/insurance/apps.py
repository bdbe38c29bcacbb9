from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    name = "hospital.insurance"
    label = "insurance"
