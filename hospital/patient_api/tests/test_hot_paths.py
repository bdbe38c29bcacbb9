"""The two plain views: holding a place and listing the places of a session (A04, N14, N20)."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from hospital.accounts.sessions import open_session
from hospital.appointments.models import Appointment
from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import make_patient, make_person
from hospital.scheduling.models import Slot
from hospital.scheduling.tests.factories import make_session, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
HOLD = "/api/appointments/hold"
SOMEBODY = "0190c1d2-0000-7000-8000-000000000001"  # one for all: parallel workers must find the same names of tests


@pytest.fixture
def tomorrow():
    """A time in the future of the wall clock, which the views read."""
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def patient():
    """A person, the account and its token."""
    person = make_person()
    account = make_patient(person.id)
    return person, account, open_session(account_id=UUID(account.id), user_agent="", now=timezone.now()).access


def post(client, token, body, **headers):
    text = body if isinstance(body, str) else json.dumps(body, default=str)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return client.post(HOLD, text, content_type="application/json", headers=headers)


def test_a_place_is_held(client, patient, tomorrow):
    person, _, token = patient
    slot = make_slot(starts_at=tomorrow)
    answer = post(client, token, {"slot_id": slot.id, "person_id": person.id})
    assert answer.status_code == 201
    assert answer.json()["state"] == "HELD"
    assert Appointment.objects.get().id == UUID(answer.json()["appointment_id"])


@pytest.mark.requirement("N14")
def test_whoever_is_not_signed_in_is_told_so(client, patient, tomorrow):
    slot = make_slot(starts_at=tomorrow)
    for token in ("", "wrong"):
        answer = post(client, token, {"slot_id": slot.id, "person_id": patient[0].id})
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert not Appointment.objects.exists()


@pytest.mark.requirement("N14")
def test_an_attempt_for_somebody_else_is_refused_and_recorded(client, patient, tomorrow):
    _, account, token = patient
    answer = post(client, token, {"slot_id": make_slot(starts_at=tomorrow).id, "person_id": make_person().id})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_person")
    (entry,) = list_entries(actor_id=account.id)
    assert (entry.was_refused, entry.reason, entry.subject_id) == (True, "unknown_person", HOLD)


@pytest.mark.requirement("N20")
def test_a_full_place_is_refused_in_the_readers_language_and_not_recorded(client, patient, tomorrow):
    person, account, token = patient
    slot = make_slot(starts_at=tomorrow)
    Slot.objects.filter(pk=slot.id).update(taken=1)
    body = {"slot_id": slot.id, "person_id": person.id}
    english = post(client, token, body, **{"Accept-Language": "en-GB"})
    chinese = post(client, token, body, **{"Accept-Language": "zh-CN,en;q=0.5"})
    assert english.status_code == chinese.status_code == 409
    assert english.headers["Content-Type"] == "application/problem+json"
    assert english.json()["detail"] == "Somebody has just taken this time. Nothing was booked; please choose another."
    assert chinese.json()["detail"] == "这个时段刚刚被约走了，预约未成功，请另选一个。"
    assert not list_entries(actor_id=account.id)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"slot_id": 1}',
        '{"slot_id": "1", "person_id": "x"}',
        f'{{"slot_id": 0, "person_id": "{SOMEBODY}"}}',
        f'{{"slot_id": -1, "person_id": "{SOMEBODY}"}}',
        f'{{"slot_id": 99999999999999999999, "person_id": "{SOMEBODY}"}}',
        f'{{"slot_id": 1, "person_id": "{SOMEBODY}", "more": 1}}',
        '"\\ud800"',
    ],
)
def test_a_malformed_body_is_refused_by_name(client, patient, body):
    answer = post(client, patient[2], body)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed_request")


def test_an_oversized_body_is_refused_by_name(client, patient):
    answer = post(client, patient[2], '{"slot_id": 1, "x": "' + "a" * 1_100_000 + '"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_the_places_of_a_session_are_public(client, tomorrow):
    session_id = make_session(starts_at=tomorrow, places=4)
    answer = client.get(f"/api/sessions/{session_id}/slots")
    assert [place["free"] for place in answer.json()] == [1, 1, 1, 1]
    assert client.get(f"/api/sessions/{uuid4()}/slots").json() == []
    assert client.post(f"/api/sessions/{session_id}/slots").status_code == 405
