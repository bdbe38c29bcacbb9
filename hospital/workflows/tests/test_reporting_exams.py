"""From an examination to its report: the patient told, each version on a paper of its own, the older ones marked."""

from dataclasses import replace
from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.accounts.addresses import parse_address
from hospital.accounts.models import PatientAccount
from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import ServiceCategory, ServiceFacts
from hospital.documents.models import IssuedDocument
from hospital.documents.tests.pdf_reading import Paper
from hospital.documents.types import PaperLanguage
from hospital.encounters.tests.clinic import make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.events import list_events
from hospital.kernel.types import BilingualText
from hospital.notifications.models import InboxMessage, Message
from hospital.orders.models import OrderLine
from hospital.orders.orderables import find_orderable
from hospital.orders.types import OrderKind
from hospital.patients.errors import NoCareRelation
from hospital.results import api as results
from hospital.results.errors import ReportNotVerified, SecondReaderNeeded, UnknownExamination
from hospital.results.models import ExamReport, LabReport, ResultValue
from hospital.results.tests.factories import ELEVEN, enter, technician
from hospital.results.types import AmendmentKind, ExamKind, ExamText, RecognitionMark, RecognitionScope
from hospital.workflows.exam_kinds import exam_kind_of
from hospital.workflows.print_clinical import print_laboratory_report
from hospital.workflows.print_exam_report import print_exam_report
from hospital.workflows.report_exam import (
    amend_exam_report,
    drop_exam_amendment,
    release_exam_report,
    sign_exam_report,
    write_exam_report,
)
from hospital.workflows.report_results import publish_report, take_in_specimen
from hospital.workflows.tasks import put_into_inbox
from hospital.workflows.tests.factories import make_story, pay_all, read_by_one, sign

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "W26", "R57")]
TEXT = ExamText(
    findings=BilingualText("双肺清晰", "Lungs clear"), impression=BilingualText("未见异常", "No abnormality seen")
)
WHY = BilingualText("左右写错", "Left and right were mixed up")


@pytest.fixture
def story():
    return make_story()


@pytest.fixture
def signed(story, acquirer):
    return sign(story)


@pytest.fixture
def line_id(story, signed):
    line = OrderLine.objects.get(order__kind="EXAM")
    read_by_one()
    OrderLine.objects.filter(pk=line.id).update(
        state="EXECUTED", executed_at=ELEVEN, executed_by_id=story.scene.doctor.id
    )
    return line.id


def report(story, line_id, *, text=TEXT, is_sensitive=False):
    """Writes and signs what is open of the examination."""
    doctor = story.scene.doctor
    report_id = write_exam_report(line_id=line_id, text=text, is_sensitive=is_sensitive, actor=doctor, now=ELEVEN)
    sign_exam_report(report_id=report_id, actor=doctor, now=ELEVEN)
    return report_id


def amend(story, line_id, *, kind=AmendmentKind.AMENDMENT):
    return amend_exam_report(line_id=line_id, kind=kind, reason=WHY, actor=story.scene.doctor, now=ELEVEN)


def draw(report_id, actor, language=PaperLanguage.EN):
    return print_exam_report(report_id=report_id, language=language, actor=actor, now=ELEVEN)


def exam_kinds(story):
    return [event.kind for event in list_events(encounter_id=story.encounter_id) if event.kind.startswith("exams.")]


@pytest.mark.requirement("N11")
def test_the_mark_of_the_campus_is_copied_when_it_is_signed(story, line_id):
    mark = RecognitionMark(
        item_code=OrderLine.objects.get(pk=line_id).item_code,
        name=BilingualText("胸部正位片", "Chest radiograph"),
        scope=RecognitionScope.REGIONAL,
        region=BilingualText("广东", "Guangdong"),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        days=30,
    )
    results.load_recognitions(campus_code="IMC", marks=[mark], now=ELEVEN)
    report_id = report(story, line_id)
    over = replace(mark, valid_to=date(2026, 1, 2))
    results.load_recognitions(campus_code="IMC", marks=[over], now=ELEVEN)
    assert read(story, report_id).recognition.en == "Guangdong HR"
    assert "Guangdong HR" in " ".join(Paper(draw(report_id, story.scene.doctor).pdf).pages)
    amendment = amend(story, line_id)
    sign_exam_report(report_id=amendment, actor=story.scene.doctor, now=ELEVEN)
    assert not read(story, amendment).recognition.zh


