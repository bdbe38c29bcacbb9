"""The report of an examination: written, signed and amended by doctors, released by the doctor of the visit (A08, N19).

Whoever took it in the reading room sees that list beside it, any other doctor their own queue.
"""

import contextlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.orders.api import get_order, list_lines
from hospital.orders.types import LineView, OrderView
from hospital.results.api import (
    drop_key_image,
    find_reading,
    get_exam_report,
    get_key_picture,
    hand_over_exam_report,
    list_exam_reports,
    list_finding_alerts,
    raise_critical_finding,
    record_finding_call,
)
from hospital.results.errors import UnknownAlert, UnknownExamination, UnknownReport
from hospital.results.types import AmendmentKind, ExamKind, ExamReportView, ExamText
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import get_banner
from hospital.staff_web.doctor.exam_fields import KIND_NAMES, field_rows, read_fields, template_rows
from hospital.staff_web.doctor.exam_frame import report_frame
from hospital.staff_web.doctor.views import doctor
from hospital.staff_web.papers import paper_language, paper_response
from hospital.workflows.exam_kinds import exam_kind_of, modality_of
from hospital.workflows.print_exam_report import print_exam_report
from hospital.workflows.report_exam import (
    amend_exam_report,
    drop_exam_amendment,
    release_exam_report,
    sign_exam_report,
    write_exam_report,
)

PARTS: tuple[tuple[str, Promise, bool], ...] = (
    ("technique", gettext_lazy("How it was done"), False),
    ("findings", gettext_lazy("Findings"), True),
    ("impression", gettext_lazy("Impression"), True),
    ("advice", gettext_lazy("Recommendation"), False),
)
ADDENDUM: tuple[str, Promise, bool] = ("addendum", pgettext_lazy("report", "Addendum"), True)
KINDS: Mapping[AmendmentKind, Promise] = {
    AmendmentKind.AMENDMENT: pgettext_lazy("report", "Amended"),
    AmendmentKind.ADDENDUM: pgettext_lazy("report", "Addendum"),
}


