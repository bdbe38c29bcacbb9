"""The reading room: the most urgent first, one reader at a time, a second one for radiology (R57, domain brief 4)."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from hospital.encounters.tests.clinic import TEN, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results import api
from hospital.results.errors import NotExamReporter, SameReader
from hospital.results.errors.reading import ExamClaimed, NothingToRead
from hospital.results.models import ExamReport, Reading
from hospital.results.services.reading import KEPT_FOR
from hospital.results.types import ExamKind, ExamText, NewReading, ReadingFilter, ReadingStage

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R57")]
TEXT = ExamText(findings=BilingualText("双肺清晰"), impression=BilingualText("未见异常"))
ALL = ReadingFilter()
LATER = TEN + KEPT_FOR + timedelta(seconds=1)


@pytest.fixture
def scene():
    return make_visit()


@pytest.fixture
def reader():
    return make_staff(Role.DOCTOR)


@pytest.fixture
def other():
    return make_staff(Role.DOCTOR)


def wait(scene, *, haste=2, kind=ExamKind.RADIOLOGY, minutes=0, campus="IMC"):
    line_id = new_id()
    reading = NewReading(
        order_line_id=line_id,
        person_id=scene.person_id,
        encounter_id=scene.encounter_id,
        campus_code=campus,
        kind=kind,
        modality="CT",
        name=BilingualText("胸部CT", "CT of the chest"),
        haste=haste,
    )
    api.await_reading(reading=reading, now=TEN - timedelta(minutes=minutes))
    return line_id


def claim(line_id, actor, now=TEN):
    api.claim_reading(order_line_id=line_id, actor=actor, now=now)


def write(scene, line_id, actor, now=TEN, kind=ExamKind.RADIOLOGY):
    return api.write_exam_report(
        order_line_id=line_id,
        encounter_id=scene.encounter_id,
        name=BilingualText("胸部CT"),
        body_part=BilingualText("胸部"),
        examined_at=TEN,
        text=TEXT,
        is_sensitive=False,
        kind=kind,
        actor=actor,
        now=now,
    )


def test_the_most_urgent_and_then_the_oldest_is_next(scene, reader):
    routine, old = wait(scene), wait(scene, minutes=60)
    emergency = wait(scene, haste=0)
    taken = [api.claim_next_reading(wanted=ALL, actor=reader, now=TEN) for _ in range(3)]
    assert taken == [emergency, old, routine]
    with pytest.raises(NothingToRead):
        api.claim_next_reading(wanted=ALL, actor=reader, now=TEN)


def test_a_claim_holds_for_half_an_hour_and_can_be_given_back(scene, reader, other):
    line_id = wait(scene)
    claim(line_id, reader)
    for now in (TEN, LATER - timedelta(minutes=1)):
        with pytest.raises(ExamClaimed):
            claim(line_id, other, now)
    with pytest.raises(ExamClaimed):
        write(scene, line_id, other)
    assert not ExamReport.objects.exists()
    api.give_back_reading(order_line_id=line_id, actor=other, now=TEN)  # not theirs to give
    assert api.find_reading(order_line_id=line_id, now=TEN).reader_id == reader.id
    api.give_back_reading(order_line_id=line_id, actor=reader, now=TEN)
    claim(line_id, other)
    claim(line_id, reader, LATER)


def test_writing_keeps_it_longer(scene, reader, other):
    line_id = wait(scene)
    claim(line_id, reader)
    write(scene, line_id, reader, TEN + timedelta(minutes=20))
    with pytest.raises(ExamClaimed):
        claim(line_id, other, LATER)


def test_a_preliminary_report_waits_for_another_reader_and_closes_with_the_signature(scene, reader, other):
    line_id = wait(scene)
    claim(line_id, reader)
    report_id = write(scene, line_id, reader)
    api.hand_over_exam_report(report_id=report_id, actor=reader, now=TEN)
    view = api.find_reading(order_line_id=line_id, now=TEN)
    assert (view.stage, view.reader_id, view.first_reader_id) == (ReadingStage.SECOND, "", reader.id)
    with pytest.raises(SameReader):
        claim(line_id, reader)
    with pytest.raises(NothingToRead):
        api.claim_next_reading(wanted=ALL, actor=reader, now=TEN)
    assert api.claim_next_reading(wanted=ALL, actor=other, now=TEN) == line_id
    api.sign_exam_report(report_id=report_id, actor=other, now=TEN)
    assert api.find_reading(order_line_id=line_id, now=TEN) is None
    with pytest.raises(NothingToRead):
        claim(line_id, other)


def test_the_first_reader_who_writes_on_is_first_again(scene, reader):
    line_id = wait(scene)
    report_id = write(scene, line_id, reader)
    api.hand_over_exam_report(report_id=report_id, actor=reader, now=TEN)
    write(scene, line_id, reader)
    assert api.find_reading(order_line_id=line_id, now=TEN).stage is ReadingStage.FIRST


def test_who_reads_elsewhere_sees_and_takes_nothing(scene):
    line_id = wait(scene)
    for stranger in (make_staff(Role.NURSE), make_staff(Role.DOCTOR, campus="NORTH")):
        assert api.list_readings(wanted=ALL, page=1, actor=stranger, now=TEN).total == 0
        with pytest.raises(NotExamReporter):
            claim(line_id, stranger)
    assert Reading.objects.get().reader is None


def test_the_list_is_filtered_paged_and_counted_in_four_statements(scene, reader, other, django_assert_num_queries):
    for number in range(33):
        wait(scene, minutes=number)
    ultrasound = wait(scene, kind=ExamKind.ULTRASOUND, haste=1, minutes=90)
    claim(ultrasound, reader)
    with django_assert_num_queries(4):
        page = api.list_readings(wanted=ALL, page=2, actor=reader, now=TEN)
    assert ([view.order_line_id for view in page.mine], len(page.rows), page.total) == ([ultrasound], 3, 33)
    assert [(each.kind, each.waiting, each.hasty) for each in page.counts] == [
        (ExamKind.RADIOLOGY, 33, 0),
        (ExamKind.ULTRASOUND, 1, 1),
    ]
    only = api.list_readings(wanted=ReadingFilter(kind=ExamKind.ULTRASOUND), page=1, actor=other, now=TEN)
    assert [view.reader_id for view in only.rows] == [reader.id]


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_do_not_get_the_same(scene, reader, other):
    chosen = wait(scene)
    won = press_together(lambda actor: claim(chosen, actor), reader, other)
    assert won == [str(Reading.objects.get(pk=chosen).reader_id)]
    next_one = wait(scene, haste=0)
    won = press_together(lambda actor: api.claim_next_reading(wanted=ALL, actor=actor, now=TEN), reader, other)
    assert won == [str(Reading.objects.get(pk=next_one).reader_id)]


def press_together(press, *actors):
    """Who got something."""
    start, won = Barrier(len(actors)), []

    def run(actor):
        start.wait()
        try:
            press(actor)
            won.append(actor.id)
        except (ExamClaimed, NothingToRead):
            pass
        finally:
            connection.close()

    threads = [Thread(target=run, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won
