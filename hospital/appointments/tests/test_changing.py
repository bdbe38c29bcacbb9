"""A booking moves to another place, or stays where it is (A04)."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from hospital.appointments.api import cancel_appointment, change_place, expire_unpaid, lock_unpaid
from hospital.appointments.errors import (
    AlreadyBooked,
    ChangeTooLate,
    NotChangeable,
    SamePlace,
    SessionStopped,
    SlotFull,
    SlotPast,
    UnknownAppointment,
    UnknownSlot,
)
from hospital.appointments.models import Appointment
from hospital.appointments.tests.factories import make_booker
from hospital.appointments.tests.test_holding import state_of_the_database
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.kernel.events import list_events
from hospital.kernel.ids import new_id
from hospital.kernel.tests.threads import run_together
from hospital.patients.models import CareRelation
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.places import RETURN_WITHIN
from hospital.scheduling.tests.factories import make_session, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "W22")]
TOMORROW = TEN + timedelta(days=2)


def taken(*slots):
    return [Slot.objects.get(pk=slot.pk).taken for slot in slots]


def test_a_booking_moves_and_keeps_its_id():
    old, new, booker = make_slot(starts_at=TOMORROW), make_slot(starts_at=TOMORROW, campus="NORTH"), make_booker()
    booked = booker.book(old.id)
    due = Appointment.objects.get().pay_by
    change_place(appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN + timedelta(hours=1))
    row = Appointment.objects.get()
    assert (row.id, row.slot_id, row.session_id, row.revision, row.state) == (
        booked,
        new.id,
        new.session_id,
        1,
        "BOOKED",
    )
    assert row.pay_by == due  # changing is no way to pay later
    assert taken(old, new) == [0, 1]
    relations = CareRelation.objects.filter(person_id=booker.person_id).values_list("campus_code", "until")
    assert dict(relations) == {"IMC": TEN + timedelta(hours=1), "NORTH": None}
    assert [event.kind for event in list_events(subject_id=str(booked))][-1] == "appointments.changed"
    back = TEN + timedelta(hours=1) + RETURN_WITHIN
    change_place(appointment_id=booked, slot_id=old.id, actor=booker.actor, now=back)
    assert CareRelation.objects.get(person_id=booker.person_id, until=None).campus_code == "IMC"
    cancel_appointment(appointment_id=booked, reason="", actor=booker.actor, now=TEN)
    assert not CareRelation.objects.filter(person_id=booker.person_id, until=None).exists()
    assert (taken(old, new), Appointment.objects.get().revision) == ([0, 0], 3)


def test_a_booking_moves_within_its_session():
    first, second = Slot.objects.filter(session_id=make_session(places=2, starts_at=TOMORROW)).order_by("number")
    booker = make_booker()
    booked = booker.book(first.id)
    change_place(appointment_id=booked, slot_id=second.id, actor=booker.actor, now=TEN)
    assert taken(first, second) == [0, 1]


@pytest.mark.parametrize(
    ("arrange", "refusal"),
    [
        (lambda slot: Slot.objects.filter(pk=slot.id).update(taken=1), SlotFull),
        (lambda slot: Slot.objects.filter(pk=slot.id).update(starts_at=TEN - timedelta(hours=1)), SlotPast),
        (lambda slot: RosterSession.objects.filter(pk=slot.session_id).update(is_stopped=True), SessionStopped),
        (lambda slot: slot.delete(), UnknownSlot),
    ],
)
def test_where_no_place_is_the_old_one_stays(arrange, refusal):
    old, new, booker = make_slot(starts_at=TOMORROW), make_slot(starts_at=TOMORROW), make_booker()
    booked, new_id_ = booker.book(old.id), new.id
    arrange(new)
    before = state_of_the_database()
    with pytest.raises(refusal):
        change_place(appointment_id=booked, slot_id=new_id_, actor=booker.actor, now=TEN)
    assert state_of_the_database() == before


def test_what_cannot_be_changed_is_refused_by_name():
    slot, other, booker = make_slot(starts_at=TOMORROW), make_slot(starts_at=TOMORROW), make_booker()
    held = booker.hold(slot.id)
    facts: dict[str, Any] = {"slot_id": other.id, "actor": booker.actor}
    with pytest.raises(NotChangeable):
        change_place(appointment_id=held, **facts, now=TEN)
    with pytest.raises(UnknownAppointment):
        change_place(appointment_id=new_id(), **facts, now=TEN)
    booked = booker.book(other.id)
    with pytest.raises(SamePlace):
        change_place(appointment_id=booked, **facts, now=TEN)
    second = Slot.objects.create(session_id=slot.session_id, number=9, starts_at=TOMORROW, ends_at=TOMORROW)
    with pytest.raises(AlreadyBooked):  # in the session in which the same person holds a place
        change_place(appointment_id=booked, slot_id=second.id, actor=booker.actor, now=TEN)
    third = make_slot(starts_at=TOMORROW)
    with pytest.raises(ChangeTooLate):
        change_place(appointment_id=booked, slot_id=third.id, actor=booker.actor, now=TOMORROW - timedelta(minutes=1))
    assert taken(other, third) == [1, 0]


def test_an_unpaid_place_goes_back_when_its_time_is_over():
    slot, booker = make_slot(starts_at=TOMORROW), make_booker()
    booked = booker.book(slot.id)
    due = Appointment.objects.get().pay_by
    assert due is not None
    assert not lock_unpaid(appointment_id=booked, now=due - timedelta(seconds=1))
    assert lock_unpaid(appointment_id=booked, now=due)
    expire_unpaid(appointment_id=booked, actor=system_actor("test"), now=due)
    row = Appointment.objects.get()
    assert (row.state, row.end_reason, taken(slot)) == ("EXPIRED", "not paid in time", [0])
    assert not lock_unpaid(appointment_id=booked, now=due)


@pytest.mark.django_db(transaction=True)
def test_of_many_changes_to_the_last_place_one_gets_it():
    last, bookers = make_slot(starts_at=TOMORROW), [make_booker() for _ in range(8)]
    olds = [make_slot(starts_at=TOMORROW) for _ in bookers]
    booked = [booker.book(slot.id) for booker, slot in zip(bookers, olds, strict=True)]
    works = [
        partial(change_place, appointment_id=id_, slot_id=last.id, actor=booker.actor, now=TEN)
        for booker, id_ in zip(bookers, booked, strict=True)
    ]
    outcomes = run_together(works)
    assert Counter(type(outcome) for outcome in outcomes) == {SlotFull: 7, type(None): 1}
    assert sum(taken(*olds)) == 7
    assert taken(last) == [1]
    assert Appointment.objects.filter(slot=last).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_swap_places_do_not_wait_for_each_other():
    first, second = make_slot(starts_at=TOMORROW, capacity=3), make_slot(starts_at=TOMORROW, capacity=3)
    one, two = make_booker(), make_booker()
    of_one, of_two = one.book(first.id), two.book(second.id)
    for here, there in ((second, first), (first, second), (second, first)):
        works = [
            partial(change_place, appointment_id=of_one, slot_id=here.id, actor=one.actor, now=TEN),
            partial(change_place, appointment_id=of_two, slot_id=there.id, actor=two.actor, now=TEN),
        ]
        assert run_together(works) == [None, None]
    assert taken(first, second) == [1, 1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(4))
def test_a_change_and_a_cancellation_at_once_leave_no_place_taken(turn):
    old, new, booker = make_slot(starts_at=TOMORROW), make_slot(starts_at=TOMORROW), make_booker()
    booked = booker.book(old.id)
    works = [
        partial(change_place, appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN),
        partial(cancel_appointment, appointment_id=booked, reason="", actor=booker.actor, now=TEN),
    ]
    outcomes = run_together(works if turn % 2 else works[::-1])
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert all(isinstance(outcome, NotChangeable) for outcome in refused)
    assert (Appointment.objects.get().state, taken(old, new)) == ("CANCELLED", [0, 0])