def test_pathology_is_an_examination_with_fields_of_its_own(db):
    make_items(new_item("PATH", service=ServiceFacts(category=ServiceCategory.PATHOLOGY)))
    assert find_orderable(code="PATH", now=ELEVEN).kind is OrderKind.EXAM
    assert exam_kind_of(item_code="PATH", now=ELEVEN) is ExamKind.PATHOLOGY


def read(story, report_id):
    return results.get_exam_report(report_id=report_id, actor=story.scene.doctor, now=ELEVEN)


@pytest.mark.requirement("N20")
def test_the_paper_tells_who_asked_what_was_seen_and_who_signed(story, line_id):
    report_id = report(story, line_id)
    for actor in (story.patient, story.scene.doctor):
        text = Paper(draw(report_id, actor).pdf).text
        for part in ("Examination report", "Final report", "Lungs clear", "No abnormality seen", "Requested by"):
            assert part in text
    assert IssuedDocument.objects.filter(kind="EXAMINATION_REPORT").count() == 1


@pytest.mark.requirement("N19")
def test_each_version_has_a_paper_and_that_of_the_earlier_is_marked(story, line_id):
    first = report(story, line_id)
    paper = draw(first, story.patient)
    second = amend(story, line_id)
    with pytest.raises(ReportNotVerified):
        draw(second, story.scene.doctor)
    report(story, line_id)
    newer = Paper(draw(second, story.patient).pdf).text
    for part in ("Amended report (version 2)", "Left and right were mixed up", "Versions"):
        assert part in newer
    again = draw(first, story.patient)
    assert again.number == paper.number
    assert "REPLACED" in Paper(again.pdf).text
    states = dict(IssuedDocument.objects.values_list("subject_id", "state"))
    assert states == {str(first): "SUPERSEDED", str(second): "VALID"}


@pytest.mark.requirement("N19")
def test_an_earlier_version_that_was_never_printed_comes_marked_and_keeps_its_number(story, line_id):
    first = report(story, line_id)
    amend(story, line_id, kind=AmendmentKind.ADDENDUM)
    report(story, line_id, text=ExamText(addendum=BilingualText("无变化", "Unchanged")))
    one, other = draw(first, story.patient), draw(first, story.scene.doctor)
    assert one.number == other.number
    text = Paper(other.pdf).text
    assert "REPLACED" in text
    assert "Unchanged" not in text


@pytest.mark.requirement("N14")
def test_no_value_is_in_the_mail_and_a_held_report_is_mailed_once_it_is_opened(story, line_id):
    address = parse_address("camille@example.com")
    PatientAccount.objects.update(email=address.sealed, email_index=address.index)
    report_id = report(story, line_id, is_sensitive=True)
    assert not Message.objects.filter(kind="report_ready").exists()
    release_exam_report(report_id=report_id, actor=story.scene.doctor, now=ELEVEN)
    message = Message.objects.get(kind="report_ready")
    assert "Lungs" not in message.body
    assert "examination report" in message.body
    assert exam_kinds(story)[-2:] == ["exams.held", "exams.reported"]


@pytest.mark.requirement("N19")
def test_the_inbox_tells_that_a_report_was_amended(story, line_id):
    report(story, line_id)
    amend(story, line_id)
    second = report(story, line_id)
    for job in ProcrastinateJob.objects.filter(task_name="workflows.tell_patient").order_by("id"):
        put_into_inbox(**job.args)
    told = InboxMessage.objects.filter(target_kind="exam_report").order_by("id")
    assert [message.title_en for message in told] == ["A report is ready", "A report was amended"]
    assert told[1].target_id == str(second)


