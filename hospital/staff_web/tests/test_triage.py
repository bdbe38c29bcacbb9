"""The triage desk and the wall board over HTTP (A06, W24, N02)."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from hospital.accounts.models import RoleGrant, User
from hospital.audit.models import AuditEntry
from hospital.encounters.api import list_areas, list_green
from hospital.encounters.models import Encounter, Triage, TriageComplaint, WaitingArea
from hospital.encounters.tests.clinic import make_doctor, make_visit
from hospital.kernel.actors import Role
from hospital.patients.api import get_body_facts
from hospital.patients.models import BodyFacts, Person
from hospital.staff_web.tests.factories import browser, count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N02", "A06", "W24")]


@pytest.fixture
def scene():
    TriageComplaint.objects.get_or_create(
        code="chest-pain", defaults={"name_zh": "胸痛", "name_en": "Chest pain", "level": 2}
    )
    return today(make_visit(state="CHECKED_IN"))


def today(scene, **changes):
    now = timezone.now()
    Encounter.objects.filter(pk=scene.encounter_id).update(
        queue_on=timezone.localdate(), checked_in_at=now - timedelta(minutes=9), **changes
    )
    return scene


def address(scene, tail=""):
    return f"/staff/triage/visits/{scene.encounter_id}/{tail}"


def post(nurse, scene, **changes):
    facts = {"complaint": "chest-pain", "level": "2", "pulse": "96", "systolic": "118", "diastolic": "74", **changes}
    return nurse.post(address(scene, "assess/"), facts)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_nurse_sees_who_is_here_and_assesses(scene, language):
    nurse = open_desk(Role.NURSE, language=language)
    assert nurse.get("/staff/triage/").status_code == 200
    page = nurse.get(address(scene)).content.decode()
    assert ("Chest pain" if language == "en" else "胸痛") in page
    assert post(nurse, scene).status_code == 302
    assert Encounter.objects.get().state == "WAITING"
    row = Triage.objects.get()
    assert (row.level, row.suggested_level, row.pulse, row.systolic) == (2, 2, 96, 118)


def test_another_level_has_a_reason_and_what_was_typed_stays(scene):
    nurse = open_desk(Role.NURSE)
    answer = post(nurse, scene, level="4", pulse="77")
    assert answer.status_code == 422
    assert 'value="77"' in answer.content.decode()
    assert (Encounter.objects.get().state, Triage.objects.count()) == ("CHECKED_IN", 0)
    assert post(nurse, scene, level="4", reason="known costochondritis").status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"pulse": "960"}, {"diastolic": ""}, {"complaint": "x"}, {"level": "5"}, {"pulse": "a"}]
)
def test_what_no_body_shows_is_refused(scene, wrong):
    assert post(open_desk(Role.NURSE), scene, **wrong).status_code == 422
    assert not Triage.objects.exists()


def test_level_one_goes_before_everybody(scene):
    assert post(open_desk(Role.NURSE), scene, level="1", reason="gray and sweating").status_code == 302
    assert (Encounter.objects.get().priority, Encounter.objects.get().queue_rank) == ("EMERGENCY", 0)


def test_the_green_channel_is_logged_shown_and_waits_for_no_payment(scene):
    nurse = open_desk(Role.NURSE)
    assert nurse.post(address(scene, "priority/"), {"priority": "GREEN", "note": ""}).status_code == 422
    assert not Encounter.objects.get().is_green
    assert nurse.post(address(scene, "priority/"), {"priority": "GREEN", "note": "ambulance"}).status_code == 302
    assert "Green channel." in nurse.get(address(scene)).content.decode()
    entry = AuditEntry.objects.get(action="encounters.prioritized")
    assert (entry.reason, entry.details["is_green"]) == ("ambulance", True)
    assert list_green(encounter_ids=[scene.encounter_id]) == {scene.encounter_id}


@pytest.mark.requirement("N14")
def test_others_do_not_open_the_desk(scene):
    for role in (Role.CASHIER, Role.REGISTRAR, Role.DOCTOR):
        assert open_desk(role).get("/staff/triage/").status_code == 403
    assert post(open_desk(Role.CASHIER), scene).status_code == 403
    assert not Triage.objects.exists()


def test_the_queue_takes_as_many_statements_for_many(scene):
    nurse = open_desk(Role.NURSE)
    few = count_queries(nurse, "/staff/triage/queue/")
    for _ in range(4):
        today(make_visit(state="CHECKED_IN"))
    assert count_queries(nurse, "/staff/triage/queue/") == few


def board_of(scene):
    WaitingArea.objects.create(
        code="IMC-3", campus_id="IMC", name_zh="门诊 3 楼", name_en="Floor 3", department_ids=[scene.department_id]
    )
    return f"/wall/IMC-3/{list_areas(campus_code='IMC')[0].key}/"


def test_the_wall_board_shows_number_masked_name_and_room_in_both_languages_without_a_session(scene):
    today(scene, state="CALLED", called_at=timezone.now(), calls=1)
    Person.objects.update(family_name="Moreau", given_names="Camille", chinese_name="莫罗·卡米耶")
    page = Client().get(board_of(scene)).content.decode()
    number = Encounter.objects.get().queue_number
    for text in (number, "莫罗 女", "MOREAU · Female", "请就诊", "Please come in", "Cardiology", "心血管内科"):
        assert text in page
    assert "Camille" not in page
    assert "卡米耶" not in page
    spoken = json.loads(unescape(re.search(r'data-spoken="([^"]*)"', page).group(1)))
    assert spoken[0]["zh"].startswith("请 " + " ".join(number))
    assert "MOREAU" not in page[page.index("data-spoken") : page.index("data-at")]


def test_the_board_shows_three_next_and_who_missed_the_call(scene):
    doctor = User.objects.get(pk=scene.doctor.id)
    RoleGrant.objects.get_or_create(user=doctor, role=Role.DOCTOR, campus_code="IMC")
    for number, state in enumerate(["CHECKED_IN", "CHECKED_IN", "WAITING", "PASSED"]):
        other = today(make_visit(state=state))
        Encounter.objects.filter(pk=other.encounter_id).update(
            clinician_id=scene.clinician_id, department_id=scene.department_id, queue_number=f"B10{number}"
        )
    Encounter.objects.filter(pk=scene.encounter_id).update(queue_number="B109", is_green=True, queue_rank=0)
    page = Client().get(board_of(scene) + "state/").content.decode()
    assert re.findall(r">(B\d+)</span>", page) == ["B109", "B100", "B101", "B103"]
    assert browser(doctor).post("/staff/doctor/call-next/").status_code == 302
    assert Encounter.objects.get(queue_number="B109").state == "CALLED"


def test_a_wrong_key_a_new_key_and_no_such_area_look_alike(scene):
    right = board_of(scene)
    assert Client().get(right).status_code == 200
    WaitingArea.objects.update(key_version=2)
    answers = [Client().get(path) for path in (right, "/wall/IMC-3/x/", "/wall/NONE/x/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_doctor_sends_a_patient_to_another_and_away_to_examinations(scene):
    """The desk's own way to the workflow; who may receive the visit is tested there."""
    other = make_doctor()[1]
    user = User.objects.get(pk=scene.doctor.id)
    RoleGrant.objects.get_or_create(user=user, role=Role.DOCTOR, campus_code="IMC")
    desk = browser(user)
    doctors = f"/staff/doctor/visits/{scene.encounter_id}/"
    answer = desk.post(f"{doctors}transfer/", {"clinician": str(other.id), "reason": "SHORTER_WAIT"})
    assert answer.status_code == 409  # has no session of the department today
    assert desk.post(f"{doctors}away/").status_code in {409, 422}
    assert Encounter.objects.get().state == "CHECKED_IN"


