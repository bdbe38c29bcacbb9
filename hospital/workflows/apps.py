from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "hospital.workflows"
    label = "workflows"
