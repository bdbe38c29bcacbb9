"""What happens to booked examinations by itself: reminders, refunds, new open days; and the end at the device."""

from datetime import datetime, time, timedelta
from uuid import UUID

from hospital.audit.api import acting
from hospital.examinations.api import (
    cancel_booking,
    get_booking,
    list_bookings_of_lines,
    list_to_remind,
    mark_reminded,
    open_device_periods,
)
from hospital.examinations.errors import ExamStepImpossible
from hospital.examinations.states import BookingState
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.orders.api import list_open_exams
from hospital.workflows.finish_exam import finish_exam
from hospital.workflows.ordered_exams import SINCE, list_covered

DAYS_OPEN = 28
REFUNDED = "the order was refunded"
_GIVEN_BACK = (BookingState.BOOKED, BookingState.CHECKED_IN, BookingState.CALLED)


def finish_booked_exam(*, booking_id: UUID, actor: Actor, now: datetime) -> None:
    """The technician ends an examination that is in progress: the order line is carried out, the booking DONE.

    Refusals: `UnknownExamBooking`, `ExamStepImpossible`, and those of `finish_exam`.
    """
    booking = get_booking(booking_id=booking_id, now=now)
    if booking.state is not BookingState.IN_PROGRESS:
        raise ExamStepImpossible
    finish_exam(line_id=booking.order_line_id, actor=actor, now=now)


def free_refunded_exams(*, person_id: UUID, now: datetime) -> int:
    """Gives back the times of a patient's examinations whose money went back; how many. Again changes nothing."""
    actor = system_actor("free_refunded_exams")
    exams = list_open_exams(person_ids=[person_id], since=now - SINCE)
    bookings = list_bookings_of_lines(line_ids=[line.id for _, line in exams], now=now)
    covered = list_covered(exams=exams)
    lost = [card for line, card in bookings.items() if line not in covered and card.state in _GIVEN_BACK]
    with acting(actor=actor):
        for card in lost:
            cancel_booking(booking_id=card.id, reason=REFUNDED, actor=actor, now=now)
    return len(lost)


def remind_of_exams(*, now: datetime) -> int:
    """Tells the patients of tomorrow's examinations how to prepare; how many. Each time is told once."""
    actor = system_actor("remind_of_exams")
    tomorrow = datetime.combine(local_day(now) + timedelta(days=1), time(), SHANGHAI)
    due = list_to_remind(starts_at=tomorrow, ends_at=tomorrow + timedelta(days=1))
    for booking_id in due:
        mark_reminded(booking_id=booking_id, actor=actor, now=now)
    return len(due)


def open_coming_days(*, now: datetime) -> int:
    """Opens the devices for the coming four weeks by their weekly pattern."""
    today = local_day(now)
    return open_device_periods(first=today, last=today + timedelta(days=DAYS_OPEN))
