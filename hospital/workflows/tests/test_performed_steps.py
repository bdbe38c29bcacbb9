"""What a device says: begun, ended, stopped; said again nothing changes, only its own campus is believed (R57)."""

from typing import Any

import pytest

from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN, make_campus
from hospital.examinations.api import get_booking, list_steps, number_studies
from hospital.examinations.models import Device, ExamBooking, ExamStep
from hospital.examinations.states import BookingState, StepState
from hospital.examinations.types import StepAnswer
from hospital.orders.models import OrderLine
from hospital.workflows.device_worklist import list_worklist
from hospital.workflows.performed_steps import begin_performed_step, end_performed_step
from hospital.workflows.tests.exams import make_exams

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer"), pytest.mark.requirement("R57", "N18")]
HERE: dict[str, Any] = {"address": "10.0.0.7", "now": TEN}


@pytest.fixture
def exams():
    exams = make_exams("USA", "USB")
    Device.objects.filter(modality="US").update(ae_title="US_ROOM_1")
    return exams


def accession(exams, code="USA"):
    line_id = exams.lines[code]
    return number_studies(line_ids=[line_id], now=TEN)[line_id].accession


def begin(*accessions, uid="1.2.3", caller="US_ROOM_1", studies=()):
    return begin_performed_step(ae_title=caller, step_uid=uid, accessions=accessions, study_uids=studies, **HERE)


def end(state, *, uid="1.2.3", caller="US_ROOM_1", reason=""):
    return end_performed_step(ae_title=caller, step_uid=uid, state=state, reason=reason, **HERE)


def test_a_booking_is_in_progress_and_a_stopped_one_waits_again(exams):
    booked = exams.book()["USA"]
    assert [begin(accession(exams)), begin(accession(exams))] == [StepAnswer.OK, StepAnswer.OK]
    card = get_booking(booking_id=booked, now=TEN)
    assert (card.state, card.started_at, card.called_at) == (BookingState.IN_PROGRESS, TEN, TEN)
    assert end(StepState.DISCONTINUED, reason="Patient moved") is StepAnswer.OK
    assert get_booking(booking_id=booked, now=TEN).state is BookingState.CHECKED_IN
    assert list_steps(order_line_ids=[exams.lines["USA"]])[exams.lines["USA"]].reason == "Patient moved"
    assert begin(accession(exams), uid="1.2.4") is StepAnswer.OK
    assert end(StepState.COMPLETED, uid="1.2.4") is StepAnswer.OK
    assert get_booking(booking_id=booked, now=TEN).state is BookingState.IN_PROGRESS
    assert OrderLine.objects.get(pk=exams.lines["USA"]).state == "PENDING"  # a technician says that it is done


def test_one_step_of_two_examinations_by_their_studies(exams):
    studies = [f"2.25.{exams.lines[code].int}" for code in ("USA", "USB")]
    number_studies(line_ids=list(exams.lines.values()), now=TEN)
    assert begin(studies=studies) is StepAnswer.OK
    assert ExamStep.objects.count() == 2
    assert begin(accession(exams)) is StepAnswer.TAKEN


@pytest.mark.parametrize("wrong", ["E261125999999", ""])
def test_a_number_that_is_not_ours_is_refused_and_traced(exams, wrong):
    assert begin(*filter(None, [wrong]), studies=["1.2.840.1", "2.25.abc"]) is StepAnswer.UNKNOWN_EXAM
    assert begin(accession(exams), "E261125999999") is StepAnswer.UNKNOWN_EXAM
    assert not ExamStep.objects.exists()
    assert all(entry.was_refused for entry in list_entries(action="examinations.performed_step"))


def test_another_campus_a_canceled_order_and_another_device_are_refused(exams):
    make_campus("NORTH")
    far = Device.objects.create(
        code="N-US1", campus_id="NORTH", modality="US", name_zh="彩超", name_en="Ultrasound", ae_title="FAR"
    )
    assert begin(accession(exams), caller=far.ae_title) is StepAnswer.UNKNOWN_EXAM
    assert begin(accession(exams), caller="NOBODY") is StepAnswer.UNKNOWN_EXAM
    OrderLine.objects.filter(pk=exams.lines["USB"]).update(state="CANCELLED", cancelled_at=TEN, cancel_reason="test")
    assert begin(accession(exams, "USB")) is StepAnswer.UNKNOWN_EXAM
    begin(accession(exams))
    assert end(StepState.COMPLETED, caller="FAR") is StepAnswer.UNKNOWN_STEP
    assert ExamStep.objects.get().state == "IN_PROGRESS"
    assert end(StepState.IN_PROGRESS) is StepAnswer.OK
    assert end(StepState.COMPLETED) is StepAnswer.OK
    assert end(StepState.DISCONTINUED) is StepAnswer.OVER


def test_who_has_no_booking_is_on_the_list_of_today_once_paid(exams):
    def listed(first=None, last=None):
        return [item.item_code for item in list_worklist(ae_title="US_ROOM_1", first=first, last=last, now=TEN)]

    assert sorted(listed()) == ["USA", "USB"]
    tomorrow = TEN.date().replace(day=26)
    assert listed(tomorrow, tomorrow) == []
    items = list_worklist(ae_title="US_ROOM_1", first=None, last=None, now=TEN)
    assert {(item.ae_title, item.has_time, len(item.numbers.accession) <= 16) for item in items} == {
        ("US_ROOM_1", False, True)
    }
    exams.book("USA")
    ExamBooking.objects.update(state="DONE", ended_at=TEN)
    assert listed() == ["USB"]


def test_what_is_not_paid_is_not_listed():
    make_exams("USA", is_paid=False)
    Device.objects.filter(modality="US").update(ae_title="US_ROOM_1")
    assert list_worklist(ae_title="US_ROOM_1", first=None, last=None, now=TEN) == ()
