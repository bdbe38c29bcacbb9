"""Whoever was called off by the hospital books again before others (A04, domain brief 2)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hospital.appointments.api import book_with_priority, get_appointment, get_priority, mark_paid
from hospital.appointments.errors import PriorityEnded
from hospital.appointments.types import AppointmentCard
from hospital.audit.api import acting
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.types import BilingualText
from hospital.patients.api import require_access
from hospital.scheduling.api import get_stop_reason, list_places_instead
from hospital.scheduling.types import SlotCard
from hospital.workflows.book import charge_booking
from hospital.workflows.booking_mails import mail_booking
from hospital.workflows.booking_terms import list_booking_fees


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebooking:
    """Why a booking was called off, until when its patient may book before others, and the next places to choose from.

    `used_for` is the booking that came of it; then there is nothing to choose any more.
    """

    reason: BilingualText
    valid_until: date
    used_for: UUID | None
    places: tuple[SlotCard, ...]


def offer_rebooking(*, appointment_id: UUID, actor: Actor, now: datetime) -> Rebooking:
    """What a called-off patient may choose. Refusals: `UnknownAppointment`, `UnknownPerson`, `PriorityEnded` (none)."""
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    right = get_priority(appointment_id=appointment_id)
    if right is None:
        raise PriorityEnded
    session_id = appointment.slot.session.id
    places = () if right.used_for else tuple(list_places_instead(session_id=session_id, now=now))
    return Rebooking(
        reason=get_stop_reason(session_id=session_id),
        valid_until=right.valid_until,
        used_for=right.used_for,
        places=places,
    )


def rebook_called_off(*, appointment_id: UUID, slot_id: int, actor: Actor, now: datetime) -> AppointmentCard:
    """Books a place with the right of a called-off booking, charges its fee and mails the confirmation: all or nothing.

    Refusals: `UnknownAppointment`, `UnknownPerson`, `PriorityEnded`, `SlotFull`, `AlreadyBooked`.
    """
    before = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=before.person_id, now=now)
    is_patient = actor.kind is ActorKind.PATIENT
    with acting(actor=actor):
        booked = book_with_priority(
            appointment_id=appointment_id,
            slot_id=slot_id,
            account_id=UUID(actor.id) if is_patient else None,
            channel="APP" if is_patient else "WINDOW",
            actor=actor,
            now=now,
        )
        charge_booking(appointment=get_appointment(appointment_id=booked), actor=actor, now=now)
        if list_booking_fees(appointment_ids=[booked])[booked].total == 0:
            mark_paid(appointment_ids=[booked])
        mail_booking(kind="booking_confirmed", appointment=get_appointment(appointment_id=booked), now=now)
    return get_appointment(appointment_id=booked)
