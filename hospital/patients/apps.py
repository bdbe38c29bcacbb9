from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "hospital.patients"
    label = "patients"
