from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "hospital.billing"
    label = "billing"
