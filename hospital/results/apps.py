from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "hospital.results"
    label = "results"
