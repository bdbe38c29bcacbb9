"""Where the campus is for check-in by telephone, and follow-ups: for how long, at which fee (A05, A04)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from hospital.campuses.api import (
    LARGEST_RADIUS,
    LONGEST_FOLLOW_UP,
    SMALLEST_RADIUS,
    get_campus,
    list_departments,
    place_campus,
    set_follow_up_days,
)
from hospital.campuses.errors import FollowUpDaysWrong, SiteIncomplete
from hospital.campuses.types import CampusCard, Site
from hospital.kernel.errors import Refusal
from hospital.scheduling.api import list_follow_up_fees, set_follow_up_fees
from hospital.staff_web.access import actor_of
from hospital.staff_web.roster.frame import clerk, show

USUAL_RADIUS = 400


class PlaceForm(forms.Form):
    """Degrees of WGS 84 and meters; both degrees empty: not measured."""

    latitude = forms.FloatField(label=gettext_lazy("Latitude"), required=False)
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), required=False)
    radius = forms.IntegerField(
        label=gettext_lazy("Distance in meters"), min_value=SMALLEST_RADIUS, max_value=LARGEST_RADIUS
    )

    def to_site(self) -> Site | None:
        """The place, or None. Refuses with `SiteIncomplete` where one of the degrees is missing."""
        data = self.cleaned_data
        if data["latitude"] is None and data["longitude"] is None:
            return None
        if data["latitude"] is None or data["longitude"] is None:
            raise SiteIncomplete
        return Site(latitude=data["latitude"], longitude=data["longitude"], radius=data["radius"])


@require_GET
@clerk
def campus(request: HttpRequest) -> HttpResponse:
    """The campus's place, its departments' days of follow-up, and the fees of follow-ups."""
    return _show(request)


@require_POST
@clerk
def place(request: HttpRequest) -> HttpResponse:
    """Sets where the campus is and how near counts as being there."""
    form, actor = PlaceForm(request.POST), actor_of(request)
    if form.is_valid():
        try:
            place_campus(campus_code=actor.campus_code, site=form.to_site(), actor=actor, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved. It holds from the next check-in on."))
            return redirect("staff:roster_campus")
    return _show(request, form=form, status=422)


@require_POST
@clerk
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Sets the days of follow-up of the campus's departments."""
    actor = actor_of(request)
    try:
        days = {
            UUID(name[5:]): _read_days(str(value)) for name, value in request.POST.items() if name.startswith("days-")
        }
        changed = set_follow_up_days(campus_code=actor.campus_code, days=days, actor=actor, now=timezone.now())
    except Refusal as refusal:
        return _show(request, days_error=refusal.message, status=422)
    said = ngettext("Saved: %(number)s department changed.", "Saved: %(number)s departments changed.", changed)
    messages.success(request, said % {"number": changed})
    return redirect("staff:roster_campus")


@require_POST
@clerk
def follow_up_fees(request: HttpRequest) -> HttpResponse:
    """Sets which fee a follow-up costs, at every campus."""
    fees = {name[4:]: str(value) or None for name, value in request.POST.items() if name.startswith("fee-")}
    try:
        changed = set_follow_up_fees(fees=fees, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        return _show(request, fees_error=refusal.message, status=422)
    said = ngettext("Saved: %(number)s fee changed.", "Saved: %(number)s fees changed.", changed)
    messages.success(request, said % {"number": changed})
    return redirect("staff:roster_campus")


def _read_days(text: str) -> int:
    if not (text.isascii() and text.strip().isdigit()):
        raise FollowUpDaysWrong(longest=LONGEST_FOLLOW_UP)
    return int(text)


def _show(
    request: HttpRequest,
    *,
    form: PlaceForm | None = None,
    days_error: str = "",
    fees_error: str = "",
    status: int = 200,
) -> HttpResponse:
    here = get_campus(code=actor_of(request).campus_code)
    fees = list_follow_up_fees(now=timezone.now())
    ordinary = [each for each in fees if not each.is_follow_up]
    typed = request.POST
    return show(
        request,
        "campus",
        tab="campus",
        status=status,
        campus=here,
        form=form or _form_of(here),
        departments=[
            (each, typed.get(f"days-{each.id}", each.follow_up_days))
            for each in list_departments(campus_code=here.code)
        ],
        fees=[(each, typed.get(f"fee-{each.item_code}", each.follow_up_item_code or "")) for each in ordinary],
        choices=[(each.item_code, each.name) for each in fees],
        days_error=days_error,
        fees_error=fees_error,
    )


def _form_of(campus: CampusCard) -> PlaceForm:
    site = campus.site
    return PlaceForm(
        initial={
            "latitude": site.latitude if site else None,
            "longitude": site.longitude if site else None,
            "radius": site.radius if site else USUAL_RADIUS,
        }
    )
