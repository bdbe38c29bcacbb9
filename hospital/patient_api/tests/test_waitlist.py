"""Waiting for a place through the API: join, rank, the offer and its message, leave (A04, W22)."""

import json
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.encounters.tests.clinic import TEN
from hospital.patient_api.tests.callers import code_of
from hospital.patient_api.tests.factories import answer_of, make_booking, make_payer
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.workflows.tasks import put_into_inbox
from hospital.workflows.wait_for_place import tend_waitlists

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "W22")]


@pytest.fixture
def booking(acquirer):
    """The only place of a session in two days, booked."""
    return make_booking(starts_at=TEN + timedelta(days=2))


def session_of(booking):
    return str(Slot.objects.get(pk=booking.slot_id).session_id)


def test_who_waits_is_offered_what_another_gives_back_and_books_it(booking):
    payer = make_payer()
    wait = answer_of(payer.caller.post("/waitlist", {"person_id": payer.person_id, "session_id": session_of(booking)}))
    assert (wait["state"], wait["rank"], wait["session_id"]) == ("WAITING", 1, session_of(booking))
    answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/cancel"))
    (offered,) = answer_of(payer.caller.get("/waitlist"))
    assert (offered["state"], offered["rank"], offered["offered_until"]) == ("OFFERED", None, "2026-11-25T02:30:00Z")
    for job in ProcrastinateJob.objects.filter(task_name="workflows.tell_patient"):
        put_into_inbox(**job.args)
    (message, *_) = answer_of(payer.caller.get("/inbox"))["messages"]
    assert message["title"]["en"] == "A place is kept for you until 10:30"
    assert (message["target_kind"], message["target_id"]) == ("hold", offered["appointment_id"])
    assert message["title"]["zh"] == "为您保留了一个号，请在 10:30 前确认"
    booked = answer_of(payer.caller.post(f"/appointments/{offered['appointment_id']}/book"))
    assert booked["state"] == "BOOKED"
    assert answer_of(payer.caller.get("/waitlist")) == []


def test_leaving_gives_an_offer_to_the_next(booking):
    first, second = make_payer(), make_payer()
    for payer in (first, second):
        answer_of(payer.caller.post("/waitlist", {"person_id": payer.person_id, "session_id": session_of(booking)}))
    answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/cancel"))
    (offered,) = answer_of(first.caller.get("/waitlist"))
    assert first.caller.post(f"/waitlist/{offered['id']}/leave").status_code == 204
    assert answer_of(first.caller.get("/waitlist")) == []
    assert [row["state"] for row in answer_of(second.caller.get("/waitlist"))] == ["OFFERED"]
    assert tend_waitlists(now=TEN) == 0


def test_one_waits_for_a_session_or_for_a_doctor_and_days(booking):
    payer = make_payer()
    session = RosterSession.objects.get(pk=session_of(booking))
    doctor = {"doctor_id": str(session.clinician_id), "first": "2026-11-26", "last": "2026-11-28"}
    wait = answer_of(payer.caller.post("/waitlist", {"person_id": payer.person_id, **doctor}))
    assert (wait["first"], wait["last"], wait["session_id"], wait["starts_at"]) == (
        "2026-11-26", "2026-11-28", None, None,
    )  # fmt: skip
    for wrong in ({}, {**doctor, "session_id": session_of(booking)}, {"doctor_id": doctor["doctor_id"]}):
        answer = payer.caller.post("/waitlist", {"person_id": payer.person_id, **wrong})
        assert (answer.status_code, json.loads(answer.content)["code"]) == (422, "malformed_request")
    free = str(make_session(starts_at=TEN + timedelta(days=1)))
    refused = payer.caller.post("/waitlist", {"person_id": payer.person_id, "session_id": free})
    assert code_of(refused) == "places_left"
