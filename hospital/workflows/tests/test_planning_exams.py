"""Paid examinations find their times, all at once or none (W33, N12)."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from hospital.billing.api import list_charges_of_sources, request_refund
from hospital.billing.types import RefundRequestLine
from hospital.encounters.tests.clinic import TEN, make_staff, make_visit
from hospital.examinations.api import book_exams, get_booking, put_in_order, put_out_of_order
from hospital.examinations.errors import (
    DeviceClosed,
    DeviceOutOfOrder,
    ExamBegun,
    ExamBookedAlready,
    ExamTimeTaken,
    PatientElsewhere,
    UnknownExamBooking,
)
from hospital.examinations.models import Device, DevicePeriod, ExamBooking
from hospital.examinations.states import BookingState
from hospital.examinations.types import ExamQuestion, NewBooking, Why, WhyNot
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.events import list_events
from hospital.orders.types import Urgency
from hospital.workflows.errors import AnswersNeedDesk, ExamNotBookable, NotExamPlanner, PlanOutdated
from hospital.workflows.finish_exam import finish_exam
from hospital.workflows.keep_exam_times import free_refunded_exams, open_coming_days
from hospital.workflows.plan_exams import Spot, book_plan, cancel_exam, list_move_times, move_exam
from hospital.workflows.tests.exams import FINE, make_exams, spots_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer"), pytest.mark.requirement("W33")]


def test_two_paid_examinations_are_planned_and_booked_together():
    exams = make_exams("USA", "USB")
    view = exams.plan()
    assert [view.exams[each.exam.key].line.item_code for each in view.plan.exams] == ["USA", "USB"]
    assert view.plan.exams[0].whys == (Why.FASTING_FIRST,)
    assert Why.BLADDER_AFTER_FASTING in view.plan.exams[1].whys
    booked = exams.book()
    card = get_booking(booking_id=booked["USA"], now=TEN)
    assert (card.state, card.device.place.en) == (BookingState.BOOKED, "US 1")
    assert local_day(card.starts_at) == local_day(TEN) + timedelta(days=1)
    events = list_events(encounter_id=exams.story.encounter_id)
    assert [event.kind for event in events if event.kind.startswith("examinations.")] == [
        "examinations.booked",
        "examinations.booked",
        "examinations.planned",
    ]
    assert not any(exam.can_book for exam in exams.exams().values())


def test_what_is_not_paid_finds_no_time():
    exams = make_exams("USA", is_paid=False)
    assert not exams.exams()["USA"].can_book
    with pytest.raises(ExamNotBookable):
        exams.plan()
    assert ExamBooking.objects.count() == 0


def test_the_green_channel_is_booked_before_it_is_paid():
    exams = make_exams("USA", is_paid=False, urgency=Urgency.EMERGENCY)
    assert exams.book()


def test_an_answer_in_doubt_goes_to_the_desk_which_may_say_why_it_is_fine():
    exams = make_exams("MRB", "USB")
    answers = FINE | {ExamQuestion.IMPLANT: True}
    view = exams.plan(answers=answers)
    assert view.plan.left_out == {exams.lines["MRB"]: WhyNot.ASK_DESK}
    spots = spots_of(exams.plan())
    book = partial(book_plan, person_id=exams.person_id, spots=spots, now=TEN)
    for clearing in ("", "the patient says so"):
        with pytest.raises(AnswersNeedDesk):
            book(actor=exams.patient, answers=answers, cleared=clearing)
    with pytest.raises(AnswersNeedDesk):
        book(actor=exams.patient, answers={})
    assert ExamBooking.objects.count() == 0
    book(actor=exams.technician, answers=answers, cleared="titanium, cleared by Dr. Lin")
    row = ExamBooking.objects.get(item_code="MRB")
    assert (row.answers, row.cleared) == ({"IMPLANT": True}, "titanium, cleared by Dr. Lin")


def test_a_place_that_is_gone_meanwhile_books_nothing():
    exams = make_exams("USA", "USB")
    spots = spots_of(exams.plan())
    put_out_of_order(
        device_id=spots[1].device_id,
        starts_at=spots[1].starts_at,
        ends_at=None,
        reason="probe",
        actor=exams.technician,
        now=TEN,
    )
    with pytest.raises(DeviceOutOfOrder):
        book_plan(person_id=exams.person_id, spots=spots, answers=FINE, actor=exams.patient, now=TEN)
    assert ExamBooking.objects.count() == 0
    put_in_order(device_id=spots[1].device_id, actor=exams.technician, now=spots[1].starts_at + timedelta(minutes=1))
    assert exams.plan().plan.exams[1].exam.starts_at > spots[1].starts_at


def test_a_plan_that_breaks_a_rule_is_refused():
    exams = make_exams("USA", "USB")
    fasting, bladder = spots_of(exams.plan())
    turned = [
        Spot(line_id=fasting.line_id, device_id=fasting.device_id, starts_at=bladder.starts_at),
        Spot(line_id=bladder.line_id, device_id=bladder.device_id, starts_at=fasting.starts_at),
    ]
    with pytest.raises(PlanOutdated):
        book_plan(person_id=exams.person_id, spots=turned, answers=FINE, actor=exams.patient, now=TEN)
    assert ExamBooking.objects.count() == 0


def test_moving_keeps_the_order_and_the_place_until_the_new_one_is_taken():
    exams = make_exams("USA", "CXR")
    other = make_exams_of_another("USA", like=exams)
    booked = exams.book()["USA"]
    before = get_booking(booking_id=booked, now=TEN)
    with pytest.raises(ExamTimeTaken):
        move_exam(booking_id=booked, device_id=other.device_id, starts_at=other.starts_at, actor=exams.patient, now=TEN)
    assert get_booking(booking_id=booked, now=TEN) == before
    day = local_day(before.starts_at) + timedelta(days=1)
    times = list_move_times(booking_id=booked, day=day, actor=exams.patient, now=TEN)
    moved = move_exam(
        booking_id=booked, device_id=times[0].device_id, starts_at=times[0].starts_at, actor=exams.patient, now=TEN
    )
    assert (moved.starts_at, moved.revision) == (times[0].starts_at, 1)
    assert moved.order_line_id == before.order_line_id


def make_exams_of_another(code: str, *, like) -> ExamBooking:
    """Somebody else's booking on the ultrasound device two hours after the first free time."""
    view = like.plan(code)
    exam = view.plan.exams[0].exam
    start = exam.starts_at + timedelta(hours=2)
    visit = make_visit()
    return ExamBooking.objects.create(
        order_line_id=visit.encounter_id,
        order_number="T1",
        encounter_id=visit.encounter_id,
        person_id=visit.person_id,
        device_id=exam.device_id,
        item_code=code,
        name_zh="超声",
        starts_at=start,
        ends_at=start + timedelta(minutes=15),
        booked_by="test",
        created_at=TEN,
    )


