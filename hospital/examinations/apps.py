from django.apps import AppConfig


class ExaminationsConfig(AppConfig):
    name = "hospital.examinations"
    label = "examinations"
