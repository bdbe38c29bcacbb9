from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "hospital.publications"
    label = "publications"
