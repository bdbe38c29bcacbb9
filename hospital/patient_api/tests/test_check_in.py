"""Checking in by telephone: the code of the waiting area, or being near enough (A05)."""

from datetime import timedelta

import pytest

from hospital.audit.models import AuditEntry
from hospital.campuses.models import Campus
from hospital.encounters.api import make_paper_code, make_screen_code
from hospital.encounters.boards import area_card
from hospital.encounters.models import Encounter, WaitingArea
from hospital.encounters.tests.clinic import TEN, make_person
from hospital.kernel.models import DomainEvent
from hospital.patient_api.tests.callers import code_of, count_statements, read_everything
from hospital.patient_api.tests.factories import Payer, answer_of, make_booking, show_code
from hospital.patients.models import AccountPerson

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A05", "W23")]
HERE = {"latitude": 23.1343, "longitude": 113.2714, "accuracy": 30}


@pytest.fixture
def numbered(booking):
    answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/number"))
    Campus.objects.update(latitude="23.1343", longitude="113.2714", check_in_radius=400)
    return booking


def refuse(caller, body, status, code, *, path="/check-in", language="en"):
    before = read_everything()
    answer = caller.speaking(language).post(path, body)
    assert (answer.status_code, code_of(answer)) == (status, code)
    assert read_everything() == before
    return answer.json()["detail"]


def here(booking, **changes):
    return {"appointment_id": booking.appointment_id, **HERE, **changes}


def test_the_code_of_the_area_checks_in_and_says_so_the_second_time(numbered):
    (arrival,) = answer_of(numbered.owner.get("/check-in"))
    assert (arrival["state"], arrival["knows_place"]) == ("READY", True)
    done = answer_of(numbered.owner.post("/check-in", {"code": show_code(numbered.appointment_id)}))
    assert (done["visit"]["state"], done["was_done"], done["choices"]) == ("CHECKED_IN", False, [])
    assert AuditEntry.objects.get(action="encounters.checked_in").reason == "code"
    before = read_everything()
    again = answer_of(numbered.owner.post("/check-in", {"code": show_code(numbered.appointment_id)}))
    assert (again["visit"], again["was_done"]) == (done["visit"], True)
    assert read_everything() == before


def test_a_code_is_read_as_it_is_typed(numbered):
    code = show_code(numbered.appointment_id)
    typed = f" {code[:4].lower()}-{code[4:].replace('0', 'o').replace('1', 'l')} "
    assert answer_of(numbered.owner.post("/check-in", {"code": typed}))["visit"]["state"] == "CHECKED_IN"


@pytest.mark.parametrize(("minutes", "is_taken"), [(0, True), (2, True), (3, False), (60, False), (-1, False)])
def test_a_code_is_taken_for_three_minutes(numbered, clock, minutes, is_taken):
    code = show_code(numbered.appointment_id)
    clock.now = TEN + timedelta(minutes=minutes)
    if is_taken:
        assert answer_of(numbered.owner.post("/check-in", {"code": code}))["visit"]["state"] == "CHECKED_IN"
    else:
        refuse(numbered.owner, {"code": code}, 404, "unknown_check_in_code")


def test_a_printed_code_is_good_for_its_day_and_ends_with_the_boards_address(numbered, clock):
    show_code(numbered.appointment_id)
    area = WaitingArea.objects.get()
    code = make_paper_code(area=area_card(area), now=TEN)
    WaitingArea.objects.update(key_version=2)
    refuse(numbered.owner, {"code": code}, 404, "unknown_check_in_code")
    WaitingArea.objects.update(key_version=1)
    clock.now = TEN + timedelta(minutes=50)
    assert answer_of(numbered.owner.post("/check-in", {"code": code}))["visit"]["state"] == "CHECKED_IN"
    clock.now = TEN + timedelta(days=1)
    refuse(numbered.owner, {"code": code}, 404, "unknown_check_in_code")


def test_the_code_of_another_area_names_both(numbered):
    show_code(numbered.appointment_id)
    other = WaitingArea.objects.create(
        code="IMC-5", campus_id="IMC", name_zh="门诊 5 楼", name_en="Floor 5", department_ids=[make_person().id]
    )
    code = {"code": make_screen_code(area=area_card(other), now=TEN)}
    detail = refuse(numbered.owner, code, 409, "check_in_elsewhere")
    assert ("Floor 5" in detail, "Floor 3" in detail) == (True, True)
    assert "门诊 3 楼" in refuse(numbered.owner, code, 409, "check_in_elsewhere", language="zh")


