"""/api/people/…/examinations and /api/examinations: plan, book, move, cancel (W33)."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router

from hospital.examinations.api import get_booking
from hospital.kernel.clock import local_day
from hospital.patient_api.exam_schemas import (
    BookIn,
    CancelExamIn,
    ExamBookingOut,
    ExamTimeOut,
    MoveIn,
    OrderedExamsOut,
    PlanIn,
    PlanOut,
    booking_out,
    ordered_exams_out,
    plan_out,
)
from hospital.patient_api.files import describe_file
from hospital.patient_api.problems import reader_language
from hospital.patient_api.requests import PatientRequest
from hospital.workflows.exam_calendar import render_exam_calendar
from hospital.workflows.ordered_exams import list_ordered_exams
from hospital.workflows.plan_exams import (
    Spot,
    book_plan,
    cancel_exam,
    get_exam_booking,
    list_move_times,
    move_exam,
    propose_plan,
)

router = Router(tags=["Examinations"])


@router.get("/people/{uuid:person_id}/examinations", response=OrderedExamsOut, summary="Ordered examinations")
def list_examinations(request: PatientRequest, person_id: UUID) -> OrderedExamsOut:
    """The examinations of the last three months, newest order first, with what has to be answered before.

    Refusals: `unknown_person`, `records_closed`.
    """
    now = timezone.now()
    return ordered_exams_out(list_ordered_exams(person_id=person_id, actor=request.auth, now=now), now=now)


@router.post("/people/{uuid:person_id}/examinations/plan", response=PlanOut, summary="Plan my examinations")
def plan_examinations(request: PatientRequest, person_id: UUID, body: PlanIn) -> PlanOut:
    """Times for these examinations in the next 14 days, with the reasons. Nothing is booked or held.

    Refusals: `unknown_person`, `records_closed`, `exam_not_bookable`.
    """
    view = propose_plan(
        person_id=person_id,
        line_ids=body.line_ids,
        answers=body.answers,
        from_day=body.from_day,
        actor=request.auth,
        now=timezone.now(),
    )
    return plan_out(view)


@router.post("/people/{uuid:person_id}/examinations/book", response=list[ExamBookingOut], summary="Book the plan")
def book_examinations(request: PatientRequest, person_id: UUID, body: BookIn) -> list[ExamBookingOut]:
    """Books all of these times or none.

    Refusals: `unknown_person`, `records_closed`, `exam_not_bookable`, `answers_need_desk`, `exam_time_too_soon`,
    `plan_outdated`, `exam_time_taken`, `exam_booked_already`, `patient_elsewhere`, `unknown_exam_device`,
    `device_closed`, `device_out_of_order`.
    """
    now = timezone.now()
    booked = book_plan(
        person_id=person_id,
        spots=[Spot(line_id=spot.line_id, device_id=spot.device_id, starts_at=spot.starts_at) for spot in body.spots],
        answers=body.answers,
        actor=request.auth,
        now=now,
    )
    return [booking_out(get_booking(booking_id=each, now=now), now=now) for each in booked]


@router.get("/examinations/{uuid:booking_id}", response=ExamBookingOut, summary="A booked examination")
def read_exam_booking(request: PatientRequest, booking_id: UUID) -> ExamBookingOut:
    """Time, place, preparation. Refusals: `unknown_exam_booking`, `unknown_person`, `records_closed`."""
    now = timezone.now()
    return booking_out(get_exam_booking(booking_id=booking_id, actor=request.auth, now=now), now=now)


@router.get("/examinations/{uuid:booking_id}/times", response=list[ExamTimeOut], summary="Where it can be moved")
def list_exam_times(request: PatientRequest, booking_id: UUID, day: date | None = None) -> list[ExamTimeOut]:
    """The free times of a day (today) that go with my other examinations, 15 minutes apart.

    Refusals: `unknown_exam_booking`, `unknown_person`, `records_closed`.
    """
    now = timezone.now()
    times = list_move_times(booking_id=booking_id, day=day or local_day(now), actor=request.auth, now=now)
    return [
        ExamTimeOut(device_id=each.device_id, starts_at=each.starts_at, campus_code=each.campus_code) for each in times
    ]


@router.post("/examinations/{uuid:booking_id}/move", response=ExamBookingOut, summary="Move an examination")
def move_examination(request: PatientRequest, booking_id: UUID, body: MoveIn) -> ExamBookingOut:
    """Moves it; the old time is kept until the new one is taken. The order and its payment stay.

    Refusals: `unknown_exam_booking`, `unknown_person`, `records_closed`, `exam_step_impossible`, `exam_begun`,
    `exam_time_too_soon`, `plan_outdated`, `exam_time_taken`, `patient_elsewhere`, `unknown_exam_device`,
    `device_closed`, `device_out_of_order`.
    """
    now = timezone.now()
    moved = move_exam(
        booking_id=booking_id, device_id=body.device_id, starts_at=body.starts_at, actor=request.auth, now=now
    )
    return booking_out(moved, now=now)


@router.post("/examinations/{uuid:booking_id}/cancel", response=ExamBookingOut, summary="Give a time back")
def cancel_examination(request: PatientRequest, booking_id: UUID, body: CancelExamIn) -> ExamBookingOut:
    """Gives the time back; the order stays and can be planned again. Again changes nothing.

    Refusals: `unknown_exam_booking`, `unknown_person`, `records_closed`, `exam_step_impossible`, `exam_begun`.
    """
    now = timezone.now()
    return booking_out(cancel_exam(booking_id=booking_id, reason=body.reason, actor=request.auth, now=now), now=now)


@router.get(
    "/examinations/{uuid:booking_id}/calendar",
    summary="For my calendar",
    openapi_extra=describe_file("text/calendar", "The examination"),
)
def read_exam_calendar(request: PatientRequest, booking_id: UUID) -> HttpResponse:
    """The examination as an .ics file with its preparation. Refusals: `unknown_exam_booking`, `unknown_person`."""
    now = timezone.now()
    card = get_exam_booking(booking_id=booking_id, actor=request.auth, now=now)
    return HttpResponse(
        render_exam_calendar(booking=card, language=reader_language(request), now=now),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="examination-{local_day(card.starts_at).isoformat()}.ics"',
            "Cache-Control": "no-store",
        },
    )