@pytest.mark.requirement("D52")
def test_weight_and_pregnancy_reach_the_prescribing_doctor_with_who_and_when(scene):
    nurse = open_desk(Role.NURSE)
    due_on = timezone.localdate() + timedelta(weeks=20)
    assert post(nurse, scene, weight="61.5", is_pregnant="on", due_on=due_on.isoformat()).status_code == 302
    facts = get_body_facts(person_id=scene.person_id, now=timezone.now())
    assert (facts.weight_kg, facts.due_on, facts.pregnant_week) == (Decimal("61.50"), due_on, 20)
    assert post(nurse, scene, is_pregnant="on", due_on=due_on.isoformat()).status_code == 302
    assert BodyFacts.objects.count() == 1
    again = nurse.get(address(scene)).content.decode()
    assert "Last weight: 61.5 kg" in again
    assert f'value="{due_on.isoformat()}"' in again
    RoleGrant.objects.create(user_id=scene.doctor.id, role="DOCTOR", campus_code="IMC")
    page = browser(User.objects.get(pk=scene.doctor.id)).get(f"/staff/doctor/visits/{scene.encounter_id}/")
    by = BodyFacts.objects.get().recorded_by.name_en
    assert page.content.decode().count(f", {by}</span>") == 2


@pytest.mark.parametrize(
    "wrong",
    [{"weight": "900"}, {"weight": "much"}, {"is_pregnant": "on"}, {"is_pregnant": "on", "due_on": "2020-01-01"}],
)
def test_a_body_that_cannot_be_keeps_nothing_of_the_assessment(scene, wrong):
    answer = post(open_desk(Role.NURSE), scene, **wrong)
    assert answer.status_code == 422
    assert 'value="96"' in answer.content.decode()
    assert (Triage.objects.count(), BodyFacts.objects.count(), Encounter.objects.get().state) == (0, 0, "CHECKED_IN")


def test_a_man_is_not_asked_for_a_pregnancy(scene):
    Person.objects.update(sex="M")
    page = open_desk(Role.NURSE).get(address(scene)).content.decode()
    assert ('name="weight"' in page, 'name="is_pregnant"' in page) == (True, False)
