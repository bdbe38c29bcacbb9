"""What can be booked is public and comes in both languages (A04, N20)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from hospital.encounters.tests.clinic import TEN
from hospital.patient_api.tests.callers import code_of, count_statements
from hospital.patient_api.tests.factories import answer_of, make_registration_fee
from hospital.scheduling.models import RosterSession
from hospital.scheduling.tests.factories import make_session

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "N20")]


@pytest.fixture
def session_id():
    make_registration_fee()
    return make_session()


def test_a_cardiologist_is_found_with_his_free_times_and_the_fee(anonymous, session_id):
    (campus,) = answer_of(anonymous.get("/campuses"))
    assert campus["name"] == {"zh": "IMC 院区", "en": "IMC campus"}
    (department,) = answer_of(anonymous.get("/departments", campus="IMC", q="cardio"))
    (doctor,) = answer_of(anonymous.get("/doctors", campus="IMC", specialty="CARD", q="Cardiology"))
    assert doctor["department"]["id"] == department["id"]
    assert doctor["name"] == {"zh": "林志远", "en": "LIN Zhiyuan"}
    assert doctor["title_name"]["en"] == "Chief physician"
    assert doctor["title_name"]["zh"] == "主任医师"
    assert answer_of(anonymous.get(f"/doctors/{doctor['id']}")) == doctor
    (session,) = answer_of(anonymous.get("/sessions", doctor=doctor["id"]))
    assert (session["id"], session["fee"], session["free"]) == (str(session_id), "35.00", 3)
    places = answer_of(anonymous.get(f"/sessions/{session_id}/slots"))
    assert [(place["number"], place["free"]) for place in places] == [(1, 1), (2, 1), (3, 1)]


def test_past_and_stopped_places_are_not_offered(anonymous, session_id, clock):
    clock.now = TEN + timedelta(minutes=75)
    assert [place["number"] for place in answer_of(anonymous.get(f"/sessions/{session_id}/slots"))] == [3]
    RosterSession.objects.update(is_stopped=True)
    assert answer_of(anonymous.get(f"/sessions/{session_id}/slots")) == []
    assert answer_of(anonymous.get("/sessions", campus="IMC")) == []


def test_what_does_not_exist_is_an_empty_list_or_a_refusal(anonymous, session_id):
    assert answer_of(anonymous.get(f"/sessions/{uuid4()}/slots")) == []
    assert answer_of(anonymous.get("/doctors", campus="NOWHERE")) == []
    answer = anonymous.get(f"/doctors/{uuid4()}")
    assert (answer.status_code, code_of(answer)) == (404, "unknown_clinician")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/doctors", {"q": "a\x00b"}),
        ("/departments", {"campus": "\x00"}),
        ("/doctors", {"language": "\x1f"}),
        ("/doctors", {"department": "7"}),
        ("/doctors", {"q": "x" * 101}),
        ("/sessions", {"first": "9999-12-31"}),
        ("/sessions", {"first": "tomorrow"}),
        ("/sessions", {"days": "many"}),
    ],
)
def test_a_question_in_the_wrong_form_is_refused(anonymous, session_id, path, query):
    answer = anonymous.get(path, **query)
    assert (answer.status_code, code_of(answer)) == (422, "malformed_request")
    assert next(iter(query)) in answer.json()["facts"]["fields"][0]["at"]


@pytest.mark.parametrize("path", ["/doctors", "/departments", "/sessions"])
def test_long_lists_take_as_many_statements_as_short_ones(anonymous, session_id, path):
    few, rows = count_statements(anonymous, path, campus="IMC")
    assert rows == 1
    for _ in range(5):
        make_session()
    assert count_statements(anonymous, path, campus="IMC") == (few, 6)
