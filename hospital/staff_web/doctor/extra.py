"""The doctor's word on extra places 加号: what was asked for, what was granted (F45)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.campuses.api import get_clinician_of_user
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.patients.api import list_people, search_people
from hospital.patients.types import PersonCard
from hospital.scheduling.api import decide_extra_place, list_extra_places_with, list_sessions
from hospital.scheduling.errors import UnknownSession
from hospital.scheduling.types import ExtraPlaceCard, SessionCard
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.doctor.views import desk_context
from hospital.staff_web.people.lookup import record_search
from hospital.staff_web.registration.words import EXTRA_WORDS, StateWord
from hospital.workflows.extra_places import grant_extra_to_patient

doctor = desk_view(Role.DOCTOR)
SHORTEST = 2
MOST_PEOPLE = 8
DAYS_AHEAD = timedelta(days=14)


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
    """What waits for the doctor's word, what they gave, and whom of their patients they may give one unasked."""
    actor, now = actor_of(request), timezone.now()
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"rows": _list_rows(actor, now), "text": text, "found": [], "sessions": []}
    if len(text) >= SHORTEST:
        context["found"] = search_people(actor=actor, text=text, now=now, limit=MOST_PEOPLE)
        context["sessions"] = _list_own_sessions(actor, now)
        record_search(request, [each.id for each in context["found"]])
    return render(request, "staff_web/doctor/extra.html", desk_context(request, **context))


def _list_rows(actor: Actor, now: datetime) -> list[ExtraRow]:
    places = list_extra_places_with(clinician_user_id=UUID(actor.id), now=now)
    people = list_people(actor=actor, person_ids={place.person_id for place in places}, now=now)
    return [
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


def _list_own_sessions(actor: Actor, now: datetime) -> list[SessionCard]:
    me = get_clinician_of_user(user_id=UUID(actor.id))
    today = local_day(now)
    if me is None:
        return []
    return list_sessions(now=now, first=today, last=today + DAYS_AHEAD, clinician_id=me.id)


@require_POST
@doctor
def give(request: HttpRequest) -> HttpResponse:
    """A place for a patient whom nobody asked for."""
    try:
        session_id, person_id = UUID(request.POST.get("session", "")), UUID(request.POST.get("person", ""))
    except ValueError:
        raise UnknownSession from None
    try:
        grant_extra_to_patient(session_id=session_id, person_id=person_id, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Granted; the window can register."))
    return redirect("staff:doctor_extra")


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
