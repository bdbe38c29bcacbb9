"""Critical values: raised as they are written, acknowledged by a clinician, escalated by the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText
from hospital.results.errors import (
    AlertActionMissing,
    AlertClosed,
    CallIncomplete,
    FindingMissing,
    NotExamReporter,
    UnknownAlert,
    UnknownReport,
)
from hospital.results.models import CriticalAlert, ExamReport, ResultValue

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


def raise_critical_finding(
    *, report_id: UUID, finding: BilingualText, answered_by: str, actor: Actor, now: datetime
) -> UUID:
    """Begins the loop of a critical finding of an examination; `answered_by`: who was told on the telephone and said it
    back, empty where nobody was reached yet. Returns the alert's id.

    Refuses `FindingMissing` (its Chinese), `UnknownReport`, `NotExamReporter`.
    """
    if not finding.zh.strip():
        raise FindingMissing
    report = ExamReport.objects.select_related("encounter").filter(pk=report_id).first()
    if report is None:
        raise UnknownReport
    _require_reporter(actor=actor, campus_code=report.encounter.campus_id)
    clean = answered_by.strip()[:120]
    with acting(actor=actor):
        alert = CriticalAlert.objects.create(
            exam_report=report,
            person_id=report.person_id,
            encounter_id=report.encounter_id,
            campus_id=report.encounter.campus_id,
            value=finding.zh.strip()[:60],
            value_en=finding.en.strip()[:120],
            raised_at=now,
            **_called(clean, actor=actor, now=now),
        )
        _record(alert=alert, action="results.raise_finding", actor=actor, now=now)
        return alert.id


def record_finding_call(*, alert_id: UUID, answered_by: str, actor: Actor, now: datetime) -> None:
    """Notes who was told of a critical finding and said it back. Refuses `CallIncomplete`, `UnknownAlert`,
    `NotExamReporter`, `AlertClosed` (somebody was told already)."""
    clean = answered_by.strip()[:120]
    if not clean:
        raise CallIncomplete
    alert = CriticalAlert.objects.filter(pk=alert_id, result=None).first()
    if alert is None:
        raise UnknownAlert
    _require_reporter(actor=actor, campus_code=alert.campus_id)
    with acting(actor=actor):
        open_rows = CriticalAlert.objects.filter(pk=alert_id, called_at=None, withdrawn_at=None)
        if not open_rows.update(**_called(clean, actor=actor, now=now)):
            raise AlertClosed
        _record(alert=alert, action="results.call_finding", actor=actor, now=now)


def _called(answered_by: str, *, actor: Actor, now: datetime) -> dict[str, Any]:
    if not answered_by:
        return {}
    return {"answered_by": answered_by, "called_by_id": UUID(actor.id), "called_at": now}


def _require_reporter(*, actor: Actor, campus_code: str) -> None:
    if actor.kind is not ActorKind.STAFF or campus_code not in actor.campuses_of(Role.DOCTOR, Role.IMAGING_TECHNICIAN):
        raise NotExamReporter


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
    what = {"analyte": alert.result.code} if alert.result else {"finding": alert.value}
    details = {**what, "raised_at": alert.raised_at.isoformat()}
    record_act(
        actor=actor,
        action=action,
        subject_kind="report" if alert.result else "exam_report",
        subject_id=str(alert.result.report_id if alert.result else alert.exam_report_id),
        person_id=alert.person_id,
        now=now,
        details=details if level is None else {**details, "level": level},
    )