def test_too_early_says_from_when(acquirer, clock):
    booking = make_booking(starts_at=TEN + timedelta(hours=5))
    answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/number"))
    assert answer_of(booking.owner.get("/check-in"))[0]["state"] == "EARLY"
    detail = refuse(booking.owner, {"code": show_code(booking.appointment_id)}, 409, "check_in_too_early")
    assert "13:00" in detail
    clock.now = TEN + timedelta(hours=3)
    done = answer_of(booking.owner.post("/check-in", {"code": show_code(booking.appointment_id)}))
    assert done["visit"]["state"] == "CHECKED_IN"


def test_without_a_number_it_is_offered_and_taken_on_the_way(booking):
    body = {"code": show_code(booking.appointment_id)}
    refuse(booking.owner, body, 409, "number_not_taken")
    assert answer_of(booking.owner.post("/check-in", body | {"takes_number": True}))["visit"]["state"] == "CHECKED_IN"


def test_nothing_today_is_said(booking, stranger, clock):
    refuse(stranger, {"code": show_code(booking.appointment_id)}, 409, "nothing_to_check_in")
    refuse(stranger, here(booking), 404, "unknown_appointment", path="/check-in/here")
    assert answer_of(stranger.get("/check-in")) == []


def test_of_a_family_somebody_is_chosen_and_a_given_back_place_is_not_offered(numbered):
    child = make_person()
    account_id = AccountPerson.objects.get(person_id=numbered.person_id).account_id
    AccountPerson.objects.create(account_id=account_id, person_id=child.id, relation="CHILD", added_at=TEN)
    few, _ = count_statements(numbered.owner, "/check-in")
    other = make_booking(payer=Payer(numbered.owner, child.id))
    gone = make_booking(payer=Payer(numbered.owner, child.id))
    answer_of(numbered.owner.post(f"/appointments/{gone.appointment_id}/cancel", {}))
    assert count_statements(numbered.owner, "/check-in") == (few, 2)
    for booking in (numbered, other):
        code = show_code(booking.appointment_id)
    before = read_everything()
    asked = answer_of(numbered.owner.post("/check-in", {"code": code}))
    assert {each["person_id"] for each in asked["choices"]} == {str(numbered.person_id), str(child.id)}
    assert read_everything() == before
    body = {"code": code, "appointment_id": other.appointment_id, "takes_number": True}
    answer_of(numbered.owner.post("/check-in", body))
    assert Encounter.objects.get(state="CHECKED_IN").person_id == child.id


def test_who_is_there_checks_in_and_only_that_is_kept(numbered):
    done = answer_of(numbered.owner.post("/check-in/here", here(numbered)))
    assert done["visit"]["state"] == "CHECKED_IN"
    entry = AuditEntry.objects.get(action="encounters.checked_in")
    assert (entry.reason, entry.details) == ("within", {})
    assert not {"latitude", "longitude"} & set(DomainEvent.objects.get(kind="encounters.checked_in").facts)


def test_who_is_away_is_told_how_far(numbered):
    far = here(numbered, latitude=23.2043)
    assert "7.8 km" in refuse(numbered.owner, far, 409, "check_in_too_far", path="/check-in/here")
    near = here(numbered, latitude=23.1397)
    assert "600 米" in refuse(numbered.owner, near, 409, "check_in_too_far", path="/check-in/here", language="zh")


def test_a_rough_reading_sends_to_the_code_and_so_does_an_unmeasured_campus(numbered):
    rough = here(numbered, accuracy=2_000)
    assert "2.0 km" in refuse(numbered.owner, rough, 409, "check_in_place_unsure", path="/check-in/here")
    Campus.objects.update(latitude=None, longitude=None)
    refuse(numbered.owner, here(numbered), 409, "check_in_by_code_only", path="/check-in/here")
    assert answer_of(numbered.owner.get("/check-in"))[0]["knows_place"] is False


@pytest.mark.parametrize("changes", [{"latitude": 91}, {"longitude": -181}, {"accuracy": -1}, {"accuracy": "x"}])
def test_no_place_on_earth_is_refused(numbered, changes):
    refuse(numbered.owner, here(numbered, **changes), 422, "malformed_request", path="/check-in/here")


def test_who_missed_the_call_checks_in_again_with_the_code(numbered):
    answer_of(numbered.owner.post("/check-in", {"code": show_code(numbered.appointment_id)}))
    Encounter.objects.update(state="PASSED", called_at=TEN)
    done = answer_of(numbered.owner.post("/check-in", {"code": show_code(numbered.appointment_id)}))
    assert (done["visit"]["state"], done["was_done"]) == ("CHECKED_IN", False)
