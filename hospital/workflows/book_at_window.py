"""A place booked and charged at the registration window (F45)."""

from datetime import datetime
from uuid import UUID

from hospital.appointments.api import book_at_desk, book_extra_at_desk, get_appointment
from hospital.appointments.types import AppointmentCard
from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.patients.api import require_access
from hospital.workflows.book import charge_booking


def book_at_window(*, slot_id: int, person_id: UUID, actor: Actor, now: datetime) -> AppointmentCard:
    """Books a place for a person at the window and charges the registration fee, all or nothing.

    The booking lets the campus's desks see the person: the cashier takes the fee before a number is taken.

    A follow-up is registered as one by itself (`follow_ups`).

    Refusals: `UnknownPerson`, `NoCareRelation`, `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`,
    `NotReleased`, `KeptForOthers`, `AlreadyBooked`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    with acting(actor=actor):
        appointment_id = book_at_desk(slot_id=slot_id, person_id=person_id, actor=actor, now=now)
        appointment = get_appointment(appointment_id=appointment_id)
        charge_booking(appointment=appointment, actor=actor, now=now)
    return get_appointment(appointment_id=appointment_id)


def book_extra_at_window(*, extra_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> AppointmentCard:
    """Books the place that a doctor granted outside the limit, and charges its fee, all or nothing (F45).

    Refusals: `UnknownPerson`, `NoCareRelation`, `ExtraPlaceEnded`, `AlreadyBooked`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    with acting(actor=actor):
        appointment_id = book_extra_at_desk(extra_id=extra_id, person_id=person_id, actor=actor, now=now)
        appointment = get_appointment(appointment_id=appointment_id)
        charge_booking(appointment=appointment, actor=actor, now=now)
    return appointment
