from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "hospital.partners"
    label = "partners"
