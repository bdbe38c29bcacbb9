"""Amendments and addenda of a signed examination report: a new version, and the one before is kept (N19)."""

import pytest
from django.db import IntegrityError, transaction

from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN, make_patient, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results import api
from hospital.results.errors import (
    AmendReasonMissing,
    ExamAddendumEmpty,
    ExamAmendmentOpen,
    ExamReportSigned,
    NotExamReporter,
    ReportClosed,
    ReportNotVerified,
    UnknownReport,
)
from hospital.results.models import ExamReport
from hospital.results.tests.factories import ELEVEN
from hospital.results.tests.test_exam_reports import WHOLE, write
from hospital.results.types import AmendmentKind, ExamText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "N19", "R57")]
WHY = BilingualText("左右写错", "Left and right were mixed up")
CORRECTED = ExamText(
    findings=BilingualText("左肺下叶小结节", "Small nodule in the left lower lobe"),
    impression=BilingualText("左肺结节", "Nodule of the left lung"),
)
ADDED = ExamText(addendum=BilingualText("与旧片比较无变化", "Unchanged from the earlier film"))


@pytest.fixture
def scene():
    return make_visit()


@pytest.fixture
def signed(scene):
    return sign(scene)


def sign(scene, *, is_sensitive=False):
    report_id = write(scene, line_id=new_id(), is_sensitive=is_sensitive)
    api.sign_exam_report(report_id=report_id, actor=scene.doctor, now=TEN)
    return report_id


def amend(scene, report_id, *, kind=AmendmentKind.AMENDMENT, reason=WHY, actor=None):
    return api.amend_exam_report(report_id=report_id, kind=kind, reason=reason, actor=actor or scene.doctor, now=ELEVEN)


def write_again(scene, report_id, text, *, is_sensitive=False):
    line_id = ExamReport.objects.get(pk=report_id).order_line_id
    return write(scene, text=text, line_id=line_id, is_sensitive=is_sensitive)


def sign_amended(scene, report_id, *, text=CORRECTED, kind=AmendmentKind.AMENDMENT, is_sensitive=False):
    draft = amend(scene, report_id, kind=kind)
    assert write_again(scene, draft, text, is_sensitive=is_sensitive) == draft
    api.sign_exam_report(report_id=draft, actor=scene.doctor, now=ELEVEN)
    return draft


def read(report_id, scene):
    return api.get_exam_report(report_id=report_id, actor=make_patient(scene.person_id), now=ELEVEN)


def test_an_amendment_takes_the_place_and_both_stay_with_author_time_and_reason(scene, signed):
    second = sign_amended(scene, signed)
    report = read(second, scene)
    assert (report.version, report.text.impression.en) == (2, "Nodule of the left lung")
    assert [(each.version, each.signed_at, each.reason) for each in report.versions] == [
        (1, TEN, BilingualText("")),
        (2, ELEVEN, WHY),
    ]
    assert report.versions[1].signer.zh
    earlier = read(signed, scene)
    assert (earlier.text, earlier.is_current) == (WHOLE, False)
    assert earlier.overtaken_by.id == second
    assert earlier.number == report.number
    (entry,) = list_entries(action="results.amend_exam")
    assert entry.reason == WHY.zh


def test_while_it_is_written_the_signed_report_stays_what_the_patient_reads(scene, signed):
    draft = amend(scene, signed)
    write_again(scene, draft, CORRECTED)
    assert read(signed, scene).is_current
    with pytest.raises(UnknownReport):
        read(draft, scene)
    (line,) = api.list_patient_reports(person_ids=[scene.person_id])
    assert (line.id, line.version) == (signed, 1)


def test_the_list_shows_the_newest_version_once(scene, signed):
    second = sign_amended(scene, signed)
    (line,) = api.list_patient_reports(person_ids=[scene.person_id])
    assert (line.id, line.version) == (second, 2)


def test_an_addendum_leaves_the_text_and_is_read_below_it(scene, signed):
    changed = ExamText(findings=CORRECTED.findings, impression=CORRECTED.impression, addendum=ADDED.addendum)
    second = sign_amended(scene, signed, text=changed, kind=AmendmentKind.ADDENDUM)
    report = read(second, scene)
    assert (report.text.findings, report.text.impression) == (WHOLE.findings, WHOLE.impression)
    assert [each.addendum for each in report.addenda] == [ADDED.addendum]
    assert read(signed, scene).addenda == ()
    third = sign_amended(scene, second)
    assert [each.addendum for each in read(third, scene).addenda] == [ADDED.addendum]


