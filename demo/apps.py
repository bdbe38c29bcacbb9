"""The demonstration hospital as a Django app: it brings one command, `load_demo`, and no tables."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    label = "demo"
    verbose_name = "Demonstration hospital"