def test_canceling_gives_the_time_back_and_keeps_the_order():
    exams = make_exams("CXR")
    booked = exams.book()["CXR"]
    card = cancel_exam(booking_id=booked, reason="", actor=exams.patient, now=TEN)
    assert card.state is BookingState.CANCELLED
    assert exams.exams()["CXR"].can_book
    again = exams.book()["CXR"]
    began = get_booking(booking_id=again, now=TEN).starts_at
    with pytest.raises(ExamBegun):
        cancel_exam(booking_id=again, reason="", actor=exams.patient, now=began)


def test_strangers_and_other_desks_see_and_plan_nothing():
    exams = make_exams("CXR")
    booked = exams.book()["CXR"]
    stranger = make_staff(Role.PHARMACIST)
    with pytest.raises(NotExamPlanner):
        cancel_exam(booking_id=booked, reason="x", actor=stranger, now=TEN)
    with pytest.raises(UnknownExamBooking):
        get_booking(booking_id=booked, now=TEN, person_ids=[])
    assert Device.objects.count() == 4


def test_money_that_goes_back_gives_the_time_back():
    exams = make_exams("CXR", "USA")
    booked = exams.book()
    charge = list_charges_of_sources(source_ids=[exams.lines["CXR"]])[exams.lines["CXR"]][0]
    assert charge.settlement_id is not None
    cashier, second = make_staff(Role.CASHIER), make_staff(Role.CASHIER)
    note = request_refund(
        settlement_id=charge.settlement_id,
        lines=[RefundRequestLine(charge_id=charge.id, qty=charge.left_qty)],
        reason="PATIENT_CANCELED",
        idempotency_key="refund-0001",
        actor=cashier,
        approver=second,
        now=TEN,
    )
    assert note.amount
    assert free_refunded_exams(person_id=exams.person_id, now=TEN) == 1
    assert free_refunded_exams(person_id=exams.person_id, now=TEN) == 0
    states = {code: get_booking(booking_id=each, now=TEN).state for code, each in booked.items()}
    assert states == {"CXR": BookingState.CANCELLED, "USA": BookingState.BOOKED}
    assert exams.exams()["CXR"].status == "TO_PAY"


def test_what_is_done_elsewhere_closes_its_booking():
    exams = make_exams("CXR")
    booked = exams.book()["CXR"]
    finish_exam(line_id=exams.lines["CXR"], actor=exams.technician, now=TEN)
    assert get_booking(booking_id=booked, now=TEN).state is BookingState.DONE
    assert exams.exams()["CXR"].status == "DONE"


def test_devices_open_by_their_week_and_never_twice():
    exams = make_exams("CXR")
    before = DevicePeriod.objects.count()
    assert open_coming_days(now=TEN) > 0
    grown = DevicePeriod.objects.count()
    assert grown > before
    open_coming_days(now=TEN)
    assert DevicePeriod.objects.count() == grown
    assert exams.plan().plan.exams


def test_the_database_refuses_two_examinations_of_one_patient_at_a_time():
    exams = make_exams("CXR", "USB")
    first = get_booking(booking_id=exams.book("CXR")["CXR"], now=TEN)
    ultrasound = exams.exams()["USB"]
    device = next(device for device in Device.objects.all() if device.modality == "US")
    new = NewBooking(
        order_line_id=ultrasound.line.id,
        order_number=ultrasound.order.number,
        encounter_id=ultrasound.order.encounter_id,
        person_id=exams.person_id,
        item_code="USB",
        name=ultrasound.line.name,
        preparation=ultrasound.line.preparation,
        device_id=device.id,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
    )
    with pytest.raises(PatientElsewhere):
        book_exams(bookings=[new], actor=exams.technician, now=TEN)
    later = replace(new, starts_at=first.starts_at + timedelta(hours=15), ends_at=first.ends_at + timedelta(hours=15))
    with pytest.raises(DeviceClosed):
        book_exams(bookings=[later], actor=exams.technician, now=TEN)
    again = replace(
        new, order_line_id=first.order_line_id, starts_at=first.ends_at, ends_at=first.ends_at + timedelta(hours=1)
    )
    with pytest.raises(ExamBookedAlready):
        book_exams(bookings=[again], actor=exams.technician, now=TEN)
    assert ExamBooking.objects.count() == 1
