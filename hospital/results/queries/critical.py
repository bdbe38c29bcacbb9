"""Critical values that a clinician has to take over."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from hospital.encounters.api import list_encounters
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.results.models import CriticalAlert
from hospital.results.services.critical import clinical_campuses
from hospital.results.types import AlertView, CriticalAlertLine, ToldView, WaitingAlert


def list_open_alerts(*, actor: Actor) -> list[CriticalAlertLine]:
    """What waits for this clinician at the campus where they work: of their own visits at once, of others once it was
    escalated; the oldest first. Empty for whoever is no clinician there. Two statements at most."""
    if actor.campus_code not in clinical_campuses(actor):
        return []
    open_rows = _open(CriticalAlert.objects.filter(campus_id=actor.campus_code))
    rows = list(open_rows.prefetch_related("result__calls"))
    visits = list_encounters(encounter_ids={row.encounter_id for row in rows}) if rows else {}
    lines = []
    for row in sorted(rows, key=lambda each: each.raised_at):
        visit = visits[row.encounter_id]
        is_mine = str(visit.clinician_user_id) == actor.id
        if is_mine or row.level:
            lines.append(_line(row, clinician=visit.clinician_name, is_mine=is_mine))
    return lines


def list_waiting_alerts(*, campus_codes: Iterable[str], level: int = 0) -> list[WaitingAlert]:
    """What no clinician has taken over at these campuses, from a threshold up, the oldest first; one statement."""
    rows = CriticalAlert.objects.filter(campus_id__in=list(campus_codes), level__gte=level)
    return [_waiting(row) for row in _open(rows).order_by("raised_at")]


def find_waiting_alert(*, alert_id: UUID) -> WaitingAlert | None:
    """One alert; None once its loop has ended."""
    row = _open(CriticalAlert.objects.filter(pk=alert_id)).first()
    return _waiting(row) if row else None


def alerts_of_specimens(*, specimen_ids: Iterable[UUID]) -> dict[tuple[UUID, str], list[CriticalAlert]]:
    """Every loop of these specimens by specimen and analyte, those that stand first, then the newest; two
    statements."""
    rows = (
        CriticalAlert.objects.filter(result__report__specimen_id__in=list(specimen_ids))
        .select_related("result__report", "acknowledged_by", "withdrawn_by")
        .prefetch_related("notices__user")
        .order_by(F("withdrawn_at").desc(nulls_first=True), "-raised_at")
    )
    found: dict[tuple[UUID, str], list[CriticalAlert]] = {}
    for row in rows:
        assert row.result is not None
        found.setdefault((row.result.report.specimen_id, row.result.code), []).append(row)
    return found


def view_alert(row: CriticalAlert) -> AlertView:
    """How the loop of a value stands."""
    notices = sorted(row.notices.all(), key=lambda each: each.told_at)
    return AlertView(
        value=row.value,
        raised_at=row.raised_at,
        level=row.level,
        escalated_at=row.escalated_at,
        acknowledged_by=_name(row.acknowledged_by),
        acknowledged_at=row.acknowledged_at,
        action=row.action,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=_name(row.withdrawn_by),
        withdrawn_why=row.withdrawn_why,
        told=tuple(
            ToldView(name=_name(each.user), level=each.level, told_at=each.told_at, by_email=each.by_email)
            for each in notices
        ),
    )


def _open(rows: QuerySet[CriticalAlert]) -> QuerySet[CriticalAlert]:
    standing = rows.filter(acknowledged_at=None, withdrawn_at=None)
    return standing.select_related("result__report__specimen", "exam_report")


def _waiting(row: CriticalAlert) -> WaitingAlert:
    result, report = row.result, row.exam_report
    return WaitingAlert(
        id=row.id,
        encounter_id=row.encounter_id,
        number=result.report.specimen.number if result else report.number if report else "",
        raised_at=row.raised_at,
        level=row.level,
        is_finding=result is None,
    )


def _name(user: Any) -> BilingualText:
    return BilingualText(user.name_zh, user.name_en) if user else BilingualText("")


def _line(row: CriticalAlert, *, clinician: BilingualText, is_mine: bool) -> CriticalAlertLine:
    result, report = row.result, row.exam_report
    if result is None:
        assert report is not None
        return CriticalAlertLine(
            id=row.id,
            person_id=row.person_id,
            encounter_id=row.encounter_id,
            name=report.name,
            value=BilingualText(row.value, row.value_en),
            unit="",
            reference=BilingualText(""),
            specimen_number=report.number,
            clinician=clinician,
            raised_at=row.raised_at,
            level=row.level,
            is_mine=is_mine,
            was_called=row.called_at is not None,
            exam_line_id=report.order_line_id,
        )
    return CriticalAlertLine(
        id=row.id,
        person_id=row.person_id,
        encounter_id=row.encounter_id,
        name=result.name,
        value=BilingualText(result.display_zh, result.display_en),
        unit=result.unit,
        reference=BilingualText(result.range_zh, result.range_en),
        specimen_number=result.report.specimen.number,
        clinician=clinician,
        raised_at=row.raised_at,
        level=row.level,
        is_mine=is_mine,
        was_called=any(call.is_match and call.value == row.value for call in result.calls.all()),
    )
