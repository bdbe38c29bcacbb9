"""A doctor writes, signs and releases the report of an examination at the desk (A08, N20)."""

import pytest
from django.utils import timezone

from hospital.encounters.tests.clinic import make_patient
from hospital.kernel.actors import Role
from hospital.orders.models import OrderLine
from hospital.results.api import get_exam_report
from hospital.results.errors import ReportClosed
from hospital.results.models import ExamReport
from hospital.staff_web.tests.factories import open_desk
from hospital.staff_web.tests.test_doctor import desk_of
from hospital.workflows.tests.factories import make_story, sign

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "N20")]
TEXT = {"findings_zh": "双肺清晰", "findings_en": "Lungs clear", "impression_zh": "未见异常", "impression_en": "Normal"}


@pytest.fixture
def story():
    story = make_story()
    sign(story)
    OrderLine.objects.filter(order__kind="EXAM").update(
        state="EXECUTED", executed_at=timezone.now(), executed_by_id=story.scene.doctor.id
    )
    return story


@pytest.fixture
def address():
    return f"/staff/doctor/exams/{OrderLine.objects.get(order__kind='EXAM').id}/report/"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_opens_in_both_languages(story, address, language):
    answer = desk_of(story.scene, language=language).get(address)
    assert answer.status_code == 200
    assert {"en": "Impression", "zh-hans": "诊断意见"}[language] in answer.content.decode()


def test_a_draft_is_kept_and_signed_and_then_stays(story, address):
    desk = desk_of(story.scene)
    desk.post(f"{address}save/", {**TEXT, "impression_zh": ""})
    assert ExamReport.objects.get().signed_at is None
    desk.post(f"{address}save/", {**TEXT, "impression_zh": "", "decision": "sign"})
    assert ExamReport.objects.get().signed_at is None
    desk.post(f"{address}save/", {**TEXT, "decision": "sign"})
    report = get_exam_report(
        report_id=ExamReport.objects.get().id, actor=make_patient(story.scene.person_id), now=timezone.now()
    )
    assert report.text.impression.en == "Normal"
    desk.post(f"{address}save/", {**TEXT, "findings_zh": "改"})
    assert ExamReport.objects.get().findings_zh == "双肺清晰"


def test_what_the_doctor_speaks_about_first_is_opened_at_the_desk(story, address):
    desk = desk_of(story.scene)
    desk.post(f"{address}save/", {**TEXT, "is_sensitive": "1", "decision": "sign"})
    patient, report_id = make_patient(story.scene.person_id), ExamReport.objects.get().id
    with pytest.raises(ReportClosed):
        get_exam_report(report_id=report_id, actor=patient, now=timezone.now())
    assert "Show it to the patient" in desk.get(address).content.decode()
    desk.post(f"{address}save/", {"decision": "release"})
    assert get_exam_report(report_id=report_id, actor=patient, now=timezone.now()).released_at


def test_other_roles_do_not_open_it(story, address):
    for role in (Role.CASHIER, Role.REGISTRAR, Role.NURSE):
        assert open_desk(role).get(address).status_code == 403
    assert not ExamReport.objects.exists()
