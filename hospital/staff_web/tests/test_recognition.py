"""Recognized results at the desks: the doctor is asked before a test is done again, the laboratory keeps the marks."""

import re

import pytest
from django.utils import timezone

from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import Role
from hospital.orders.models import OrderLine
from hospital.results import api as results
from hospital.results.models import OutsideResult, Recognition
from hospital.results.tests.factories import ELEVEN
from hospital.staff_web.tests.factories import open_desk
from hospital.staff_web.tests.test_doctor import desk_of
from hospital.workflows.tests.test_recognized_results import CBC, make_mark, report, story

__all__ = ["story"]
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N11", "N20")]
MARKS = "/staff/laboratory/recognition/"
FORM = {"code": CBC, "scope": "REGIONAL", "region_zh": "粤", "region_en": "Guangdong", "days": "14"}
DAYS = {"valid_from": "2026-01-01", "valid_to": "2027-01-01"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The desks read the day of the story."""
    monkeypatch.setattr(timezone, "now", lambda: ELEVEN)


def at(story, tail):
    return f"/staff/doctor/visits/{story.scene.encounter_id}/{tail}"


def test_the_doctor_sees_the_recent_result_and_chooses_a_reason(story):
    report_id = report(story)
    desk = desk_of(story.scene)
    asked = desk.post(at(story, "items/lab/"), {"code": CBC})
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "recent_result_exists" in page
    assert "National HR" in page
    assert f"/staff/doctor/reports/{report_id}/" in page
    assert not OrderLine.objects.exists()
    chosen = {"code": CBC, "repeated_result": str(report_id), "repeat_reason": "OTHER", "repeat_note": ""}
    assert "repeat_note_missing" in desk.post(at(story, "items/lab/"), chosen).content.decode()
    done = desk.post(at(story, "items/lab/"), chosen | {"repeat_note": "Before a trial"})
    assert "Needed again: Another reason" in done.content.decode()
    assert OrderLine.objects.get().repeat_note == "Before a trial"


def test_a_result_of_another_hospital_is_searched_for_entered_and_shown(story):
    results.load_recognitions(campus_code="IMC", marks=[make_mark()], now=TEN)
    desk = desk_of(story.scene, language="zh-hans")
    assert "暂无外院结果" in desk.get(at(story, "outside/")).content.decode()
    assert f"outside/?code={CBC}" in desk.get(at(story, "outside/search/"), {"q": "blood count"}).content.decode()
    chosen = desk.get(at(story, "outside/"), {"code": CBC}).content.decode()
    assert 'name="unit-HGB" value="g/L"' in chosen
    assert 'name="range-HGB" value="115–150"' in chosen
    form = {"code": CBC, "institution": "云山医院", "mark": "全国HR", "done_on": "2026-11-20"}
    values = {"value-HGB": "128", "unit-HGB": "g/L", "range-HGB": "110–150", "unit-PLT": "10⁹/L", "range-PLT": "1–2"}
    assert desk.post(at(story, "outside/enter/"), form | values | {"text": "复核"}).status_code == 302
    page = desk.get(at(story, "outside/")).content.decode()
    assert "云山医院" in page
    assert "血红蛋白 128 g/L (110–150)<br>复核" in page
    assert "血小板" not in page
    english = desk_of(story.scene).post(at(story, "items/lab/"), {"code": CBC}).content.decode()
    assert "Hemoglobin 128 g/L (110–150)" in english


@pytest.mark.parametrize(
    ("language", "wrong", "field", "words"),
    [
        ("zh-hans", {"institution": " "}, "id_institution", "这个字段是必填项。"),
        ("zh-hans", {"done_on": "2026-12-20"}, "id_done_on", "该日期尚未到来"),
        ("en", {"done_on": "yesterday"}, "id_done_on", "Enter a valid date."),
        ("en", {"text": ""}, "id_text", "Enter a value, or write what the paper says."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_entered(story, language, wrong, field, words):
    desk = desk_of(story.scene, language=language)
    form = {"code": CBC, "institution": "云山医院", "mark": "全国HR", "text": "WBC 6.1", "done_on": "2026-11-20"}
    answer = desk.post(at(story, "outside/enter/"), form | wrong | {"unit-HGB": "g/dL"})
    page = answer.content.decode()
    assert (answer.status_code, re.findall(r'id="(id_\w+)-error"', page)) == (422, [field])
    assert words in page
    assert 'name="unit-HGB" value="g/dL"' in page
    assert not OutsideResult.objects.exists()


def test_a_drug_has_no_result(story):
    desk = desk_of(story.scene)
    assert desk.get(at(story, "outside/"), {"code": "AML"}).status_code == 422
    form = {"code": "AML", "institution": "Yunshan", "mark": "HR", "text": "x", "done_on": "2026-11-20"}
    assert desk.post(at(story, "outside/enter/"), form).status_code == 422
    assert not OutsideResult.objects.exists()


def test_the_laboratory_sets_and_changes_a_mark(story):
    desk = open_desk(Role.LAB_TECHNICIAN)
    assert "No item is marked" in desk.get(MARKS).content.decode()
    for wrong in ({"days": "x"}, {"days": "0"}, {"region_zh": ""}, {"valid_to": "2025-01-01"}, {"code": "NONE"}):
        assert desk.post(MARKS, FORM | DAYS | wrong).status_code == 422
    assert not Recognition.objects.exists()
    assert desk.post(MARKS, FORM | DAYS).status_code == 302
    assert "Guangdong HR" in desk.get(MARKS).content.decode()
    assert 'value="14"' in desk.get(MARKS, {"code": CBC}).content.decode()
    assert desk.post(MARKS, FORM | DAYS | {"scope": "NATIONAL"}).status_code == 302
    assert Recognition.objects.get().mark.zh == "全国HR"
    assert open_desk(Role.NURSE).get(MARKS).status_code == 403
