"""Reports: patients see what is verified and released, staff in the care what is verified, laboratories all.

An earlier version stays readable for whoever could read it (N19); a patient's, while the current one is open to them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.encounters.api import require_clinical_access
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText
from hospital.results.errors import ReportClosed, UnknownReport
from hospital.results.models import CriticalAlert, LabReport, ResultValue
from hospital.results.queries.critical import alerts_of_specimens, view_alert
from hospital.results.rules import place_on_bar
from hospital.results.states import ReportState
from hospital.results.types import (
    AlertView,
    CallView,
    Choice,
    EarlierValue,
    Flag,
    ReportLine,
    ReportView,
    ValueType,
    ValueView,
)

FINAL_STATES = (ReportState.VERIFIED, ReportState.SUPERSEDED)


def get_report(*, report_id: UUID, actor: Actor, now: datetime) -> ReportView:
    """One version of a report. Refuses `UnknownReport` (also: not for this actor yet), `ReportClosed` (a patient before
    the clinician's release), `NoCareRelation`, `NotClinicalStaff`."""
    row = LabReport.objects.select_related("specimen").filter(pk=report_id).first()
    if row is None:
        raise UnknownReport
    require_clinical_access(actor=actor, person_id=row.person_id, now=now)
    if actor.kind is ActorKind.PATIENT:
        _check_patient(row)
    elif not _may_see(row=row, actor=actor):
        raise UnknownReport
    return _views(LabReport.objects.filter(pk=report_id))[0]


def list_report_versions(*, specimen_id: UUID, actor: Actor, now: datetime) -> list[ReportView]:
    """Every version of a specimen's report that the actor may see, oldest first (N19)."""
    rows = list(LabReport.objects.select_related("specimen").filter(specimen_id=specimen_id))
    if not rows:
        return []
    require_clinical_access(actor=actor, person_id=rows[0].person_id, now=now)
    if actor.kind is ActorKind.PATIENT:
        is_open = any(row.state == ReportState.VERIFIED and row.released_at for row in rows)
        ids = [row.id for row in rows if is_open and row.state in FINAL_STATES and row.released_at]
    else:
        ids = [row.id for row in rows if _may_see(row=row, actor=actor)]
    return _views(LabReport.objects.filter(pk__in=ids).order_by("version"))


def list_reports(
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
    encounter_id: UUID | None = None,
    limit: int = 50,
    before: datetime | None = None,
    campus_code: str = "",
) -> list[ReportLine]:
    """The current verified reports of a person (of one visit, of one campus, reported `before` an instant), newest
    first; a patient sees the released ones only.

    Refuses `NoCareRelation`, `UnknownPerson`.
    """
    require_clinical_access(actor=actor, person_id=person_id, now=now)
    rows = LabReport.objects.filter(person_id=person_id, state=ReportState.VERIFIED)
    if encounter_id is not None:
        rows = rows.filter(encounter_id=encounter_id)
    if before is not None:
        rows = rows.filter(reported_at__lt=before)
    if campus_code:
        rows = rows.filter(encounter__campus_id=campus_code)
    if actor.kind is ActorKind.PATIENT:
        rows = rows.filter(released_at__isnull=False)
    newest = rows.order_by("-reported_at").prefetch_related("values", "specimen__requests")[:limit]
    return [_report_line(row) for row in newest]


def list_earlier_values(
    *, report: ReportView, codes: Iterable[str] | None = None, is_for_patient: bool = False
) -> dict[str, EarlierValue]:
    """By analyte code, the last verified value of the same person before this report was collected.

    For whoever has read `report`; a patient is told none of a report that the clinician still holds.
    """
    seen = Q(report__released_at__isnull=False) if is_for_patient else Q()
    wanted = [value.code for value in report.values] if codes is None else list(codes)
    rows = (
        ResultValue.objects.filter(
            seen,
            code__in=wanted,
            report__person_id=report.person_id,
            report__state=ReportState.VERIFIED,
            report__reported_at__lt=report.reported_at or report.received_at,
        )
        .exclude(report__specimen_id=report.specimen_id)
        .select_related("report")
        .order_by("code", "-report__reported_at")
        .distinct("code")
    )
    return {
        row.code: EarlierValue(
            text=BilingualText(row.display_zh, row.display_en),
            number=row.number,
            reported_at=row.report.reported_at or row.report.received_at,
        )
        for row in rows
    }


def _check_patient(row: LabReport) -> None:
    """Refuses a patient what is not final, what waits for the clinician, and versions that were never opened."""
    if row.state not in FINAL_STATES:
        raise UnknownReport
    current = LabReport.objects.get(specimen_id=row.specimen_id, state=ReportState.VERIFIED)
    if current.released_at is None:
        raise ReportClosed
    if row.released_at is None:
        raise UnknownReport


def _may_see(*, row: LabReport, actor: Actor) -> bool:
    if actor.kind is ActorKind.STAFF and row.specimen.campus_id in actor.campuses_of(Role.LAB_TECHNICIAN):
        return True
    return row.state in FINAL_STATES


def _report_line(row: LabReport) -> ReportLine:
    values = list(row.values.all())
    requests = sorted(row.specimen.requests.all(), key=lambda request: request.position)
    return ReportLine(
        id=row.id,
        number=row.number,
        version=row.version,
        encounter_id=row.encounter_id,
        names=tuple(request.name for request in requests),
        collected_at=row.collected_at,
        reported_at=row.reported_at or row.received_at,
        flagged=sum(value.flag != Flag.NORMAL for value in values),
        is_critical=any(value.is_critical for value in values),
        is_held=row.released_at is None,
    )


Alerts = Mapping[tuple[UUID, str], Sequence[CriticalAlert]]


def _views(rows: QuerySet[LabReport]) -> list[ReportView]:
    loaded = list(
        rows.select_related("specimen", "tester", "verifier").prefetch_related(
            "values__analyte", "values__calls__called_by"
        )
    )
    alerts = alerts_of_specimens(specimen_ids={row.specimen_id for row in loaded})
    return [_view(row, alerts) for row in loaded]


def _alert_of(row: ResultValue, alerts: Sequence[CriticalAlert]) -> AlertView | None:
    """The loop of this very value, perhaps begun by an earlier version; else what became of its own."""
    found = next((alert for alert in alerts if row.is_critical and alert.value == row.text), None)
    found = found or next((alert for alert in alerts if alert.result_id == row.id), None)
    return view_alert(found) if found else None


def _view(row: LabReport, alerts: Alerts) -> ReportView:
    tester, verifier = row.tester, row.verifier
    return ReportView(
        id=row.id,
        number=row.number,
        version=row.version,
        revision=row.revision,
        state=ReportState(row.state),
        specimen_id=row.specimen_id,
        specimen_number=row.specimen.number,
        specimen=row.specimen.name,
        specimen_quality=BilingualText(row.specimen.quality_zh, row.specimen.quality_en),
        encounter_id=row.encounter_id,
        person_id=row.person_id,
        collected_at=row.collected_at,
        received_at=row.received_at,
        tested_at=row.tested_at,
        reported_at=row.reported_at,
        released_at=row.released_at,
        is_held=row.is_held,
        tester_id=row.tester_id,
        tester=BilingualText(tester.name_zh, tester.name_en) if tester else BilingualText(""),
        verifier_id=row.verifier_id,
        verifier=BilingualText(verifier.name_zh, verifier.name_en) if verifier else BilingualText(""),
        comment=BilingualText(row.comment_zh, row.comment_en),
        amend_reason=row.amend_reason,
        values=tuple(
            _value(value, alerts.get((row.specimen_id, value.code), ()))
            for value in sorted(row.values.all(), key=lambda value: value.position)
        ),
    )


def _value(row: ResultValue, alerts: Sequence[CriticalAlert]) -> ValueView:
    return ValueView(
        id=row.id,
        code=row.code,
        name=row.name,
        group=BilingualText(row.group_zh, row.group_en),
        unit=row.unit,
        value_type=ValueType(row.analyte.value_type),
        choices=tuple(
            Choice(code=choice["code"], name=BilingualText(choice["zh"], choice["en"]))
            for choice in row.analyte.choices
        ),
        text=row.text,
        display=BilingualText(row.display_zh, row.display_en),
        number=row.number,
        reference=BilingualText(row.range_zh, row.range_en),
        flag=Flag(row.flag),
        is_critical=row.is_critical,
        place=place_on_bar(number=row.number, low=row.low, high=row.high),
        entered_at=row.entered_at,
        entered_by_id=row.entered_by_id,
        instrument=row.instrument,
        second=row.second_text,
        second_unit=row.second_unit,
        delta_percent=row.analyte.delta_percent,
        delta_days=row.analyte.delta_days,
        about=BilingualText(row.analyte.about_zh, row.analyte.about_en),
        recognition=BilingualText(row.recognition_zh, row.recognition_en),
        alert=_alert_of(row, alerts),
        calls=tuple(
            CallView(
                answered_by=call.answered_by,
                read_back=call.read_back,
                is_match=call.is_match and call.value == row.text,
                called_by=BilingualText(call.called_by.name_zh, call.called_by.name_en),
                called_at=call.called_at,
            )
            for call in sorted(row.calls.all(), key=lambda call: call.called_at)
        ),
    )
