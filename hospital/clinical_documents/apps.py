from django.apps import AppConfig


class ClinicalDocumentsConfig(AppConfig):
    name = "hospital.clinical_documents"
    label = "clinical_documents"
