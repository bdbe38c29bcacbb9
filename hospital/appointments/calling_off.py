"""The hospital calls a session off: its bookings end, and their patients may book again before others (domain brief 2).

The right of a called-off booking is used once, until its day is over: for a place of any pool, released or not, and
beside the limits of an account.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hospital.appointments.errors import AlreadyBooked, PriorityEnded, SlotFull, UnknownAppointment
from hospital.appointments.models import Appointment, PriorityRight
from hospital.appointments.queries import appointment_cards
from hospital.appointments.rules import compute_pay_by
from hospital.appointments.services import give_back
from hospital.appointments.states import APPOINTMENT_TRANSITIONS, AppointmentState
from hospital.appointments.traces import leave_trace
from hospital.appointments.types import AppointmentCard, PriorityCard
from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.conflicts import refusing
from hospital.patients.api import grant_care_relation
from hospital.scheduling.api import take_any_place

PRIORITY_DAYS: Final = 30
"""How long a called-off patient may book before others. The hospital confirms it before release."""

ACTIVE: Final = (AppointmentState.HELD, AppointmentState.BOOKED, AppointmentState.TAKEN)


def list_bookings_of_session(*, session_id: UUID) -> list[UUID]:
    """The bookings of a session that have not ended, in the order of their places."""
    rows = Appointment.objects.filter(slot__session_id=session_id, state__in=ACTIVE).order_by("slot__number", "id")
    return list(rows.values_list("id", flat=True))


def list_session_appointments(*, session_ids: Iterable[UUID]) -> list[AppointmentCard]:
    """The bookings of sessions that have not ended, in two statements."""
    return appointment_cards(Appointment.objects.filter(slot__session_id__in=list(session_ids), state__in=ACTIVE))


def list_stopped_with_bookings(*, now: datetime, limit: int = 50) -> list[UUID]:
    """Sessions from today on that were called off and still have bookings: the work on them was broken off."""
    rows = Appointment.objects.filter(
        state__in=ACTIVE,
        session__is_stopped=True,
        session__stopped_at__isnull=False,
        session__held_on__gte=local_day(now),
    )
    return list(rows.values_list("session_id", flat=True).distinct()[:limit])


def call_off_appointment(*, appointment_id: UUID, reason: str, actor: Actor, now: datetime) -> bool:
    """HELD, BOOKED or TAKEN → CANCELLED by the hospital, with a right to book before others; whether this call did it.

    One that has ended stays as it is. Of a hold nobody was promised anything, so it gives no right. The caller has
    locked the booking, ends its visit and gives the fee back. Refusals: `UnknownAppointment`.
    """
    with acting(actor=actor):
        row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
        if row is None:
            raise UnknownAppointment
        if row.state not in APPOINTMENT_TRANSITIONS.allowed_from(AppointmentState.CANCELLED):
            return False
        had_place = row.state != AppointmentState.HELD
        give_back(row, state=AppointmentState.CANCELLED, reason=reason, actor=actor, now=now)
        if had_place:
            PriorityRight.objects.create(
                appointment=row,
                person_id=row.person_id,
                valid_until=local_day(max(now, row.slot.starts_at)) + timedelta(days=PRIORITY_DAYS),
            )
    return True


def get_priority(*, appointment_id: UUID) -> PriorityCard | None:
    """The right that a called-off booking gives; None for any other booking."""
    row = PriorityRight.objects.filter(pk=appointment_id).first()
    if row is None:
        return None
    return PriorityCard(
        appointment_id=row.pk, person_id=row.person_id, valid_until=row.valid_until, used_for=row.used_for_id
    )


def list_called_off(*, appointment_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these bookings that the hospital called off, in one query."""
    return set(PriorityRight.objects.filter(pk__in=list(appointment_ids)).values_list("pk", flat=True))


def book_with_priority(
    *, appointment_id: UUID, slot_id: int, account_id: UUID | None, channel: str, actor: Actor, now: datetime
) -> UUID:
    """Books a place of any pool with the right of a called-off booking; returns the new one. Its fee is the workflow's.

    Access to the person is the caller's check. Refusals: `PriorityEnded` (none, used or over), `SlotFull`,
    `AlreadyBooked`; the right is not used by them.
    """
    with acting(actor=actor), refusing({"one_active_booking_a_session": AlreadyBooked()}):
        right = PriorityRight.objects.select_for_update().filter(pk=appointment_id, used_at__isnull=True).first()
        if right is None or right.valid_until < local_day(now):
            raise PriorityEnded
        place = take_any_place(slot_id=slot_id, now=now)
        if place is None:
            raise SlotFull
        row = Appointment.objects.create(
            slot_id=slot_id,
            session_id=place.session_id,
            person_id=right.person_id,
            account_id=account_id,
            channel=channel,
            state=AppointmentState.BOOKED,
            created_at=now,
            booked_at=now,
            pay_by=compute_pay_by(booked_at=now, starts_at=place.starts_at, now=now),
        )
        right.used_at, right.used_for = now, row
        right.save(update_fields=["used_at", "used_for"])
        grant_care_relation(person_id=right.person_id, campus_code=place.campus_code, source=str(row.id), now=now)
        leave_trace(appointment_id=row.id, person_id=row.person_id, kind="appointments.booked", actor=actor, now=now)
    return row.id
