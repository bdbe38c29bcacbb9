"""My appointments: lists, terms, release, change, calendar (A04, W22)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN, make_person, make_visit
from hospital.patient_api.tests.callers import code_of, read_everything
from hospital.patient_api.tests.factories import (
    answer_of,
    hold,
    let_acquirer_say_paid,
    make_booking,
    make_payer,
    make_registration_fee,
    start_paying,
)
from hospital.patients.models import AccountPerson
from hospital.scheduling.models import FollowUpItem, RosterSession, Slot
from hospital.scheduling.tests.factories import make_slot
from hospital.workflows.return_unpaid import return_unpaid_places

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "W22")]
_REGISTRATION = ServiceFacts(category=ServiceCategory.REGISTRATION)
IN_TWO_DAYS = TEN + timedelta(days=2)


@pytest.fixture
def booking(acquirer):
    """A place of the day after tomorrow, booked and not paid for."""
    return make_booking(starts_at=IN_TWO_DAYS)


def read(booking):
    return answer_of(booking.owner.get(f"/appointments/{booking.appointment_id}"))


def pay(booking):
    paying = start_paying(booking.owner, read(booking)["fee"]["charge_ids"])
    let_acquirer_say_paid(paying["payment"]["id"])
    answer_of(booking.owner.get(f"/payments/{paying['payment']['id']}"))


def test_a_hold_says_what_the_server_takes_for_the_time(db):
    make_registration_fee()
    payer = make_payer()
    answer = answer_of(
        payer.caller.post("/appointments/hold", {"slot_id": make_slot().id, "person_id": payer.person_id})
    )
    assert (answer["read_at"], answer["held_until"]) == ("2026-11-25T02:00:00Z", "2026-11-25T02:15:00Z")


def test_a_held_place_tells_what_booking_it_would_mean(db):
    make_registration_fee()
    payer = make_payer()
    held = hold(payer.caller, make_slot(starts_at=IN_TWO_DAYS).id, payer.person_id)
    shown = answer_of(payer.caller.get(f"/appointments/{held}"))
    assert (shown["state"], shown["terms"], shown["fee"]["state"]) == ("HELD", None, "NONE")
    assert shown["preview"]["price"]["total"] == "35.00"
    assert (shown["preview"]["pay_by"], shown["preview"]["free_until"]) == (
        "2026-11-26T02:00:00Z",
        "2026-11-26T09:00:00Z",
    )


def test_a_released_hold_is_free_and_a_booking_stays(booking, clock):
    slot = make_slot()
    held = hold(booking.owner, slot.id, booking.person_id)
    for _ in range(2):
        assert booking.owner.post(f"/appointments/{held}/release").status_code == 204
    assert Slot.objects.get(pk=slot.pk).taken == 0
    before = read_everything()
    answer = booking.owner.post(f"/appointments/{booking.appointment_id}/release")
    assert (answer.status_code, code_of(answer)) == (409, "not_held")
    assert read_everything() == before


def test_the_terms_are_told_before(booking):
    shown = read(booking)
    assert shown["person_name"]["en"]
    assert (shown["state"], shown["fee"]["state"], shown["fee"]["total"]) == ("BOOKED", "OPEN", "35.00")
    assert shown["fee"]["charge_ids"] == [booking.charge_id]
    terms = shown["terms"]
    assert terms["pay_by"] == "2026-11-26T02:00:00Z"
    assert terms["free_until"] == "2026-11-26T09:00:00Z"
    assert (terms["refund"], terms["can_cancel"], terms["can_change"]) == ("0.00", True, True)
    pay(booking)
    shown = read(booking)
    assert (shown["fee"]["state"], shown["terms"]["refund"], shown["terms"]["pay_by"]) == ("PAID", "35.00", None)


def test_cancelling_a_paid_booking_sends_the_fee_back(booking):
    pay(booking)
    path = f"/appointments/{booking.appointment_id}/cancel"
    before = read_everything()
    answer = booking.owner.post(path, {"reason": "Ill", "refund": "30.00"})
    assert (answer.status_code, code_of(answer)) == (409, "booking_terms_changed")
    assert read_everything() == before
    answer_of(booking.owner.post(path, {"reason": "Ill", "refund": "35.00"}))
    shown = read(booking)
    assert (shown["state"], shown["ended"], shown["terms"], shown["fee"]["refunded"]) == (
        "CANCELLED",
        "CANCELLED",
        None,
        "35.00",
    )


def test_a_booking_is_changed_to_another_place(booking):
    other = make_slot(starts_at=IN_TWO_DAYS + timedelta(hours=2))
    path = f"/appointments/{booking.appointment_id}/change"
    terms = answer_of(booking.owner.post(f"{path}-terms", {"slot_id": other.id}))
    assert terms == {"is_same_fee": True, "price": None, "refund": "0.00", "to_pay": "35.00"}
    changed = answer_of(booking.owner.post(path, {"slot_id": other.id, "to_pay": "35.00"}))
    assert (changed["starts_at"], changed["revision"]) == ("2026-11-27T04:00:00Z", 1)
    before = read_everything()
    answer = booking.owner.post(path, {"slot_id": other.id})
    assert (answer.status_code, code_of(answer)) == (409, "same_place")
    answer = booking.owner.post(path, {"slot_id": 2**40})
    assert (answer.status_code, code_of(answer)) == (404, "unknown_slot")
    full = make_slot(starts_at=IN_TWO_DAYS)
    Slot.objects.filter(pk=full.pk).update(taken=1)
    assert code_of(booking.owner.post(path, {"slot_id": full.id})) == "slot_full"
    Slot.objects.filter(pk=full.pk).update(taken=0)
    assert before != read_everything()  # only the new place of the test is new
    assert read(booking)["revision"] == 1


@pytest.mark.requirement("N20")
def test_the_calendar_speaks_the_readers_language(booking):
    path = f"/appointments/{booking.appointment_id}/calendar"
    answer = booking.owner.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="appointment-2026-11-27.ics"'
    assert b"SUMMARY:Doctor's appointment" in answer.content
    assert "SUMMARY:就诊预约" in booking.owner.speaking("zh-CN").get(path).content.decode()


def test_lists_are_cut_into_coming_and_past(booking, clock):
    payer_caller = booking.owner
    held = hold(payer_caller, make_slot(starts_at=TEN + timedelta(days=1)).id, booking.person_id)
    coming = answer_of(payer_caller.get("/my-appointments"))
    assert [row["id"] for row in coming["items"]] == [held, booking.appointment_id]
    clock.now = TEN + timedelta(minutes=16)
    coming = answer_of(payer_caller.get("/my-appointments", limit=1))
    assert ([row["id"] for row in coming["items"]], coming["has_more"]) == ([booking.appointment_id], False)
    (past,) = answer_of(payer_caller.get("/my-appointments", when="past"))["items"]
    assert (past["id"], past["state"], past["ended"]) == (held, "EXPIRED", "HOLD_OVER")


def test_an_unpaid_booking_that_went_back_says_why(booking):
    return_unpaid_places(now=TEN + timedelta(days=1))
    shown = read(booking)
    assert (shown["state"], shown["ended"], shown["fee"]["state"]) == ("EXPIRED", "NOT_PAID", "NONE")


def test_long_lists_take_as_many_statements_as_short_ones(booking):
    def count():
        with CaptureQueriesContext(connection) as statements:
            found = answer_of(booking.owner.get("/my-appointments"))
        return len(statements), len(found["items"])

    few, rows = count()
    assert rows == 1
    for _ in range(3):
        hold(booking.owner, make_slot(starts_at=IN_TWO_DAYS).id, booking.person_id)
    assert count() == (few, 4)
    found = answer_of(booking.owner.get("/my-appointments", limit=2, offset=1))
    assert (len(found["items"]), found["has_more"]) == (2, True)


def test_a_held_place_is_kept_for_another_of_my_people_and_never_free_in_between(db):
    make_registration_fee()
    payer, slot = make_payer(), make_slot(starts_at=IN_TWO_DAYS)
    other = make_person()
    AccountPerson.objects.create(
        account_id=AccountPerson.objects.get(person_id=payer.person_id).account_id,
        person_id=other.id,
        relation="CHILD",
        added_at=TEN,
    )
    held = hold(payer.caller, slot.id, payer.person_id)
    body = {"person_id": str(other.id)}
    for _ in range(2):
        assert payer.caller.post(f"/appointments/{held}/person", body).status_code == 204
    shown = answer_of(payer.caller.get(f"/appointments/{held}"))
    assert (shown["person_id"], shown["state"], Slot.objects.get(pk=slot.id).taken) == (str(other.id), "HELD", 1)
    stranger = make_payer()
    assert (
        code_of(payer.caller.post(f"/appointments/{held}/person", {"person_id": stranger.person_id}))
        == "unknown_person"
    )
    answer_of(payer.caller.post(f"/appointments/{held}/book"))
    assert code_of(payer.caller.post(f"/appointments/{held}/person", {"person_id": payer.person_id})) == "not_held"


@pytest.mark.requirement("F45")
def test_a_follow_up_is_told_with_its_reason_before_booking_and_after(acquirer):
    make_registration_fee()
    make_items(new_item("REG-FU", "12.00", fee_class=FeeClass.REGISTRATION, service=_REGISTRATION))
    FollowUpItem.objects.create(item_code="REG-INTL", follow_up_item_code="REG-FU")
    payer, visit, slot = make_payer(), make_visit(state="DONE"), make_slot()
    Encounter.objects.update(person_id=payer.person_id, queue_on=TEN.date() - timedelta(days=13))
    RosterSession.objects.update(clinician_id=visit.clinician_id, department_id=visit.department_id)
    held = hold(payer.caller, slot.id, payer.person_id)
    before = answer_of(payer.caller.get(f"/appointments/{held}"))
    told = {"seen_on": "2026-11-12", "doctor_name": {"zh": "林志远", "en": "LIN Zhiyuan"}}
    assert (before["preview"]["follows"], before["preview"]["price"]["total"]) == (told, "12.00")
    answer_of(payer.caller.post(f"/appointments/{held}/book", {"registration_type": "FOLLOW_UP"}))
    after = answer_of(payer.caller.get(f"/appointments/{held}"))
    assert (after["follows"], after["fee"]["total"]) == (told, "12.00")


@pytest.mark.requirement("F45")
def test_a_follow_up_of_nothing_is_refused_and_the_hold_stays(acquirer):
    make_registration_fee()
    payer = make_payer()
    held = hold(payer.caller, make_slot().id, payer.person_id)
    before = read_everything()
    answer = payer.caller.post(f"/appointments/{held}/book", {"registration_type": "FOLLOW_UP"})
    assert (answer.status_code, code_of(answer)) == (409, "no_follow_up")
    assert read_everything() == before
    assert answer_of(payer.caller.post(f"/appointments/{held}/book"))["state"] == "BOOKED"
