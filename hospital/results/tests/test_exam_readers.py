"""Radiology is read by two doctors; key images belong to a version; critical findings have the loop of values (R57)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hospital.encounters.tests.clinic import TEN, make_patient, make_staff, make_visit
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results import api
from hospital.results.errors import (
    AlertClosed,
    BadExamField,
    CallIncomplete,
    ExamReportSigned,
    FindingMissing,
    NotExamReporter,
    ReportNotVerified,
    SameReader,
    SecondReaderNeeded,
    TooManyKeyImages,
    UnknownReport,
)
from hospital.results.models import CriticalAlert, ExamKeyImage, ExamReport
from hospital.results.tests.factories import ELEVEN
from hospital.results.tests.test_exam_reports import WHOLE
from hospital.results.types import AmendmentKind, ExamKind

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R57", "N19")]
FINDING = BilingualText("右侧张力性气胸", "Tension pneumothorax on the right")


@pytest.fixture
def scene():
    return make_visit()


@pytest.fixture
def second():
    return make_staff(Role.DOCTOR)


def write(scene, *, kind=ExamKind.RADIOLOGY, actor=None, line_id=None, fields=None):
    return api.write_exam_report(
        order_line_id=line_id or new_id(),
        encounter_id=scene.encounter_id,
        name=BilingualText("胸部CT", "CT of the chest"),
        body_part=BilingualText("胸部", "Chest"),
        examined_at=TEN,
        text=WHOLE,
        is_sensitive=False,
        kind=kind,
        fields=fields,
        actor=actor or scene.doctor,
        now=TEN,
    )


def hand_over(scene, report_id):
    api.hand_over_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)


def add_image(report_id, actor, *, uid="1.2.3", caption="结节"):
    return api.add_key_image(
        report_id=report_id,
        instance_uid=uid,
        frame=1,
        window="LUNG",
        caption=BilingualText(caption, "Nodule"),
        picture=b"jpeg",
        actor=actor,
        now=TEN,
    )


def test_radiology_is_preliminary_until_a_second_doctor_signs(scene, second):
    report_id = write(scene)
    with pytest.raises(SecondReaderNeeded):
        api.sign_exam_report(report_id=report_id, actor=second, now=TEN)
    hand_over(scene, report_id)
    report = api.get_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    assert (report.is_preliminary, report.first_reader_id) == (True, scene.doctor.id)
    with pytest.raises(UnknownReport):
        api.get_exam_report(report_id=report_id, actor=make_patient(scene.person_id), now=TEN)
    with pytest.raises(SameReader):
        api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=ELEVEN)
    assert ExamReport.objects.get().signed_at is None
    assert api.sign_exam_report(report_id=report_id, actor=second, now=ELEVEN)
    report = api.get_exam_report(report_id=report_id, actor=make_patient(scene.person_id), now=ELEVEN)
    assert (report.is_preliminary, report.first_read_at) == (False, TEN)


def test_a_first_reader_who_writes_again_hands_over_again_and_a_second_need_not(scene, second):
    line_id = new_id()
    report_id = write(scene, line_id=line_id)
    hand_over(scene, report_id)
    write(scene, line_id=line_id)
    with pytest.raises(SecondReaderNeeded):
        api.sign_exam_report(report_id=report_id, actor=second, now=TEN)
    hand_over(scene, report_id)
    write(scene, line_id=line_id, actor=second)
    assert api.sign_exam_report(report_id=report_id, actor=second, now=ELEVEN)


def test_the_database_refuses_one_reader_alone(scene):
    report_id = write(scene)
    for reader in (None, scene.doctor.id):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExamReport.objects.filter(pk=report_id).update(
                signed_by_id=scene.doctor.id,
                signed_at=ELEVEN,
                first_read_by_id=reader,
                first_read_at=TEN if reader else None,
            )


def test_pathology_is_never_open_before_it_is_signed(scene):
    report_id = write(scene, kind=ExamKind.PATHOLOGY)
    with pytest.raises(ReportNotVerified):
        api.release_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExamReport.objects.filter(pk=report_id).update(released_at=TEN)
    assert api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)


def test_the_fields_of_the_kind_are_kept_and_go_into_the_next_version(scene):
    line_id = new_id()
    good = {"QTC": BilingualText("412"), "RHYTHM": BilingualText("SINUS")}
    report_id = write(scene, kind=ExamKind.ECG, line_id=line_id, fields=good)
    with pytest.raises(BadExamField):
        write(scene, kind=ExamKind.ECG, line_id=line_id, fields={"QTC": BilingualText("fast")})
    write(scene, kind=ExamKind.ECG, line_id=line_id)  # without fields they stay
    api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    draft = api.amend_exam_report(
        report_id=report_id,
        kind=AmendmentKind.AMENDMENT,
        reason=BilingualText("改"),
        actor=scene.doctor,
        now=ELEVEN,
    )
    facts = api.get_exam_report(report_id=draft, actor=scene.doctor, now=ELEVEN).facts
    assert [fact.value.en for fact in facts] == ["Sinus rhythm", "412 ms"]


def test_key_images_belong_to_the_version_and_stay_once_it_is_signed(scene):
    report_id = write(scene, kind=ExamKind.OTHER)
    first = add_image(report_id, scene.doctor)
    assert add_image(report_id, scene.doctor, caption="改") == first
    other = add_image(report_id, scene.doctor, uid="1.2.4")
    api.drop_key_image(report_id=report_id, image_id=other, actor=scene.doctor, now=TEN)
    api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    with pytest.raises(ExamReportSigned):
        add_image(report_id, scene.doctor, uid="1.2.5")
    with pytest.raises(ExamReportSigned):
        api.drop_key_image(report_id=report_id, image_id=first, actor=scene.doctor, now=TEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExamKeyImage.objects.filter(pk=first).update(caption_zh="别的")
    draft = api.amend_exam_report(
        report_id=report_id, kind=AmendmentKind.AMENDMENT, reason=BilingualText("改"), actor=scene.doctor, now=ELEVEN
    )
    (copied,) = api.get_exam_report(report_id=draft, actor=scene.doctor, now=ELEVEN).key_images
    assert copied.caption.zh == "改"
    assert api.get_key_picture(image_id=copied.id, report_id=draft) == b"jpeg"
    with pytest.raises(UnknownReport):
        api.get_key_picture(image_id=copied.id, report_id=report_id)
    api.drop_exam_amendment(report_id=draft, actor=scene.doctor, now=ELEVEN)
    assert ExamKeyImage.objects.count() == 1


def test_a_report_holds_a_few_images_and_strangers_choose_none(scene):
    report_id = write(scene)
    for number in range(6):
        add_image(report_id, scene.doctor, uid=f"1.2.{number}")
    with pytest.raises(TooManyKeyImages):
        add_image(report_id, scene.doctor, uid="1.2.9")
    with pytest.raises(NotExamReporter):
        add_image(report_id, make_staff(Role.DOCTOR, campus="NORTH"), uid="1.2.1")
    assert ExamKeyImage.objects.count() == 6


def test_a_critical_finding_is_told_read_back_taken_over_and_else_escalated(scene, second):
    report_id = write(scene)
    with pytest.raises(FindingMissing):
        api.raise_critical_finding(
            report_id=report_id, finding=BilingualText(" "), answered_by="", actor=second, now=TEN
        )
    alert_id = api.raise_critical_finding(report_id=report_id, finding=FINDING, answered_by="", actor=second, now=TEN)
    (line,) = api.list_open_alerts(actor=scene.doctor)
    assert (line.value, line.is_mine, line.was_called) == (FINDING, True, False)
    assert api.list_open_alerts(actor=second) == []  # of a colleague, not escalated yet
    with pytest.raises(CallIncomplete):
        api.record_finding_call(alert_id=alert_id, answered_by=" ", actor=second, now=TEN)
    api.record_finding_call(alert_id=alert_id, answered_by="Dr Zhou", actor=second, now=TEN)
    with pytest.raises(AlertClosed):
        api.record_finding_call(alert_id=alert_id, answered_by="Dr Lin", actor=second, now=TEN)
    clock = system_actor("escalate_critical")
    assert api.escalate_critical_values(actor=clock, now=TEN + timedelta(minutes=11)) == 1
    (line,) = api.list_open_alerts(actor=second)
    assert (line.was_called, line.level) == (True, 1)
    api.acknowledge_critical_value(alert_id=alert_id, action="穿刺", actor=scene.doctor, now=ELEVEN)
    assert api.list_open_alerts(actor=scene.doctor) == []
    (told,) = api.list_finding_alerts(report_id=report_id)
    assert (told.answered_by, told.action, told.level) == ("Dr Zhou", "穿刺", 1)


def test_an_alert_is_of_a_value_or_of_a_finding(scene):
    report_id = write(scene)
    api.raise_critical_finding(report_id=report_id, finding=FINDING, answered_by="Dr Zhou", actor=scene.doctor, now=TEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        CriticalAlert.objects.update(exam_report=None)
