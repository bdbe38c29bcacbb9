"""The reading room's pages: next by a key, given back, led back after the signature (R57)."""

import pytest
from django.utils import timezone

from hospital.encounters.tests.clinic import make_staff
from hospital.examinations.models import ExamRule
from hospital.kernel.actors import Role
from hospital.orders.models import OrderLine
from hospital.results.models import CriticalAlert, ExamReport, KeptPhrase, Reading
from hospital.staff_web.tests.factories import open_desk
from hospital.staff_web.tests.test_doctor import desk_of
from hospital.workflows.finish_exam import finish_exam
from hospital.workflows.tests.factories import make_story, sign

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R57")]
TEXT = {"findings_zh": "双肺清晰", "findings_en": "Lungs clear", "impression_zh": "未见异常", "impression_en": "Normal"}


@pytest.fixture
def story(monkeypatch):
    monkeypatch.setattr("hospital.workflows.finish_exam.list_unpaid_sources", lambda source_ids: frozenset())
    story = make_story()
    sign(story)
    ExamRule.objects.create(item_code="CXR", modality="DX", minutes=10)
    line = OrderLine.objects.get(order__kind="EXAM")
    finish_exam(line_id=line.id, actor=make_staff(Role.IMAGING_TECHNICIAN), now=timezone.now())
    return story


def post(desk, path, **more):
    return desk.post(f"/staff/{path}", more, follow=True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_shows_what_waits_and_next_opens_it(story, language):
    desk = desk_of(story.scene, language=language)
    page = desk.get("/staff/reading/").content.decode()
    assert {"en": "Longest wait", "zh-hans": "最长等待"}[language] in page
    reading = Reading.objects.get()
    assert (reading.exam_kind, reading.modality, reading.haste) == ("RADIOLOGY", "DX", 2)
    opened = post(desk, "reading/next/")
    assert opened.redirect_chain[-1][0] == f"/staff/doctor/exams/{reading.order_line_id}/report/"
    assert {"en": "Give it back", "zh-hans": "退回"}[language] in opened.content.decode()
    assert {"en": "You are reading", "zh-hans": "我正在书写"}[language] in opened.content.decode()


def test_two_hands_and_back_to_the_list_each_time(story):
    desk, other = desk_of(story.scene), open_desk(Role.DOCTOR)
    post(desk, "reading/next/")
    line_id = Reading.objects.get().order_line_id
    taken = other.get(f"/staff/doctor/exams/{line_id}/report/?room=1").content.decode()
    assert "is reading this examination" in taken
    refused = post(other, f"doctor/exams/{line_id}/report/save/", decision="save", **TEXT)
    assert "Nothing was changed" in refused.content.decode()
    assert not ExamReport.objects.exists()
    handed = post(desk, f"doctor/exams/{line_id}/report/save/", decision="hand_over", **TEXT)
    assert handed.redirect_chain[-1][0] == "/staff/reading/"
    assert "Nothing waits" in post(desk, "reading/next/").content.decode()
    assert "?stage=SECOND" not in post(other, f"reading/{line_id}/take/").redirect_chain[-1][0]
    signed = post(other, f"doctor/exams/{line_id}/report/save/", decision="sign", **TEXT)
    assert signed.redirect_chain[-1][0] == "/staff/reading/"
    assert ExamReport.objects.get().signed_at
    assert Reading.objects.get().closed_at


def test_what_is_given_back_and_what_nobody_has_taken_over(story):
    desk = desk_of(story.scene)
    post(desk, "reading/next/")
    line_id = Reading.objects.get().order_line_id
    post(desk, f"doctor/exams/{line_id}/report/save/", decision="save", **TEXT)
    post(desk, f"doctor/exams/{line_id}/report/save/", decision="finding", finding_zh="气胸", finding_en="Pneumothorax")
    assert CriticalAlert.objects.exists()
    page = post(desk, f"reading/{line_id}/give-back/").content.decode()
    assert "Pneumothorax" in page
    assert "Not told by telephone yet" in page
    assert Reading.objects.get().reader is None
    assert "No" in desk.get("/staff/reading/?kind=ECG&stage=nonsense&page=x").content.decode()
    assert desk.get("/staff/reading/queue/").status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_phrases_are_kept_and_the_editor_offers_them(story, language):
    desk = desk_of(story.scene, language=language)
    page = desk.get("/staff/reading/phrases/?template=CHEST&phrase=NODULE").content.decode()
    assert {"en": "English where it is both sides", "zh-hans": "双侧时的英文"}[language] in page
    typed = {"zh": "{side}肺门增大。", "en": "The right hilum is enlarged.", "where": "findings"}
    refused = desk.post("/staff/reading/phrases/CHEST/", typed)
    assert refused.status_code == 422
    assert "The right hilum is enlarged." in refused.content.decode()
    saved = post(desk, "reading/phrases/CHEST/", **{**typed, "en": "The {side} hilum is enlarged."})
    assert "The {side} hilum is enlarged." in saved.content.decode()
    code = KeptPhrase.objects.get().code
    exam = f"/staff/doctor/exams/{Reading.objects.get().order_line_id}/report/"
    assert code in desk.get(exam).content.decode()
    asked = {"template": "CHEST", "phrase": code, "side": "LEFT"}
    (text,) = desk.get("/staff/doctor/exams/phrase/", asked).json()["texts"]
    assert (text["zh"], text["en"]) == ("左肺门增大。", "The left hilum is enlarged.")
    post(desk, "reading/phrases/CHEST/", code=code, version="1", act="retire")
    assert code not in desk.get(exam).content.decode()
    post(desk, "reading/phrases/templates/", name_zh="乳腺", name_en="Breast", modality="MG")
    assert {"en": "Breast", "zh-hans": "乳腺"}[language] in desk.get("/staff/reading/phrases/").content.decode()


def test_the_reading_room_is_the_doctors(story):
    assert open_desk(Role.NURSE).get("/staff/reading/").status_code == 403
