"""Results: entered value by value, called when critical, verified by the second person, printed."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.results.api import (
    amend_report,
    comment_report,
    enter_results,
    get_report,
    get_specimen,
    record_call,
    submit_results,
)
from hospital.results.errors import SameVerifier
from hospital.staff_web.access import actor_of
from hospital.staff_web.laboratory.views import laboratory, show_specimen, specimen_context
from hospital.staff_web.papers import paper_language, paper_response
from hospital.workflows.print_clinical import print_laboratory_report
from hospital.workflows.report_results import publish_report


@require_POST
@laboratory
def value(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Writes one value and shows its row with flag and bar; a refusal stands under it, what was typed stays."""
    actor, now = actor_of(request), timezone.now()
    code = request.POST.get("code", "")
    typed = request.POST.get("text", "")
    error = ""
    try:
        enter_results(report_id=report_id, values={code: typed}, actor=actor, now=now)
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        error = refusal.message
    report = get_report(report_id=report_id, actor=actor, now=now)
    found = get_specimen(specimen_id=report.specimen_id, actor=actor)
    context = specimen_context(request, found, now=now)
    row = next(row for row in context["rows"] if row.value.code == code)
    context["row"] = replace(row, error=error, typed=typed) if error else row
    return render(request, "staff_web/laboratory/_row_swap.html", context, status=422 if error else 200)


@require_POST
@laboratory
def comment(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Writes the comment on the report in both languages."""
    comment_report(
        report_id=report_id,
        comment=BilingualText(request.POST.get("comment_zh", ""), request.POST.get("comment_en", "")),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return HttpResponse(status=204)


@require_POST
@laboratory
def submit(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Hands the results to the second person."""
    actor, now = actor_of(request), timezone.now()
    specimen_id = _specimen_of(request, report_id)
    try:
        submit_results(report_id=report_id, actor=actor, now=now)
    except Refusal as refusal:
        return _refused(request, specimen_id, refusal)
    messages.success(request, _("Entered. A second person verifies now."))
    return redirect("staff:laboratory_specimen", specimen_id=specimen_id)


@require_POST
@laboratory
def call(request: HttpRequest, report_id: UUID, value_id: UUID) -> HttpResponse:
    """Notes a call about a critical value; a wrong read-back is kept and stands beside the field."""
    specimen_id = _specimen_of(request, report_id)
    read_back = request.POST.get("read_back", "")
    try:
        record_call(
            value_id=value_id,
            answered_by=request.POST.get("answered_by", ""),
            read_back=read_back,
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return show_specimen(
            request,
            specimen_id,
            status=refusal.status,
            call_error=refusal.message,
            call_id=value_id,
            read_back=read_back,
        )
    messages.success(request, _("The call is closed: read back correctly."))
    return redirect("staff:laboratory_specimen", specimen_id=specimen_id)


@require_POST
@laboratory
def verify(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The second person's word; the revision seen must be the one that is verified."""
    specimen_id = _specimen_of(request, report_id)
    revision = request.POST.get("revision", "")
    try:
        report = publish_report(
            report_id=report_id,
            revision=int(revision) if revision.isdigit() else None,
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _refused(request, specimen_id, refusal)
    if report.released_at is None:
        messages.success(request, _("Verified. The doctor shows it to the patient."))
    else:
        messages.success(request, _("Verified and released. The patient sees it now."))
    return redirect("staff:laboratory_specimen", specimen_id=specimen_id)


@require_POST
@laboratory
def amend(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Opens a new version of a verified report."""
    specimen_id = _specimen_of(request, report_id)
    try:
        amend_report(
            report_id=report_id, reason=request.POST.get("reason", ""), actor=actor_of(request), now=timezone.now()
        )
    except Refusal as refusal:
        return _refused(request, specimen_id, refusal)
    return redirect("staff:laboratory_specimen", specimen_id=specimen_id)


@require_GET
@laboratory
def print_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A verified report on paper (R56)."""
    paper = print_laboratory_report(
        report_id=report_id, language=paper_language(request), actor=actor_of(request), now=timezone.now()
    )
    return paper_response(paper)


def _specimen_of(request: HttpRequest, report_id: UUID) -> UUID:
    return get_report(report_id=report_id, actor=actor_of(request), now=timezone.now()).specimen_id


def _refused(request: HttpRequest, specimen_id: UUID, refusal: Refusal) -> HttpResponse:
    """The page again with the refusal above the button; that one verifies oneself is said there too."""
    if refusal.status in {403, 404} and not isinstance(refusal, SameVerifier):
        raise refusal
    return show_specimen(request, specimen_id, status=refusal.status, refusal=refusal)
