"""Critical values: raised as they are written, acknowledged by a clinician, escalated by the clock."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.events import record_event
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
from hospital.results.models import CriticalAlert, CriticalNotice, ExamReport, LabReport, ResultValue

# A parameter of the hospital, commonly ten and thirty minutes (domain brief 4).
ESCALATE_AFTER = (timedelta(minutes=10), timedelta(minutes=30))


def follow_critical_value(*, row: ResultValue, actor: Actor, now: datetime) -> None:
    """Begins the loop of a value that became critical, and ends the one that another value makes pointless; in the
    caller's transaction.

    The same critical value has one loop, also where a later version of the report repeats it. What an earlier,
    verified version said stays open until the new version is verified (`settle_earlier_loops`).
    """
    own = CriticalAlert.objects.filter(result=row, withdrawn_at=None)
    for alert in own.exclude(value=row.text) if row.is_critical else own:
        _withdraw(alert=alert, why=_why(row), actor=actor, now=now)
    if not row.is_critical or _has_loop(row):
        return
    report = row.report
    alert = CriticalAlert.objects.create(
        result=row,
        person_id=report.person_id,
        encounter_id=report.encounter_id,
        campus_id=report.specimen.campus_id,
        value=row.text,
        raised_at=now,
    )
    _tell(alert=alert, kind="results.critical_raised", now=now)


def _has_loop(row: ResultValue) -> bool:
    """Its own, or that of an earlier version which says the same."""
    alerts = CriticalAlert.objects.filter(withdrawn_at=None, value=row.text, result__code=row.code)
    return alerts.filter(result__report__specimen_id=row.report.specimen_id).exists()


def settle_earlier_loops(*, report: LabReport, values: Iterable[ResultValue], actor: Actor, now: datetime) -> None:
    """An amended report is verified: ends the loops of what its earlier versions said and this one does not say any
    more, in the caller's transaction. A value that stays critical as it was keeps its loop."""
    rows = {value.code: value for value in values}
    earlier = CriticalAlert.objects.filter(result__report__specimen_id=report.specimen_id, withdrawn_at=None)
    for alert in earlier.exclude(result__report=report).select_related("result"):
        row = rows.get(alert.result.code) if alert.result else None
        if row is None or not row.is_critical or row.text != alert.value:
            _withdraw(alert=alert, why=_why(row), actor=actor, now=now)


def end_loops_of_specimen(*, specimen_id: UUID, actor: Actor, now: datetime) -> None:
    """A specimen turned out not to be usable: nothing that was measured in it is followed any more; in the caller's
    transaction."""
    for alert in CriticalAlert.objects.filter(result__report__specimen_id=specimen_id, withdrawn_at=None):
        _withdraw(alert=alert, why=CriticalAlert.Why.REJECTED, actor=actor, now=now)


def _why(row: ResultValue | None) -> CriticalAlert.Why:
    return CriticalAlert.Why.REPLACED if row is not None and row.is_critical else CriticalAlert.Why.CORRECTED


def _withdraw(*, alert: CriticalAlert, why: CriticalAlert.Why, actor: Actor, now: datetime) -> None:
    standing = CriticalAlert.objects.filter(pk=alert.pk, withdrawn_at=None)
    by = UUID(actor.id) if actor.kind is ActorKind.STAFF else None
    if standing.update(withdrawn_at=now, withdrawn_by_id=by, withdrawn_why=why):
        _record(alert=alert, action="results.end_critical", actor=actor, now=now, why=why.value)
        _tell(alert=alert, kind="results.critical_ended", now=now)


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
        _tell(alert=alert, kind="results.critical_raised", now=now)
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
        _tell(alert=alert, kind="results.critical_ended", now=now)


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
                    _tell(alert=alert, kind="results.critical_escalated", now=now, level=level)
                    raised += 1
    return raised


def clinical_campuses(actor: Actor) -> frozenset[str]:
    """Where the actor may take a critical value over."""
    return actor.campuses_of(Role.DOCTOR, Role.NURSE)


def note_told(*, alert_id: UUID, level: int, user_id: UUID, by_email: bool, now: datetime) -> bool:
    """Keeps that a member of staff was told of an alert at a threshold; False where that was kept before. In the
    caller's transaction: two workers at once wait for each other, and one of them gets False."""
    _, is_new = CriticalNotice.objects.get_or_create(
        alert_id=alert_id, level=level, user_id=user_id, defaults={"told_at": now, "by_email": by_email}
    )
    return is_new


def watch_topic(campus_code: str) -> str:
    """What the desks of a campus watch to see its critical values at once."""
    return f"critical:{campus_code}"


def _tell(*, alert: CriticalAlert, kind: str, now: datetime, level: int = 0) -> None:
    """Wakes who tells the staff, and the desks that show the alert; the event names neither value nor analyte."""
    record_event(
        kind=kind,
        subject_id=str(alert.id),
        person_id=alert.person_id,
        encounter_id=alert.encounter_id,
        now=now,
        facts={"level": level},
        topics=[watch_topic(alert.campus_id)],
    )


def _record(*, alert: CriticalAlert, action: str, actor: Actor, now: datetime, **more: int | str) -> None:
    what = {"analyte": alert.result.code} if alert.result else {"finding": alert.value}
    record_act(
        actor=actor,
        action=action,
        subject_kind="report" if alert.result else "exam_report",
        subject_id=str(alert.result.report_id if alert.result else alert.exam_report_id),
        person_id=alert.person_id,
        now=now,
        details={**what, "raised_at": alert.raised_at.isoformat(), **more},
    )
