"""Recognized results at the doctor's desk: what spares a test, why one is done again, papers of other hospitals."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter, require_clinical_access
from hospital.kernel.errors import Refusal
from hospital.orders.api import find_orderable
from hospital.orders.errors import NotOrderable
from hospital.orders.types import OrderKind, Repeat, RepeatReason
from hospital.results.api import enter_outside_result, list_outside_results
from hospital.results.errors import BadOutsideResult
from hospital.results.types import NATIONAL_MARK, PatientReportKind, RecentResult
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import get_banner
from hospital.staff_web.doctor.repeats import REPEAT_REASONS
from hospital.staff_web.doctor.views import desk_context, doctor


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


@require_GET
@doctor
def outside(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Results of other hospitals, and the form for another."""
    return _show(request, encounter_id)


@require_POST
@doctor
def enter_outside(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Enters a recognized result from its paper."""
    actor, now = actor_of(request), timezone.now()
    visit = get_encounter(encounter_id=encounter_id)
    try:
        item = find_orderable(code=request.POST.get("code", "").strip(), now=now)
        if item.kind is OrderKind.PRESCRIPTION:
            raise NotOrderable(item=item.name)
        enter_outside_result(
            person_id=visit.person_id,
            item_code=item.code,
            name=item.name,
            institution=request.POST.get("institution", ""),
            mark=request.POST.get("mark", ""),
            text=request.POST.get("text", ""),
            done_on=_day(request.POST.get("done_on", "")),
            actor=actor,
            now=now,
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, encounter_id, refusal=refusal)
    messages.success(request, _("Entered. It counts before a test is ordered."))
    return redirect("staff:doctor_outside", encounter_id=encounter_id)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadOutsideResult from wrong


def _show(request: HttpRequest, encounter_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    visit = get_encounter(encounter_id=encounter_id)
    require_clinical_access(actor=actor, person_id=visit.person_id, now=now)
    context = desk_context(
        request,
        visit=visit,
        current=str(visit.id),
        patient=get_banner(actor=actor, person_id=visit.person_id, now=now),
        results=list_outside_results(person_id=visit.person_id),
        refusal=refusal,
        typed=request.POST,
        usual_mark=NATIONAL_MARK.zh,
    )
    return render(request, "staff_web/doctor/outside.html", context, status=refusal.status if refusal else 200)
