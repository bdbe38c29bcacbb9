"""Finding a doctor, free days, places and prices (A04, W22)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from hospital.campuses.api import save_symptoms
from hospital.campuses.models import Campus
from hospital.campuses.types import SymptomDraft
from hospital.catalog.tests.factories import make_items, make_rule, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts, ServiceLine
from hospital.encounters.tests.clinic import TEN, make_campus
from hospital.kernel.actors import system_actor
from hospital.kernel.types import BilingualText
from hospital.patient_api.tests.callers import code_of, count_statements
from hospital.patient_api.tests.factories import answer_of, make_registration_fee
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session

NOBODY = "00000000-0000-7000-8000-000000000000"
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "W22")]


@pytest.fixture
def session(db):
    """A session whose places cost 100.00 and 30 % more at the Center."""
    make_rule("INTL", "0.30")
    category = ServiceFacts(category=ServiceCategory.REGISTRATION)
    make_items(new_item("REG-INTL", "100.00", fee_class=FeeClass.CONSULTATION, service=category))
    save_symptoms(
        drafts=[
            SymptomDraft("CHEST-PAIN", BilingualText("胸痛", "Chest pain"), ("CARD",)),
            SymptomDraft("ALARM-STROKE", BilingualText("中风", "Stroke"), ("CARD",), is_alarm=True),
        ],
        actor=system_actor("test"),
        now=TEN,
    )
    return RosterSession.objects.get(pk=make_session())


def test_a_doctor_is_offered_with_the_price_and_its_surcharge(anonymous, session):
    found = answer_of(anonymous.get("/booking/doctors", q="xiongtong"))
    (doctor,) = found["doctors"]
    assert (found["total"], found["alarms"]) == (1, [])
    assert found["symptoms"] == [{"code": "CHEST-PAIN", "name": {"zh": "胸痛", "en": "Chest pain"}}]
    assert doctor["name"] == {"zh": "林志远", "en": "LIN Zhiyuan"}
    assert doctor["title_name"]["zh"] == "主任医师"
    price = doctor["next"]["price"]
    assert {name: price[name] for name in ("base", "surcharge", "total", "mark")} == {
        "base": "100.00",
        "surcharge": "30.00",
        "total": "130.00",
        "mark": "+30 %",
    }
    assert doctor["next"]["slot_id"] == Slot.objects.get(session=session, number=1).id
    (day,) = answer_of(anonymous.get(f"/booking/doctors/{session.clinician_id}/sessions", day="2026-11-25"))
    assert (day["id"], day["price"]["total"], day["free"]) == (str(session.pk), "130.00", 3)


def test_an_emergency_is_told_first(anonymous, session):
    found = answer_of(anonymous.get("/booking/doctors", q="中风"))
    assert [alarm["code"] for alarm in found["alarms"]] == ["ALARM-STROKE"]
    assert answer_of(anonymous.get("/booking/symptoms")) == [
        {"code": "CHEST-PAIN", "name": {"zh": "胸痛", "en": "Chest pain"}}
    ]


def test_who_has_no_free_place_is_offered_without_one(anonymous, session):
    Slot.objects.update(taken=1)
    (doctor,) = answer_of(anonymous.get("/booking/doctors"))["doctors"]
    assert doctor["next"] is None
    days = answer_of(anonymous.get("/booking/days", doctor=str(session.clinician_id)))
    assert (len(days), days[0]) == (14, {"day": "2026-11-25", "sessions": 1, "free": 0, "opens_at": None})
    assert days[1]["sessions"] == 0


def test_filters_reach_days_and_doctors(anonymous, session):
    for path, empty in (("/booking/doctors", 0), ("/booking/days", 0)):
        found = answer_of(anonymous.get(path, sex="F", q="chest pain"))
        count = found["total"] if isinstance(found, dict) else sum(day["sessions"] for day in found)
        assert count == empty
    assert sum(day["free"] for day in answer_of(anonymous.get("/booking/days", sex="M", q="chest pain"))) == 3


def test_the_places_of_a_day(anonymous, session, clock):
    Slot.objects.filter(session=session, number=3).update(taken=1)
    clock.now = TEN + timedelta(hours=1)
    (found,) = answer_of(anonymous.get(f"/booking/doctors/{session.clinician_id}/places", day="2026-11-25"))
    assert [place["free"] for place in found["places"]] == [0, 1, 0]
    assert answer_of(anonymous.get(f"/booking/doctors/{uuid4()}/places", day="2026-11-25")) == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/booking/doctors", {"q": "a\x00b"}),
        ("/booking/doctors", {"sex": "X"}),
        ("/booking/doctors", {"limit": 51}),
        ("/booking/doctors", {"offset": -1}),
        ("/booking/doctors", {"sort": "cheapest"}),
        ("/booking/days", {"q": "\x00"}),
        ("/booking/days", {"part": "NIGHT"}),
        ("/booking/days", {"doctor": "7"}),
        (f"/booking/doctors/{NOBODY}/places", {"day": "tomorrow"}),
        (f"/booking/doctors/{NOBODY}/sessions", {"day": "tomorrow"}),
    ],
)
def test_a_question_in_the_wrong_form_is_refused(anonymous, path, query):
    answer = anonymous.get(path, **query)
    assert (answer.status_code, code_of(answer)) == (422, "malformed_request")
    assert next(iter(query)) in answer.json()["facts"]["fields"][0]["at"]


def test_many_doctors_take_as_many_statements_as_one(anonymous, session):
    few, _ = count_statements(anonymous, "/booking/doctors")
    for _ in range(4):
        make_session()
    assert count_statements(anonymous, "/booking/doctors")[0] == few
    assert len(answer_of(anonymous.get("/booking/doctors"))["doctors"]) == 5
    for path in ("/booking/days", f"/booking/doctors/{session.clinician_id}/places?day=2026-11-25"):
        assert count_statements(anonymous, path)[0] == 1


def test_offers_go_by_price_and_by_the_nearest_campus_in_as_many_statements_as_ever(anonymous):
    make_registration_fee()
    make_items(
        new_item(
            "REG-DEAR",
            "350.00",
            fee_class=FeeClass.REGISTRATION,
            service=ServiceFacts(category=ServiceCategory.REGISTRATION),
        )
    )
    make_rule("SPECIAL", "9.99", service_line=ServiceLine.SPECIAL)  # 35.00 is 384.65 there
    for code, latitude in (("IMC", "23.1343"), ("NORTH", "23.1891"), ("HUADU", "23.3951")):
        make_campus(code)
        Campus.objects.filter(code=code).update(latitude=latitude, longitude="113.2700")
    sessions = {
        "dear": make_session(campus="IMC", starts_at=TEN + timedelta(hours=1)),
        "raised": make_session(campus="NORTH", service_line="SPECIAL", starts_at=TEN + timedelta(hours=2)),
        "cheap": make_session(campus="HUADU", starts_at=TEN + timedelta(hours=3)),
    }
    RosterSession.objects.filter(pk=sessions["dear"]).update(registration_item_code="REG-DEAR")
    names = {str(number): name for name, number in sessions.items()}

    def order(**query):
        offers = answer_of(anonymous.get("/booking/doctors", **query))["doctors"]
        return [names[each["next"]["session_id"]] for each in offers]

    assert order(sort="soonest") == ["dear", "raised", "cheap"]
    assert order(sort="price") == ["cheap", "dear", "raised"]
    assert order(sort="distance", near="HUADU,IMC") == ["cheap", "dear", "raised"]
    assert order(sort="distance", near="NORTH") == ["raised", "dear", "cheap"]  # the others by how far they are from it
    assert order(sort="distance", near="HUADU") == ["cheap", "raised", "dear"]
    assert order(sort="distance", near="NOWHERE") == order(sort="distance")
    few = count_statements(anonymous, "/booking/doctors", sort="price")[0]
    for _ in range(3):
        make_session(campus="HUADU", starts_at=TEN + timedelta(hours=3))
    assert count_statements(anonymous, "/booking/doctors", sort="price")[0] == few
