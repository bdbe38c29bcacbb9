"""Examination reports: written, signed once, released. The conditional update decides."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting, record_act
from hospital.encounters.api import get_encounter
from hospital.encounters.errors import NotYourPatient
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText
from hospital.results.errors import (
    ExamReportIncomplete,
    ExamReportSigned,
    NotExamReporter,
    NotHeld,
    ReportNotVerified,
    UnknownReport,
)
from hospital.results.models import ExamReport
from hospital.results.types import ExamText

_PARTS = ("technique", "findings", "impression", "advice")
_REPORTERS = (Role.DOCTOR, Role.IMAGING_TECHNICIAN)


def write_exam_report(
    *,
    order_line_id: UUID,
    encounter_id: UUID,
    name: BilingualText,
    body_part: BilingualText,
    examined_at: datetime,
    text: ExamText,
    is_sensitive: bool,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Keeps the draft of the report of an examination that was carried out; writing again replaces the draft.

    Refuses `NotExamReporter`, `ExamReportSigned`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    _check_reporter(actor=actor, campus_code=visit.campus_code)
    columns = {
        f"{part}_{language}": getattr(getattr(text, part), language).strip()
        for part in _PARTS
        for language in ("zh", "en")
    }
    with acting(actor=actor):
        row = ExamReport.objects.select_for_update().filter(order_line_id=order_line_id).first()
        if row is None:
            row = ExamReport(
                number=_next_number(now=now),
                order_line_id=order_line_id,
                person_id=visit.person_id,
                encounter_id=encounter_id,
                name_zh=name.zh,
                name_en=name.en,
                body_part_zh=body_part.zh,
                body_part_en=body_part.en,
                examined_at=examined_at,
            )
        elif row.signed_at is not None:
            raise ExamReportSigned
        for column, value in columns.items():
            setattr(row, column, value)
        row.is_sensitive = is_sensitive
        row.written_by_id, row.written_at = UUID(actor.id), now
        row.save()
        return row.id


def sign_exam_report(*, report_id: UUID, actor: Actor, now: datetime) -> bool:
    """Signs the draft: it stays as it is from now on. Whether the patient may read it at once: not a sensitive one.

    Refuses `UnknownReport`, `NotExamReporter` (only doctors sign), `ExamReportSigned`, `ExamReportIncomplete`.
    """
    row = _find(report_id=report_id)
    _check_reporter(actor=actor, campus_code=row.encounter.campus_id, roles=(Role.DOCTOR,))
    if row.signed_at is not None:
        raise ExamReportSigned
    if not row.findings_zh or not row.impression_zh:
        raise ExamReportIncomplete
    with acting(actor=actor):
        changes = {} if row.is_sensitive else {"released_at": now, "released_by_id": UUID(actor.id)}
        open_rows = ExamReport.objects.filter(pk=report_id, signed_at=None, written_at=row.written_at)
        if not open_rows.update(signed_at=now, signed_by_id=UUID(actor.id), **changes):
            raise ExamReportSigned
        _record(row, action="results.sign_exam", actor=actor, now=now)
    return not row.is_sensitive


def release_exam_report(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """Opens a sensitive report to the patient; the clinician of the visit does it after talking to them.

    Refuses `UnknownReport`, `NotYourPatient`, `ReportNotVerified`, `NotHeld`.
    """
    row = _find(report_id=report_id)
    if str(row.encounter.clinician.user_id) != actor.id:
        raise NotYourPatient
    if row.signed_at is None:
        raise ReportNotVerified
    with acting(actor=actor):
        held = ExamReport.objects.filter(pk=report_id, released_at=None)
        if not held.update(released_at=now, released_by_id=UUID(actor.id)):
            raise NotHeld
        _record(row, action="results.release", actor=actor, now=now)


def _find(*, report_id: UUID) -> ExamReport:
    row = ExamReport.objects.select_related("encounter__clinician").filter(pk=report_id).first()
    if row is None:
        raise UnknownReport
    return row


def _check_reporter(*, actor: Actor, campus_code: str, roles: tuple[Role, ...] = _REPORTERS) -> None:
    if actor.kind is not ActorKind.STAFF or campus_code not in actor.campuses_of(*roles):
        raise NotExamReporter


def _next_number(*, now: datetime) -> str:
    """XR-261125-000042, from a database sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('results_exam_report_number')")
        (number,) = cursor.fetchone()
    return f"XR-{now.astimezone(SHANGHAI):%y%m%d}-{number:06d}"


def _record(row: ExamReport, *, action: str, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="exam_report",
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
        details={"number": row.number},
    )
