"""Images in the app: once the report is open, rendered by us, never by an identifier (A08, W26, R57)."""

import pytest
from django.core.cache import cache

from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.types import BilingualText
from hospital.orders.models import OrderLine
from hospital.patient_api.tests.callers import code_of
from hospital.patient_api.tests.factories import answer_of
from hospital.patients.models import LocalNumber
from hospital.results import api as results
from hospital.results.tests.test_exam_reports import WHOLE
from hospital.results.types import ExamKind
from hospital.workflows.tests.archive import FakeArchive

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "W26", "R57")]


@pytest.fixture
def archive(settings, world):
    settings.IMAGE_ARCHIVE = "hospital.workflows.tests.archive.make_archive"
    cache.clear()
    FakeArchive.is_away = False
    FakeArchive.patient_id = LocalNumber.objects.filter(person_id=world.person_id).first().mrn


def report(world, *, is_sensitive=False):
    """A signed ECG with a key image."""
    doctor = world.story.scene.doctor
    report_id = results.write_exam_report(
        order_line_id=OrderLine.objects.filter(order__kind="EXAM").first().id,
        encounter_id=world.story.encounter_id,
        name=BilingualText("心电图", "ECG"),
        body_part=BilingualText("心脏", "Heart"),
        examined_at=TEN,
        text=WHOLE,
        is_sensitive=is_sensitive,
        kind=ExamKind.ECG,
        fields={"QTC": BilingualText("412")},
        actor=doctor,
        now=TEN,
    )
    results.add_key_image(
        report_id=report_id,
        instance_uid="1.2.1",
        frame=1,
        window="",
        caption=BilingualText("导联", "Lead II"),
        picture=b"jpeg",
        actor=doctor,
        now=TEN,
    )
    results.sign_exam_report(report_id=report_id, actor=doctor, now=TEN)
    return f"/exam-reports/{report_id}"


def test_the_patient_leafs_through_the_images_and_leaves_a_trace(world, archive):
    path = report(world)
    found = answer_of(world.owner.get(f"{path}/images"))
    assert (found["is_away"], [len(series["frames"]) for series in found["series"]]) == (False, [3])
    picture = world.owner.get(f"{path}/images/{found['series'][0]['frames'][1]}")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store")
    assert picture.content.startswith(b"1.2.2")
    missing = world.owner.get(f"{path}/images/0.9.1")
    assert (missing.status_code, code_of(missing)) == (404, "unknown_image")
    assert len(list_entries(action="results.view_images", person_id=world.person_id)) == 1


def test_the_report_has_the_fields_of_its_kind_and_its_images(world, archive):
    path = report(world)
    found = answer_of(world.owner.get(path))
    assert [fact["value"]["en"] for fact in found["facts"]] == ["412 ms"]
    (image,) = found["key_images"]
    assert image["caption"]["en"] == "Lead II"
    assert world.owner.get(f"{path}/key-images/{image['id']}").content == b"jpeg"


def test_a_closed_report_shows_no_image_and_an_archive_that_is_away_is_said(world, archive):
    path = report(world, is_sensitive=True)
    for tail in ("/images", "/images/0.0.1"):
        answer = world.owner.get(f"{path}{tail}")
        assert (answer.status_code, code_of(answer)) == (409, "report_closed")
    FakeArchive.is_away = True
    report_id = path.rsplit("/", 1)[1]
    results.release_exam_report(report_id=report_id, actor=world.story.scene.doctor, now=TEN)
    assert answer_of(world.owner.get(f"{path}/images")) == {"is_away": True, "series": []}
    answer = world.owner.get(f"{path}/images/0.0.1")
    assert (answer.status_code, code_of(answer)) == (503, "archive_away")
