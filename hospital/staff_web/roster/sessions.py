"""One session is added, moved or stopped, and a day is closed: the effect is shown before (A04)."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.scheduling.api import (
    add_session,
    close_day,
    get_roster_session,
    list_roster,
    move_session,
    stop_session,
)
from hospital.staff_web.access import actor_of
from hospital.staff_web.roster.forms import SHARE_LABELS, MoveForm, SessionForm, StopForm, SubstituteForm
from hospital.staff_web.roster.frame import clerk, read_day, show
from hospital.staff_web.roster.week import show_session
from hospital.workflows.call_off_session import preview_stop
from hospital.workflows.substitute_doctor import substitute_doctor


@require_http_methods(["GET", "POST"])
@clerk
def new_session(request: HttpRequest) -> HttpResponse:
    """One session that comes once. `clinician` and `day` of the address are filled in."""
    actor = actor_of(request)
    day = read_day(request.GET.get("day", ""), default=local_day(timezone.now()))
    initial = {
        "day": day,
        "clinician": request.GET.get("clinician", ""),
    }
    form = SessionForm(request.POST or None, campus_code=actor.campus_code, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            session_id = add_session(plan=form.to_plan(), day=form.cleaned_data["day"], actor=actor, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Added. Patients can book it as its places open."))
            return redirect("staff:roster_session", session_id=session_id)
    status = 422 if request.method == "POST" else 200
    return show(
        request,
        "session",
        tab="week",
        status=status,
        form=form,
        share_labels=SHARE_LABELS,
        back=_week_of(day),
    )


@require_POST
@clerk
def move(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Another doctor, room, day or time."""
    actor = actor_of(request)
    card = get_roster_session(campus_code=actor.campus_code, session_id=session_id)
    form = MoveForm(request.POST, campus_code=actor.campus_code)
    if not form.is_valid():
        return show_session(request, card, move_form=form, status=422)
    try:
        moved = move_session(
            session_id=session_id,
            clinician_id=form.clinician_id,
            room_id=form.room_id,
            day=form.cleaned_data["day"],
            starts=form.cleaned_data["starts"],
            actor=actor,
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return show_session(request, card, move_form=form, status=refusal.status)
    messages.success(request, _("Moved."))
    return redirect("staff:roster_session", session_id=moved)


@require_POST
@clerk
def substitute(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Another doctor for those who have booked, who are told."""
    actor = actor_of(request)
    card = get_roster_session(campus_code=actor.campus_code, session_id=session_id)
    form = SubstituteForm(request.POST, campus_code=actor.campus_code, fee=card.session.registration_item_code)
    if not form.is_valid():
        return show_session(request, card, substitute_form=form, status=422)
    try:
        told = substitute_doctor(
            session_id=session_id,
            clinician_id=form.clinician_id,
            actor=actor,
            now=timezone.now(),
            item_code=form.item_code,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return show_session(request, card, substitute_form=form, status=refusal.status)
    messages.success(request, _("Substituted. Patients who are told: %(number)s.") % {"number": told})
    return redirect("staff:roster_session", session_id=session_id)


@require_POST
@clerk
def stop(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """No bookings from now on; those that stand are called off in the background."""
    actor = actor_of(request)
    card = get_roster_session(campus_code=actor.campus_code, session_id=session_id)
    form = StopForm(request.POST)
    if not form.is_valid():
        return show_session(request, card, stop_form=form, status=422)
    try:
        stop_session(session_id=session_id, reason=form.to_reason(), actor=actor, now=timezone.now())
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return show_session(request, card, stop_form=form, status=refusal.status)
    messages.success(request, _("Stopped. The bookings are being called off, refunded and told."))
    return redirect("staff:roster_session", session_id=session_id)


@require_http_methods(["GET", "POST"])
@clerk
def day(request: HttpRequest, day: str) -> HttpResponse:
    """What closing a day of the campus would mean, and closing it."""
    chosen = read_day(day, default=date.min)
    if chosen == date.min:
        raise Http404
    actor, now = actor_of(request), timezone.now()
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = close_day(campus_code=actor.campus_code, day=chosen, reason=form.to_reason(), actor=actor, now=now)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Sessions stopped: %(number)s.") % {"number": number})
            return redirect(_week_of(chosen))
    sessions = [
        each
        for each in list_roster(campus_code=actor.campus_code, first=chosen, last=chosen)
        if each.stop_reason is None and each.session.ends_at > now
    ]
    return show(
        request,
        "day",
        tab="week",
        status=422 if request.method == "POST" else 200,
        day=chosen,
        sessions=sessions,
        effect=preview_stop(session_ids=[each.session.id for each in sessions]),
        stop_form=form,
        back=_week_of(chosen),
    )


def _week_of(day: date) -> str:
    return f"{reverse('staff:roster')}?{urlencode({'day': day.isoformat()})}"
