"""Writes of demand after the place was taken: one conditional update a step."""

from datetime import datetime
from uuid import UUID

from hospital.appointments.booking import take_place_at_desk
from hospital.appointments.errors import HoldExpired, NotBooked, NotCancellable, UnknownAppointment
from hospital.appointments.models import Appointment
from hospital.appointments.states import APPOINTMENT_TRANSITIONS, AppointmentState
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.patients.api import end_care_relation
from hospital.scheduling.api import release_place


def book_at_desk(*, slot_id: int, person_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Books a place at the window, up to the end of its time (F45). Access to the person is the caller's check.

    Refusals: `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`, `AlreadyBooked`.
    """
    with acting(actor=actor):
        appointment_id = take_place_at_desk(slot_id=slot_id, person_id=person_id, actor=actor, now=now)
        _leave_trace(
            appointment_id=appointment_id, person_id=person_id, kind="appointments.booked", actor=actor, now=now
        )
    return appointment_id


def confirm_hold(*, appointment_id: UUID, actor: Actor, now: datetime) -> bool:
    """HELD → BOOKED while the hold lasts; whether this call did it: booking what is booked changes nothing.

    Refusals: `UnknownAppointment`, `HoldExpired`, `NotBooked` (its state does not allow it).
    """
    with acting(actor=actor):
        held = Appointment.objects.filter(pk=appointment_id, state=AppointmentState.HELD, held_until__gt=now)
        is_booked = held.update(state=AppointmentState.BOOKED, booked_at=now)
        row = _get(appointment_id)
        if not is_booked:
            _refuse_confirmation(AppointmentState(row.state))
            return False
        _leave_trace(
            appointment_id=appointment_id, person_id=row.person_id, kind="appointments.booked", actor=actor, now=now
        )
    return True


def _refuse_confirmation(state: AppointmentState) -> None:
    if state in {AppointmentState.HELD, AppointmentState.EXPIRED}:
        raise HoldExpired
    if state not in {AppointmentState.BOOKED, AppointmentState.TAKEN}:
        raise NotBooked(current=str(state))


def take_number(*, appointment_id: UUID, actor: Actor, now: datetime) -> None:
    """BOOKED → TAKEN (取号). The workflow opens the visit, which leaves the trace, in the same transaction.

    Refusals: `UnknownAppointment`, `NotBooked`.
    """
    with acting(actor=actor):
        booked = Appointment.objects.filter(pk=appointment_id, state=AppointmentState.BOOKED)
        if not booked.update(state=AppointmentState.TAKEN, taken_at=now):
            raise NotBooked(current=_get(appointment_id).state)


def cancel_appointment(*, appointment_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Gives a held or booked place back. Cancelling twice changes nothing.

    Refusals: `UnknownAppointment`, `NotCancellable`.
    """
    with acting(actor=actor):
        row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
        if row is None:
            raise UnknownAppointment
        if row.state == AppointmentState.CANCELLED:
            return
        if row.state not in APPOINTMENT_TRANSITIONS.allowed_from(AppointmentState.CANCELLED):
            raise NotCancellable(current=row.state)
        _give_back(row, state=AppointmentState.CANCELLED, reason=reason, actor=actor, now=now)


def expire_holds(*, actor: Actor, now: datetime, limit: int = 200) -> int:
    """Gives back the places of holds that ran out; returns how many. Safe to run on several workers at once.

    Each in a transaction of its own: one that waits for a place keeps no other place from anybody.
    """
    expired = Appointment.objects.filter(state=AppointmentState.HELD, held_until__lte=now).order_by("held_until")
    count = 0
    while count < limit:
        with acting(actor=actor):
            row = expired.select_for_update(skip_locked=True).first()
            if row is None:
                break
            _give_back(row, state=AppointmentState.EXPIRED, reason="hold expired", actor=actor, now=now)
        count += 1
    return count


def _get(appointment_id: UUID) -> Appointment:
    row = Appointment.objects.filter(pk=appointment_id).first()
    if row is None:
        raise UnknownAppointment
    return row


def _give_back(row: Appointment, *, state: AppointmentState, reason: str, actor: Actor, now: datetime) -> None:
    """Ends a booking whose row the caller has locked: the place is free again, the campus sees the person no more.

    The place comes first, as when one is taken: in the other order ending a booking and taking the next one of the same
    session would wait for each other.
    """
    release_place(slot_id=row.slot_id)
    row.state = state
    row.ended_at = now
    row.end_reason = reason[:200]
    row.save(update_fields=["state", "ended_at", "end_reason"])
    end_care_relation(person_id=row.person_id, source=str(row.id), now=now)
    kind = f"appointments.{state.lower()}"
    _leave_trace(appointment_id=row.id, person_id=row.person_id, kind=kind, actor=actor, now=now, reason=reason)


def _leave_trace(
    *, appointment_id: UUID, person_id: UUID, kind: str, actor: Actor, now: datetime, reason: str = ""
) -> None:
    record_event(kind=kind, subject_id=str(appointment_id), person_id=person_id, now=now)
    record_act(
        actor=actor,
        action=kind,
        subject_kind="appointment",
        subject_id=str(appointment_id),
        person_id=person_id,
        reason=reason,
        now=now,
    )
