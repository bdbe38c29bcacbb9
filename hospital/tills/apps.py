from django.apps import AppConfig


class TillsConfig(AppConfig):
    name = "hospital.tills"
    label = "tills"
