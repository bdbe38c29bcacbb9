"""Entering values: each judged by the range that was copied when the specimen came in."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.results.errors import (
    BadChoice,
    BadSusceptibility,
    BadValue,
    CallIncomplete,
    NotCritical,
    ReadBackMismatch,
    ReportNotEntered,
    ResultsChanged,
    ResultsMissing,
    UnknownAnalyte,
    UnknownReport,
)
from hospital.results.models import CriticalCall, LabReport, ResultValue
from hospital.results.rules import (
    ParsedValue,
    convert_value,
    flag_choice,
    flag_number,
    is_critical,
    is_same_value,
    parse_titer,
    parse_value,
)
from hospital.results.services.access import require_laboratory
from hospital.results.services.critical import follow_critical_value
from hospital.results.services.specimens import move_specimen
from hospital.results.states import ReportState, SpecimenState
from hospital.results.susceptibility import parse_susceptibility
from hospital.results.types import Flag, Range, SecondUnit, ValueType

OPEN_STATES = (ReportState.DRAFT, ReportState.ENTERED)
MOST_CHARACTERS = 60


def enter_results(
    *, report_id: UUID, values: Mapping[str, str], actor: Actor, now: datetime, revision: int | None = None
) -> int:
    """Writes values by analyte code; an empty text takes a value away. Returns the report's new revision.

    A change to results that waited for the second person makes this actor their tester. Refuses `UnknownReport`,
    `ReportNotEntered` (verified already), `ResultsChanged`, `UnknownAnalyte`, `BadValue`, `BadChoice`,
    `ResultsMissing` (nothing may be taken away once all was entered), `NotLaboratoryStaff`.
    """
    with acting(actor=actor):
        report = lock_open_report(report_id=report_id, actor=actor, revision=revision)
        rows = {row.code: row for row in report.values.select_related("analyte").select_for_update(of=("self",))}
        for code, text in values.items():
            if code not in rows:
                raise UnknownAnalyte(analyte=code[:20])
            write_value(row=rows[code], text=text, actor=actor, now=now)
        if report.state == ReportState.ENTERED:
            _check_complete(report=report)
            LabReport.objects.filter(pk=report.pk).update(tester_id=UUID(actor.id), tested_at=now)
        return bump_revision(report)


def comment_report(*, report_id: UUID, comment: BilingualText, actor: Actor, now: datetime) -> int:
    """Writes the comment on the report; returns the new revision. Refuses as `enter_results`."""
    with acting(actor=actor):
        report = lock_open_report(report_id=report_id, actor=actor)
        LabReport.objects.filter(pk=report.pk).update(comment_zh=comment.zh.strip(), comment_en=comment.en.strip())
        del now
        return bump_revision(report)


def submit_results(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """Hands complete results to the second person; this actor is their tester.

    Refuses `ResultsMissing`, `ReportNotEntered`, `UnknownReport`, `NotLaboratoryStaff`.
    """
    with acting(actor=actor):
        report = lock_open_report(report_id=report_id, actor=actor)
        _check_complete(report=report)
        if report.state == ReportState.DRAFT:
            move_specimen(specimen=report.specimen, target=SpecimenState.RESULTED)
        LabReport.objects.filter(pk=report.pk).update(
            state=ReportState.ENTERED, tester_id=UUID(actor.id), tested_at=now, revision=F("revision") + 1
        )
        record_act(
            actor=actor,
            action="results.enter",
            subject_kind="report",
            subject_id=str(report.id),
            person_id=report.person_id,
            now=now,
            details={"number": report.number, "version": report.version},
        )


def record_call(*, value_id: UUID, answered_by: str, read_back: str, actor: Actor, now: datetime) -> None:
    """Notes a call about a critical value. A wrong read-back is kept and refused with `ReadBackMismatch`.

    Refuses also `CallIncomplete`, `NotCritical`, `UnknownReport`, `NotLaboratoryStaff`.
    """
    if not answered_by.strip() or not read_back.strip():
        raise CallIncomplete
    row = ResultValue.objects.select_related("report__specimen").filter(pk=value_id).first()
    if row is None:
        raise UnknownReport
    require_laboratory(actor=actor, campus_code=row.report.specimen.campus_id)
    if not row.is_critical:
        raise NotCritical
    is_match = is_same_value(value=row.text, read_back=read_back)
    with acting(actor=actor):
        CriticalCall.objects.create(
            result=row,
            value=row.text,
            answered_by=answered_by.strip()[:120],
            read_back=read_back.strip()[:60],
            is_match=is_match,
            called_by_id=UUID(actor.id),
            called_at=now,
        )
        record_act(
            actor=actor,
            action="results.call_critical",
            subject_kind="report",
            subject_id=str(row.report_id),
            person_id=row.report.person_id,
            now=now,
            details={"analyte": row.code, "answered_by": answered_by.strip()[:120], "is_match": is_match},
        )
    if not is_match:
        raise ReadBackMismatch(value=row.text)


def lock_open_report(*, report_id: UUID, actor: Actor, revision: int | None = None) -> LabReport:
    """The report while it may still change, locked. Refuses `UnknownReport`, `ReportNotEntered`, `ResultsChanged`."""
    report = LabReport.objects.select_related("specimen").select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise UnknownReport
    require_laboratory(actor=actor, campus_code=report.specimen.campus_id)
    if report.state not in OPEN_STATES or report.specimen.state == SpecimenState.REJECTED:
        raise ReportNotEntered
    if revision is not None and revision != report.revision:
        raise ResultsChanged
    return report


def write_value(*, row: ResultValue, text: str, actor: Actor, now: datetime, instrument: str = "") -> None:
    """Judges one value and writes it: typed by the actor, or sent by an instrument. Refuses `BadValue`, `BadChoice`."""
    clean, was_critical = " ".join(text.split())[:MOST_CHARACTERS], row.is_critical
    row.text, row.number, row.flag = clean, None, Flag.NORMAL
    row.second_text = row.second_unit = ""
    row.display_zh = row.display_en = clean
    reference = Range(
        low=row.low,
        high=row.high,
        critical_low=row.critical_low,
        critical_high=row.critical_high,
        normal_choices=tuple(row.normal_choices),
    )
    if clean and row.analyte.value_type in {ValueType.NUMBER, ValueType.TITER}:
        value = parse_value(clean) if row.analyte.value_type == ValueType.NUMBER else parse_titer(clean)
        if value.number is None:
            raise BadValue(analyte=row.name)
        row.text = row.display_zh = row.display_en = value.text
        row.number = value.number
        row.flag = flag_number(value=value, reference=reference)
        _convert(row=row, value=value)
    elif clean and row.analyte.value_type == ValueType.CHOICE:
        choice = next((choice for choice in row.analyte.choices if choice["code"] == clean), None)
        if choice is None:
            raise BadChoice(analyte=row.name)
        row.display_zh, row.display_en = choice["zh"], choice["en"]
        row.flag = flag_choice(code=clean, reference=reference)
    elif clean and row.analyte.value_type == ValueType.SUSCEPTIBILITY:
        tested = parse_susceptibility(clean)
        if tested is None:
            raise BadSusceptibility(analyte=row.name)
        row.text, row.flag = tested.text, tested.flag
        row.display_zh, row.display_en = tested.display.zh, tested.display.en
    row.is_critical = is_critical(Flag(row.flag))
    row.entered_by_id = UUID(actor.id) if clean and not instrument else None
    row.instrument = instrument if clean else ""
    row.entered_at = now if clean else None
    row.save()
    if was_critical or row.is_critical:  # no other value has a loop; most values need no look at all
        follow_critical_value(row=row, actor=actor, now=now)


def _convert(*, row: ResultValue, value: ParsedValue) -> None:
    analyte = row.analyte
    if analyte.second_factor is None:
        return
    second = SecondUnit(
        unit=analyte.second_unit,
        factor=analyte.second_factor,
        offset=analyte.second_offset,
        decimals=analyte.second_decimals,
    )
    row.second_text, row.second_unit = convert_value(value=value, second=second), second.unit


def _check_complete(*, report: LabReport) -> None:
    missing = [row.name for row in report.values.filter(text="").order_by("position")]
    if missing:
        raise ResultsMissing(analytes=", ".join(str(name) for name in missing))


def bump_revision(report: LabReport) -> int:
    """Counts a change of the report's values; returns the new revision."""
    LabReport.objects.filter(pk=report.pk).update(revision=F("revision") + 1)
    return report.revision + 1
