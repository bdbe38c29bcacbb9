"""Holding, booking, giving back, taking a number, checking in, following the visit (A04, A16)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from hospital.appointments.models import Appointment
from hospital.billing.models import Charge
from hospital.encounters.tests.clinic import TEN
from hospital.patient_api.tests.callers import code_of, count_statements, read_everything
from hospital.patient_api.tests.factories import (
    answer_of,
    check_in,
    hold,
    let_acquirer_say_paid,
    make_booking,
    make_payer,
    make_registration_fee,
    start_paying,
)
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]


@pytest.fixture
def payer(db):
    make_registration_fee()
    return make_payer()


def refuse(answer, status, code):
    assert (answer.status_code, code_of(answer)) == (status, code)


def ask_for(payer, slot_id):
    return payer.caller.post("/appointments/hold", {"slot_id": slot_id, "person_id": payer.person_id})


def test_a_held_place_is_booked_and_charged_once(payer):
    slot = make_slot()
    appointment_id = hold(payer.caller, slot.id, payer.person_id)
    for _ in range(2):
        booked = answer_of(payer.caller.post(f"/appointments/{appointment_id}/book"))
        assert (booked["state"], booked["number"]) == ("BOOKED", 1)
    assert Charge.objects.filter(source_id=appointment_id).count() == 1
    assert Slot.objects.get(pk=slot.id).taken == 1
    bill = answer_of(payer.caller.get(f"/people/{payer.person_id}/bill"))
    assert (bill["payable"], bill["lines"][0]["quantity"]) == ("35.00", "1")


@pytest.mark.parametrize(
    ("arrange", "status", "code"),
    [
        (lambda slot: Slot.objects.filter(pk=slot.id).update(taken=1), 409, "slot_full"),
        (lambda slot: RosterSession.objects.update(is_stopped=True), 409, "session_stopped"),
        (lambda slot: Slot.objects.update(starts_at=TEN - timedelta(hours=1)), 409, "slot_past"),
        (lambda slot: slot.delete(), 404, "unknown_slot"),
    ],
)
def test_a_place_that_cannot_be_had_is_refused(payer, arrange, status, code):
    slot = make_slot()
    slot_id = slot.id
    arrange(slot)
    before = read_everything()
    refuse(ask_for(payer, slot_id), status, code)
    assert read_everything() == before


@pytest.mark.django_db(transaction=True)
def test_a_second_place_of_the_same_session_is_refused(payer):
    session_id = make_session(places=2)
    first, second = Slot.objects.filter(session_id=session_id).order_by("number")
    hold(payer.caller, first.id, payer.person_id)
    before = read_everything()
    refuse(ask_for(payer, second.id), 409, "already_booked")
    assert read_everything() == before


@pytest.mark.django_db(transaction=True)
def test_who_asks_again_for_the_place_they_hold_is_told_so(payer):
    slot = make_slot()
    hold(payer.caller, slot.id, payer.person_id)
    before = read_everything()
    refuse(ask_for(payer, slot.id), 409, "already_booked")
    assert read_everything() == before


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"slot_id": "one"}', b'{"slot_id": 1, "person_id": "x"}', b"\xff\xfe", b'{"slot_id": 0}'],
)
def test_a_malformed_hold_is_refused(payer, body):
    refuse(payer.caller.send("POST", "/appointments/hold", body), 422, "malformed_request")


@pytest.mark.parametrize("changes", [{"slot_id": 0}, {"slot_id": 2**63}, {"slot_id": True}, {"extra": 1}])
def test_a_hold_of_impossible_values_is_refused(payer, changes):
    make_slot()
    before = read_everything()
    body = {"slot_id": 1, "person_id": payer.person_id} | changes
    refuse(payer.caller.post("/appointments/hold", body), 422, "malformed_request")
    assert read_everything() == before


def test_a_hold_that_ran_out_is_not_booked(payer, clock):
    appointment_id = hold(payer.caller, make_slot().id, payer.person_id)
    clock.now = TEN + timedelta(minutes=16)
    before = read_everything()
    refuse(payer.caller.post(f"/appointments/{appointment_id}/book"), 409, "hold_expired")
    assert read_everything() == before


def test_a_place_given_back_is_free_and_costs_nothing(booking):
    cancelled = answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/cancel", {"reason": "Ill"}))
    assert cancelled["state"] == "CANCELLED"
    assert Slot.objects.get(pk=booking.slot_id).taken == 0
    assert answer_of(booking.owner.get(f"/people/{booking.person_id}/bill"))["lines"] == []
    before = read_everything()
    refuse(booking.owner.post(f"/appointments/{booking.appointment_id}/book"), 409, "not_booked")
    refuse(booking.owner.post(f"/appointments/{booking.appointment_id}/number"), 409, "not_booked")
    assert read_everything() == before


@pytest.mark.parametrize("address", ["book", "cancel", "number"])
def test_an_unknown_booking_is_refused(stranger, address):
    refuse(stranger.post(f"/appointments/{uuid4()}/{address}"), 404, "unknown_appointment")
    refuse(stranger.get(f"/appointments/{uuid4()}/journey"), 404, "unknown_appointment")


def nodes(booking):
    journey = answer_of(booking.owner.get(f"/appointments/{booking.appointment_id}/journey"))
    return {node["kind"]: node["state"] for node in journey["nodes"]}


@pytest.mark.requirement("A16", "N01")
def test_the_journey_follows_the_visit(booking):
    assert nodes(booking)["BOOKED"] == "DONE"
    assert nodes(booking)["REGISTRATION_PAID"] == "NOW"
    payment_id = start_paying(booking.owner, [booking.charge_id])["payment"]["id"]
    let_acquirer_say_paid(payment_id)
    answer_of(booking.owner.get(f"/payments/{payment_id}"))
    assert nodes(booking)["NUMBER_TAKEN"] == "NOW"
    visit = answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/number"))
    assert answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/number")) == visit
    assert nodes(booking)["CHECKED_IN"] == "NOW"
    checked = check_in(booking)
    assert (checked["state"], checked["waiting_before"]) == ("CHECKED_IN", 0)
    assert check_in(booking) == checked
    assert nodes(booking)["CALLED"] == "NOW"
    before = read_everything()
    refuse(booking.owner.post(f"/appointments/{booking.appointment_id}/cancel", {}), 409, "not_cancellable")
    assert read_everything() == before


@pytest.mark.requirement("N20")
def test_the_words_of_the_journey_come_in_both_languages(booking):
    journey = answer_of(booking.owner.get(f"/appointments/{booking.appointment_id}/journey"))
    for node in journey["nodes"]:
        for text in (node["title"], node["hint"]):
            assert text["en"].isascii()
            assert text["zh"]
            assert not text["zh"].isascii()


@pytest.mark.requirement("W32")
def test_a_number_is_given_on_the_day_only(booking, clock):
    clock.now = TEN - timedelta(days=1)
    before = read_everything()
    refuse(booking.owner.post(f"/appointments/{booking.appointment_id}/number"), 409, "number_not_today")
    assert read_everything() == before


def test_many_bookings_take_as_many_statements_as_few(payer):
    make_booking(payer=payer)
    few, rows = count_statements(payer.caller, "/appointments")
    assert rows == 1
    for _ in range(4):
        make_booking(payer=payer, starts_at=TEN + timedelta(days=1))
    assert count_statements(payer.caller, "/appointments") == (few, 5)
    assert Appointment.objects.count() == 5
