from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "hospital.catalog"
    label = "catalog"
