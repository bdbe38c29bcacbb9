"""Examination reports: written by a doctor, signed once, closed while the doctor wants to speak first."""

import pytest
from django.db import IntegrityError, transaction

from hospital.encounters.errors import NotClinicalStaff, NotYourPatient
from hospital.encounters.tests.clinic import TEN, make_patient, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results import api
from hospital.results.errors import (
    ExamReportIncomplete,
    ExamReportSigned,
    NotExamReporter,
    NotHeld,
    ReportClosed,
    UnknownReport,
)
from hospital.results.models import ExamReport
from hospital.results.types import ExamText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "N14", "R57")]
WHOLE = ExamText(
    findings=BilingualText("双肺纹理清晰", "Lungs clear"), impression=BilingualText("未见异常", "No abnormality seen")
)


def write(scene, *, text=WHOLE, is_sensitive=False, actor=None, line_id=None):
    return api.write_exam_report(
        order_line_id=line_id or new_id(),
        encounter_id=scene.encounter_id,
        name=BilingualText("胸部正位片", "Chest X-ray"),
        body_part=BilingualText("胸部", "Chest"),
        examined_at=TEN,
        text=text,
        is_sensitive=is_sensitive,
        actor=actor or scene.doctor,
        now=TEN,
    )


@pytest.fixture
def scene():
    return make_visit()


def test_a_draft_is_written_again_and_the_patient_sees_none_of_it(scene):
    line_id = new_id()
    first = write(scene, text=ExamText(), line_id=line_id)
    assert write(scene, line_id=line_id) == first
    with pytest.raises(UnknownReport):
        api.get_exam_report(report_id=first, actor=make_patient(scene.person_id), now=TEN)
    assert api.list_patient_reports(person_ids=[scene.person_id]) == []


def test_a_signed_report_is_read_and_stays(scene):
    report_id = write(scene)
    assert api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    report = api.get_exam_report(report_id=report_id, actor=make_patient(scene.person_id), now=TEN)
    assert report.text.impression.en == "No abnormality seen"
    with pytest.raises(ExamReportSigned):
        write(scene, line_id=report.order_line_id)
    with pytest.raises(ExamReportSigned):
        api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExamReport.objects.filter(pk=report_id).update(findings_zh="改")


def test_what_lacks_an_impression_is_not_signed(scene):
    report_id = write(scene, text=ExamText(findings=BilingualText("双肺清")))
    with pytest.raises(ExamReportIncomplete):
        api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    assert ExamReport.objects.get().signed_at is None


def test_a_sensitive_report_is_closed_until_the_doctor_of_the_visit_opens_it(scene):
    patient = make_patient(scene.person_id)
    report_id = write(scene, is_sensitive=True)
    assert not api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    with pytest.raises(ReportClosed):
        api.get_exam_report(report_id=report_id, actor=patient, now=TEN)
    (line,) = api.list_patient_reports(person_ids=[scene.person_id])
    assert (line.state, line.flagged) == ("CLOSED", None)
    with pytest.raises(NotYourPatient):
        api.release_exam_report(report_id=report_id, actor=make_staff(Role.DOCTOR), now=TEN)
    api.release_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    assert api.get_exam_report(report_id=report_id, actor=patient, now=TEN).released_at == TEN
    with pytest.raises(NotHeld):
        api.release_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)


def test_only_the_campus_s_doctors_and_technicians_write_and_only_doctors_sign(scene):
    for actor in (make_staff(Role.CASHIER), make_staff(Role.DOCTOR, campus="NORTH"), make_patient(scene.person_id)):
        with pytest.raises(NotExamReporter):
            write(scene, actor=actor)
    report_id = write(scene, actor=make_staff(Role.IMAGING_TECHNICIAN))
    with pytest.raises(NotExamReporter):
        api.sign_exam_report(report_id=report_id, actor=make_staff(Role.IMAGING_TECHNICIAN), now=TEN)


@pytest.mark.parametrize("role", [Role.CASHIER, Role.REGISTRAR])
def test_a_cashier_or_registrar_reads_no_report(scene, role):
    report_id = write(scene)
    with pytest.raises(NotClinicalStaff):
        api.get_exam_report(report_id=report_id, actor=make_staff(role), now=TEN)
    with pytest.raises(NotClinicalStaff):
        api.list_reports(person_id=scene.person_id, actor=make_staff(role), now=TEN)
