"""Places that nobody came to (爽约): marked after the session, with what is still open of their fee (A04)."""

from datetime import datetime
from uuid import UUID

from hospital.appointments.api import get_block, lift_block, list_missed, mark_missed, note_appeal
from hospital.audit.api import acting
from hospital.kernel.actors import Actor, system_actor
from hospital.patients.api import require_access
from hospital.workflows.give_back_fee import void_open_fee


def mark_missed_places(*, now: datetime) -> int:
    """Marks the bookings of ended sessions whose number was never taken; returns how many.

    A fee that was paid is kept, one that was not is voided. Safe on several workers, each booking by itself.
    """
    actor = system_actor("mark_missed")
    return sum(_mark(appointment_id, actor=actor, now=now) for appointment_id in list_missed(now=now))


def _mark(appointment_id: UUID, *, actor: Actor, now: datetime) -> bool:
    with acting(actor=actor):
        if not mark_missed(appointment_id=appointment_id, actor=actor, now=now):
            return False
        void_open_fee(appointment_id=appointment_id, actor=actor, now=now)
    return True


def lift_booking_block(*, block_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """The registration desk opens booking by app again for a patient who appealed.

    Refusals: `UnknownBlock`, `UnknownPerson`, `NoCareRelation`, `NotBlockKeeper`.
    """
    require_access(actor=actor, person_id=get_block(block_id=block_id, now=now).person_id, now=now)
    lift_block(block_id=block_id, reason=reason, actor=actor, now=now)


def note_block_appeal(*, block_id: UUID, text: str, actor: Actor, now: datetime) -> None:
    """The registration desk writes down why a patient wants a pause of booking lifted.

    Refusals: `UnknownBlock`, `UnknownPerson`, `NoCareRelation`, `NotBlockKeeper`.
    """
    require_access(actor=actor, person_id=get_block(block_id=block_id, now=now).person_id, now=now)
    note_appeal(block_id=block_id, text=text, actor=actor, now=now)
