"""Writes of visits. One `transition`: the conditional update decides, the event and the audit row follow.

What happens in the line of a doctor is in `line.py`.
"""

from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from hospital.audit.api import acting
from hospital.encounters.errors import AlreadyRegistered, EncounterMoved, NotYourPatient, UnknownEncounter
from hospital.encounters.line import count_call, enter_line, leave_trace, tell_those_near
from hospital.encounters.models import Encounter
from hospital.encounters.states import ENCOUNTER_TRANSITIONS, EncounterState
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.conflicts import refusing
from hospital.kernel.types import BilingualText

_QUEUE_LETTER = {"INTL": "A", "SPECIAL": "B", "NORMAL": "C"}
_EVENTS = {
    EncounterState.CHECKED_IN: "encounters.checked_in",
    EncounterState.WAITING: "encounters.triaged",
    EncounterState.CALLED: "encounters.called",
    EncounterState.IN_CONSULT: "encounters.consult_started",
    EncounterState.DONE: "encounters.done",
    EncounterState.PASSED: "encounters.passed",
    EncounterState.AWAY: "encounters.sent_away",
    EncounterState.CANCELLED: "encounters.cancelled",
}
_STAMPS = {
    EncounterState.CHECKED_IN: "checked_in_at",
    EncounterState.CALLED: "called_at",
    EncounterState.IN_CONSULT: "consult_started_at",
    EncounterState.DONE: "done_at",
    EncounterState.CANCELLED: "cancelled_at",
}


def register_encounter(
    *,
    person_id: UUID,
    campus_code: str,
    department_id: UUID,
    clinician_id: UUID,
    room_id: UUID | None,
    appointment_id: UUID | None,
    visit_type: str,
    service_line: str,
    queue_position: int,
    due_at: datetime | None,
    clinic_name: BilingualText | None = None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Opens a visit (取号): the appointment's place gives the queue number, such as A007.

    `clinic_name`: what patients booked where it is no doctor by name.

    Where that number is given already (two patients share a time) the next are A007-2, A007-3. Refuses with
    `AlreadyRegistered`: a booking becomes a visit once, by a unique key.
    """
    queue_on = due_at.astimezone(SHANGHAI).date() if due_at else local_day(now)
    base = f"{_QUEUE_LETTER.get(service_line, 'C')}{queue_position:03d}"
    with acting(actor=actor), refusing({"visit_once_a_booking": AlreadyRegistered()}):
        encounter = Encounter(
            number=next_visit_number(visit_type=visit_type, now=now),
            person_id=person_id,
            campus_id=campus_code,
            department_id=department_id,
            clinician_id=clinician_id,
            room_id=room_id,
            appointment_id=appointment_id,
            visit_type=visit_type,
            service_line=service_line,
            clinic_zh=clinic_name.zh if clinic_name else "",
            clinic_en=clinic_name.en if clinic_name else "",
            queue_number=_free_queue_number(base=base, clinician_id=clinician_id, queue_on=queue_on),
            queue_on=queue_on,
            due_at=due_at,
            registered_at=now,
        )
        encounter.save(force_insert=True)
        leave_trace(encounter=encounter, kind="encounters.registered", actor=actor, now=now)
    return encounter.id


def _free_queue_number(*, base: str, clinician_id: UUID, queue_on: date) -> str:
    """`base`, or its first free follow-up. Registrations of a day queue at the visit counter's row, so none is given
    twice; the unique key stands behind."""
    given = set(
        Encounter.objects.filter(
            Q(clinician_id=clinician_id) | Q(transferred_from_id=clinician_id),
            queue_on=queue_on,
            queue_number__startswith=base,
        ).values_list("queue_number", flat=True)
    )
    return next(number for turn in count(1) if (number := base if turn == 1 else f"{base}-{turn}") not in given)


def next_visit_number(*, visit_type: str, now: datetime) -> str:
    """OP-261125-0001: a number a day from a database counter, whose row is locked until the transaction ends."""
    day = local_day(now)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO encounters_visitcounter (day, last) VALUES (%s, 1)
               ON CONFLICT (day) DO UPDATE SET last = encounters_visitcounter.last + 1 RETURNING last""",
            [day],
        )
        (last,) = cursor.fetchone()
    return f"{visit_type}-{day:%y%m%d}-{last:04d}"


def move_encounter(
    *,
    encounter_id: UUID,
    target: EncounterState,
    actor: Actor,
    now: datetime,
    reason: str = "",
    clinician_user_id: UUID | None = None,
) -> None:
    """The transition of a visit. `clinician_user_id` restricts it to the visit's own doctor.

    Refusals: `UnknownEncounter`, `NotYourPatient`, `IllegalTransition`, `EncounterMoved` (a race was lost).
    """
    with acting(actor=actor):
        encounter = Encounter.objects.select_related("clinician").filter(pk=encounter_id).first()
        if encounter is None:
            raise UnknownEncounter
        if clinician_user_id is not None and encounter.clinician.user_id != clinician_user_id:
            raise NotYourPatient
        ENCOUNTER_TRANSITIONS.check(current=EncounterState(encounter.state), target=target)
        changes: dict[str, Any] = {"state": target, "version": F("version") + 1}
        if stamp := _STAMPS.get(target):
            changes[stamp] = now
        if target is EncounterState.CALLED:
            changes |= count_call(encounter=encounter)
        if target is EncounterState.CHECKED_IN:
            changes |= enter_line(encounter=encounter, now=now)
        moved = Encounter.objects.filter(pk=encounter_id, version=encounter.version).update(**changes)
        if not moved:
            encounter.refresh_from_db()
            raise EncounterMoved(current=encounter.state)
        leave_trace(encounter=encounter, kind=_EVENTS[target], actor=actor, now=now, reason=reason)
        if target is EncounterState.CALLED:
            tell_those_near(clinician_id=encounter.clinician_id, day=encounter.queue_on, now=now)
