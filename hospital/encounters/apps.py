from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "hospital.encounters"
    label = "encounters"
