from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "hospital.assistance"
    label = "assistance"
