"""Examination reports: patients read what is signed and released, clinical staff all of their patients'."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from hospital.encounters.api import require_clinical_access
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.types import BilingualText
from hospital.results.errors import ReportClosed, UnknownReport
from hospital.results.models import ExamReport
from hospital.results.types import ExamReportView, ExamText


def get_exam_report(*, report_id: UUID, actor: Actor, now: datetime) -> ExamReportView:
    """One examination report. Refuses `UnknownReport` (a patient: also a draft), `ReportClosed` (a patient before the
    release), `NoCareRelation`, `NotClinicalStaff`, `UnknownPerson`."""
    view = next(iter(_views(ExamReport.objects.filter(pk=report_id))), None)
    if view is None:
        raise UnknownReport
    require_clinical_access(actor=actor, person_id=view.person_id, now=now)
    if actor.kind is ActorKind.PATIENT and view.released_at is None:
        raise ReportClosed if view.is_signed else UnknownReport
    return view


def list_exam_reports(*, order_line_ids: Iterable[UUID]) -> dict[UUID, ExamReportView]:
    """Reports by order line, for desks that have checked the access to the visit."""
    views = _views(ExamReport.objects.filter(order_line_id__in=list(order_line_ids)))
    return {view.order_line_id: view for view in views}


def _views(rows: QuerySet[ExamReport]) -> list[ExamReportView]:
    return [_view(row) for row in rows.select_related("encounter", "signed_by")]


def _view(row: ExamReport) -> ExamReportView:
    signer = row.signed_by
    return ExamReportView(
        id=row.id,
        number=row.number,
        order_line_id=row.order_line_id,
        person_id=row.person_id,
        encounter_id=row.encounter_id,
        campus_code=row.encounter.campus_id,
        name=row.name,
        body_part=BilingualText(row.body_part_zh, row.body_part_en),
        text=ExamText(
            technique=BilingualText(row.technique_zh, row.technique_en),
            findings=BilingualText(row.findings_zh, row.findings_en),
            impression=BilingualText(row.impression_zh, row.impression_en),
            advice=BilingualText(row.advice_zh, row.advice_en),
        ),
        is_signed=row.signed_at is not None,
        is_sensitive=row.is_sensitive,
        examined_at=row.examined_at,
        written_at=row.written_at,
        signed_at=row.signed_at,
        signer=BilingualText(signer.name_zh, signer.name_en) if signer else BilingualText(""),
        released_at=row.released_at,
    )
