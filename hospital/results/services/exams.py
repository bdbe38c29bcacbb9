"""Examination reports: written, signed once, released, amended in new versions. The conditional update decides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting, record_act
from hospital.encounters.api import get_encounter
from hospital.encounters.errors import NotYourPatient
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.types import BilingualText
from hospital.results.errors import (
    AmendReasonMissing,
    ExamAddendumEmpty,
    ExamAmendmentOpen,
    ExamReportIncomplete,
    ExamReportSigned,
    NotExamReporter,
    NotHeld,
    ReportNotVerified,
    SameReader,
    SecondReaderNeeded,
    UnknownReport,
)
from hospital.results.models import ExamReport, Recognition
from hospital.results.reporting.kinds import clean_fields
from hospital.results.services.key_images import copy_key_images
from hospital.results.services.reading import check_reading, close_reading, return_to_first, turn_reading
from hospital.results.types import AmendmentKind, ExamKind, ExamText, ReadingStage

_PARTS = ("technique", "findings", "impression", "advice")
_ADDED = ("addendum",)
_COPIED = (
    "number",
    "order_line_id",
    "person_id",
    "encounter_id",
    "examined_at",
    "is_sensitive",
    "exam_kind",
    "fields",
    *(f"{part}_{language}" for part in ("name", "body_part", *_PARTS) for language in ("zh", "en")),
)
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
    kind: ExamKind = ExamKind.OTHER,
    fields: Mapping[str, BilingualText] | None = None,
) -> UUID:
    """Keeps the draft of the report of an examination that was carried out; writing again replaces the draft.

    Of an addendum's draft only what is added is written: the text before it stays. `fields` are those of the kind, by
    code; left out they stay. A first reader who writes again has to hand it over again. Refuses `NotExamReporter`,
    `ExamReportSigned`, `ExamClaimed`, `BadExamField`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    _check_reporter(actor=actor, campus_code=visit.campus_code)
    with acting(actor=actor):
        rows = ExamReport.objects.select_for_update().filter(order_line_id=order_line_id)
        row = rows.order_by("-version").first()
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
                exam_kind=kind,
            )
        elif row.signed_at is not None:
            raise ExamReportSigned
        check_reading(order_line_id=order_line_id, actor=actor, now=now)
        for part in _ADDED if row.amendment_kind == AmendmentKind.ADDENDUM else _PARTS:
            for language in ("zh", "en"):
                setattr(row, f"{part}_{language}", getattr(getattr(text, part), language).strip())
        if fields is not None and row.amendment_kind != AmendmentKind.ADDENDUM:
            row.fields = clean_fields(ExamKind(row.exam_kind), fields)
        row.is_sensitive = is_sensitive
        if str(row.first_read_by_id) == actor.id:
            row.first_read_by_id = row.first_read_at = None
            return_to_first(order_line_id=order_line_id)
        row.written_by_id, row.written_at = UUID(actor.id), now
        row.save()
        return row.id


def sign_exam_report(*, report_id: UUID, actor: Actor, now: datetime, item_code: str = "") -> bool:
    """Signs the draft: it stays as it is from now on. Whether the patient may read it at once: not a sensitive one.

    The mark of recognition that the campus has for `item_code` on the day of the examination is copied into it.

    Radiology is signed by a second doctor, after the first has handed it over. A signed amendment or addendum takes
    the place of the version before, which is kept. Refuses `UnknownReport`, `NotExamReporter` (only doctors sign),
    `ExamReportSigned`, `ExamReportIncomplete`, `ExamAddendumEmpty`, `SecondReaderNeeded`, `SameReader`, `ExamClaimed`.
    """
    row = _find_whole(report_id=report_id, actor=actor)
    if row.exam_kind == ExamKind.RADIOLOGY:
        if row.first_read_by_id is None:
            raise SecondReaderNeeded
        if str(row.first_read_by_id) == actor.id:
            raise SameReader
    with acting(actor=actor):
        check_reading(order_line_id=row.order_line_id, actor=actor, now=now)
        before = ExamReport.objects.filter(order_line_id=row.order_line_id, signed_at__isnull=False, superseded_at=None)
        before.update(superseded_at=now)
        mark = _find_mark(row, item_code)
        changes: dict[str, Any] = {"recognition_zh": mark.zh, "recognition_en": mark.en}
        if not row.is_sensitive:
            changes |= {"released_at": now, "released_by_id": UUID(actor.id)}
        open_rows = ExamReport.objects.filter(pk=report_id, signed_at=None, written_at=row.written_at)
        if not open_rows.update(signed_at=now, signed_by_id=UUID(actor.id), **changes):
            raise ExamReportSigned
        close_reading(order_line_id=row.order_line_id, now=now)
        _record(row, action="results.sign_exam", actor=actor, now=now)
    return not row.is_sensitive


def _find_mark(row: ExamReport, item_code: str) -> BilingualText:
    day = local_day(row.examined_at)
    marks = Recognition.objects.filter(
        campus_id=row.encounter.campus_id, item_code=item_code, valid_from__lte=day, valid_to__gte=day
    )
    found = marks.first() if item_code else None
    return found.mark if found else BilingualText("", "")


