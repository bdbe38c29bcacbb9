"""What comes next for the people of an account, and the visit step by step (A16, W31)."""

from datetime import timedelta

import pytest

from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN
from hospital.patient_api.tests.callers import code_of, count_statements
from hospital.patient_api.tests.factories import (
    answer_of,
    check_in,
    hold,
    make_booking,
    make_payer,
    make_registration_fee,
)
from hospital.scheduling.tests.factories import make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A16", "W31")]


def next_of(caller):
    return answer_of(caller.get("/next-step"))["next"]


def node(journey, kind):
    return next(each for each in journey["nodes"] if each["kind"] == kind)


def test_nobody_and_nothing_booked_has_no_next_step(stranger):
    assert next_of(stranger) is None


def test_a_held_place_is_to_be_booked(acquirer):
    make_registration_fee()
    payer = make_payer()
    appointment_id = hold(payer.caller, make_slot().id, payer.person_id)
    found = next_of(payer.caller)
    assert (found["current"]["kind"], found["current"]["action"]) == ("BOOKED", "BOOK")
    assert (found["current"]["target"], found["position"]) == (appointment_id, 1)
    assert found["person"]["id"] == str(payer.person_id)


@pytest.mark.requirement("W32")
def test_a_booking_of_today_is_paid_then_numbered_then_checked_in(booking):
    found = next_of(booking.owner)
    assert (found["current"]["kind"], found["current"]["action"]) == ("REGISTRATION_PAID", "PAY")
    assert found["current"]["target"] == str(booking.person_id)
    number = node(found["journey"], "NUMBER_TAKEN")
    assert (number["action"], number["target"]) == ("TAKE_NUMBER", booking.appointment_id)
    assert number["bring"][0]["zh"] == "登记时使用的护照或证件"
    answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/number"))
    check = node(next_of(booking.owner)["journey"], "CHECKED_IN")
    assert (check["action"], check["target"]) == ("CHECK_IN", booking.appointment_id)
    assert check["place"]["sign"] == check["place"]["name"]["zh"] != ""
    check_in(booking)
    journey = answer_of(booking.owner.get(f"/appointments/{booking.appointment_id}/journey"))
    assert node(journey, "CALLED")["action"] == "SEE_QUEUE"


@pytest.mark.requirement("W32")
def test_a_number_is_not_offered_before_the_day(acquirer, clock):
    booking = make_booking(starts_at=TEN + timedelta(days=2))
    number = node(next_of(booking.owner)["journey"], "NUMBER_TAKEN")
    assert (number["action"], number["note_code"]) == (None, "NOT_TODAY")


def test_an_open_visit_goes_before_a_coming_booking_which_is_listed(world):
    make_registration_fee()
    later = make_booking(
        payer=type("Known", (), {"caller": world.owner, "person_id": world.person_id})(),
        starts_at=TEN + timedelta(hours=3),
    )
    assert [each["id"] for each in next_of(world.owner)["coming"]] == [later.appointment_id]
    assert next_of(world.owner)["journey"]["appointment"]["id"] == world.appointment_id


def test_a_finished_journey_names_tests_places_and_receipts(world):
    journey = answer_of(world.owner.get(f"/appointments/{world.appointment_id}/journey"))
    paid, report = node(journey, "BILL_PAID"), node(journey, "REPORT_READY")
    assert (paid["action"], paid["target"]) == ("OPEN_RECEIPT", world.settlement_id)
    assert (report["action"], report["target"]) == ("OPEN_REPORT", str(world.report_id))
    exam = node(journey, "EXAM_DONE")
    assert exam["state"] == "NOW" or any(each["state"] == "NOW" for each in journey["nodes"])
    assert exam["names"][0]["en"]
    assert exam["key"].startswith("EXAM_DONE:")


def test_whoever_missed_the_call_checks_in_again(booking):
    from hospital.encounters.api import move_encounter
    from hospital.encounters.states import EncounterState
    from hospital.kernel.actors import system_actor

    visit = answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/number"))
    check_in(booking)
    encounter = Encounter.objects.get(pk=visit["id"])
    for target in (EncounterState.CALLED, EncounterState.PASSED):
        move_encounter(encounter_id=encounter.id, target=target, actor=system_actor("desk"), now=TEN)
    journey = answer_of(booking.owner.get(f"/appointments/{booking.appointment_id}/journey"))
    check = node(journey, "CHECKED_IN")
    assert (check["note_code"], check["action"]) == ("MISSED_CALL", "CHECK_IN")
    assert "CALLED" not in {each["kind"] for each in journey["nodes"] if each["state"] == "DONE"}


def test_people_and_bookings_do_not_multiply_the_statements(world):
    few, _ = count_statements(world.owner, "/next-step")
    make_registration_fee()
    for hours in (3, 5, 7):
        make_booking(
            payer=type("Known", (), {"caller": world.owner, "person_id": world.person_id})(),
            starts_at=TEN + timedelta(hours=hours),
        )
    many, _ = count_statements(world.owner, "/next-step")
    assert many == few <= 18


def test_a_stranger_reads_no_journey(world, stranger):
    answer = stranger.get(f"/appointments/{world.appointment_id}/journey")
    assert (answer.status_code, code_of(answer)) == (404, "unknown_person")
    assert next_of(stranger) is None