def test_an_empty_addendum_is_not_signed(scene, signed):
    draft = amend(scene, signed, kind=AmendmentKind.ADDENDUM)
    with pytest.raises(ExamAddendumEmpty):
        api.sign_exam_report(report_id=draft, actor=scene.doctor, now=ELEVEN)
    assert read(signed, scene).is_current
    assert ExamReport.objects.get(pk=draft).signed_at is None


def test_an_amendment_says_why(scene, signed):
    with pytest.raises(AmendReasonMissing):
        amend(scene, signed, reason=BilingualText(" ", "Mixed up"))
    assert ExamReport.objects.count() == 1


def test_only_doctors_of_the_campus_amend(scene, signed):
    for actor in (
        make_staff(Role.IMAGING_TECHNICIAN),
        make_staff(Role.DOCTOR, campus="NORTH"),
        make_patient(scene.person_id),
    ):
        with pytest.raises(NotExamReporter):
            amend(scene, signed, actor=actor)
    assert ExamReport.objects.count() == 1


def test_one_amendment_is_open_at_a_time_and_of_the_newest_version_only(scene, signed):
    draft = amend(scene, signed)
    with pytest.raises(ExamAmendmentOpen):
        amend(scene, signed)
    with pytest.raises(ReportNotVerified):
        amend(scene, draft)
    api.sign_exam_report(report_id=draft, actor=scene.doctor, now=ELEVEN)
    with pytest.raises(ReportNotVerified):
        amend(scene, signed)
    assert ExamReport.objects.count() == 2


def test_an_amendment_is_given_up_and_a_signed_one_is_not(scene, signed):
    draft = amend(scene, signed)
    api.drop_exam_amendment(report_id=draft, actor=scene.doctor, now=ELEVEN)
    assert [row.pk for row in ExamReport.objects.all()] == [signed]
    second = sign_amended(scene, signed)
    with pytest.raises(ExamReportSigned):
        api.drop_exam_amendment(report_id=second, actor=scene.doctor, now=ELEVEN)
    first = write(scene)
    with pytest.raises(UnknownReport):
        api.drop_exam_amendment(report_id=first, actor=scene.doctor, now=ELEVEN)
    assert ExamReport.objects.count() == 3


def test_an_amendment_that_the_doctor_speaks_about_first_closes_both(scene, signed):
    second = sign_amended(scene, signed, is_sensitive=True)
    for report_id in (signed, second):
        with pytest.raises(ReportClosed):
            read(report_id, scene)
    api.release_exam_report(report_id=second, actor=scene.doctor, now=ELEVEN)
    assert [each.id for each in read(second, scene).versions] == [signed, second]


def test_a_version_that_was_never_opened_to_the_patient_stays_unknown_to_them(scene):
    held = sign(scene, is_sensitive=True)
    second = sign_amended(scene, held)
    assert [each.id for each in read(second, scene).versions] == [second]
    with pytest.raises(UnknownReport):
        read(held, scene)
    with pytest.raises(ReportNotVerified):
        api.release_exam_report(report_id=held, actor=scene.doctor, now=ELEVEN)


def test_the_database_keeps_overtaken_versions_and_one_current(scene, signed):
    sign_amended(scene, signed)
    rows = ExamReport.objects.filter(pk=signed)
    for change in ({"findings_zh": "改"}, {"superseded_at": None}, {"amend_reason_zh": "改"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_a_person_s_reports_are_the_current_ones_with_their_history(scene, signed):
    second = sign_amended(scene, signed)
    sign(scene, is_sensitive=True)
    patient = make_patient(scene.person_id)
    (report,) = api.list_person_exam_reports(person_id=scene.person_id, actor=patient, now=ELEVEN)
    assert (report.id, len(report.versions)) == (second, 2)
    assert len(api.list_person_exam_reports(person_id=scene.person_id, actor=scene.doctor, now=ELEVEN)) == 2
