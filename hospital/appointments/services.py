"""Writes of demand after the place was taken: one conditional update a step."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hospital.appointments.booking import take_extra_place, take_place_at_desk
from hospital.appointments.day_limits import check_day
from hospital.appointments.errors import (
    CancelTooLate,
    HoldExpired,
    NotBooked,
    NotCancellable,
    NotHeld,
    UnknownAppointment,
)
from hospital.appointments.models import Appointment
from hospital.appointments.rules import compute_pay_by
from hospital.appointments.states import APPOINTMENT_TRANSITIONS, AppointmentState, WaitState
from hospital.appointments.traces import care_source, leave_trace
from hospital.appointments.waitlist import end_offer, end_waits_of_booked, offer_place
from hospital.audit.api import acting
from hospital.kernel.actors import Actor, ActorKind
from hospital.patients.api import end_care_relation
from hospital.scheduling.api import release_place

NOT_PAID = "not paid in time"


def book_at_desk(*, slot_id: int, person_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Books a place at the window, up to the end of its time (F45). Access to the person is the caller's check.

    Refusals: `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`, `NotReleased`, `KeptForOthers`, `AlreadyBooked`.
    """
    with acting(actor=actor):
        appointment_id = take_place_at_desk(slot_id=slot_id, person_id=person_id, actor=actor, now=now)
        leave_trace(
            appointment_id=appointment_id, person_id=person_id, kind="appointments.booked", actor=actor, now=now
        )
    return appointment_id


