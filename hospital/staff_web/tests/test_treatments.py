"""The treatment room and the doctor's treatments over HTTP: order, give, stop, print (D54)."""

import re

import pytest
from django.utils import timezone

from hospital.billing.models import Charge
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import count_queries, open_desk
from hospital.staff_web.tests.test_doctor import desk_of
from hospital.treatments.models import Treatment, TreatmentSession
from hospital.treatments.tests.factories import DRESSING
from hospital.workflows.tests.conftest import acquirer
from hospital.workflows.tests.test_treatments import order, pay, story

__all__ = ["acquirer", "story"]
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D54", "N20")]
ROOM = "/staff/treatments/"
FORM = {"code": DRESSING, "site": "KNEE", "laterality": "LEFT", "frequency": "QD", "sessions": "3"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The desks read the day of the story."""
    monkeypatch.setattr(timezone, "now", lambda: TEN)


def test_a_doctor_orders_and_prints_a_treatment(story):
    desk = desk_of(story.scene)
    place = f"/staff/doctor/visits/{story.scene.encounter_id}/treatments/"
    assert "Dressing change, small" in desk.get(place).content.decode()
    for wrong in ({"sessions": "x"}, {"laterality": ""}, {"site": ""}, {"dose": "much"}, {"code": "CBC"}):
        assert desk.post(f"{place}order/", FORM | wrong).status_code == 422
    assert not Treatment.objects.exists()
    assert desk.post(f"{place}order/", FORM | {"dose": "20", "dose_unit": "min"}).status_code == 302
    page = desk.get(place).content.decode()
    assert "Knee · left" in page
    assert "0 of 3 given" in page
    visit = re.sub(r"<[^>]+>|\s+", " ", desk.get(f"/staff/doctor/visits/{story.scene.encounter_id}/").content.decode())
    assert re.search(r"Treatments × 3 +60\.00", visit)
    paper = desk.get(f"/staff/doctor/treatments/{Treatment.objects.get().id}/print/", {"language": "both"})
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")


def test_the_room_gives_what_is_paid_and_says_what_is_in_the_way(story):
    new = order(story)
    room = open_desk(Role.NURSE)
    at = f"{ROOM}{new.id}/"
    assert room.get(ROOM).url == at
    assert "The next session is not paid yet." in room.get(at).content.decode()
    give = {"session": str(new.session_ids[0]), "reaction": "MARKED", "note": ""}
    assert "treatment_unpaid" in room.post(f"{at}give/", give).content.decode()
    pay(story, *new.session_ids)
    assert "reaction_note_missing" in room.post(f"{at}give/", give).content.decode()
    assert room.post(f"{at}give/", give | {"note": "Rash"}).status_code == 302
    assert "Rash" in room.get(at).content.decode()
    again = room.post(f"{at}give/", give | {"note": "Rash"})
    assert (again.status_code, TreatmentSession.objects.filter(state="DONE").count()) == (409, 1)
    assert room.get(f"{at}print/", {"language": "zh"})["Content-Type"] == "application/pdf"


def test_a_record_that_was_a_mistake_is_struck_out_and_stays(story):
    new = order(story)
    pay(story, *new.session_ids)
    room = open_desk(Role.NURSE)
    at, session = f"{ROOM}{new.id}/", str(new.session_ids[0])
    room.post(f"{at}give/", {"session": session, "reaction": "NONE"})
    assert "Recorded by mistake" in room.get(at).content.decode()
    assert "Recorded by mistake" not in open_desk(Role.NURSE).get(at).content.decode()
    assert "strike_reason_missing" in room.post(f"{at}strike/", {"session": session, "reason": " "}).content.decode()
    assert room.post(f"{at}strike/", {"session": session, "reason": "记错患者"}).status_code == 302
    page = room.get(at).content.decode()
    assert "记错患者" in page
    assert "Session 1 given" in page
    assert room.get(f"{at}print/", {"language": "en"})["Content-Type"] == "application/pdf"


def test_a_treatment_is_stopped_and_the_desk_speaks_chinese(story):
    new = order(story)
    room = open_desk(Role.NURSE, language="zh-hans")
    at = f"{ROOM}{new.id}/"
    assert "膝部 · 左侧" in room.get(at).content.decode()
    assert room.post(f"{at}stop/", {"reason": " "}).status_code == 422
    assert room.post(f"{at}stop/", {"reason": "皮疹"}).status_code == 302
    assert "皮疹" in room.get(at).content.decode()
    assert {charge.state for charge in Charge.objects.all()} == {"VOID"}
    assert open_desk(Role.CASHIER).get(at).status_code == 403


def test_the_list_takes_a_fixed_number_of_statements(story):
    order(story)
    room = open_desk(Role.NURSE)
    before = count_queries(room, f"{ROOM}queue/")
    order(story)
    order(story)
    assert count_queries(room, f"{ROOM}queue/") == before
