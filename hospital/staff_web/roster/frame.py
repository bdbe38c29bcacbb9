"""What every page of the roster desk shares."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.kernel.actors import Role
from hospital.scheduling.types import Pool
from hospital.staff_web.access import desk_view
from hospital.staff_web.desks import ROSTER

clerk = desk_view(Role.ROSTER_CLERK)
TABS = (
    ("week", "staff:roster", _("Week")),
    ("templates", "staff:roster_templates", _("Every week")),
    ("calendar", "staff:roster_calendar", _("Holidays and opening")),
    ("campus", "staff:roster_campus", _("Place and follow-ups")),
)
WEEKDAYS = {
    1: _("Monday"),
    2: _("Tuesday"),
    3: _("Wednesday"),
    4: _("Thursday"),
    5: _("Friday"),
    6: _("Saturday"),
    7: _("Sunday"),
}
PARTS = {
    "AM": pgettext_lazy("part of the day", "AM"),
    "PM": pgettext_lazy("part of the day", "PM"),
    "EVENING": pgettext_lazy("part of the day", "Eve"),
}
POOLS = {
    Pool.APP: _("App"),
    Pool.MINI: _("Mini program"),
    Pool.WINDOW: _("Window"),
    Pool.KIOSK: _("Machines and partners"),
    Pool.DOCTOR: _("The doctor’s own"),
    Pool.VIP: _("Insurers and coordinators"),
}


def show(request: HttpRequest, name: str, *, tab: str, status: int = 200, **facts: Any) -> HttpResponse:
    """A page of the desk with its tabs."""
    context = {"desk_code": ROSTER.code, "tab": tab, "tabs": TABS, **facts}
    return render(request, f"staff_web/roster/{name}.html", context, status=status)


def read_day(text: str, *, default: date) -> date:
    """The day of an address, `2026-11-30`; `default` for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return default
    return found if 2000 <= found.year <= 2100 else default
