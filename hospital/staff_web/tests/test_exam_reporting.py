"""The reporting desk: fields of the kind, phrases in both languages, two readers, key images, findings (R57)."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from hospital.examinations.models import ExamRule
from hospital.kernel.actors import Role
from hospital.orders.models import OrderLine
from hospital.patients.models import LocalNumber
from hospital.payments.tests.factories import Connection, FakeAcquirer
from hospital.results.models import CriticalAlert, ExamKeyImage, ExamReport
from hospital.staff_web.tests.factories import open_desk
from hospital.staff_web.tests.test_doctor import desk_of
from hospital.workflows.tests.archive import FakeArchive
from hospital.workflows.tests.factories import make_story, sign

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R57", "D53")]
TEXT = {"findings_zh": "双肺清晰", "findings_en": "Lungs clear", "impression_zh": "未见异常", "impression_en": "Normal"}


@pytest.fixture
def story(settings, acquirer):
    settings.IMAGE_ARCHIVE = "hospital.workflows.tests.archive.make_archive"
    cache.clear()
    FakeArchive.is_away = False
    story = make_story()
    sign(story)
    lines = OrderLine.objects.filter(order__kind="EXAM")
    lines.update(state="EXECUTED", executed_at=timezone.now(), executed_by_id=story.scene.doctor.id)
    ExamRule.objects.create(item_code=lines.get().item_code, modality="DX", minutes=10)
    FakeArchive.patient_id = LocalNumber.objects.filter(person_id=story.scene.person_id).first().mrn
    return story


@pytest.fixture
def acquirer(settings):
    settings.CARD_ACQUIRER = "hospital.payments.tests.factories.connected_acquirer"
    Connection.acquirer = FakeAcquirer()


@pytest.fixture
def exam():
    return f"/staff/doctor/exams/{OrderLine.objects.get(order__kind='EXAM').id}"


def save(desk, exam, decision="save", **more):
    return desk.post(f"{exam}/report/save/", {**TEXT, "decision": decision, **more}, follow=True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_has_the_fields_and_phrases_of_the_device(story, exam, language):
    page = desk_of(story.scene, language=language).get(f"{exam}/report/").content.decode()
    assert {"en": "Dose-length product", "zh-hans": "剂量长度乘积"}[language] in page
    assert {"en": "Whole normal report", "zh-hans": "整份正常报告"}[language] in page
    assert 'data-template="CHEST"' in page
    assert 'data-template="GASTROSCOPY"' not in page


def test_a_phrase_is_given_in_both_languages_or_refused(story):
    desk = desk_of(story.scene)
    asked = {"template": "CHEST", "phrase": "NODULE", "side": "LEFT", "lobe": "UPPER", "size": "6"}
    (text,) = desk.get("/staff/doctor/exams/phrase/", asked).json()["texts"]
    assert text == {
        "where": "findings",
        "zh": "左肺上叶见结节影，直径约 6 mm，边界清楚。",
        "en": "Well-defined nodule in the left upper lobe, about 6 mm in diameter.",
    }
    refused = desk.get("/staff/doctor/exams/phrase/", asked | {"size": ""})
    assert (refused.status_code, bool(refused.json()["message"])) == (422, True)
    normal = desk.get("/staff/doctor/exams/phrase/", {"template": "CHEST", "normal": "1"}).json()["texts"]
    assert [part["where"] for part in normal] == ["findings", "impression"]


def test_radiology_goes_through_two_hands_with_its_fields(story, exam):
    desk = desk_of(story.scene)
    save(desk, exam, "hand_over", has_fields="1", field_DLP="214", field_CONTRAST="NONE")
    page = save(desk, exam, "hand_over").content.decode()
    report = ExamReport.objects.get()
    assert (report.exam_kind, report.fields["DLP"]["zh"], report.signed_at) == ("RADIOLOGY", "214", None)
    assert "Another doctor signs it" in page
    other = open_desk(Role.DOCTOR)
    assert "Waits for the second reader" in other.get(f"{exam}/report/").content.decode()
    save(other, exam, "sign")
    assert ExamReport.objects.get().signed_at
    assert "214 mGy·cm" in desk.get(f"{exam}/report/").content.decode()


def test_a_field_that_cannot_be_is_refused_and_nothing_kept(story, exam):
    page = save(desk_of(story.scene), exam, has_fields="1", field_DLP="much").content.decode()
    assert "cannot be right" in page
    assert not ExamReport.objects.exists()


def test_an_image_goes_into_the_draft_and_out_again(story, exam):
    desk = desk_of(story.scene)
    viewer = desk.get(f"{exam}/images/")
    assert "Into the report" not in viewer.content.decode()  # nothing is being written
    save(desk, exam)
    assert "Into the report" in desk.get(f"{exam}/images/").content.decode()
    assert desk.get(f"{exam}/images/0.1.1/").content.startswith(b"1.2.2")
    desk.post(
        f"{exam}/images/choose/", {"place": "0.1.1", "window": "LUNG", "caption_zh": "结节", "caption_en": "Nodule"}
    )
    image = ExamKeyImage.objects.get()
    assert (image.instance_uid, image.window, image.caption_en) == ("1.2.2", "LUNG", "Nodule")
    assert desk.get(f"{exam}/key-images/{image.id}/").content == bytes(image.picture)
    assert "Nodule" in desk.get(f"{exam}/report/").content.decode()
    save(desk, exam, "drop_image", image=str(image.id))
    assert not ExamKeyImage.objects.exists()


def test_an_archive_that_is_away_leaves_the_report_and_says_so(story, exam):
    FakeArchive.is_away = True
    desk = desk_of(story.scene)
    for page in (f"{exam}/images/", f"{exam}/films/"):
        assert "The image archive does not answer" in desk.get(page).content.decode()
    assert desk.get(f"{exam}/report/").status_code == 200
    assert desk.get(f"{exam}/images/0.0.1/").status_code == 503


def test_a_critical_finding_waits_at_the_doctor_of_the_visit(story, exam):
    desk = desk_of(story.scene)
    save(desk, exam)
    save(desk, exam, "finding", finding_zh="张力性气胸", finding_en="Tension pneumothorax")
    alert = CriticalAlert.objects.get()
    save(desk, exam, "called", alert=str(alert.id), answered_by="Dr Zhou")
    page = desk.get("/staff/doctor/critical/").content.decode()
    assert "Tension pneumothorax" in page
    assert "read back on the telephone" in page
    desk.post(f"/staff/doctor/critical/{alert.id}/", {"action": "胸腔穿刺"})
    assert "胸腔穿刺" in desk.get(f"{exam}/report/").content.decode()


def test_who_is_no_doctor_sees_no_image(story, exam):
    assert open_desk(Role.CASHIER).get(f"{exam}/images/0.0.1/").status_code == 403
