"""Critical values that a clinician has to take over."""

from hospital.encounters.api import list_encounters
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.results.models import CriticalAlert
from hospital.results.services.critical import clinical_campuses
from hospital.results.types import AlertView, CriticalAlertLine


def list_open_alerts(*, actor: Actor) -> list[CriticalAlertLine]:
    """What waits for this clinician at the campus where they work: of their own visits at once, of others once it was
    escalated; the oldest first. Empty for whoever is no clinician there. Two statements at most."""
    if actor.campus_code not in clinical_campuses(actor):
        return []
    open_rows = CriticalAlert.objects.filter(campus_id=actor.campus_code, acknowledged_at=None, withdrawn_at=None)
    rows = list(open_rows.select_related("result__report__specimen", "exam_report").prefetch_related("result__calls"))
    visits = list_encounters(encounter_ids={row.encounter_id for row in rows}) if rows else {}
    lines = []
    for row in sorted(rows, key=lambda each: each.raised_at):
        visit = visits[row.encounter_id]
        is_mine = str(visit.clinician_user_id) == actor.id
        if is_mine or row.level:
            lines.append(_line(row, clinician=visit.clinician_name, is_mine=is_mine))
    return lines


def view_alert(row: CriticalAlert) -> AlertView:
    """How the loop of a value stands."""
    by = row.acknowledged_by
    return AlertView(
        raised_at=row.raised_at,
        level=row.level,
        escalated_at=row.escalated_at,
        acknowledged_by=BilingualText(by.name_zh, by.name_en) if by else BilingualText(""),
        acknowledged_at=row.acknowledged_at,
        action=row.action,
        is_withdrawn=row.withdrawn_at is not None,
    )


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
