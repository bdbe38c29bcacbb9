"""Recognized results at the doctor's desk: what spares a test, and why one is done again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from hospital.kernel.errors import Refusal
from hospital.orders.types import Repeat, RepeatReason
from hospital.results.types import PatientReportKind, RecentResult
from hospital.staff_web.doctor.repeats import REPEAT_REASONS


def read_repeat(request: HttpRequest) -> Repeat | None:
    """The reason that was chosen for a result that was shown; None where none was."""
    reason, shown = request.POST.get("repeat_reason", ""), request.POST.get("repeated_result", "")
    if reason not in set(RepeatReason):
        return None
    try:
        return Repeat(reason=RepeatReason(reason), result_id=UUID(shown), note=request.POST.get("repeat_note", ""))
    except ValueError:
        return None


def recent_context(request: HttpRequest, recent: RecentResult | None, *, kind: str, refusal: Refusal) -> dict[str, Any]:
    """What the block above the orders says of a recent result."""
    return {
        "result": recent,
        "kind": kind,
        "code": request.POST.get("code", ""),
        "reasons": REPEAT_REASONS,
        "chosen": request.POST.get("repeat_reason", ""),
        "href": _address(recent),
        "refusal": refusal,
    }


def _address(recent: RecentResult | None) -> str:
    """Where a laboratory report is read; other results are read in the record."""
    if recent is None or recent.kind is not PatientReportKind.LAB:
        return ""
    return reverse("staff:doctor_report", args=[recent.id])
