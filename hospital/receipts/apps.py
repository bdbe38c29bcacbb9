from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    name = "hospital.receipts"
    label = "receipts"
