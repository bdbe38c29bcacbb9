"""The wards of all campuses with what is free today, and one ward's beds over two weeks (N12)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from hospital.beds.api import close_bed, get_bed, get_ward, list_arriving, list_bed_rows, list_ward_days
from hospital.beds.types import LONGEST_STAY, BedRow
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.staff_web.access import actor_of
from hospital.staff_web.beds.frame import KINDS, STATES, desk, show
from hospital.staff_web.roster.frame import read_day

SHOWN_DAYS = 14


class CloseForm(forms.Form):
    """From when, for how long, and why."""

    day = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    nights = forms.IntegerField(label=gettext_lazy("Days"), min_value=1, max_value=LONGEST_STAY, initial=1)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


@require_GET
@desk
def wards(request: HttpRequest) -> HttpResponse:
    """Every ward with its beds of today, and who is expected at this campus."""
    actor, now = actor_of(request), timezone.now()
    today = local_day(now)
    arriving = list_arriving(day=today, actor=actor)
    people = list_people(actor=actor, person_ids={each.person_id for each in arriving if each.person_id}, now=now)
    days = list_ward_days(day=today, actor=actor)
    return show(
        request,
        "wards",
        tab="wards",
        days=days,
        today=today,
        arriving=[(each, people.get(each.person_id) if each.person_id else None) for each in arriving],
        free=sum(each.free for each in days),
        beds=sum(each.beds for each in days),
    )


@require_GET
@desk
def ward(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """The beds of a ward by days. Names are shown where this desk may see the patient."""
    actor, now = actor_of(request), timezone.now()
    today = local_day(now)
    first = read_day(request.GET.get("from", ""), default=today)
    last = first + timedelta(days=SHOWN_DAYS)
    rows = list_bed_rows(ward_id=ward_id, first=first, last=last, actor=actor)
    people = list_people(
        actor=actor, person_ids={stay.person_id for row in rows for stay in row.stays if stay.person_id}, now=now
    )
    return show(
        request,
        "ward",
        tab="wards",
        ward=get_ward(ward_id=ward_id),
        days=[first + timedelta(days=number) for number in range(SHOWN_DAYS)],
        rows=[(row.bed, KINDS[row.bed.kind], _cells(row, first, last, people)) for row in rows],
        before=first - timedelta(days=SHOWN_DAYS),
        after=last,
        today=today,
    )


def _cells(row: BedRow, first: date, last: date, people: dict[UUID, PersonCard]) -> list[dict[str, Any]]:
    """The days of a bed as cells: what takes it over several days is one of them."""
    cells: list[dict[str, Any]] = []
    day = first
    for stay in row.stays:
        begins, ends = max(stay.starts_on, first), min(stay.ends_on, last)
        cells += [{"day": day + timedelta(days=number), "span": 1} for number in range((begins - day).days)]
        cells.append(
            {
                "stay": stay,
                "span": (ends - begins).days,
                "person": people.get(stay.person_id) if stay.person_id else None,
                "kind": STATES[stay.state][0],
                "word": STATES[stay.state][1],
            }
        )
        day = ends
    return cells + [{"day": day + timedelta(days=number), "span": 1} for number in range((last - day).days)]


@require_http_methods(["GET", "POST"])
@desk
def close(request: HttpRequest, bed_id: UUID) -> HttpResponse:
    """Takes a bed out of service for days."""
    actor, now = actor_of(request), timezone.now()
    bed = get_bed(bed_id=bed_id)
    form = CloseForm(request.POST or None, initial={"day": local_day(now)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                stay_id = close_bed(
                    bed_id=bed_id,
                    starts_on=data["day"],
                    nights=data["nights"],
                    reason=data["reason"],
                    actor=actor,
                    now=now,
                )
            except Refusal as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("Closed. Nobody is offered this bed on these days."))
                return redirect("staff:beds_stay", stay_id=stay_id)
    return show(request, "close", tab="wards", status=status, bed=bed, kind=KINDS[bed.kind], form=form)
