"""Paid examinations find their times: questions, plan, all at once or none (W33)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from hospital.appointments.api import list_appointments
from hospital.appointments.types import When
from hospital.audit.api import acting
from hospital.encounters.api import get_encounter
from hospital.examinations.api import (
    book_exams,
    breaks_rule,
    cancel_booking,
    get_booking,
    hold_patient,
    judge_answers,
    list_devices,
    list_free_times,
    list_needs,
    list_placed,
    list_starts,
    move_booking,
    plan_exams,
)
from hospital.examinations.errors import ExamReasonMissing, UnknownDevice
from hospital.examinations.types import (
    BookingCard,
    DeviceCard,
    ExamNeeds,
    ExamQuestion,
    NewBooking,
    PlacedExam,
    Plan,
    WantedExam,
    WhyNot,
)
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.events import record_event
from hospital.workflows.errors import AnswersNeedDesk, ExamNotBookable, ExamTimeTooSoon, PlanOutdated
from hospital.workflows.ordered_exams import OrderedExam, index_open, list_ordered_exams, require_exam_planner

HORIZON = timedelta(days=14)
NOTICE = timedelta(minutes=30)  # to come to the device; a plan that is confirmed at once still holds
_LOOK_BACK = timedelta(days=45)  # as far as iodine reaches


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan with what it speaks of: the ordered examinations by line, the devices by id."""

    plan: Plan
    exams: Mapping[UUID, OrderedExam]
    devices: Mapping[UUID, DeviceCard]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where and when one ordered examination is to be booked."""

    line_id: UUID
    device_id: UUID
    starts_at: datetime


def propose_plan(
    *,
    person_id: UUID,
    line_ids: Sequence[UUID],
    answers: Mapping[ExamQuestion, bool],
    actor: Actor,
    now: datetime,
    from_day: date | None = None,
    cleared: str = "",
) -> PlanView:
    """Times for these ordered examinations in the next 14 days (from `from_day`), and why. Nothing is written.

    An examination with an answer in doubt is left out for the desk, where staff may say why it is all right
    (`cleared`). Refusals: those of `list_ordered_exams`, `ExamNotBookable`.
    """
    exams = _choose(list_ordered_exams(person_id=person_id, actor=actor, now=now), line_ids)
    left_out = _judge(exams, answers, is_cleared=bool(cleared) and actor.kind is ActorKind.STAFF)
    wanted = [
        WantedExam(line_id, exam.needs) for line_id, exam in exams.items() if exam.needs and line_id not in left_out
    ]
    earliest = _earliest(now, from_day)
    plan = plan_exams(
        exams=wanted,
        free_times=list_free_times(
            modalities={exam.needs.modality for exam in wanted}, starts_at=earliest, ends_at=earliest + HORIZON
        ),
        earliest=earliest,
        fixed=list_placed(person_id=person_id, since=now - _LOOK_BACK),
        busy=_list_busy(person_id, now=now),
        campus_code=_campus_of(exams),
    )
    return PlanView(
        plan=Plan(exams=plan.exams, left_out={**left_out, **plan.left_out}, split=plan.split),
        exams=exams,
        devices=list_devices(now=now, device_ids={each.exam.device_id for each in plan.exams}),
    )


def book_plan(
    *,
    person_id: UUID,
    spots: Sequence[Spot],
    answers: Mapping[ExamQuestion, bool],
    actor: Actor,
    now: datetime,
    cleared: str = "",
) -> list[UUID]:
    """Books a plan, all of it or nothing; the ids of the bookings in the order of `spots`.

    Everything is checked again: payment, answers, rules, devices. Refusals: those of `list_ordered_exams`,
    `ExamNotBookable`, `AnswersNeedDesk`, `ExamTimeTooSoon`, `PlanOutdated` (a rule would be broken) and those of
    `book_exams`.
    """
    with acting(actor=actor):
        hold_patient(person_id=person_id)
        exams = _choose(list_ordered_exams(person_id=person_id, actor=actor, now=now), [spot.line_id for spot in spots])
        is_cleared = bool(cleared) and actor.kind is ActorKind.STAFF
        if _judge(exams, answers, is_cleared=is_cleared):
            raise AnswersNeedDesk
        devices = list_devices(now=now, device_ids={spot.device_id for spot in spots})
        placed = [_place(spot, exams[spot.line_id], devices) for spot in spots]
        _check(placed, person_id=person_id, now=now)
        booked = book_exams(
            bookings=[
                _booking(exams[each.key], each, answers=answers, cleared=cleared if is_cleared else "")
                for each in placed
            ],
            actor=actor,
            now=now,
        )
        first = min(placed, key=lambda each: each.starts_at)
        record_event(
            kind="examinations.planned",
            subject_id=str(booked[placed.index(first)]),
            person_id=person_id,
            encounter_id=exams[first.key].order.encounter_id,
            now=now,
            facts={"count": len(booked), "at": first.starts_at.isoformat()},
        )
    return booked


def list_move_times(*, booking_id: UUID, day: date, actor: Actor, now: datetime) -> list[PlacedExam]:
    """The times of a day to which a booked examination can be moved beside the patient's others, without its own.

    Refusals: `UnknownExamBooking`, and those of `list_ordered_exams`.
    """
    booking = _get_own(booking_id, actor=actor, now=now)
    exam = WantedExam(booking.order_line_id, _needs(booking))
    begin = max(datetime.combine(day, time(), SHANGHAI), now + NOTICE)
    times = list_starts(
        exam=exam,
        free_times=list_free_times(
            modalities=[exam.needs.modality],
            starts_at=begin,
            ends_at=datetime.combine(day + timedelta(days=1), time(), SHANGHAI),
        ),
        earliest=now + NOTICE,
        fixed=_list_others(booking, now=now),
        busy=_list_busy(booking.person_id, now=now),
    )
    return [each for each in times if each.starts_at != booking.starts_at]


def move_exam(*, booking_id: UUID, device_id: UUID, starts_at: datetime, actor: Actor, now: datetime) -> BookingCard:
    """Moves a booked examination; it keeps its time until it has the new one. Its order and payment stay.

    Refusals: `UnknownExamBooking`, those of `list_ordered_exams`, `ExamTimeTooSoon`, `PlanOutdated` and those of
    `move_booking`.
    """
    booking = _get_own(booking_id, actor=actor, now=now)
    with acting(actor=actor):
        hold_patient(person_id=booking.person_id)
        devices = list_devices(now=now, device_ids=[device_id])
        needs = _needs(booking)
        if device_id not in devices or devices[device_id].modality != needs.modality:
            raise UnknownDevice
        placed = PlacedExam(
            key=booking.order_line_id,
            needs=needs,
            device_id=device_id,
            campus_code=devices[device_id].campus_code,
            starts_at=starts_at,
            ends_at=starts_at + (booking.ends_at - booking.starts_at),
        )
        _check([placed], person_id=booking.person_id, now=now)
        move_booking(booking_id=booking_id, device_id=device_id, starts_at=starts_at, actor=actor, now=now)
    return get_booking(booking_id=booking_id, now=now)


def cancel_exam(*, booking_id: UUID, reason: str, actor: Actor, now: datetime) -> BookingCard:
    """Gives the time of a booked examination back; the order and its payment stay, a new time can be found.

    Refusals: `UnknownExamBooking`, those of `list_ordered_exams`, `ExamReasonMissing` and those of `cancel_booking`.
    """
    _get_own(booking_id, actor=actor, now=now)
    if actor.kind is ActorKind.STAFF and not reason.strip():
        raise ExamReasonMissing
    cancel_booking(booking_id=booking_id, reason=reason.strip(), actor=actor, now=now)
    return get_booking(booking_id=booking_id, now=now)


def get_exam_booking(*, booking_id: UUID, actor: Actor, now: datetime) -> BookingCard:
    """One booked examination. Refusals: `UnknownExamBooking`, and those of `list_ordered_exams`."""
    return _get_own(booking_id, actor=actor, now=now)


def _get_own(booking_id: UUID, *, actor: Actor, now: datetime) -> BookingCard:
    booking = get_booking(booking_id=booking_id, now=now)
    require_exam_planner(person_id=booking.person_id, actor=actor, now=now)
    return booking


def _choose(exams: Sequence[OrderedExam], line_ids: Sequence[UUID]) -> dict[UUID, OrderedExam]:
    can_book = index_open(exams)
    names = {exam.line.id: exam.line.name for exam in exams}
    for line_id in line_ids:
        if line_id not in can_book:
            raise ExamNotBookable(exam=names.get(line_id, ""))
    if not line_ids or len(set(line_ids)) < len(line_ids):
        raise ExamNotBookable(exam="")
    return {line_id: can_book[line_id] for line_id in line_ids}


def _judge(
    exams: Mapping[UUID, OrderedExam], answers: Mapping[ExamQuestion, bool], *, is_cleared: bool
) -> dict[UUID, WhyNot]:
    judged = {line_id: judge_answers(exam.questions, answers) for line_id, exam in exams.items()}
    return {
        line_id: why
        for line_id, why in judged.items()
        if why is WhyNot.NOT_ANSWERED or (why is WhyNot.ASK_DESK and not is_cleared)
    }


def _earliest(now: datetime, from_day: date | None) -> datetime:
    soon = now + NOTICE
    return max(soon, datetime.combine(from_day, time(), SHANGHAI)) if from_day else soon


def _list_busy(person_id: UUID, *, now: datetime) -> list[tuple[datetime, datetime]]:
    """When the patient is with a doctor."""
    coming = list_appointments(person_ids=[person_id], when=When.COMING, now=now)
    return [(each.slot.starts_at, each.slot.ends_at) for each in coming if each.slot.ends_at > now]


def _campus_of(exams: Mapping[UUID, OrderedExam]) -> str:
    return get_encounter(encounter_id=next(iter(exams.values())).order.encounter_id).campus_code


def _place(spot: Spot, exam: OrderedExam, devices: Mapping[UUID, DeviceCard]) -> PlacedExam:
    device = devices.get(spot.device_id)
    if device is None or exam.needs is None or device.modality != exam.needs.modality:
        raise UnknownDevice
    return PlacedExam(
        key=spot.line_id,
        needs=exam.needs,
        device_id=device.id,
        campus_code=device.campus_code,
        starts_at=spot.starts_at,
        ends_at=spot.starts_at + timedelta(minutes=exam.needs.minutes),
    )


def _check(placed: Sequence[PlacedExam], *, person_id: UUID, now: datetime) -> None:
    if any(each.starts_at < now for each in placed):
        raise ExamTimeTooSoon
    keys = {each.key for each in placed}
    fixed = list_placed(person_id=person_id, since=now - _LOOK_BACK)
    others = [each for each in fixed if each.key not in keys]
    if breaks_rule(exams=[*others, *placed]) or breaks_rule(exams=placed, busy=_list_busy(person_id, now=now)):
        raise PlanOutdated


def _booking(
    exam: OrderedExam, placed: PlacedExam, *, answers: Mapping[ExamQuestion, bool], cleared: str
) -> NewBooking:
    return NewBooking(
        order_line_id=exam.line.id,
        order_number=exam.order.number,
        encounter_id=exam.order.encounter_id,
        person_id=exam.order.person_id,
        item_code=exam.line.item_code,
        name=exam.line.name,
        preparation=exam.line.preparation,
        device_id=placed.device_id,
        starts_at=placed.starts_at,
        ends_at=placed.ends_at,
        answers={question: answers[question] for question in exam.questions},
        cleared=cleared,
    )


def _needs(booking: BookingCard) -> ExamNeeds:
    minutes = int((booking.ends_at - booking.starts_at).total_seconds() // 60)
    known = list_needs(item_codes=[booking.item_code]).get(booking.item_code)
    return known or ExamNeeds(modality=booking.device.modality, minutes=minutes)


def _list_others(booking: BookingCard, *, now: datetime) -> list[PlacedExam]:
    fixed = list_placed(person_id=booking.person_id, since=now - _LOOK_BACK)
    return [each for each in fixed if each.key != booking.order_line_id]
