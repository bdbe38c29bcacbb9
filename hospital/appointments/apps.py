from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "hospital.appointments"
    label = "appointments"
