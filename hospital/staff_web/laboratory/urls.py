"""Addresses of the laboratory desk."""

from django.urls import path

from hospital.staff_web.laboratory import analyzer_messages, entering, recognition, views

SPECIMEN = "specimens/<uuid:specimen_id>/"
MESSAGE = "messages/<uuid:message_id>/"
REPORT = "reports/<uuid:report_id>/"

urlpatterns = [
    path("", views.desk, name="laboratory"),
    path("queue/", views.queue, name="laboratory_queue"),
    path("scan/", views.scan, name="laboratory_scan"),
    path("messages/", analyzer_messages.waiting, name="laboratory_messages"),
    path(f"{MESSAGE}link/", analyzer_messages.link, name="laboratory_link"),
    path(f"{MESSAGE}set-aside/", analyzer_messages.set_aside, name="laboratory_set_aside"),
    path("recognition/", recognition.recognition, name="laboratory_recognition"),
    path(SPECIMEN, views.specimen, name="laboratory_specimen"),
    path(f"{SPECIMEN}collect/", views.collect, name="laboratory_collect"),
    path(f"{SPECIMEN}label/", views.label, name="laboratory_label"),
    path(f"{SPECIMEN}receive/", views.receive, name="laboratory_receive"),
    path(f"{SPECIMEN}reject/", views.reject, name="laboratory_reject"),
    path(f"{REPORT}value/", entering.value, name="laboratory_value"),
    path(f"{REPORT}comment/", entering.comment, name="laboratory_comment"),
    path(f"{REPORT}submit/", entering.submit, name="laboratory_submit"),
    path(f"{REPORT}call/<uuid:value_id>/", entering.call, name="laboratory_call"),
    path(f"{REPORT}verify/", entering.verify, name="laboratory_verify"),
    path(f"{REPORT}amend/", entering.amend, name="laboratory_amend"),
    path(f"{REPORT}print/", entering.print_report, name="laboratory_print"),
]