@require_GET
@doctor
def exam_report(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """The report of one examination that was carried out, to write or to read; `version` asks for an earlier one."""
    order, line = _find(request, line_id)
    actor, now = actor_of(request), timezone.now()
    visit = get_encounter(encounter_id=order.encounter_id)
    newest = list_exam_reports(order_line_ids=[line_id]).get(line_id)
    report = _chosen(request, newest, now=now)
    modality = modality_of(item_code=line.item_code, now=now)
    kind = report.exam_kind if report else exam_kind_of(item_code=line.item_code, now=now)
    is_draft = report is None or not report.is_signed
    context = report_frame(request, line_id=line_id, visit_id=visit.id, now=now)
    context.update(
        exam_kind=KIND_NAMES[kind],
        rows=field_rows(kind, report.fields if report else {}),
        templates=template_rows(modality, actor=actor) if is_draft else [],
        needs_second=kind is ExamKind.RADIOLOGY,
        is_first_reader=report is not None and report.first_reader_id == actor.id,
        findings=list_finding_alerts(report_id=report.id) if report else [],
        patient=get_banner(actor=actor, person_id=order.person_id, now=now, payer=visit.payer),
        order=order,
        line=line,
        report=report,
        newest=newest,
        versions=[(each, KINDS.get(each.kind) if each.kind else None) for each in newest.versions] if newest else [],
        kind=KINDS.get(report.kind) if report and report.kind else None,
        parts=_parts(report),
        visit=visit,
        is_mine=str(visit.clinician_user_id) == actor.id,
        can_amend=report is not None and report.is_current and newest is not None and newest.is_signed,
        prints=_prints(report),
    )
    return render(request, "staff_web/doctor/exam_report.html", context)


@require_POST
@doctor
def save_exam_report(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Keeps the draft, signs it, shows a signed one to the patient, begins an amendment or gives it up."""
    _find(request, line_id)
    reading = find_reading(order_line_id=line_id, now=timezone.now())
    act = _ACTS.get(request.POST.get("decision", ""), _keep)
    try:
        messages.success(request, act(request, line_id, actor_of(request), timezone.now()))
    except UnknownExamination:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        if act in (_sign, _hand_over) and reading is not None and reading.reader_id == actor_of(request).id:
            return redirect("staff:reading")
    return redirect("staff:doctor_exam_report", line_id=line_id)


@require_GET
@doctor
def key_picture(request: HttpRequest, line_id: UUID, image_id: UUID) -> HttpResponse:
    """An image of the report, as it was chosen."""
    _find(request, line_id)
    newest = _newest(line_id)
    reports = {newest.id, *(each.id for each in newest.versions)}
    for report_id in reports:
        with contextlib.suppress(UnknownReport):
            picture = get_key_picture(image_id=image_id, report_id=report_id)
            return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=300"})
    raise UnknownReport


@require_GET
@doctor
def print_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A signed version on paper."""
    paper = print_exam_report(
        report_id=report_id, language=paper_language(request), actor=actor_of(request), now=timezone.now()
    )
    return paper_response(paper)


def _write(request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> UUID:
    return write_exam_report(
        line_id=line_id,
        text=_text(request),
        is_sensitive=bool(request.POST.get("is_sensitive")),
        fields=read_fields(request.POST) if "has_fields" in request.POST else None,
        actor=actor,
        now=now,
    )


def _keep(request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    _write(request, line_id, actor, now)
    return _("The draft is kept.")


def _sign(request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    sign_exam_report(report_id=_write(request, line_id, actor, now), actor=actor, now=now)
    return _("The report is signed.")


def _hand_over(request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    hand_over_exam_report(report_id=_write(request, line_id, actor, now), actor=actor, now=now)
    return _("Handed over. Another doctor reads and signs it.")


def _raise_finding(request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    raise_critical_finding(
        report_id=_newest(line_id).id,
        finding=BilingualText(request.POST.get("finding_zh", ""), request.POST.get("finding_en", "")),
        answered_by=request.POST.get("answered_by", ""),
        actor=actor,
        now=now,
    )
    return _("The doctor of the visit is told.")


def _call_finding(request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    asked = request.POST.get("alert", "")
    alert = next((each for each in list_finding_alerts(report_id=_newest(line_id).id) if str(each.id) == asked), None)
    if alert is None:
        raise UnknownAlert
    record_finding_call(alert_id=alert.id, answered_by=request.POST.get("answered_by", ""), actor=actor, now=now)
    return _("The call is noted.")


def _drop_image(request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    report = _newest(line_id)
    asked = request.POST.get("image", "")
    for image in report.key_images:
        if str(image.id) == asked:
            drop_key_image(report_id=report.id, image_id=image.id, actor=actor, now=now)
    return _("The image is taken out of the report.")


def _newest(line_id: UUID) -> ExamReportView:
    report = list_exam_reports(order_line_ids=[line_id]).get(line_id)
    if report is None:
        raise UnknownReport
    return report


def _release(_request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    report = list_exam_reports(order_line_ids=[line_id]).get(line_id)
    current = next((each for each in report.versions if each.is_current), None) if report else None
    if current is None:
        raise UnknownReport
    release_exam_report(report_id=current.id, actor=actor, now=now)
    return _("The patient sees the report now.")


def _amend(request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    is_addendum = request.POST.get("kind") == AmendmentKind.ADDENDUM
    amend_exam_report(
        line_id=line_id,
        kind=AmendmentKind.ADDENDUM if is_addendum else AmendmentKind.AMENDMENT,
        reason=BilingualText(request.POST.get("reason_zh", "")[:500], request.POST.get("reason_en", "")[:500]),
        actor=actor,
        now=now,
    )
    return _("Write the new version and sign it. Until then the patient reads the signed one.")


def _drop(_request: HttpRequest, line_id: UUID, actor: Actor, now: datetime) -> str:
    drop_exam_amendment(line_id=line_id, actor=actor, now=now)
    return _("Given up. The signed report stays as it is.")


_ACTS: Mapping[str, Callable[[HttpRequest, UUID, Actor, datetime], str]] = {
    "save": _keep,
    "sign": _sign,
    "release": _release,
    "amend": _amend,
    "drop": _drop,
    "hand_over": _hand_over,
    "finding": _raise_finding,
    "called": _call_finding,
    "drop_image": _drop_image,
}


def _find(request: HttpRequest, line_id: UUID) -> tuple[OrderView, LineView]:
    """The examination, for whoever may see the order."""
    line = list_lines(line_ids=[line_id]).get(line_id)
    if line is None or line.executed_at is None:
        raise UnknownExamination
    return get_order(order_id=line.order_id, actor=actor_of(request), now=timezone.now()), line


def _chosen(request: HttpRequest, newest: ExamReportView | None, *, now: datetime) -> ExamReportView | None:
    """The version asked for where there is one, else the newest."""
    asked = request.GET.get("version", "")
    found = next((each.id for each in newest.versions if str(each.version) == asked), None) if newest else None
    return get_exam_report(report_id=found, actor=actor_of(request), now=now) if found else newest


def _text(request: HttpRequest) -> ExamText:
    parts = {
        name: BilingualText(request.POST.get(f"{name}_zh", "")[:4000], request.POST.get(f"{name}_en", "")[:4000])
        for name, _title, _needed in (*PARTS, ADDENDUM)
    }
    return ExamText(**parts)


def _parts(report: ExamReportView | None) -> list[dict[str, Any]]:
    """The parts of the text; what is open to be written: all of a draft, of an addendum's only what is added."""
    text = report.text if report else ExamText()
    is_draft = report is None or not report.is_signed
    is_addendum = report is not None and report.kind is AmendmentKind.ADDENDUM
    parts = [
        {
            "name": name,
            "title": title,
            "is_needed": needed,
            "text": getattr(text, name),
            "is_open": is_draft and not is_addendum,
        }
        for name, title, needed in PARTS
    ]
    if is_draft and is_addendum:
        name, title, needed = ADDENDUM
        parts.append({"name": name, "title": title, "is_needed": needed, "text": text.addendum, "is_open": True})
    return parts


def _prints(report: ExamReportView | None) -> list[dict[str, Any]]:
    if report is None or not report.is_signed:
        return []
    href = reverse("staff:doctor_exam_report_print", args=[report.id])
    return [{"name": _("Examination report"), "sub": report.number, "href": href}]
