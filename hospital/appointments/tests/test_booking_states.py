"""From held to booked to taken, and back (A04, F45)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from hospital.appointments.api import (
    book_at_desk,
    cancel_appointment,
    confirm_hold,
    expire_holds,
    get_appointment,
    list_appointments,
    list_campus_appointments,
    take_number,
)
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
from hospital.appointments.tests.factories import make_booker
from hospital.encounters.tests.clinic import TEN, make_person, make_staff
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.clock import local_day
from hospital.kernel.events import list_events
from hospital.patients.models import CareRelation
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.places import RETURN_WITHIN
from hospital.scheduling.tests.factories import make_slot

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
LATE = TEN + timedelta(minutes=15)


def kinds_of(appointment_id):
    return [event.kind.removeprefix("appointments.") for event in list_events(subject_id=str(appointment_id))]


@pytest.mark.requirement("A04")
def test_a_hold_is_booked_once_and_booking_again_changes_nothing():
    booker, slot = make_booker(), make_slot()
    appointment_id = booker.book(slot.id)
    confirm_hold(appointment_id=appointment_id, actor=booker.actor, now=TEN + timedelta(hours=1))
    card = get_appointment(appointment_id=appointment_id)
    assert (card.state, card.booked_at) == (AppointmentState.BOOKED, TEN)
    assert kinds_of(appointment_id) == ["held", "booked"]


@pytest.mark.requirement("A04")
def test_a_hold_that_ran_out_is_not_booked_any_more():
    booker, slot = make_booker(), make_slot()
    appointment_id = booker.hold(slot.id)
    for _ in range(2):  # before and after it was given back
        with pytest.raises(HoldExpired):
            confirm_hold(appointment_id=appointment_id, actor=booker.actor, now=LATE)
        assert kinds_of(appointment_id)[:1] == ["held"]
        expire_holds(actor=SYSTEM, now=LATE)
    assert Appointment.objects.get().booked_at is None


@pytest.mark.requirement("A04", "N14")
def test_what_ran_out_frees_the_place_and_closes_the_record():
    booker, other, slot = make_booker(), make_booker(), make_slot()
    appointment_id = booker.hold(slot.id)
    assert expire_holds(actor=SYSTEM, now=LATE - timedelta(seconds=1)) == 0
    assert expire_holds(actor=SYSTEM, now=LATE) == 1
    assert expire_holds(actor=SYSTEM, now=LATE) == 0
    slot.refresh_from_db()
    assert slot.taken == 0
    assert kinds_of(appointment_id) == ["held", "expired"]
    assert CareRelation.objects.get(source=str(appointment_id)).until == LATE
    other.book(slot.id, now=LATE + RETURN_WITHIN)
    slot.refresh_from_db()
    assert slot.taken == 1


def test_a_booked_place_does_not_run_out():
    booker, slot = make_booker(), make_slot()
    booker.book(slot.id)
    assert expire_holds(actor=SYSTEM, now=LATE + timedelta(days=1)) == 0


@pytest.mark.requirement("A04", "N14")
def test_cancelling_frees_the_place_once_and_again_changes_nothing():
    booker, slot = make_booker(), make_slot()
    appointment_id = booker.book(slot.id)
    for _ in range(2):
        cancel_appointment(appointment_id=appointment_id, reason="ill" * 100, actor=booker.actor, now=LATE)
    slot.refresh_from_db()
    row = Appointment.objects.get()
    assert (slot.taken, row.state, row.ended_at, len(row.end_reason)) == (0, "CANCELLED", LATE, 200)
    assert kinds_of(appointment_id) == ["held", "booked", "cancelled"]
    assert CareRelation.objects.get(source=str(appointment_id)).until == LATE
    booker.hold(slot.id, now=LATE + RETURN_WITHIN)


@pytest.mark.requirement("A04")
def test_a_taken_number_needs_a_booking_and_ends_cancelling():
    booker, slot = make_booker(), make_slot()
    appointment_id = booker.hold(slot.id)
    with pytest.raises(NotBooked):
        take_number(appointment_id=appointment_id, actor=booker.actor, now=TEN)
    confirm_hold(appointment_id=appointment_id, actor=booker.actor, now=TEN)
    take_number(appointment_id=appointment_id, actor=booker.actor, now=TEN)
    with pytest.raises(NotBooked):
        take_number(appointment_id=appointment_id, actor=booker.actor, now=TEN)
    with pytest.raises(NotCancellable):
        cancel_appointment(appointment_id=appointment_id, reason="", actor=booker.actor, now=TEN)
    slot.refresh_from_db()
    assert (Appointment.objects.get().state, slot.taken) == ("TAKEN", 1)


def test_unknown_bookings_are_refused_by_name():
    booker = make_booker()
    for work in (confirm_hold, take_number):
        with pytest.raises(UnknownAppointment):
            work(appointment_id=uuid4(), actor=booker.actor, now=TEN)
    with pytest.raises(UnknownAppointment):
        cancel_appointment(appointment_id=uuid4(), reason="", actor=booker.actor, now=TEN)
    with pytest.raises(UnknownAppointment):
        get_appointment(appointment_id=uuid4())
    appointment_id = booker.hold(make_slot().id)
    with pytest.raises(UnknownAppointment):
        get_appointment(appointment_id=appointment_id, person_ids=[make_person().id])


@pytest.mark.requirement("F45", "N14")
def test_the_window_books_until_the_time_is_over_and_opens_the_record_to_its_campus():
    clerk, person, slot = make_staff(Role.REGISTRAR), make_person(), make_slot()
    during = slot.starts_at + timedelta(minutes=5)
    appointment_id = book_at_desk(slot_id=slot.id, person_id=person.id, actor=clerk, now=during)
    card = get_appointment(appointment_id=appointment_id)
    assert (card.state, card.account_id) == (AppointmentState.BOOKED, None)
    relation = CareRelation.objects.get()
    assert (relation.person_id, relation.campus_code, relation.source) == (person.id, "IMC", str(appointment_id))
    assert [card.id for card in list_campus_appointments(campus_code="IMC", day=local_day(TEN))] == [appointment_id]


@pytest.mark.requirement("F45")
def test_the_window_is_refused_the_same_places():
    clerk, slot, booker = make_staff(Role.REGISTRAR), make_slot(capacity=2), make_booker()

    def refused(refusal, **facts):
        with pytest.raises(refusal):
            book_at_desk(**{"slot_id": slot.id, "person_id": booker.person_id, "actor": clerk, "now": TEN, **facts})

    refused(UnknownSlot, slot_id=slot.id + 1)
    refused(SlotPast, now=slot.ends_at)
    booker.hold(slot.id)
    refused(AlreadyBooked)
    make_booker().hold(slot.id)
    refused(SlotFull, person_id=make_person().id)
    RosterSession.objects.update(is_stopped=True)
    refused(SessionStopped, person_id=make_person().id)
    slot.refresh_from_db()
    assert (Appointment.objects.count(), slot.taken) == (2, 2)


def test_lists_take_a_fixed_number_of_statements(django_assert_num_queries):
    booker = make_booker()
    for _ in range(4):
        booker.book(make_slot().id)
    with django_assert_num_queries(2):
        assert len(list_appointments(person_ids=[booker.person_id])) == 4
    with django_assert_num_queries(2):
        assert len(list_campus_appointments(campus_code="IMC", day=local_day(TEN))) == 4


@pytest.mark.parametrize("state", list(AppointmentState))
def test_a_place_is_given_back_from_held_and_booked_alone(state):
    cancellable = {AppointmentState.HELD, AppointmentState.BOOKED, AppointmentState.TAKEN}  # the last by the hospital
    assert (state in APPOINTMENT_TRANSITIONS.allowed_from(AppointmentState.CANCELLED)) == (state in cancellable)


def test_the_database_itself_refuses_to_sell_a_place_twice():
    slot = make_slot()
    with pytest.raises(IntegrityError, match="slot_not_oversold"):
        Slot.objects.filter(pk=slot.id).update(taken=2)
