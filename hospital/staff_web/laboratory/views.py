"""The laboratory desk: the queue, one specimen, taking it in, refusing it."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.analyzers.api import count_waiting_messages
from hospital.documents.api import LabelRoll
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Role
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.errors import Refusal
from hospital.results.api import (
    find_specimen,
    get_report,
    get_specimen,
    list_earlier_values,
    list_report_versions,
    reject_specimen,
)
from hospital.results.errors import ImpossibleTime
from hospital.results.states import ReportState, SpecimenState
from hospital.results.types import ReportView, SpecimenView
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.desks import LABORATORY
from hospital.staff_web.laboratory.queue import count_open, list_queue
from hospital.staff_web.laboratory.rows import last_day, list_rows
from hospital.staff_web.laboratory.words import QUALITIES, REJECT_REASONS, SPECIMEN_WORDS
from hospital.staff_web.papers import paper_language
from hospital.workflows.print_specimen_label import print_label
from hospital.workflows.report_results import collect_specimen, is_specimen_paid, take_in_specimen

laboratory = desk_view(Role.LAB_TECHNICIAN)
USUAL_DRAWING = timedelta(minutes=10)


def desk_context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of this desk shows: the queue."""
    actor = actor_of(request)
    groups = list_queue(actor=actor, now=timezone.now())
    return {
        "desk_code": LABORATORY.code,
        "groups": groups,
        "open_count": count_open(groups),
        "message_count": count_waiting_messages(campus_code=actor.campus_code, actor=actor),
        **more,
    }


@require_GET
@laboratory
def desk(request: HttpRequest) -> HttpResponse:
    """The desk without a specimen."""
    return render(request, "staff_web/laboratory/desk.html", desk_context(request))


@require_GET
@laboratory
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone, for its own refresh."""
    context = desk_context(request, current=request.GET.get("specimen", ""))
    return render(request, "staff_web/laboratory/_queue.html", context)


@require_GET
@laboratory
def scan(request: HttpRequest) -> HttpResponse:
    """Opens the specimen whose label was scanned or typed."""
    number = request.GET.get("number", "")
    try:
        found = find_specimen(number=number, actor=actor_of(request))
    except Refusal as refusal:
        context = desk_context(request, scan_error=refusal.message, number=number)
        return render(request, "staff_web/laboratory/desk.html", context, status=refusal.status)
    return redirect("staff:laboratory_specimen", specimen_id=found.id)


@require_GET
@laboratory
def specimen(request: HttpRequest, specimen_id: UUID) -> HttpResponse:
    """One specimen with its results."""
    return show_specimen(request, specimen_id)


def show_specimen(request: HttpRequest, specimen_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page of one specimen."""
    now = timezone.now()
    actor = actor_of(request)
    found = get_specimen(specimen_id=specimen_id, actor=actor)
    context = desk_context(
        request,
        patient=get_banner(actor=actor, person_id=found.person_id, now=now),
        current=str(specimen_id),
        **specimen_context(request, found, now=now),
        **more,
    )
    return render(request, "staff_web/laboratory/specimen.html", context, status=status)


def specimen_context(request: HttpRequest, found: SpecimenView, *, now: datetime) -> dict[str, Any]:
    """The facts of the work and side panes of one specimen."""
    actor = actor_of(request)
    visit = get_encounter(encounter_id=found.encounter_id)
    report = get_report(report_id=found.report_id, actor=actor, now=now) if found.report_id else None
    rows = list_rows(report=report, earlier=list_earlier_values(report=report)) if report else []
    is_open = report is not None and report.state in {ReportState.DRAFT, ReportState.ENTERED}
    return {
        "specimen": found,
        "word": SPECIMEN_WORDS[found.state],
        "visit": visit,
        "report": report,
        "rows": rows,
        "last_day": last_day(rows),
        "can_enter": is_open and found.state is not SpecimenState.REJECTED,
        "is_tester": report is not None and _has_entered(report, user_id=actor.id),
        "missing": sum(not row.value.text for row in rows),
        "open_calls": [row for row in rows if row.value.has_open_call],
        "is_paid": is_specimen_paid(specimen=found),
        "drawn_at": (found.collected_at or max(now - USUAL_DRAWING, found.requested_at)).astimezone(SHANGHAI),
        "qualities": QUALITIES,
        "reject_reasons": REJECT_REASONS,
        "versions": _versions(report, request=request, now=now),
        "prints": [*_labels(found), *_prints(report)],
    }


