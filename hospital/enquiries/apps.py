from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "hospital.enquiries"
    label = "enquiries"
