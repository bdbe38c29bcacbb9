from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "hospital.documents"
    label = "documents"
