"""Shapes of planned and booked examinations."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from hospital.examinations.types import BookingCard, DeviceCard, ExamQuestion, PlannedExam
from hospital.patient_api.schemas import Line, Text
from hospital.patient_api.texts import both, text
from hospital.workflows.exam_words import (
    QUESTION_ORDER,
    QUESTION_WORDS,
    STATE_WORDS,
    WHY_NOT_WORDS,
    WHY_WORDS,
)
from hospital.workflows.ordered_exams import OrderedExam
from hospital.workflows.plan_exams import PlanView

MOST = 12  # examinations in one plan


class QuestionOut(Schema):
    """What is asked before an examination; `why` says what for."""

    code: str
    ask: Text
    why: Text


class ExamPlaceOut(Schema):
    """Where an examination is done. `sign` is what the sign in the building says, in Chinese."""

    device_id: UUID
    campus_code: str
    campus_name: Text
    name: Text
    sign: str
    location: Text
    floor: str


class ExamBookingOut(Schema):
    """A booked examination. `state` is BOOKED, CHECKED_IN, CALLED, IN_PROGRESS, DONE, NO_SHOW or CANCELLED."""

    id: UUID
    line_id: UUID
    person_id: UUID
    name: Text
    preparation: Text
    starts_at: datetime
    ends_at: datetime
    place: ExamPlaceOut
    state: str
    state_name: Text
    revision: int
    can_change: bool


class OrderedExamOut(Schema):
    """An ordered examination. `status` is TO_PLAN, BOOKED, DONE, TO_PAY, or NO_BOOKING: it is done without one.

    `questions` are the codes of what has to be answered first, `fasting_hours` how long before it one may not eat.
    """

    line_id: UUID
    order: str
    ordered_at: datetime | None
    name: Text
    preparation: Text
    minutes: int
    fasting_hours: int
    status: str
    questions: list[str]
    booking: ExamBookingOut | None


class OrderedExamsOut(Schema):
    """The examinations of a person and the questions that belong to them, each once."""

    exams: list[OrderedExamOut]
    questions: list[QuestionOut]


class PlanIn(Schema):
    """Which order lines to plan, the answers by the code of the question, and the first day that suits."""

    line_ids: list[UUID] = Field(min_length=1, max_length=MOST)
    answers: dict[ExamQuestion, bool] = Field(default_factory=dict)
    from_day: date | None = None


class SpotIn(Schema):
    """A time as the plan gave it."""

    line_id: UUID
    device_id: UUID
    starts_at: AwareDatetime


class BookIn(Schema):
    """A plan that the patient agrees to, with the answers once more."""

    spots: list[SpotIn] = Field(min_length=1, max_length=MOST)
    answers: dict[ExamQuestion, bool] = Field(default_factory=dict)


class MoveIn(Schema):
    """The new time, as it was offered."""

    device_id: UUID
    starts_at: AwareDatetime


class CancelExamIn(Schema):
    """Why the time is given back; may be empty."""

    reason: Line = Field(default="", max_length=200)


class PlannedExamOut(Schema):
    """One line of a plan. `fast_from` is when the last meal has to be over, `drink_at` when to begin to drink."""

    line_id: UUID
    name: Text
    preparation: Text
    starts_at: datetime
    ends_at: datetime
    place: ExamPlaceOut
    whys: list[Text]
    fast_from: datetime | None
    drink_at: datetime | None


class LeftOutOut(Schema):
    """An examination that has no time in the plan; `code` is ASK_DESK, NOT_ANSWERED, NO_DEVICE, NOTHING_FREE or
    NOT_TOGETHER."""

    line_id: UUID
    name: Text
    code: str
    why: Text


class PlanOut(Schema):
    """Times for several examinations in their order; `split` says why they lie on several days."""

    exams: list[PlannedExamOut]
    left_out: list[LeftOutOut]
    split: Text | None


class ExamTimeOut(Schema):
    """A time to which an examination can be moved."""

    device_id: UUID
    starts_at: datetime
    campus_code: str


def ordered_exams_out(exams: list[OrderedExam], *, now: datetime) -> OrderedExamsOut:
    """The ordered examinations for the app."""
    asked = {question for exam in exams if exam.can_book for question in exam.questions}
    return OrderedExamsOut(
        exams=[_ordered(exam, now=now) for exam in exams],
        questions=[
            QuestionOut(code=question, ask=both(QUESTION_WORDS[question][0]), why=both(QUESTION_WORDS[question][1]))
            for question in QUESTION_ORDER
            if question in asked
        ],
    )


def _ordered(exam: OrderedExam, *, now: datetime) -> OrderedExamOut:
    return OrderedExamOut(
        line_id=exam.line.id,
        order=exam.order.number,
        ordered_at=exam.order.signed_at,
        name=text(exam.line.name),
        preparation=text(exam.line.preparation),
        minutes=exam.needs.minutes if exam.needs else 0,
        fasting_hours=exam.needs.fasting_hours if exam.needs else 0,
        status=exam.status,
        questions=[question for question in QUESTION_ORDER if question in exam.questions],
        booking=booking_out(exam.booking, now=now) if exam.booking else None,
    )


def booking_out(card: BookingCard, *, now: datetime) -> ExamBookingOut:
    """A booked examination for the app."""
    return ExamBookingOut(
        id=card.id,
        line_id=card.order_line_id,
        person_id=card.person_id,
        name=text(card.name),
        preparation=text(card.preparation),
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        place=_place(card.device),
        state=card.state,
        state_name=both(STATE_WORDS[card.state]),
        revision=card.revision,
        can_change=card.state == "BOOKED" and card.starts_at > now,
    )


def plan_out(view: PlanView) -> PlanOut:
    """A plan for the app."""
    return PlanOut(
        exams=[_planned(each, view) for each in view.plan.exams],
        left_out=[
            LeftOutOut(
                line_id=line_id, name=text(view.exams[line_id].line.name), code=why, why=both(WHY_NOT_WORDS[why])
            )
            for line_id, why in view.plan.left_out.items()
        ],
        split=both(WHY_WORDS[view.plan.split]) if view.plan.split else None,
    )


def _planned(planned: PlannedExam, view: PlanView) -> PlannedExamOut:
    exam = planned.exam
    line = view.exams[exam.key].line
    return PlannedExamOut(
        line_id=exam.key,
        name=text(line.name),
        preparation=text(line.preparation),
        starts_at=exam.starts_at,
        ends_at=exam.ends_at,
        place=_place(view.devices[exam.device_id]),
        whys=[both(WHY_WORDS[why]) for why in planned.whys],
        fast_from=planned.fast_from,
        drink_at=planned.drink_at,
    )


def _place(device: DeviceCard) -> ExamPlaceOut:
    return ExamPlaceOut(
        device_id=device.id,
        campus_code=device.campus_code,
        campus_name=text(device.campus_name),
        name=text(device.place),
        sign=device.place.zh,
        location=text(device.location),
        floor=device.floor,
    )
