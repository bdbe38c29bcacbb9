"""The front door of the laboratory."""

from hospital.results.queries.critical import list_open_alerts
from hospital.results.queries.exams import (
    get_exam_report,
    list_exam_reports,
    list_person_exam_reports,
    list_reported_examinations,
)
from hospital.results.queries.latest import LatestValue, find_latest_value
from hospital.results.queries.patient_list import find_closed_report, list_patient_reports, list_pending_reports
from hospital.results.queries.recognition import (
    find_outside_result,
    find_recent_exam,
    find_recent_test,
    list_outside_results,
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
from hospital.results.rules import compare_last, is_odd_change
from hospital.results.services.base_data import load_analytes, load_panels
from hospital.results.services.critical import acknowledge_critical_value, escalate_critical_values
from hospital.results.services.exams import (
    amend_exam_report,
    drop_exam_amendment,
    release_exam_report,
    sign_exam_report,
    write_exam_report,
)
from hospital.results.services.instruments import enter_measured_values, find_measured_specimen
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
    "amend_exam_report",
    "amend_report",
    "collect_specimen",
    "comment_report",
    "compare_last",
    "drop_exam_amendment",
    "enter_measured_values",
    "enter_outside_result",
    "enter_results",
    "escalate_critical_values",
    "find_closed_report",
    "find_latest_value",
    "find_measured_specimen",
    "find_outside_result",
    "find_recent_exam",
    "find_recent_test",
    "find_share",
    "find_specimen",
    "get_exam_report",
    "get_report",
    "get_specimen",
    "is_odd_change",
    "list_earlier_values",
    "list_exam_reports",
    "list_laboratory_queue",
    "list_open_alerts",
    "list_outside_results",
    "list_patient_reports",
    "list_pending_reports",
    "list_person_exam_reports",
    "list_recognitions",
    "list_report_shares",
    "list_report_versions",
    "list_reported_examinations",
    "list_reports",
    "list_trends",
    "list_visit_specimens",
    "load_analytes",
    "load_panels",
    "load_recognitions",
    "open_share",
    "receive_specimen",
    "record_call",
    "reject_specimen",
    "release_exam_report",
    "release_report",
    "request_specimens",
    "set_recognition",
    "share_report",
    "sign_exam_report",
    "submit_results",
    "verify_report",
    "withdraw_share",
    "write_exam_report",
]
