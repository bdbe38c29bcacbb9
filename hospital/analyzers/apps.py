from django.apps import AppConfig


class AnalyzersConfig(AppConfig):
    name = "hospital.analyzers"
    label = "analyzers"
