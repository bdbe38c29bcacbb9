"""A recent recognized result spares a test, unless a listed reason is given (N11, domain brief 4)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.campuses.models import Campus
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.types import BilingualText
from hospital.orders.api import count_repeats
from hospital.orders.errors import RepeatNoteMissing
from hospital.orders.models import OrderLine
from hospital.orders.types import OrderKind, Repeat, RepeatReason
from hospital.results import api as results
from hospital.results.errors import BadOutsideResult, BadRecognition, NotLaboratoryStaff
from hospital.results.models import LabReport, Recognition, ResultValue
from hospital.results.tests.factories import ELEVEN, ask, enter, receive, technician
from hospital.results.types import RecognitionMark, RecognitionScope
from hospital.workflows.errors import RecentResultExists
from hospital.workflows.order_test import find_recent_result, order_test
from hospital.workflows.tests.factories import make_story

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N11")]
CBC = "CBC"


def make_mark(*, days=7, valid_to=date(2027, 1, 1), scope=RecognitionScope.NATIONAL, code=CBC):
    return RecognitionMark(
        item_code=code,
        name=BilingualText("血细胞分析", "Complete blood count"),
        scope=scope,
        region=BilingualText("粤", "Guangdong") if scope is RecognitionScope.REGIONAL else BilingualText(""),
        valid_from=date(2026, 1, 1),
        valid_to=valid_to,
        days=days,
    )


@pytest.fixture
def story():
    return make_story()


def report(story, *, mark=True):
    """A verified blood count of the visit."""
    if mark:
        results.load_recognitions(campus_code="IMC", marks=[make_mark()], now=TEN)
    (specimen_id,) = ask(story.scene)
    report_id = receive(specimen_id, technician())
    enter(report_id, technician())
    results.verify_report(report_id=report_id, actor=technician("verifier"), now=ELEVEN)
    return report_id


def order(story, *, now=ELEVEN, repeat=None):
    return order_test(
        encounter_id=story.scene.encounter_id,
        kind=OrderKind.LAB,
        item_code=CBC,
        repeat=repeat,
        actor=story.scene.doctor,
        now=now,
    )


def find(story, *, now=ELEVEN):
    return find_recent_result(
        encounter_id=story.scene.encounter_id, kind=OrderKind.LAB, item_code=CBC, actor=story.scene.doctor, now=now
    )


def test_a_recent_result_holds_the_order_back_until_a_reason_is_given(story):
    report_id = report(story)
    with pytest.raises(RecentResultExists):
        order(story)
    assert not OrderLine.objects.exists()
    line_id = order(story, repeat=Repeat(reason=RepeatReason.FAST_CHANGING, result_id=report_id))
    line = OrderLine.objects.get(pk=line_id)
    assert (line.repeat_reason, line.repeated_result) == ("FAST_CHANGING", report_id)


def test_another_reason_says_which_and_a_reason_for_another_result_does_not_count(story):
    report_id = report(story)
    with pytest.raises(RepeatNoteMissing):
        order(story, repeat=Repeat(reason=RepeatReason.OTHER, result_id=report_id, note=" "))
    with pytest.raises(RecentResultExists):
        order(story, repeat=Repeat(reason=RepeatReason.EMERGENCY, result_id=story.scene.encounter_id))
    assert not OrderLine.objects.exists()
    order(story, repeat=Repeat(reason=RepeatReason.OTHER, result_id=report_id, note="Sample of the trial"))


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_to": date(2026, 11, 24)},  # the mark had ended before the sample was taken
        {"valid_from": date(2026, 11, 26)},
        {"item_code": "OTHER"},
        {"campus_id": "NORTH"},  # this campus has no mark
    ],
)
def test_a_result_without_a_mark_of_its_day_and_campus_spares_nothing(story, changes):
    report(story)
    Campus.objects.get_or_create(pk="NORTH", defaults={"name_zh": "北院区", "name_en": "North Campus"})
    Recognition.objects.update(**changes)
    assert find(story) is None
    assert OrderLine.objects.get(pk=order(story)).repeat_reason == ""


def test_a_result_counts_for_its_days_and_over_all_campuses(story):
    report_id = report(story)
    Campus.objects.get_or_create(pk="NORTH", defaults={"name_zh": "北院区", "name_en": "North Campus"})
    LabReport.objects.get().specimen.__class__.objects.update(campus_id="NORTH")
    Recognition.objects.update(campus_id="NORTH")
    with CaptureQueriesContext(connection) as statements:
        found = results.find_recent_test(person_id=story.scene.person_id, item_code=CBC, now=ELEVEN)
    assert len(statements) == 1
    assert found is not None
    assert (found.id, found.place.en, found.mark.en, found.flagged) == (report_id, "North Campus", "National HR", 0)
    assert find(story, now=ELEVEN + timedelta(days=7)) is not None
    assert find(story, now=ELEVEN + timedelta(days=8)) is None


def test_values_carry_the_mark_of_the_day_and_keep_it(story):
    report(story)
    assert {each.recognition_en for each in ResultValue.objects.all()} == {"National HR"}
    results.load_recognitions(campus_code="IMC", marks=[make_mark(scope=RecognitionScope.REGIONAL)], now=TEN)
    assert {each.recognition_zh for each in ResultValue.objects.all()} == {"全国HR"}


def test_a_result_of_another_hospital_counts_for_the_days_of_this_campus(story):
    results.load_recognitions(campus_code="IMC", marks=[make_mark()], now=TEN)
    facts = {
        "person_id": story.scene.person_id,
        "item_code": CBC,
        "name": BilingualText("血细胞分析", "Complete blood count"),
        "mark": "全国HR",
        "text": "WBC 6.1",
        "actor": story.scene.doctor,
        "now": TEN,
    }
    with pytest.raises(BadOutsideResult):
        results.enter_outside_result(institution=" ", done_on=date(2026, 11, 20), **facts)
    with pytest.raises(BadOutsideResult):
        results.enter_outside_result(institution="Yunshan Hospital", done_on=date(2026, 11, 26), **facts)
    first = results.enter_outside_result(institution="Yunshan Hospital", done_on=date(2026, 11, 20), **facts)
    assert results.enter_outside_result(institution="Yunshan Hospital", done_on=date(2026, 11, 20), **facts) == first
    found = find(story)
    assert found is not None
    assert (found.id, found.text, found.place.en) == (first, BilingualText("WBC 6.1", "WBC 6.1"), "Yunshan Hospital")
    assert find(story, now=TEN + timedelta(days=3)) is None


def test_reasons_are_counted_where_the_order_was_signed(story):
    report_id = report(story)
    line_id = order(story, repeat=Repeat(reason=RepeatReason.EMERGENCY, result_id=report_id))
    assert count_repeats(campus_code="IMC", since=TEN) == {}
    line = OrderLine.objects.select_related("order").get(pk=line_id)
    line.order.__class__.objects.update(state="SIGNED", signed_at=ELEVEN, signed_by_id=story.scene.doctor.id)
    assert count_repeats(campus_code="IMC", since=TEN) == {RepeatReason.EMERGENCY: 1}
    assert count_repeats(campus_code="NORTH", since=TEN) == {}


def test_the_laboratory_of_the_campus_keeps_its_marks(story):
    tester = technician()
    results.set_recognition(campus_code="IMC", mark=make_mark(days=3), actor=tester, now=TEN)
    results.set_recognition(campus_code="IMC", mark=make_mark(days=5), actor=tester, now=TEN)
    (row,) = results.list_recognitions(campus_code="IMC", actor=tester)
    assert row.facts.days == 5
    with pytest.raises(NotLaboratoryStaff):
        results.set_recognition(campus_code="IMC", mark=make_mark(), actor=story.scene.doctor, now=TEN)
    for wrong in (make_mark(days=0), make_mark(valid_to=date(2025, 1, 1)), make_mark(days=400)):
        with pytest.raises(BadRecognition):
            results.set_recognition(campus_code="IMC", mark=wrong, actor=tester, now=TEN)
    assert Recognition.objects.get().days == 5
