"""Addresses of the pharmacist's desk."""

from django.urls import path

from hospital.staff_web.pharmacy import rules, stock, views

urlpatterns = [
    path("", views.desk, name="pharmacy"),
    path("queue/", views.queue, name="pharmacy_queue"),
    path("prescriptions/<uuid:prescription_id>/", views.prescription, name="prescription"),
    path("prescriptions/<uuid:prescription_id>/act/", views.act, name="prescription_act"),
    path("prescriptions/<uuid:prescription_id>/labels/", views.labels, name="prescription_labels"),
    path("rules/", rules.rules, name="drug_rules"),
    path("rules/<str:kind>/", rules.add, name="drug_rule_add"),
    path("rules/<str:kind>/delete/", rules.delete, name="drug_rule_delete"),
    path("stock/", stock.stock, name="stock"),
    path("stock/receive/", stock.receive, name="stock_receive"),
    path("stock/<uuid:batch_id>/", stock.batch, name="batch"),
    path("stock/<uuid:batch_id>/change/", stock.change, name="batch_change"),
]
