"""Images are shown to whoever may read the examination and leave a trace; nobody needs them to read the report."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.cache import cache

from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText
from hospital.orders.models import OrderLine
from hospital.patients.errors import NoCareRelation, UnknownPerson
from hospital.patients.models import LocalNumber
from hospital.results.errors import ReportClosed, UnknownExamination
from hospital.results.tests.factories import ELEVEN
from hospital.results.types import ExamText
from hospital.workflows.errors import ArchiveAway, UnknownImage
from hospital.workflows.exam_images import (
    ImagePlace,
    ImageWindow,
    list_exam_images,
    list_report_images,
    read_place,
    render_exam_image,
    render_report_image,
)
from hospital.workflows.report_exam import sign_exam_report, write_exam_report
from hospital.workflows.tests.archive import FakeArchive
from hospital.workflows.tests.factories import make_story, read_by_one, sign

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R57", "A08")]
TEXT = ExamText(findings=BilingualText("清晰", "Clear"), impression=BilingualText("正常", "Normal"))


@pytest.fixture
def story(settings, acquirer):
    settings.IMAGE_ARCHIVE = "hospital.workflows.tests.archive.make_archive"
    cache.clear()
    FakeArchive.asked, FakeArchive.is_away = [], False
    story = make_story()
    sign(story)
    FakeArchive.patient_id = LocalNumber.objects.filter(person_id=story.scene.person_id).first().mrn
    return story


@pytest.fixture
def line_id(story):
    line = OrderLine.objects.get(order__kind="EXAM")
    read_by_one()
    OrderLine.objects.filter(pk=line.id).update(
        state="EXECUTED", executed_at=ELEVEN, executed_by_id=story.scene.doctor.id
    )
    return line.id


def report(story, line_id, *, is_sensitive=False):
    doctor = story.scene.doctor
    report_id = write_exam_report(line_id=line_id, text=TEXT, is_sensitive=is_sensitive, actor=doctor, now=ELEVEN)
    sign_exam_report(report_id=report_id, actor=doctor, now=ELEVEN)
    return report_id


def test_the_doctor_looks_through_a_stack_with_one_question_and_one_trace(story, line_id):
    doctor = story.scene.doctor
    found = list_exam_images(line_id=line_id, actor=doctor, now=ELEVEN)
    assert [len(series.images) for series in found.series] == [3]
    for image in (0, 1):
        picture = render_exam_image(
            line_id=line_id, place=ImagePlace(0, image), window=ImageWindow.LUNG, actor=doctor, now=ELEVEN
        )
        assert picture.startswith(f"1.2.{image + 1} 1 Window(center=-600".encode())
    assert FakeArchive.asked == ["find", "list", "render", "render"]
    (entry,) = list_entries(action="results.view_images")
    assert (entry.actor_id, entry.person_id, entry.subject_id) == (doctor.id, story.scene.person_id, str(line_id))


def test_the_patient_sees_the_images_once_the_report_is_open(story, line_id):
    held = report(story, line_id, is_sensitive=True)
    for look in (
        lambda: list_report_images(report_id=held, actor=story.patient, now=ELEVEN),
        lambda: render_report_image(
            report_id=held, place=ImagePlace(0, 0), window=None, actor=story.patient, now=ELEVEN
        ),
    ):
        with pytest.raises(ReportClosed):
            look()
    assert FakeArchive.asked == []


def test_an_open_report_has_images_for_its_patient_and_for_nobody_else(story, line_id):
    report_id = report(story, line_id)
    assert list_report_images(report_id=report_id, actor=story.patient, now=ELEVEN).series
    assert len(list_entries(action="results.view_images", person_id=story.scene.person_id)) == 1
    stranger = make_staff(Role.DOCTOR, campus="NORTH")
    make_visit()
    with pytest.raises(NoCareRelation):
        list_exam_images(line_id=line_id, actor=stranger, now=ELEVEN)
    other = replace(story.patient, id=str(uuid4()))
    with pytest.raises(UnknownPerson):
        list_report_images(report_id=report_id, actor=other, now=ELEVEN)


def test_images_under_another_record_number_are_not_shown(story, line_id):
    FakeArchive.patient_id = "SOMEBODY-ELSE"
    found = list_exam_images(line_id=line_id, actor=story.scene.doctor, now=ELEVEN)
    assert (found.series, found.is_away) == ((), False)


def test_an_archive_that_is_away_is_told_apart_from_an_empty_one(story, line_id):
    FakeArchive.is_away = True
    assert list_exam_images(line_id=line_id, actor=story.scene.doctor, now=ELEVEN).is_away
    with pytest.raises(ArchiveAway):
        render_exam_image(line_id=line_id, place=ImagePlace(0, 0), window=None, actor=story.scene.doctor, now=ELEVEN)
    FakeArchive.is_away = False
    assert list_exam_images(line_id=line_id, actor=story.scene.doctor, now=ELEVEN).series


@pytest.mark.parametrize(
    "place", ["0.3.1", "1.0.1", "0.0.2", "0.0.0", "0.2.1", "a.b.c", "0.0", "-1.0.1", "0.0.1.1", ""]
)
def test_what_is_not_there_is_not_there(story, line_id, place):
    with pytest.raises(UnknownImage):
        render_exam_image(line_id=line_id, place=read_place(place), window=None, actor=story.scene.doctor, now=ELEVEN)


def test_what_was_not_examined_has_no_images(story):
    line = OrderLine.objects.get(order__kind="EXAM")
    with pytest.raises(UnknownExamination):
        list_exam_images(line_id=line.id, actor=story.scene.doctor, now=ELEVEN)
