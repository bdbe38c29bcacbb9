"""Critical values: raised as they are written, acknowledged by a clinician, escalated by the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.results.errors import AlertActionMissing, AlertClosed, UnknownAlert
from hospital.results.models import CriticalAlert, ResultValue

# A parameter of the hospital, commonly ten and thirty minutes (domain brief 4).
ESCALATE_AFTER = (timedelta(minutes=10), timedelta(minutes=30))


def follow_critical_value(*, row: ResultValue, was_critical: bool, now: datetime) -> None:
    """Begins the loop of a value that became critical, and ends it where the value is not any more; in the caller's
    transaction. The same critical value written again changes nothing."""
    if not row.is_critical:
        if was_critical:
            CriticalAlert.objects.filter(result=row, withdrawn_at=None).update(withdrawn_at=now)
        return
    if was_critical and CriticalAlert.objects.filter(result=row, value=row.text, withdrawn_at=None).exists():
        return
    report = row.report
    CriticalAlert.objects.update_or_create(
        result=row,
        defaults={
            "person_id": report.person_id,
            "encounter_id": report.encounter_id,
            "campus_id": report.specimen.campus_id,
            "value": row.text,
            "raised_at": now,
            "level": 0,
            "escalated_at": None,
            "acknowledged_by": None,
            "acknowledged_at": None,
            "action": "",
            "withdrawn_at": None,
        },
    )


def acknowledge_critical_value(*, alert_id: UUID, action: str, actor: Actor, now: datetime) -> None:
    """A clinician of the campus takes the value over and says what is done; the first who does ends the loop.

    Refuses `AlertActionMissing`, `UnknownAlert` (also: another campus, no clinician), `AlertClosed`.
    """
    clean = " ".join(action.split())[:300]
    if not clean:
        raise AlertActionMissing
    alert = CriticalAlert.objects.filter(pk=alert_id).select_related("result").first()
    if alert is None or actor.kind is not ActorKind.STAFF or alert.campus_id not in clinical_campuses(actor):
        raise UnknownAlert
    with acting(actor=actor):
        waiting = CriticalAlert.objects.filter(pk=alert_id, acknowledged_at=None, withdrawn_at=None)
        if not waiting.update(acknowledged_by_id=UUID(actor.id), acknowledged_at=now, action=clean):
            raise AlertClosed
        _record(alert=alert, action="results.acknowledge_critical", actor=actor, now=now)


def escalate_critical_values(*, actor: Actor, now: datetime, after: Sequence[timedelta] = ESCALATE_AFTER) -> int:
    """Raises the level of every open alert whose next threshold has passed; returns how many. May be repeated."""
    raised = 0
    for level, wait in enumerate(after, start=1):
        due = CriticalAlert.objects.filter(
            level=level - 1, raised_at__lte=now - wait, acknowledged_at=None, withdrawn_at=None
        )
        for alert in due.select_related("result"):
            with acting(actor=actor):
                if due.filter(pk=alert.pk).update(level=level, escalated_at=now):
                    _record(alert=alert, action="results.escalate_critical", actor=actor, now=now, level=level)
                    raised += 1
    return raised


def clinical_campuses(actor: Actor) -> frozenset[str]:
    """Where the actor may take a critical value over."""
    return actor.campuses_of(Role.DOCTOR, Role.NURSE)


def _record(*, alert: CriticalAlert, action: str, actor: Actor, now: datetime, level: int | None = None) -> None:
    details = {"analyte": alert.result.code, "raised_at": alert.raised_at.isoformat()}
    record_act(
        actor=actor,
        action=action,
        subject_kind="report",
        subject_id=str(alert.result.report_id),
        person_id=alert.person_id,
        now=now,
        details=details if level is None else {**details, "level": level},
    )