def hand_over_exam_report(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """The first reader of radiology hands the report to a second: it is preliminary from now on (domain brief 4).

    Refuses `UnknownReport`, `NotExamReporter`, `ExamReportSigned`, `ExamReportIncomplete`, `ExamAddendumEmpty`,
    `ExamClaimed`.
    """
    row = _find_whole(report_id=report_id, actor=actor)
    with acting(actor=actor):
        check_reading(order_line_id=row.order_line_id, actor=actor, now=now)
        open_rows = ExamReport.objects.filter(pk=report_id, signed_at=None, written_at=row.written_at)
        if not open_rows.update(first_read_by_id=UUID(actor.id), first_read_at=now):
            raise ExamReportSigned
        turn_reading(order_line_id=row.order_line_id, stage=ReadingStage.SECOND, actor=actor, now=now)
        _record(row, action="results.hand_over_exam", actor=actor, now=now)


def _find_whole(*, report_id: UUID, actor: Actor) -> ExamReport:
    """A draft that says what a report has to say, for a doctor of the campus."""
    row = _find(report_id=report_id)
    _check_reporter(actor=actor, campus_code=row.encounter.campus_id, roles=(Role.DOCTOR,))
    if row.signed_at is not None:
        raise ExamReportSigned
    if not row.findings_zh or not row.impression_zh:
        raise ExamReportIncomplete
    if row.amendment_kind == AmendmentKind.ADDENDUM and not row.addendum_zh:
        raise ExamAddendumEmpty
    return row


def release_exam_report(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """Opens a sensitive report to the patient; the clinician of the visit does it after talking to them.

    Refuses `UnknownReport`, `NotYourPatient`, `ReportNotVerified`, `NotHeld`.
    """
    row = _find(report_id=report_id)
    if str(row.encounter.clinician.user_id) != actor.id:
        raise NotYourPatient
    if row.signed_at is None or row.superseded_at is not None:
        raise ReportNotVerified
    with acting(actor=actor):
        held = ExamReport.objects.filter(pk=report_id, released_at=None, superseded_at=None)
        if not held.update(released_at=now, released_by_id=UUID(actor.id)):
            raise NotHeld
        _record(row, action="results.release", actor=actor, now=now)


def amend_exam_report(
    *, report_id: UUID, kind: AmendmentKind, reason: BilingualText, actor: Actor, now: datetime
) -> UUID:
    """Opens the draft of a new version with the text of the signed one, which stays readable; returns its id (N19).

    Refuses `AmendReasonMissing` (its Chinese), `UnknownReport`, `NotExamReporter` (only doctors amend),
    `ReportNotVerified` (not signed, or not the newest), `ExamAmendmentOpen`.
    """
    if not reason.zh.strip():
        raise AmendReasonMissing
    with acting(actor=actor):
        row = _find(report_id=report_id, is_locked=True)
        _check_reporter(actor=actor, campus_code=row.encounter.campus_id, roles=(Role.DOCTOR,))
        if row.signed_at is None or row.superseded_at is not None:
            raise ReportNotVerified
        if ExamReport.objects.filter(order_line_id=row.order_line_id, signed_at=None).exists():
            raise ExamAmendmentOpen
        draft = ExamReport.objects.create(
            **{column: getattr(row, column) for column in _COPIED},
            version=row.version + 1,
            amendment_kind=kind,
            amend_reason_zh=reason.zh.strip(),
            amend_reason_en=reason.en.strip(),
            written_by_id=UUID(actor.id),
            written_at=now,
        )
        copy_key_images(source_id=row.id, target_id=draft.id)
        turn_reading(order_line_id=row.order_line_id, stage=ReadingStage.AMENDING, actor=actor, now=now)
        _record(draft, action="results.amend_exam", actor=actor, now=now, reason=reason.zh.strip())
        return draft.id


def drop_exam_amendment(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """Gives up the draft of a new version; the signed report stays the current one.

    Refuses `UnknownReport` (also a first draft), `NotExamReporter`, `ExamReportSigned`.
    """
    with acting(actor=actor):
        row = _find(report_id=report_id, is_locked=True)
        _check_reporter(actor=actor, campus_code=row.encounter.campus_id, roles=(Role.DOCTOR,))
        if row.version == 1:
            raise UnknownReport
        if row.signed_at is not None:
            raise ExamReportSigned
        _record(row, action="results.drop_amendment", actor=actor, now=now)
        close_reading(order_line_id=row.order_line_id, now=now)
        row.delete()


def _find(*, report_id: UUID, is_locked: bool = False) -> ExamReport:
    rows = ExamReport.objects.select_related("encounter__clinician")
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=report_id).first()
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


def _record(row: ExamReport, *, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="exam_report",
        subject_id=str(row.id),
        person_id=row.person_id,
        reason=reason,
        now=now,
        details={"number": row.number, "version": row.version},
    )
