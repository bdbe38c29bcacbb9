"""The front door of the laboratory."""

from hospital.results.queries.reports import get_report, list_earlier_values, list_report_versions, list_reports
from hospital.results.queries.specimens import (
    find_specimen,
    get_specimen,
    list_laboratory_queue,
    list_visit_specimens,
)
from hospital.results.services.base_data import load_analytes, load_panels
from hospital.results.services.reports import amend_report, release_report, verify_report
from hospital.results.services.results import comment_report, enter_results, record_call, submit_results
from hospital.results.services.specimens import (
    collect_specimen,
    receive_specimen,
    reject_specimen,
    request_specimens,
)

__all__ = [
    "amend_report",
    "collect_specimen",
    "comment_report",
    "enter_results",
    "find_specimen",
    "get_report",
    "get_specimen",
    "list_earlier_values",
    "list_laboratory_queue",
    "list_report_versions",
    "list_reports",
    "list_visit_specimens",
    "load_analytes",
    "load_panels",
    "receive_specimen",
    "record_call",
    "reject_specimen",
    "release_report",
    "request_specimens",
    "submit_results",
    "verify_report",
]
