from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    name = "hospital.treatments"
    label = "treatments"
