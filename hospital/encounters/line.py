"""The line before a doctor's door: entering it, calling from it, going first, changing to another doctor."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import F

from hospital.audit.api import record_act
from hospital.encounters.models import DoctorLine, Encounter, Priority
from hospital.encounters.order_statement import list_line
from hospital.encounters.rules.order import FIRST, PRIORITY, RETURNS_AFTER, find_turn
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event

NEAR: Final = 3  # whoever has no more than so many before them is told to come to the clinic


def enter_line(*, encounter: Encounter, now: datetime) -> dict[str, Any]:
    """What checking in changes of the row: by which time, by which rank and after how many calls one is called."""
    changes: dict[str, Any] = {"returns_after": None}
    if encounter.state == EncounterState.PASSED:
        if encounter.queue_rank != FIRST:
            changes["returns_after"] = count_calls(encounter.clinician_id, encounter.queue_on) + RETURNS_AFTER
    elif encounter.state == EncounterState.AWAY:
        changes |= {"turn_at": now, "queue_rank": min(encounter.queue_rank, PRIORITY)}
        changes["priority"] = encounter.priority or Priority.RESULTS
    else:
        changes["turn_at"] = find_turn(due_at=encounter.due_at, checked_in_at=now)
    return changes


def count_calls(clinician_id: UUID, day: date) -> int:
    """How many calls the doctor's line of a day has seen."""
    line = DoctorLine.objects.filter(clinician_id=clinician_id, day=day).first()
    return line.calls if line else 0


def lock_line(*, clinician_id: UUID, day: date, calls: int = 0) -> None:
    """Locks the doctor's line of a day until the transaction ends, and counts `calls` more."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO encounters_doctorline (clinician_id, day, calls) VALUES (%s, %s, %s)
               ON CONFLICT (clinician_id, day) DO UPDATE SET calls = encounters_doctorline.calls + excluded.calls""",
            [clinician_id, day, calls],
        )


def count_call(*, encounter: Encounter) -> dict[str, Any]:
    """What a call changes of the row. The doctor's line counts it, unless somebody who was called is called again."""
    if encounter.state != EncounterState.CALLED:
        lock_line(clinician_id=encounter.clinician_id, day=encounter.queue_on, calls=1)
    return {"calls": F("calls") + 1, "returns_after": None}


def tell_those_near(*, clinician_id: UUID, day: date, now: datetime) -> None:
    """Leaves the event `encounters.near`, once a visit, for those who are among the next."""
    near = list_line(clinician_id=clinician_id, day=day)[: NEAR + 1]
    for encounter in Encounter.objects.filter(pk__in=near, near_told_at__isnull=True):
        if Encounter.objects.filter(pk=encounter.pk, near_told_at__isnull=True).update(near_told_at=now):
            record_event(
                kind="encounters.near",
                subject_id=str(encounter.appointment_id or encounter.id),
                person_id=encounter.person_id,
                encounter_id=encounter.id,
                facts={"before": near.index(encounter.id)},
                now=now,
            )


def leave_trace(
    *,
    encounter: Encounter,
    kind: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    details: dict[str, Any] | None = None,
    lines: tuple[UUID, ...] = (),
    facts: dict[str, Any] | None = None,
) -> None:
    """The event and the audit entry of a step. Whoever watches the doctor's line hears of it; `lines` are further
    doctors whose lines it changes."""
    record_event(
        kind=kind,
        subject_id=str(encounter.appointment_id or encounter.id),
        person_id=encounter.person_id,
        encounter_id=encounter.id,
        facts=facts,
        topics=(f"campus:{encounter.campus_id}", *(f"line:{line}" for line in (encounter.clinician_id, *lines))),
        now=now,
    )
    record_act(
        actor=actor,
        action=kind,
        subject_kind="encounter",
        subject_id=str(encounter.id),
        person_id=encounter.person_id,
        reason=reason,
        details=details or {},
        now=now,
    )
