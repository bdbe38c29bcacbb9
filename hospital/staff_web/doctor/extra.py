"""The doctor's word on extra places 加号: what was asked for, what was granted (F45)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.scheduling.api import decide_extra_place, list_extra_places_with
from hospital.scheduling.types import ExtraPlaceCard
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.doctor.views import desk_context
from hospital.staff_web.registration.words import EXTRA_WORDS, StateWord

doctor = desk_view(Role.DOCTOR)


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """One extra place with its patient in words."""

    place: ExtraPlaceCard
    person: PersonCard
    word: StateWord
    can_grant: bool
    can_refuse: bool


@require_GET
@doctor
def extra(request: HttpRequest) -> HttpResponse:
    """What waits for the doctor's word, and what they gave, in sessions that are not over."""
    actor, now = actor_of(request), timezone.now()
    places = list_extra_places_with(clinician_user_id=UUID(actor.id), now=now)
    people = list_people(actor=actor, person_ids={place.person_id for place in places}, now=now)
    rows = [
        ExtraRow(
            place,
            people[place.person_id],
            EXTRA_WORDS[place.state],
            can_grant=place.state == "ASKED",
            can_refuse=place.state in {"ASKED", "GRANTED"},
        )
        for place in places
        if place.person_id in people
    ]
    return render(request, "staff_web/doctor/extra.html", desk_context(request, rows=rows))


@require_POST
@doctor
def decide(request: HttpRequest, extra_id: UUID) -> HttpResponse:
    """Grants or refuses what was asked for, or takes back what is not used."""
    is_granted = request.POST.get("decision") == "grant"
    try:
        decide_extra_place(extra_id=extra_id, is_granted=is_granted, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Granted; the window can register.") if is_granted else _("Not granted."))
    return redirect("staff:doctor_extra")
