from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "hospital.orders"
    label = "orders"
