"""A booking moves to another place: the new one is taken before the old one is lost, or nothing happens (A04)."""

from datetime import datetime
from uuid import UUID

from hospital.appointments.booking import refuse_place
from hospital.appointments.errors import (
    AlreadyBooked,
    ChangeTooLate,
    NotChangeable,
    NotHeld,
    SamePlace,
    UnknownAppointment,
)
from hospital.appointments.models import Appointment
from hospital.appointments.rules import compute_pay_by, compute_terms
from hospital.appointments.states import AppointmentState
from hospital.appointments.traces import care_source, leave_trace
from hospital.appointments.waitlist import offer_place
from hospital.audit.api import acting
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.conflicts import refusing
from hospital.kernel.events import record_event
from hospital.patients.api import end_care_relation, grant_care_relation
from hospital.scheduling.api import list_slots_by_id, move_place
from hospital.scheduling.types import Channel


def change_place(*, appointment_id: UUID, slot_id: int, actor: Actor, now: datetime) -> None:
    """Moves a booking to another place, of any doctor. It keeps its id; its revision rises by one.

    The row of the booking is locked first, then both places in the order of their numbers: two who swap places do not
    wait for each other. Refusals: `UnknownAppointment`, `NotChangeable`, `SamePlace`, `UnknownSlot`, `SlotFull`,
    `SlotPast`, `SessionStopped`, `NotReleased`, `KeptForOthers`, `AlreadyBooked`, and to a patient `ChangeTooLate`. The
    fee is the workflow's.
    """
    with acting(actor=actor):
        row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
        if row is None:
            raise UnknownAppointment
        _check_changeable(row, slot_id=slot_id, actor=actor, now=now)
        channel = channel_of(row, actor=actor)
        place = move_place(from_slot_id=row.slot_id, to_slot_id=slot_id, channel=channel, now=now)
        if place is None:
            raise refuse_place(slot_id=slot_id, channel=channel, now=now)
        end_care_relation(person_id=row.person_id, source=care_source(row), now=now)
        old_slot_id = row.slot_id
        row.slot_id, row.session_id = slot_id, place.session_id
        row.revision += 1
        if row.pay_by is not None and row.booked_at is not None:
            row.pay_by = compute_pay_by(booked_at=row.booked_at, starts_at=place.starts_at, now=now)
        with refusing({"one_active_booking_a_session": AlreadyBooked()}):
            row.save(update_fields=["slot_id", "session_id", "revision", "pay_by"])
        grant_care_relation(person_id=row.person_id, campus_code=place.campus_code, source=care_source(row), now=now)
        leave_trace(appointment_id=row.id, person_id=row.person_id, kind="appointments.changed", actor=actor, now=now)
        if place.is_old_hidden:
            offer_place(slot_id=old_slot_id, now=now)


def give_hold_to(*, appointment_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> None:
    """The account that holds a place keeps it for another of its people: it is never free in between.

    Giving it back and taking it again would not do: the last place of a full session comes back hidden. Access to both
    people is the caller's check. Refusals: `UnknownAppointment`, `NotHeld`, `AlreadyBooked`.
    """
    with acting(actor=actor):
        row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
        if row is None:
            raise UnknownAppointment
        is_held = row.state == AppointmentState.HELD and row.held_until is not None and row.held_until > now
        if not is_held or row.claim is None or str(row.account_id) != actor.id:
            raise NotHeld(current=row.state)
        if row.person_id == person_id:
            return
        end_care_relation(person_id=row.person_id, source=care_source(row), now=now)
        row.person_id = person_id
        row.revision += 1
        with refusing({"one_active_booking_a_session": AlreadyBooked()}):
            row.save(update_fields=["person_id", "revision"])
        campus_code = list_slots_by_id(slot_ids=[row.slot_id])[row.slot_id].session.campus_code
        grant_care_relation(person_id=person_id, campus_code=campus_code, source=care_source(row), now=now)
        leave_trace(appointment_id=row.id, person_id=person_id, kind="appointments.held", actor=actor, now=now)


def ask_payment_again(*, appointment_id: UUID, now: datetime) -> None:
    """After a change whose fee has to be paid anew: the place is kept until then. In the caller's transaction."""
    row = Appointment.objects.select_related("slot").get(pk=appointment_id)
    row.pay_by = compute_pay_by(booked_at=now, starts_at=row.slot.starts_at, now=now)
    row.claim = None  # the place was had before: it is not one of the places that are counted
    row.save(update_fields=["pay_by", "claim"])
    record_event(kind="appointments.fee_renewed", subject_id=str(row.id), person_id=row.person_id, now=now)


def channel_of(row: Appointment, *, actor: Actor) -> Channel:
    """From whose pools a booking gets its new place: a desk from its own, a patient from those they booked with."""
    return Channel.WINDOW if actor.kind is ActorKind.STAFF else Channel(row.channel)


def _check_changeable(row: Appointment, *, slot_id: int, actor: Actor, now: datetime) -> None:
    if row.state != AppointmentState.BOOKED or row.booked_at is None:
        raise NotChangeable(current=row.state)
    if row.slot_id == slot_id:
        raise SamePlace
    terms = compute_terms(booked_at=row.booked_at, starts_at=row.slot.starts_at)
    if actor.kind is ActorKind.PATIENT and now >= terms.change_until:
        raise ChangeTooLate
