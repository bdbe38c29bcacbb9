from django.apps import AppConfig


class BedsConfig(AppConfig):
    name = "hospital.beds"
    label = "beds"
