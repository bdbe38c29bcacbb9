from django.apps import AppConfig


class CampusesConfig(AppConfig):
    name = "hospital.campuses"
    label = "campuses"