def _versions(report: ReportView | None, *, request: HttpRequest, now: datetime) -> list[ReportView]:
    if report is None or report.version == 1:
        return []
    return list_report_versions(specimen_id=report.specimen_id, actor=actor_of(request), now=now)


def _has_entered(report: ReportView, *, user_id: str) -> bool:
    """Whether this person is a tester of the report: handed it over, or entered one of its values."""
    return user_id in {str(report.tester_id), *(str(value.entered_by_id) for value in report.values)}


def _prints(report: ReportView | None) -> list[dict[str, Any]]:
    if report is None or report.state is not ReportState.VERIFIED:
        return []
    href = reverse("staff:laboratory_print", args=[report.id])
    return [{"name": _("Laboratory report"), "sub": report.number, "href": href}]


def _labels(specimen: SpecimenView) -> list[dict[str, Any]]:
    """The label for the tube, on each roll, until nothing can be stuck on it any more."""
    if specimen.state in {SpecimenState.REJECTED, SpecimenState.VERIFIED}:
        return []
    href = reverse("staff:laboratory_label", args=[specimen.id])
    rolls = ((LabelRoll.NARROW, _("50 × 30 mm, barcode")), (LabelRoll.WIDE, _("80 mm roll, barcode")))
    return [{"name": _("Specimen label"), "sub": sub, "href": f"{href}?roll={roll.value}"} for roll, sub in rolls]


@require_GET
@laboratory
def label(request: HttpRequest, specimen_id: UUID) -> HttpResponse:
    """The label of the tube as PDF."""
    pdf = print_label(
        specimen_id=specimen_id,
        roll=LabelRoll.WIDE if request.GET.get("roll") == LabelRoll.WIDE else LabelRoll.NARROW,
        language=paper_language(request),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": "inline"})


@require_POST
@laboratory
def collect(request: HttpRequest, specimen_id: UUID) -> HttpResponse:
    """Notes that the specimen was drawn now."""
    try:
        collect_specimen(specimen_id=specimen_id, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        return _refused(request, specimen_id, refusal)
    messages.success(request, _("Drawn. It is on its way to the laboratory."))
    return redirect("staff:laboratory_specimen", specimen_id=specimen_id)


@require_POST
@laboratory
def receive(request: HttpRequest, specimen_id: UUID) -> HttpResponse:
    """Takes the specimen in."""
    now = timezone.now()
    try:
        take_in_specimen(
            specimen_id=specimen_id,
            collected_at=_drawn_at(request.POST.get("drawn_at", ""), now=now),
            quality=QUALITIES.get(request.POST.get("quality", ""), QUALITIES["good"]),
            actor=actor_of(request),
            now=now,
        )
    except Refusal as refusal:
        return _refused(request, specimen_id, refusal)
    messages.success(request, _("Received. Enter the results."))
    return redirect("staff:laboratory_specimen", specimen_id=specimen_id)


def _drawn_at(text: str, *, now: datetime) -> datetime | None:
    """The drawing time of today as typed (`11:20`, the hospital's time). Refuses `ImpossibleTime`."""
    if not text.strip():
        return None
    try:
        typed = time.fromisoformat(text.strip().zfill(5))
    except ValueError as wrong:
        raise ImpossibleTime from wrong
    return datetime.combine(local_day(now), typed, tzinfo=SHANGHAI)


@require_POST
@laboratory
def reject(request: HttpRequest, specimen_id: UUID) -> HttpResponse:
    """Refuses the specimen and asks for another."""
    chosen = REJECT_REASONS.get(request.POST.get("reason", ""))
    reason = f"{chosen.zh} {chosen.en}" if chosen else ""
    try:
        fresh = reject_specimen(specimen_id=specimen_id, reason=reason, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        return _refused(request, specimen_id, refusal)
    messages.success(request, _("Marked as not usable. A new specimen is asked for."))
    return redirect("staff:laboratory_specimen", specimen_id=fresh)


def _refused(request: HttpRequest, specimen_id: UUID, refusal: Refusal) -> HttpResponse:
    """The page again with the refusal above the button; what is not this laboratory's is a page of its own."""
    if refusal.status in {403, 404}:
        raise refusal
    return show_specimen(request, specimen_id, status=refusal.status, refusal=refusal)
