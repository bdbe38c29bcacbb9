"""The report of an examination: written and signed by a doctor, released by the doctor of the visit (A08).

The imaging department's own desk will write here too; until then any doctor of the campus does.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.orders.api import get_order, list_lines
from hospital.orders.types import LineView, OrderView
from hospital.results.api import list_exam_reports
from hospital.results.errors import UnknownExamination
from hospital.results.types import ExamReportView, ExamText
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import get_banner
from hospital.staff_web.doctor.views import desk_context, doctor
from hospital.workflows.report_exam import release_exam_report, sign_exam_report, write_exam_report

PARTS: tuple[tuple[str, Promise, bool], ...] = (
    ("technique", gettext_lazy("How it was done"), False),
    ("findings", gettext_lazy("Findings"), True),
    ("impression", gettext_lazy("Impression"), True),
    ("advice", gettext_lazy("Recommendation"), False),
)


@require_GET
@doctor
def exam_report(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """The report of one examination that was carried out, to write or to read."""
    order, line = _find(request, line_id)
    actor, now = actor_of(request), timezone.now()
    visit = get_encounter(encounter_id=order.encounter_id)
    report = list_exam_reports(order_line_ids=[line_id]).get(line_id)
    context = desk_context(
        request,
        patient=get_banner(actor=actor, person_id=order.person_id, now=now, payer=visit.payer),
        order=order,
        line=line,
        report=report,
        parts=_parts(report),
        visit=visit,
        current=str(visit.id),
        is_mine=str(visit.clinician_user_id) == actor.id,
    )
    return render(request, "staff_web/doctor/exam_report.html", context)


@require_POST
@doctor
def save_exam_report(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Keeps the draft, signs it, or shows a signed one to the patient."""
    _find(request, line_id)
    actor, now = actor_of(request), timezone.now()
    decision = request.POST.get("decision", "save")
    try:
        if decision == "release":
            report = list_exam_reports(order_line_ids=[line_id])[line_id]
            release_exam_report(report_id=report.id, actor=actor, now=now)
            messages.success(request, _("The patient sees the report now."))
        else:
            report_id = write_exam_report(
                line_id=line_id,
                text=_text(request),
                is_sensitive=bool(request.POST.get("is_sensitive")),
                actor=actor,
                now=now,
            )
            if decision == "sign":
                sign_exam_report(report_id=report_id, actor=actor, now=now)
                messages.success(request, _("The report is signed."))
            else:
                messages.success(request, _("The draft is kept."))
    except UnknownExamination:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("staff:doctor_exam_report", line_id=line_id)


def _find(request: HttpRequest, line_id: UUID) -> tuple[OrderView, LineView]:
    """The examination, for whoever may see the order."""
    line = list_lines(line_ids=[line_id]).get(line_id)
    if line is None or line.executed_at is None:
        raise UnknownExamination
    return get_order(order_id=line.order_id, actor=actor_of(request), now=timezone.now()), line


def _text(request: HttpRequest) -> ExamText:
    parts = {
        name: BilingualText(request.POST.get(f"{name}_zh", "")[:4000], request.POST.get(f"{name}_en", "")[:4000])
        for name, _title, _needed in PARTS
    }
    return ExamText(**parts)


def _parts(report: ExamReportView | None) -> list[dict[str, Any]]:
    text = report.text if report else ExamText()
    return [
        {"name": name, "title": title, "is_needed": needed, "text": getattr(text, name)}
        for name, title, needed in PARTS
    ]
