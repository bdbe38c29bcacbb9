"""A session is stopped: every booking of it ends, its money goes back, its patient may book before others (A04)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.accounts.addresses import parse_address
from hospital.accounts.models import PatientAccount
from hospital.appointments.api import book_with_priority, call_off_appointment, get_appointment, get_priority
from hospital.appointments.errors import NotCancellable, PriorityEnded, SessionStopped, SlotFull, UnknownSlot
from hospital.appointments.models import Appointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.tests.factories import Booker, make_booker
from hospital.billing.models import RefundNote
from hospital.billing.states import FeeState
from hospital.encounters.api import get_encounter_of_appointment, move_encounter
from hospital.encounters.states import EncounterState
from hospital.encounters.tests.clinic import TEN, make_patient, make_staff
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.tests.threads import run_together
from hospital.kernel.types import BilingualText
from hospital.notifications.models import InboxMessage, Message
from hospital.payments.api import list_refund_orders
from hospital.payments.tests.factories import FakeAcquirer
from hospital.scheduling.api import close_day, stop_session
from hospital.scheduling.errors import NotRosterClerk, SessionOver, SessionStoppedAlready, StopReasonMissing
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session, make_slot
from hospital.scheduling.tests.roster_factories import make_clerk
from hospital.workflows.book import cancel_booking
from hospital.workflows.call_off_session import call_off_session, finish_stopped_sessions, preview_stop
from hospital.workflows.tell_patient import tell_patient
from hospital.workflows.tests.test_booking_terms import (
    FEE,
    IN_TWO_DAYS,
    book,
    catalog,
    fee_of,
    pay,
    place,
    start_paying,
)
from hospital.workflows.visit import take_visit_number

__all__ = ["catalog"]
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
ILL = BilingualText("医生临时生病", "The doctor is ill")
WORKER = system_actor("test")
LATER = TEN + timedelta(minutes=5)


def stop(session_id: UUID) -> None:
    stop_session(session_id=session_id, reason=ILL, actor=make_clerk(), now=LATER)


def state_of(appointment_id: UUID) -> AppointmentState:
    return get_appointment(appointment_id=appointment_id).state


def test_a_paid_booking_is_called_off_refunded_and_told_why(catalog: FakeAcquirer):
    booker, slot = make_booker(), place()
    PatientAccount.objects.filter(pk=booker.actor.id).update(email=parse_address("a@example.com").sealed)
    booked = book(booker, slot)
    order = pay(booker, catalog)
    effect = preview_stop(session_ids=[slot.session_id])
    assert (effect.bookings, effect.refunds, effect.refund, effect.messages, effect.calls) == (1, 1, FEE, 1, 0)
    stop(slot.session_id)
    assert call_off_session(session_id=slot.session_id, now=LATER) == 1
    assert call_off_session(session_id=slot.session_id, now=LATER) == 0
    assert (state_of(booked), Slot.objects.get(pk=slot.pk).taken) == (AppointmentState.CANCELLED, 0)
    assert [refund.amount for refund in list_refund_orders(order_id=order.pk)] == [FEE]
    assert RefundNote.objects.get().reason == "CALLED_OFF: 医生临时生病"
    right = get_priority(appointment_id=booked)
    assert (right.used_for, right.valid_until) == (None, (IN_TWO_DAYS + timedelta(days=30)).date())
    mail = Message.objects.get(kind="booking_called_off")
    assert "The doctor is ill" in mail.body


def test_the_inbox_says_why_in_both_languages(catalog: FakeAcquirer):
    booker, slot = make_booker(), place()
    booked = book(booker, slot)
    stop(slot.session_id)
    call_off_session(session_id=slot.session_id, now=LATER)
    tell_patient(
        kind="appointments.cancelled",
        subject_id=str(booked),
        person_id=booker.person_id,
        encounter_id=None,
        facts={},
        now=LATER,
    )
    told = InboxMessage.objects.get(kind="called_off")
    assert "医生临时生病" in told.body_zh
    assert "The doctor is ill" in told.body_en


def test_an_unpaid_fee_is_voided_and_a_payment_under_way_loses_its_bill(catalog: FakeAcquirer):
    unpaid, paying, slot = make_booker(), make_booker(), place(capacity=2)
    first, second = book(unpaid, slot), book(paying, slot)
    start_paying(paying)
    stop(slot.session_id)
    assert call_off_session(session_id=slot.session_id, now=LATER) == 2
    assert {state_of(each) for each in (first, second)} == {AppointmentState.CANCELLED}
    assert all(fee_of(each).state is FeeState.NONE for each in (first, second))


def test_a_number_that_was_taken_is_called_off_unless_its_patient_was_called(catalog: FakeAcquirer):
    slot = place(starts_at=TEN + timedelta(hours=1), capacity=2)
    waiting, seen = make_booker(), make_booker()
    registrar = make_staff(Role.REGISTRAR)
    booked = [book(each, slot) for each in (waiting, seen)]
    visits = [take_visit_number(appointment_id=each, actor=registrar, now=TEN) for each in booked]
    for target in (EncounterState.CHECKED_IN, EncounterState.CALLED):
        move_encounter(encounter_id=visits[1].id, target=target, actor=registrar, now=TEN)
    assert preview_stop(session_ids=[slot.session_id]).seen == 1
    stop(slot.session_id)
    assert call_off_session(session_id=slot.session_id, now=LATER) == 1
    assert [state_of(each) for each in booked] == [AppointmentState.CANCELLED, AppointmentState.TAKEN]
    assert get_encounter_of_appointment(appointment_id=booked[0]).state is EncounterState.CANCELLED
    assert get_encounter_of_appointment(appointment_id=booked[1]).state is EncounterState.CALLED


def test_a_right_gives_one_place_of_any_pool_until_its_day(catalog: FakeAcquirer):
    booker, slot = make_booker(), place()
    booked = book(booker, slot)
    stop(slot.session_id)
    call_off_session(session_id=slot.session_id, now=LATER)
    kept, other = place(), place()
    Slot.objects.filter(pk=kept.pk).update(pool="VIP", opens_at=IN_TWO_DAYS)
    use = partial(
        book_with_priority, appointment_id=booked, account_id=None, channel="APP", actor=booker.actor, now=LATER
    )
    with pytest.raises(SlotFull):
        use(slot_id=slot.pk)  # of the stopped session
    assert get_priority(appointment_id=booked).used_for is None
    again = use(slot_id=kept.pk)
    assert (state_of(again), Slot.objects.get(pk=kept.pk).taken) == (AppointmentState.BOOKED, 1)
    with pytest.raises(PriorityEnded):
        use(slot_id=other.pk)
    assert get_priority(appointment_id=booked).used_for == again


def test_a_patient_cannot_cancel_what_the_hospital_alone_calls_off(catalog: FakeAcquirer):
    slot = place(starts_at=TEN + timedelta(hours=1))
    booker = make_booker()
    booked = book(booker, slot)
    take_visit_number(appointment_id=booked, actor=make_staff(Role.REGISTRAR), now=TEN)
    with pytest.raises(NotCancellable):
        cancel_booking(appointment_id=booked, reason="", actor=booker.actor, now=TEN)


def test_who_may_stop_and_why_it_must_be_said():
    slot = make_slot()
    for actor in (make_clerk("NORTH"), make_staff(Role.REGISTRAR), make_patient(make_booker().person_id)):
        with pytest.raises(NotRosterClerk):
            stop_session(session_id=slot.session_id, reason=ILL, actor=actor, now=TEN)
    with pytest.raises(StopReasonMissing):
        stop_session(session_id=slot.session_id, reason=BilingualText("生病"), actor=make_clerk(), now=TEN)
    with pytest.raises(SessionOver):
        stop_session(session_id=slot.session_id, reason=ILL, actor=make_clerk(), now=TEN + timedelta(days=1))
    assert not RosterSession.objects.get().is_stopped
    stop(slot.session_id)
    with pytest.raises(SessionStoppedAlready):
        stop(slot.session_id)
    with pytest.raises(SessionStopped):
        make_booker().hold(slot.pk)


def test_a_day_is_closed_for_a_campus_and_for_no_other():
    here, there = make_session(), make_session(campus="NORTH")
    booker = make_booker()
    booked = booker.book(Slot.objects.filter(session_id=here).first().pk)
    kept = booker.book(Slot.objects.filter(session_id=there).first().pk)
    assert close_day(campus_code="IMC", day=TEN.date(), reason=ILL, actor=make_clerk(), now=TEN) == 1
    assert finish_stopped_sessions(now=TEN) == 1
    assert (state_of(booked), state_of(kept)) == (AppointmentState.CANCELLED, AppointmentState.BOOKED)


def test_the_effect_is_counted_in_as_many_statements_for_many_as_for_one():
    counts = []
    for places in (1, 4):
        session_id = make_session(places=places)
        for slot in Slot.objects.filter(session_id=session_id):
            make_booker().book(slot.pk)
        with CaptureQueriesContext(connection) as asked:
            assert preview_stop(session_ids=[session_id]).bookings == places
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_a_booking_of_the_same_instant_is_refused_or_called_off_and_never_kept():
    session_id = make_session(places=4, capacity=2)
    slots = list(Slot.objects.filter(session_id=session_id).order_by("pk"))
    bookers = [make_booker() for _ in range(8)]
    works: list[Callable[[], Any]] = [
        partial(_hold, booker, slots[number % 4]) for number, booker in enumerate(bookers)
    ]
    works.insert(4, partial(stop, session_id))
    outcomes = run_together(works, threads=5)
    call_off_session(session_id=session_id, now=LATER)
    held = [each for each in outcomes if isinstance(each, UUID)]
    refused = [each for each in outcomes if isinstance(each, SessionStopped | UnknownSlot | SlotFull)]
    assert len(held) + len(refused) == len(bookers)
    assert Appointment.objects.count() == len(held)
    assert set(Appointment.objects.values_list("state", flat=True)) <= {"CANCELLED"}
    assert {slot.taken for slot in Slot.objects.filter(session_id=session_id)} == {0}


def _hold(booker: Booker, slot: Slot) -> UUID:
    return booker.hold(slot.pk)


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_workers_call_a_booking_off_once():
    slot = make_slot(capacity=3)
    for _ in range(3):
        make_booker().book(slot.pk)
    stop(slot.session_id)
    outcomes = run_together([partial(call_off_session, session_id=slot.session_id, now=LATER)] * 3)
    assert sum(outcomes) == 3
    assert Slot.objects.get(pk=slot.pk).taken == 0
    booked = Appointment.objects.first().pk
    assert not call_off_appointment(appointment_id=booked, reason="", actor=WORKER, now=LATER)
