from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "hospital.scheduling"
    label = "scheduling"
