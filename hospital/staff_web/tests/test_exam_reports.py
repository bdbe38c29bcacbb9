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
from hospital.workflows.tests.factories import make_story, read_by_one, sign

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "N20", "R57")]
TEXT = {"findings_zh": "双肺清晰", "findings_en": "Lungs clear", "impression_zh": "未见异常", "impression_en": "Normal"}


@pytest.fixture
def story():
    story = make_story()
    sign(story)
    read_by_one()
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


def sign_and_amend(story, address, *, kind="AMENDMENT", **more):
    """A signed report and the draft of its next version."""
    desk = desk_of(story.scene)
    desk.post(f"{address}save/", {**TEXT, "decision": "sign"})
    desk.post(f"{address}save/", {"decision": "amend", "kind": kind, "reason_zh": "左右写错", "reason_en": "Mixed up"})
    return desk


@pytest.mark.requirement("N19")
def test_an_amendment_is_begun_written_and_signed_and_the_first_stays_readable(story, address):
    desk = sign_and_amend(story, address)
    page = desk.get(address).content.decode()
    assert "Mixed up" in page
    assert "Give up the amendment" in page
    desk.post(f"{address}save/", {**TEXT, "impression_zh": "左肺结节", "impression_en": "Nodule", "decision": "sign"})
    first, second = ExamReport.objects.order_by("version")
    assert (first.impression_en, first.superseded_at is None) == ("Normal", False)
    assert (second.impression_en, second.amend_reason_zh) == ("Nodule", "左右写错")
    page = desk.get(address).content.decode()
    assert "Nodule" in page
    assert f"{address}?version=1" in page
    earlier = desk.get(f"{address}?version=1").content.decode()
    assert "Normal" in earlier
    assert "A newer version exists" in earlier
    assert "amend-dialog" not in earlier


@pytest.mark.requirement("N19")
def test_an_addendum_leaves_the_text_alone(story, address):
    desk = sign_and_amend(story, address, kind="ADDENDUM")
    page = desk.get(address).content.decode()
    assert 'name="findings_zh"' not in page
    desk.post(f"{address}save/", {"findings_zh": "改", "addendum_zh": "与旧片无变化", "decision": "sign"})
    second = ExamReport.objects.get(version=2)
    assert (second.findings_zh, second.addendum_zh) == ("双肺清晰", "与旧片无变化")
    assert "与旧片无变化" in desk.get(address).content.decode()


@pytest.mark.requirement("N19")
def test_an_amendment_is_given_up(story, address):
    desk = sign_and_amend(story, address)
    desk.post(f"{address}save/", {"decision": "drop"})
    assert list(ExamReport.objects.values_list("version", "superseded_at")) == [(1, None)]


@pytest.mark.requirement("N19")
def test_an_amendment_without_a_reason_is_refused(story, address):
    desk = desk_of(story.scene)
    desk.post(f"{address}save/", {**TEXT, "decision": "sign"})
    desk.post(f"{address}save/", {"decision": "amend", "kind": "AMENDMENT", "reason_zh": " "})
    assert ExamReport.objects.count() == 1
    assert "Say why the report is amended." in desk.get(address).content.decode()


def test_a_signed_report_is_printed_in_each_language(story, address):
    desk = desk_of(story.scene)
    desk.post(f"{address}save/", TEXT)
    draft = ExamReport.objects.get()
    assert desk.get(f"/staff/doctor/exam-reports/{draft.id}/print/").status_code == 409
    desk.post(f"{address}save/", {**TEXT, "decision": "sign"})
    for language in ("zh", "en", "both"):
        answer = desk.get(f"/staff/doctor/exam-reports/{draft.id}/print/?language={language}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert open_desk(Role.CASHIER).get(f"/staff/doctor/exam-reports/{draft.id}/print/").status_code == 403


@pytest.mark.requirement("N20")
def test_a_report_without_english_is_refused_in_english_naming_the_part(story, address):
    desk = desk_of(story.scene)
    desk.post(f"{address}save/", {**TEXT, "findings_en": "", "decision": "sign"})
    report_id = ExamReport.objects.get().id
    refused = desk.get(f"/staff/doctor/exam-reports/{report_id}/print/?language=en")
    assert refused.status_code == 409
    assert "Findings" in refused.content.decode()
    assert desk.get(f"/staff/doctor/exam-reports/{report_id}/print/?language=both").status_code == 200
