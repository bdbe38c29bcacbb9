"""Addresses of the doctor's desk."""

from django.urls import path

from hospital.staff_web.doctor import (
    critical,
    diagnoses,
    exam_reports,
    extra,
    follow_up,
    line,
    ordering,
    papers,
    prescriptions,
    reports,
    views,
)

VISIT = "visits/<uuid:encounter_id>/"

urlpatterns = [
    path("", views.desk, name="doctor"),
    path("queue/", views.queue, name="doctor_queue"),
    path("extra/", extra.extra, name="doctor_extra"),
    path("extra/give/", extra.give, name="doctor_extra_give"),
    path("extra/<uuid:extra_id>/", extra.decide, name="doctor_extra_decide"),
    path("critical/", critical.critical, name="doctor_critical"),
    path("critical/<uuid:alert_id>/", critical.acknowledge, name="doctor_acknowledge"),
    path("call-next/", views.call_next_patient, name="doctor_call_next"),
    path(VISIT, views.visit, name="doctor_visit"),
    path(f"{VISIT}move/", views.move, name="doctor_move"),
    path(f"{VISIT}transfer/", line.transfer, name="doctor_transfer"),
    path(f"{VISIT}follow-up/", follow_up.follow_up, name="doctor_follow_up"),
    path(f"{VISIT}away/", line.send_away, name="doctor_away"),
    path(f"{VISIT}note/", views.save, name="doctor_note"),
    path(f"{VISIT}sign/", views.sign, name="doctor_sign"),
    path(f"{VISIT}finish/", views.finish, name="doctor_finish"),
    path(f"{VISIT}amend/", views.amend, name="doctor_amend"),
    path(f"{VISIT}diagnoses/", diagnoses.change, name="doctor_diagnoses"),
    path(f"{VISIT}diagnoses/search/", diagnoses.search, name="doctor_icd10"),
    path(f"{VISIT}orders/search/<str:kind>/", ordering.search, name="doctor_items"),
    path(f"{VISIT}drug/", ordering.drug, name="doctor_drug"),
    path(f"{VISIT}drug/<uuid:line_id>/", ordering.drug_line, name="doctor_line"),
    path(f"{VISIT}items/<str:kind>/", ordering.add_item, name="doctor_add"),
    path(f"{VISIT}lines/<uuid:line_id>/remove/", ordering.remove, name="doctor_remove"),
    path(f"{VISIT}lines/<uuid:line_id>/done/", ordering.done, name="doctor_done"),
    path(f"{VISIT}orders/<uuid:order_id>/describe/", ordering.describe, name="doctor_describe"),
    path(f"{VISIT}prescriptions/<uuid:prescription_id>/", prescriptions.answer, name="doctor_prescription"),
    path("orders/<uuid:order_id>/print/", papers.print_order, name="doctor_print"),
    path("exams/<uuid:line_id>/report/", exam_reports.exam_report, name="doctor_exam_report"),
    path("exams/<uuid:line_id>/report/save/", exam_reports.save_exam_report, name="doctor_exam_report_save"),
    path("exam-reports/<uuid:report_id>/print/", exam_reports.print_report, name="doctor_exam_report_print"),
    path("reports/<uuid:report_id>/", reports.report, name="doctor_report"),
    path("reports/<uuid:report_id>/release/", reports.release, name="doctor_release"),
    path("reports/<uuid:report_id>/print/", papers.print_report, name="doctor_report_print"),
]
