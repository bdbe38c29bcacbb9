from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "hospital.translations"
    label = "translations"
