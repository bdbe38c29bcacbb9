"""Writes of demand after the place was taken: one conditional update a step."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from hospital.appointments.errors import (
    AlreadyBooked,
    HoldExpired,
    NotBooked,
    NotCancellable,
    SessionStopped,
    SlotFull,
    SlotPast,
    UnknownAppointment,
    UnknownSlot,
)
from hospital.appointments.models import Appointment
from hospital.appointments.states import APPOINTMENT_TRANSITIONS, AppointmentState
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.kernel.ids import new_id

_TAKE_AT_DESK = """
WITH place AS (
    UPDATE scheduling_slot slot SET taken = slot.taken + 1
    FROM scheduling_rostersession session
    WHERE slot.id = %(slot_id)s AND session.id = slot.session_id AND slot.taken < slot.capacity
      AND slot.ends_at > %(now)s AND NOT session.is_stopped
    RETURNING slot.id, slot.session_id
)
INSERT INTO appointments_appointment
    (id, slot_id, session_id, person_id, channel, state, created_at, booked_at, end_reason)
SELECT %(id)s, place.id, place.session_id, %(person_id)s, 'WINDOW', 'BOOKED', %(now)s, %(now)s, '' FROM place
RETURNING id
"""


def book_at_desk(*, slot_id: int, person_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Books a place at the window, up to the end of its time (F45). Access to the person is the caller's check.

    Refusals: `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`, `AlreadyBooked`.
    """
    appointment_id = new_id()
    with acting(actor=actor):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    _TAKE_AT_DESK, {"id": appointment_id, "slot_id": slot_id, "person_id": person_id, "now": now}
                )
                is_booked = cursor.fetchone() is not None
        except IntegrityError as problem:
            if "one_active_booking_a_session" in str(problem):
                raise AlreadyBooked from None
            raise
        if not is_booked:
            raise _why_not_at_desk(slot_id=slot_id, now=now)
        _leave_trace(
            appointment_id=appointment_id, person_id=person_id, kind="appointments.booked", actor=actor, now=now
        )
    return appointment_id


def _why_not_at_desk(*, slot_id: int, now: datetime) -> Exception:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT slot.ends_at, session.is_stopped FROM scheduling_slot slot
               JOIN scheduling_rostersession session ON session.id = slot.session_id WHERE slot.id = %s""",
            [slot_id],
        )
        row = cursor.fetchone()
    if row is None:
        return UnknownSlot()
    ends_at, is_stopped = row
    if is_stopped:
        return SessionStopped()
    return SlotPast() if ends_at <= now else SlotFull()


def confirm_hold(*, appointment_id: UUID, actor: Actor, now: datetime) -> None:
    """HELD → BOOKED while the hold lasts. Booking what is booked changes nothing.

    Refusals: `UnknownAppointment`, `HoldExpired`, `NotBooked` (its state does not allow it).
    """
    with acting(actor=actor):
        updated = Appointment.objects.filter(
            pk=appointment_id, state=AppointmentState.HELD, held_until__gt=now
        ).update(state=AppointmentState.BOOKED, booked_at=now)
        if not updated:
            _refuse_confirmation(appointment_id=appointment_id)
            return
        person_id = Appointment.objects.values_list("person_id", flat=True).get(pk=appointment_id)
        _leave_trace(
            appointment_id=appointment_id, person_id=person_id, kind="appointments.booked", actor=actor, now=now
        )


def _refuse_confirmation(*, appointment_id: UUID) -> None:
    row = Appointment.objects.filter(pk=appointment_id).first()
    if row is None:
        raise UnknownAppointment
    if row.state in {AppointmentState.HELD, AppointmentState.EXPIRED}:
        raise HoldExpired
    if row.state not in {AppointmentState.BOOKED, AppointmentState.TAKEN}:
        raise NotBooked(current=row.state)


def take_number(*, appointment_id: UUID, actor: Actor, now: datetime) -> None:
    """BOOKED → TAKEN (取号). The workflow opens the visit in the same transaction. Refuses with `NotBooked`."""
    with acting(actor=actor):
        if not Appointment.objects.filter(pk=appointment_id, state=AppointmentState.BOOKED).update(
            state=AppointmentState.TAKEN, taken_at=now
        ):
            row = Appointment.objects.filter(pk=appointment_id).first()
            if row is None:
                raise UnknownAppointment
            raise NotBooked(current=row.state)


def cancel_appointment(*, appointment_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Gives a held or booked place back. Cancelling twice changes nothing. Refuses with `NotCancellable`."""
    with acting(actor=actor):
        row = (
            Appointment.objects.select_for_update().filter(pk=appointment_id).first()
        )
        if row is None:
            raise UnknownAppointment
        if row.state == AppointmentState.CANCELLED:
            return
        if row.state not in APPOINTMENT_TRANSITIONS.allowed_from(AppointmentState.CANCELLED) or row.state == "TAKEN":
            raise NotCancellable(current=row.state)
        _give_back(row, state=AppointmentState.CANCELLED, reason=reason, now=now)
        _leave_trace(
            appointment_id=row.id, person_id=row.person_id, kind="appointments.cancelled", actor=actor, now=now
        )


def expire_holds(*, actor: Actor, now: datetime, limit: int = 200) -> int:
    """Gives back the places of holds that ran out; returns how many. Safe to run on several workers at once."""
    with acting(actor=actor):
        rows = list(
            Appointment.objects.select_for_update(skip_locked=True).filter(
                state=AppointmentState.HELD, held_until__lte=now
            )[:limit]
        )
        for row in rows:
            _give_back(row, state=AppointmentState.EXPIRED, reason="hold expired", now=now)
            _leave_trace(
                appointment_id=row.id, person_id=row.person_id, kind="appointments.expired", actor=actor, now=now
            )
    return len(rows)


def _give_back(row: Appointment, *, state: AppointmentState, reason: str, now: datetime) -> None:
    row.state = state
    row.ended_at = now
    row.end_reason = reason[:200]
    row.save(update_fields=["state", "ended_at", "end_reason"])
    type(row.slot).objects.filter(pk=row.slot_id, taken__gt=0).update(taken=F("taken") - 1)


def _leave_trace(*, appointment_id: UUID, person_id: UUID, kind: str, actor: Actor, now: datetime) -> None:
    record_event(kind=kind, subject_id=str(appointment_id), person_id=person_id, now=now)
    record_act(
        actor=actor,
        action=kind,
        subject_kind="appointment",
        subject_id=str(appointment_id),
        person_id=person_id,
        now=now,
    )
