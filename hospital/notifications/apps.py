from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "hospital.notifications"
    label = "notifications"
