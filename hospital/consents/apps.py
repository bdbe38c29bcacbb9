from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "hospital.consents"
    label = "consents"
