"""Planning examinations at a desk: for a patient without a telephone, or with an answer that staff looked at (W33)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hospital.examinations.types import ExamQuestion
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.examinations.forms import read_answers, read_day, read_lines, read_spots
from hospital.workflows.exam_words import QUESTION_ORDER, QUESTION_WORDS, WHY_NOT_WORDS, WHY_WORDS
from hospital.workflows.ordered_exams import PLANNERS, OrderedExam, list_ordered_exams
from hospital.workflows.plan_exams import (
    PlanView,
    book_plan,
    cancel_exam,
    get_exam_booking,
    list_move_times,
    move_exam,
    propose_plan,
)

planner = desk_view(*sorted(PLANNERS))
_DAYS = 14


@require_http_methods(["GET", "POST"])
@planner
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The ordered examinations of a patient: choose, answer, plan, book. Booking again shows what is booked."""
    now, actor = timezone.now(), actor_of(request)
    answers = read_answers(request.POST)
    lines = read_lines(request.POST)
    cleared = request.POST.get("cleared", "").strip()[:300]
    view: PlanView | None = None
    refusal: Refusal | None = None
    try:
        if request.POST.get("act") == "book":
            booked = book_plan(
                person_id=person_id,
                spots=read_spots(request.POST),
                answers=answers,
                actor=actor,
                now=now,
                cleared=cleared,
            )
            count = len(booked)
            messages.success(request, ngettext("%(count)s booked.", "%(count)s booked.", count) % {"count": count})
            return redirect("staff:examination_person", person_id=person_id)
    except Refusal as found:
        refusal = found
    try:
        if request.method == "POST" and lines:
            view = propose_plan(
                person_id=person_id,
                line_ids=lines,
                answers=answers,
                actor=actor,
                now=now,
                from_day=read_day(request.POST.get("from_day", "")),
                cleared=cleared,
            )
    except Refusal as found:
        refusal = refusal or found
    exams = list_ordered_exams(person_id=person_id, actor=actor, now=now)
    context = {
        "patient": get_banner(actor=actor, person_id=person_id, now=now),
        "exams": exams,
        "open": [exam for exam in exams if exam.can_book],
        "lines": set(lines) if request.method == "POST" else {exam.line.id for exam in exams if exam.can_book},
        "questions": _questions(exams, answers),
        "days": _days(),
        "from_day": request.POST.get("from_day", ""),
        "cleared": cleared,
        "refusal": refusal,
        **_plan_context(view),
    }
    return render(request, "staff_web/examinations/person.html", context, status=refusal.status if refusal else 200)


def _plan_context(view: PlanView | None) -> dict[str, Any]:
    if view is None:
        return {"plan": None}
    return {
        "plan": [
            {
                "exam": each.exam,
                "line": view.exams[each.exam.key].line,
                "device": view.devices[each.exam.device_id],
                "whys": [WHY_WORDS[why] for why in each.whys],
                "fast_from": each.fast_from,
                "drink_at": each.drink_at,
            }
            for each in view.plan.exams
        ],
        "left_out": [(view.exams[line].line, WHY_NOT_WORDS[why]) for line, why in view.plan.left_out.items()],
        "split": WHY_WORDS[view.plan.split] if view.plan.split else "",
    }


def _questions(exams: list[OrderedExam], answers: dict[ExamQuestion, bool]) -> list[dict[str, Any]]:
    asked = {question for exam in exams if exam.can_book for question in exam.questions}
    return [
        {"code": question.value, "ask": QUESTION_WORDS[question][0], "answer": answers.get(question)}
        for question in QUESTION_ORDER
        if question in asked
    ]


def _days() -> list[date]:
    today = local_day(timezone.now())
    return [today + timedelta(days=offset) for offset in range(_DAYS)]


@require_http_methods(["GET", "POST"])
@planner
def move(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Another time for a booked examination; it keeps its own until it has the new one."""
    now, actor = timezone.now(), actor_of(request)
    booking = get_exam_booking(booking_id=booking_id, actor=actor, now=now)
    refusal: Refusal | None = None
    if request.method == "POST":
        device, _at, instant = request.POST.get("time", "").partition("|")
        starts_at = parse_datetime(instant)
        try:
            if starts_at is not None:
                move_exam(booking_id=booking_id, device_id=UUID(device), starts_at=starts_at, actor=actor, now=now)
                messages.success(request, _("Moved. The patient is told."))
                return redirect("staff:examination_person", person_id=booking.person_id)
        except Refusal as found:
            refusal = found
    day = read_day(request.GET.get("day", "")) or max(local_day(booking.starts_at), local_day(now))
    context = {
        "patient": get_banner(actor=actor, person_id=booking.person_id, now=now),
        "booking": booking,
        "days": _days(),
        "day": day,
        "times": list_move_times(booking_id=booking_id, day=day, actor=actor, now=now),
        "refusal": refusal,
    }
    return render(request, "staff_web/examinations/move.html", context, status=refusal.status if refusal else 200)


@require_POST
@planner
def cancel(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Gives a time back, with the reason; the order stays."""
    now, actor = timezone.now(), actor_of(request)
    booking = get_exam_booking(booking_id=booking_id, actor=actor, now=now)
    try:
        cancel_exam(booking_id=booking_id, reason=request.POST.get("reason", ""), actor=actor, now=now)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Canceled. The order stays and can be planned again."))
    return redirect("staff:examination_person", person_id=booking.person_id)
