from django.apps import AppConfig


class StaffWebConfig(AppConfig):
    name = "hospital.staff_web"
    label = "staff_web"
