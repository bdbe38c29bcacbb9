from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "hospital.kernel"
    label = "kernel"
