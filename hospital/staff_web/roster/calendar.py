"""Holidays, days worked as another weekday, and opening ahead with what it would do (A04, N12)."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.scheduling.api import (
    DAYS_AHEAD,
    add_day_rule,
    generate_sessions,
    list_day_rules,
    preview_generation,
    remove_day_rule,
)
from hospital.staff_web.access import actor_of
from hospital.staff_web.roster.forms import DayForm
from hospital.staff_web.roster.frame import WEEKDAYS, clerk, read_day, show

SHOWN_DAYS = 400


@require_http_methods(["GET", "POST"])
@clerk
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar of the campus, a form for another day, and what opening the coming weeks would do."""
    actor, now = actor_of(request), timezone.now()
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_day_rule(rule=form.to_rule(campus_code=actor.campus_code), actor=actor, now=now)
        except Refusal as refusal:
            form.add_error("day", refusal.message)
        else:
            messages.success(request, _("Saved. Sessions that are open on that day stay until you close it."))
            return redirect("staff:roster_calendar")
    today = local_day(now)
    rules = list_day_rules(first=today, last=today + timedelta(days=SHOWN_DAYS), campus_code=actor.campus_code)
    preview = preview_generation(first=today, last=_last(today), campus_code=actor.campus_code)
    return show(
        request,
        "calendar",
        tab="calendar",
        status=422 if request.method == "POST" else 200,
        form=form,
        rules=[(each, WEEKDAYS.get(each.as_weekday or 0)) for each in rules],
        preview=preview,
        to_open=sum(each.to_open for each in preview),
        conflicts=sum(each.conflicts for each in preview),
    )


def _last(today: date) -> date:
    return today + timedelta(days=DAYS_AHEAD)


@require_POST
@clerk
def remove(request: HttpRequest) -> HttpResponse:
    """Takes a day out of the campus's calendar."""
    now = timezone.now()
    actor = actor_of(request)
    day = read_day(request.POST.get("day", ""), default=local_day(now))
    remove_day_rule(day=day, campus_code=actor.campus_code, actor=actor, now=now)
    messages.success(request, _("Taken out of the calendar."))
    return redirect("staff:roster_calendar")


@require_POST
@clerk
def open_ahead(request: HttpRequest) -> HttpResponse:
    """Opens the coming weeks now, as it happens every night."""
    now = timezone.now()
    actor = actor_of(request)
    today = local_day(now)
    number = generate_sessions(first=today, last=_last(today), campus_code=actor.campus_code, actor=actor, now=now)
    messages.success(request, _("Sessions opened: %(number)s.") % {"number": number})
    return redirect("staff:roster_calendar")