@pytest.mark.requirement("N19")
def test_what_was_not_reported_is_not_amended(story, line_id):
    with pytest.raises(UnknownExamination):
        amend(story, line_id)
    with pytest.raises(UnknownExamination):
        drop_exam_amendment(line_id=line_id, actor=story.scene.doctor, now=ELEVEN)
    assert "exams.reported" not in exam_kinds(story)


@pytest.mark.requirement("N14")
def test_a_doctor_without_a_part_in_the_care_prints_none(story, line_id):
    report_id = report(story, line_id)
    stranger = make_staff(Role.DOCTOR, campus="NORTH")
    make_visit(campus="NORTH")
    with pytest.raises(NoCareRelation):
        draw(report_id, stranger)
    assert not IssuedDocument.objects.exists()


@pytest.mark.requirement("N19", "R56")
def test_the_paper_of_an_amended_laboratory_report_is_marked_at_once(story, signed):
    pay_all(story, signed)
    tester, verifier = technician(), technician("verifier")
    first = take_in_specimen(specimen_id=signed.specimen_ids[0], actor=tester, now=ELEVEN)
    enter(first, tester)
    publish_report(report_id=first, actor=verifier, now=ELEVEN)
    en = PaperLanguage.EN
    paper = print_laboratory_report(report_id=first, language=en, actor=story.patient, now=ELEVEN)
    second = amend_laboratory(first, tester)
    publish_report(report_id=second, actor=verifier, now=ELEVEN)
    assert IssuedDocument.objects.get(number=paper.number).state == "SUPERSEDED"
    assert ResultValue.objects.get(report_id=first, code="WBC").text == "6.1"
    newer = Paper(print_laboratory_report(report_id=second, language=en, actor=story.patient, now=ELEVEN).pdf).text
    assert "Amended report (version 2)" in newer
    assert "Tubes mixed up" in newer
    assert "White blood cells: 6.1 corrected to 9.0 10⁹/L" in newer
    assert "Hemoglobin: " not in newer
    older = Paper(print_laboratory_report(report_id=first, language=en, actor=story.patient, now=ELEVEN).pdf).text
    assert "REPLACED" in older
    assert LabReport.objects.count() == 2


def amend_laboratory(report_id, actor):
    """A new version with another count of white cells, handed to the second person."""
    second = results.amend_report(report_id=report_id, reason="Tubes mixed up", actor=actor, now=ELEVEN)
    results.enter_results(report_id=second, values={"WBC": "9.0"}, actor=actor, now=ELEVEN)
    results.submit_results(report_id=second, actor=actor, now=ELEVEN)
    return second


@pytest.mark.parametrize(
    ("category", "modality", "kind"),
    [
        (ServiceCategory.IMAGING, "", ExamKind.RADIOLOGY),
        (ServiceCategory.IMAGING, "ZZ", ExamKind.RADIOLOGY),
        (ServiceCategory.IMAGING, "OP", ExamKind.OTHER),
        (ServiceCategory.ULTRASOUND, "", ExamKind.ULTRASOUND),
        (ServiceCategory.ENDOSCOPY, "", ExamKind.ENDOSCOPY),
        (ServiceCategory.PATHOLOGY, "ZZ", ExamKind.PATHOLOGY),
        (ServiceCategory.ECG, "", ExamKind.ECG),
    ],
)
def test_without_a_rule_the_kind_is_that_of_the_desk_that_does_it(db, category, modality, kind):
    make_items(new_item("SCAN", service=ServiceFacts(category=category, modality=modality)))
    assert exam_kind_of(item_code="SCAN", now=ELEVEN) is kind


def test_what_imaging_does_without_a_rule_is_read_by_two(story, signed):
    line = OrderLine.objects.get(order__kind="EXAM")
    OrderLine.objects.filter(pk=line.id).update(
        state="EXECUTED", executed_at=ELEVEN, executed_by_id=story.scene.doctor.id
    )
    with pytest.raises(SecondReaderNeeded):
        report(story, line.id)
    assert not read(story, ExamReport.objects.get().id).is_signed