def book_extra_at_desk(*, extra_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Books the extra place that a doctor granted (F45). Access to the person is the caller's check.

    Refusals: `ExtraPlaceEnded`, `AlreadyBooked`.
    """
    with acting(actor=actor):
        appointment_id = take_extra_place(extra_id=extra_id, person_id=person_id, actor=actor, now=now)
        leave_trace(
            appointment_id=appointment_id, person_id=person_id, kind="appointments.booked", actor=actor, now=now
        )
    return appointment_id


def confirm_hold(*, appointment_id: UUID, actor: Actor, now: datetime) -> bool:
    """HELD → BOOKED while the hold lasts; whether this call did it: booking what is booked changes nothing.

    The place is kept until `pay_by` unless it is paid for (`mark_paid`). Refusals: `UnknownAppointment`, `HoldExpired`,
    `NotBooked` (its state does not allow it), and `TooManyThatDay` and `TooManyInDepartment` where several were held at
    the same moment.
    """
    with acting(actor=actor):
        row = _get(appointment_id)
        check_day(row)
        pay_by = compute_pay_by(booked_at=now, starts_at=row.slot.starts_at, now=now)
        held = Appointment.objects.filter(pk=appointment_id, state=AppointmentState.HELD, held_until__gt=now)
        if not held.update(state=AppointmentState.BOOKED, booked_at=now, pay_by=pay_by):
            _refuse_confirmation(AppointmentState(_get(appointment_id).state))
            return False
        end_offer(appointment_id=appointment_id, state=WaitState.BOOKED, now=now)
        end_waits_of_booked(person_id=row.person_id, session_id=row.session_id, now=now)
        leave_trace(
            appointment_id=appointment_id, person_id=row.person_id, kind="appointments.booked", actor=actor, now=now
        )
    return True


def _refuse_confirmation(state: AppointmentState) -> None:
    if state in {AppointmentState.HELD, AppointmentState.EXPIRED}:
        raise HoldExpired
    if state not in {AppointmentState.BOOKED, AppointmentState.TAKEN}:
        raise NotBooked(current=str(state))


def release_hold(*, appointment_id: UUID, actor: Actor, now: datetime) -> None:
    """Gives back a place that is only held. Releasing what has ended changes nothing.

    Refusals: `UnknownAppointment`, `NotHeld`: what was booked meanwhile stays booked.
    """
    with acting(actor=actor):
        row = _lock(appointment_id)
        if row.state == AppointmentState.HELD:
            give_back(row, state=AppointmentState.CANCELLED, reason="released", actor=actor, now=now)
        elif row.state not in {AppointmentState.CANCELLED, AppointmentState.EXPIRED}:
            raise NotHeld(current=row.state)


def mark_paid(*, appointment_ids: Iterable[UUID]) -> int:
    """Bookings that nobody has to pay for any more keep their place; how many were still waiting.

    In the caller's transaction, which knows who acts.
    """
    waiting = Appointment.objects.filter(pk__in=list(appointment_ids), pay_by__isnull=False)
    return waiting.update(pay_by=None)


def set_registration_type(*, appointment_id: UUID, follows_id: UUID | None, item_code: str) -> None:
    """Writes down of which visit a booking is the follow-up and what it costs instead; empty for an ordinary one.

    In the caller's transaction, which knows who acts.
    """
    Appointment.objects.filter(pk=appointment_id).update(follows_id=follows_id, fee_item_code=item_code)


def lock_unpaid(*, appointment_id: UUID, now: datetime) -> bool:
    """Locks a booking for the caller's transaction; whether it is still one whose time to pay is over."""
    unpaid = Appointment.objects.filter(pk=appointment_id, state=AppointmentState.BOOKED, pay_by__lte=now)
    return unpaid.select_for_update().exists()


def expire_unpaid(*, appointment_id: UUID, actor: Actor, now: datetime) -> None:
    """BOOKED → EXPIRED: the place of a booking that `lock_unpaid` holds goes back."""
    with acting(actor=actor):
        row = _lock(appointment_id)
        APPOINTMENT_TRANSITIONS.check(current=AppointmentState(row.state), target=AppointmentState.EXPIRED)
        give_back(row, state=AppointmentState.EXPIRED, reason=NOT_PAID, actor=actor, now=now)


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

    Refusals: `UnknownAppointment`, `NotCancellable`, and to a patient or partner `CancelTooLate` once the time began.
    """
    with acting(actor=actor):
        row = _lock(appointment_id)
        if row.state == AppointmentState.CANCELLED:
            return
        if row.state not in {AppointmentState.HELD, AppointmentState.BOOKED}:  # only the hospital calls a visit off
            raise NotCancellable(current=row.state)
        is_too_late = row.state == AppointmentState.BOOKED and row.slot.starts_at <= now
        if is_too_late and actor.kind in {ActorKind.PATIENT, ActorKind.PARTNER}:
            raise CancelTooLate
        give_back(row, state=AppointmentState.CANCELLED, reason=reason, actor=actor, now=now)


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
            give_back(row, state=AppointmentState.EXPIRED, reason="hold expired", actor=actor, now=now)
        count += 1
    return count


def _get(appointment_id: UUID) -> Appointment:
    row = Appointment.objects.select_related("slot").filter(pk=appointment_id).first()
    if row is None:
        raise UnknownAppointment
    return row


def _lock(appointment_id: UUID) -> Appointment:
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None:
        raise UnknownAppointment
    return row


def give_back(row: Appointment, *, state: AppointmentState, reason: str, actor: Actor, now: datetime) -> None:
    """Ends a booking whose row the caller has locked: the place is free again, the campus sees the person no more.

    The place comes first, as when one is taken: in the other order ending a booking and taking the next one of the same
    session would wait for each other.
    """
    is_hidden = release_place(slot_id=row.slot_id, now=now)
    if row.state == AppointmentState.HELD:
        is_run_out = state is AppointmentState.EXPIRED
        end_offer(appointment_id=row.id, state=WaitState.EXPIRED if is_run_out else WaitState.DECLINED, now=now)
    row.state = state
    row.ended_at = now
    row.end_reason = reason[:200]
    row.pay_by = None
    end_care_relation(person_id=row.person_id, source=care_source(row), now=now)
    row.revision += 1
    row.save(update_fields=["state", "ended_at", "end_reason", "pay_by", "revision"])
    kind = f"appointments.{state.lower()}"
    leave_trace(appointment_id=row.id, person_id=row.person_id, kind=kind, actor=actor, now=now, reason=reason)
    if is_hidden:
        offer_place(slot_id=row.slot_id, now=now)
