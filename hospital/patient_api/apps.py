from django.apps import AppConfig


class PatientApiConfig(AppConfig):
    name = "hospital.patient_api"
    label = "patient_api"
