"""What desks do to a line: call the next, let somebody go first, send somebody to another doctor."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting
from hospital.campuses.api import get_clinician_of_user
from hospital.encounters.errors import (
    EncounterMoved,
    NotQueueDesk,
    NotYourPatient,
    PriorityNeedsReason,
    TransferNotPossible,
    UnknownEncounter,
)
from hospital.encounters.line import count_calls, leave_trace, lock_line
from hospital.encounters.models import Encounter, Priority
from hospital.encounters.order_statement import list_line
from hospital.encounters.rules.order import FIRST, ORDINARY, PRIORITY
from hospital.encounters.services import move_encounter
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day

ENDED = (EncounterState.DONE, EncounterState.CANCELLED)
MOVABLE = (EncounterState.REGISTERED, EncounterState.CHECKED_IN, EncounterState.WAITING, EncounterState.PASSED)
_DESKS = (Role.NURSE, Role.REGISTRAR, Role.DOCTOR)


def call_next(*, clinician_user_id: UUID, actor: Actor, now: datetime) -> UUID | None:
    """Calls whoever is first in the doctor's line of today (`rules/order.py`); None when nobody waits.

    The line's row is locked, so two screens of one doctor that press the key at once call two patients, in order.
    """
    today = local_day(now)
    clinician = get_clinician_of_user(user_id=clinician_user_id)
    if clinician is None:
        return None
    with acting(actor=actor):
        lock_line(clinician_id=clinician.id, day=today)
        line = list_line(clinician_id=clinician.id, day=today)
        if not line:
            return None
        move_encounter(encounter_id=line[0], target=EncounterState.CALLED, actor=actor, now=now)
        return line[0]


def set_priority(
    *, encounter_id: UUID, priority: str, is_green: bool = False, reason: str = "", actor: Actor, now: datetime
) -> None:
    """Lets a visit go before others, or takes that away (`priority` empty). Who gave it and why is an audit entry.

    The green channel and an emergency go before everybody. Refusals: `UnknownEncounter`, `NotQueueDesk`,
    `PriorityNeedsReason`, `EncounterMoved`.
    """
    rank = FIRST if is_green or priority == Priority.EMERGENCY else PRIORITY if priority else ORDINARY
    with acting(actor=actor):
        encounter = _visit(encounter_id)
        _require_desk(actor, encounter.campus_id)
        if priority not in {"", *Priority.values} or not reason.strip():
            raise PriorityNeedsReason
        changes = {"priority": priority, "is_green": is_green, "queue_rank": rank, "version": F("version") + 1}
        if rank == FIRST:
            changes["returns_after"] = None
        _change(encounter, changes)
        leave_trace(
            encounter=encounter,
            kind="encounters.prioritized",
            actor=actor,
            now=now,
            reason=reason.strip()[:200],
            details={"priority": priority, "is_green": is_green, "before": encounter.priority},
        )


def transfer_encounter(
    *,
    encounter_id: UUID,
    clinician_id: UUID,
    room_id: UUID | None,
    reason: str,
    actor: Actor,
    now: datetime,
    clinician_user_id: UUID | None = None,
) -> None:
    """Sends a visit that is not yet called to another doctor, with its number and its time. `reason` is a code.

    Who may receive it is decided by the workflow. Refusals: `UnknownEncounter`, `NotYourPatient`, `NotQueueDesk`,
    `TransferNotPossible`, `EncounterMoved`.
    """
    with acting(actor=actor):
        encounter = _visit(encounter_id)
        _require_desk(actor, encounter.campus_id)
        if clinician_user_id is not None and encounter.clinician.user_id != clinician_user_id:
            raise NotYourPatient
        if encounter.state not in MOVABLE or encounter.clinician_id == clinician_id:
            raise TransferNotPossible
        _hand_over(encounter, clinician_id=clinician_id, room_id=room_id, reason=reason, actor=actor, now=now)


def hand_over_visits(
    *, encounter_ids: Iterable[UUID], from_id: UUID, clinician_id: UUID, reason: str, actor: Actor, now: datetime
) -> int:
    """Gives visits of a doctor's line that are not yet called to the doctor who took the session over; how many.

    Each keeps number, time, rank and room, so that their order stays as it is; who missed the call still comes after as
    many others. One that was called meanwhile, or went to somebody else, stays there. The caller decides who may.
    """
    rows = Encounter.objects.filter(pk__in=list(encounter_ids), state__in=MOVABLE, clinician_id=from_id)
    with acting(actor=actor):
        found = list(rows.select_for_update().order_by("pk"))
        for each in found:
            returns_after = each.returns_after
            _hand_over(each, clinician_id=clinician_id, room_id=each.room_id, reason=reason, actor=actor, now=now)
            if returns_after is not None:
                _return_after(each, calls_left=returns_after - count_calls(from_id, each.queue_on))
    return len(found)


def _return_after(encounter: Encounter, *, calls_left: int) -> None:
    calls = count_calls(encounter.clinician_id, encounter.queue_on)
    Encounter.objects.filter(pk=encounter.pk).update(returns_after=calls + max(0, calls_left))


def _hand_over(
    encounter: Encounter, *, clinician_id: UUID, room_id: UUID | None, reason: str, actor: Actor, now: datetime
) -> None:
    before = encounter.clinician_id
    changes = {
        "clinician_id": clinician_id,
        "room_id": room_id,
        "transferred_from_id": before,
        "returns_after": None,
        "near_told_at": None,
        "version": F("version") + 1,
    }
    _change(encounter, changes)
    encounter.refresh_from_db()
    leave_trace(
        encounter=encounter,
        kind="encounters.transferred",
        actor=actor,
        now=now,
        reason=reason,
        details={"from": str(before), "to": str(clinician_id)},
        lines=(before,),
        facts={"reason": reason},
    )


def _visit(encounter_id: UUID) -> Encounter:
    encounter = Encounter.objects.select_related("clinician").filter(pk=encounter_id).first()
    if encounter is None or encounter.state in ENDED:
        raise UnknownEncounter
    return encounter


def _require_desk(actor: Actor, campus_code: str) -> None:
    """The product itself passes: it gives the priorities that follow from a rule."""
    if actor.kind is ActorKind.SYSTEM or any(actor.has_role(role, campus_code) for role in _DESKS):
        return
    raise NotQueueDesk


def _change(encounter: Encounter, changes: Mapping[str, object]) -> None:
    same = Encounter.objects.filter(pk=encounter.pk, version=encounter.version)
    if not same.update(**changes):
        encounter.refresh_from_db()
        raise EncounterMoved(current=encounter.state)
