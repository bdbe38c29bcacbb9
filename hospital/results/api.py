"""The front door of the laboratory."""

from hospital.results.queries.critical import find_waiting_alert, list_open_alerts, list_waiting_alerts
from hospital.results.queries.exams import (
    get_exam_report,
    get_key_picture,
    list_exam_reports,
    list_finding_alerts,
    list_person_exam_reports,
    list_reported_examinations,
)
from hospital.results.queries.latest import LatestValue, find_latest_value
from hospital.results.queries.patient_list import find_closed_report, list_patient_reports, list_pending_reports
from hospital.results.queries.phrases import find_report_template, list_kept_templates, list_report_templates
from hospital.results.queries.reading import find_reading, list_open_findings, list_readings
from hospital.results.queries.recognition import (
    find_outside_result,
    find_recent_exam,
    find_recent_test,
    list_outside_results,
    list_panel_analytes,
    list_recognitions,
)
from hospital.results.queries.reports import get_report, list_earlier_values, list_report_versions, list_reports
from hospital.results.queries.shares import list_report_shares
from hospital.results.queries.specimens import (
    find_specimen,
    get_specimen,
    list_laboratory_queue,
    list_visit_specimens,
)
from hospital.results.queries.trends import list_trends
from hospital.results.reporting.kinds import find_kind
from hospital.results.reporting.phrases import list_choices, render_normal, render_phrase
from hospital.results.reporting.templates import find_template
from hospital.results.rules import compare_last, is_odd_change
from hospital.results.services.base_data import load_analytes, load_panels
from hospital.results.services.critical import (
    acknowledge_critical_value,
    escalate_critical_values,
    note_told,
    raise_critical_finding,
    record_finding_call,
    watch_topic,
)
from hospital.results.services.exams import (
    amend_exam_report,
    drop_exam_amendment,
    hand_over_exam_report,
    release_exam_report,
    sign_exam_report,
    write_exam_report,
)
from hospital.results.services.instruments import enter_measured_values, find_measured_specimen
from hospital.results.services.key_images import add_key_image, drop_key_image
from hospital.results.services.phrases import (
    add_report_template,
    find_phrase_keeper,
    retire_phrase,
    save_phrase,
)
from hospital.results.services.reading import (
    await_reading,
    claim_next_reading,
    claim_reading,
    give_back_reading,
    reading_topic,
)
from hospital.results.services.recognition import enter_outside_result, load_recognitions, set_recognition
from hospital.results.services.reports import amend_report, release_report, verify_report
from hospital.results.services.results import comment_report, enter_results, record_call, submit_results
from hospital.results.services.shares import find_share, open_share, share_report, withdraw_share
from hospital.results.services.specimens import (
    collect_specimen,
    receive_specimen,
    reject_specimen,
    request_specimens,
)

__all__ = [
    "LatestValue",
    "acknowledge_critical_value",
    "add_key_image",
    "add_report_template",
    "amend_exam_report",
    "amend_report",
    "await_reading",
    "claim_next_reading",
    "claim_reading",
    "collect_specimen",
    "comment_report",
    "compare_last",
    "drop_exam_amendment",
    "drop_key_image",
    "enter_measured_values",
    "enter_outside_result",
    "enter_results",
    "escalate_critical_values",
    "find_closed_report",
    "find_kind",
    "find_latest_value",
    "find_measured_specimen",
    "find_outside_result",
    "find_phrase_keeper",
    "find_reading",
    "find_recent_exam",
    "find_recent_test",
    "find_report_template",
    "find_share",
    "find_specimen",
    "find_template",
    "find_waiting_alert",
    "get_exam_report",
    "get_key_picture",
    "get_report",
    "get_specimen",
    "give_back_reading",
    "hand_over_exam_report",
    "is_odd_change",
    "list_choices",
    "list_earlier_values",
    "list_exam_reports",
    "list_finding_alerts",
    "list_kept_templates",
    "list_laboratory_queue",
    "list_open_alerts",
    "list_open_findings",
    "list_outside_results",
    "list_panel_analytes",
    "list_patient_reports",
    "list_pending_reports",
    "list_person_exam_reports",
    "list_readings",
    "list_recognitions",
    "list_report_shares",
    "list_report_templates",
    "list_report_versions",
    "list_reported_examinations",
    "list_reports",
    "list_trends",
    "list_visit_specimens",
    "list_waiting_alerts",
    "load_analytes",
    "load_panels",
    "load_recognitions",
    "note_told",
    "open_share",
    "raise_critical_finding",
    "reading_topic",
    "receive_specimen",
    "record_call",
    "record_finding_call",
    "reject_specimen",
    "release_exam_report",
    "release_report",
    "render_normal",
    "render_phrase",
    "request_specimens",
    "retire_phrase",
    "save_phrase",
    "set_recognition",
    "share_report",
    "sign_exam_report",
    "submit_results",
    "verify_report",
    "watch_topic",
    "withdraw_share",
    "write_exam_report",
]
