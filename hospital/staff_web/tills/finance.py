"""The finance office's day: all settlements of all campuses that ended in it, added up (N16)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hospital.campuses.api import list_campuses
from hospital.kernel.actors import Role
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.tills.files import entries_file
from hospital.staff_web.tills.sums import name_channels, name_classes, name_payers
from hospital.staff_web.tills.views import frame, name_closers
from hospital.staff_web.tills.words import STATES, TILLS
from hospital.tills.api import list_closings_between, list_entries, sum_closings
from hospital.tills.types import ClosingInfo

finance = desk_view(Role.FINANCE)


@require_GET
@finance
def day(request: HttpRequest) -> HttpResponse:
    """Every settlement that ended on the day, by campus, with the sums over all of them."""
    chosen = _read_day(request)
    closings = _list_day(chosen)
    summary = sum_closings(closing_ids=[each.id for each in closings])
    names = {each.code: each.short for each in list_campuses()}
    closers = name_closers(closings)
    context: dict[str, Any] = frame(
        actor_of(request),
        day=chosen,
        rows=[
            (each, names[each.campus_code], TILLS[each.kind], STATES[each.state], closers[each.id]) for each in closings
        ],
        difference=sum((each.difference for each in closings), Decimal("0.00")),
        summary=summary,
        channels=name_channels(summary),
        classes=name_classes(summary),
        payers=name_payers(summary),
    )
    return render(request, "staff_web/tills/finance.html", context)


@require_GET
@finance
def export(request: HttpRequest, form: str = "csv") -> HttpResponse:
    """The day's entries as a file."""
    chosen = _read_day(request)
    closings = {each.id: each for each in _list_day(chosen)}
    rows = [(closings[entry.closing_id], entry) for entry in list_entries(closing_ids=closings) if entry.closing_id]
    return entries_file(f"{chosen:%Y-%m-%d}", rows, form=form)


def _list_day(chosen: date) -> list[ClosingInfo]:
    begin = datetime.combine(chosen, time(), SHANGHAI)
    return list_closings_between(ended_from=begin, ended_to=begin + timedelta(days=1))


def _read_day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return local_day(timezone.now())
