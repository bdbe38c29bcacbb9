"""The triage desk: who is here, the assessment, the green channel (N02, A06)."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter, list_areas, list_complaints, list_triages, set_priority
from hospital.encounters.errors import TriageIncomplete
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.kernel.watching import watch_address
from hospital.patients.api import get_body_facts
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.desks import TRIAGE
from hospital.staff_web.journey import list_journey
from hospital.staff_web.registration.words import priority_word
from hospital.staff_web.waiting.forms import GREEN, VITALS, PriorityForm, TriageForm
from hospital.staff_web.waiting.queue import list_triage_groups
from hospital.workflows.assess_visit import assess_visit
from hospital.workflows.visit import check_in

nurse = desk_view(Role.NURSE)
ASSESSED = {EncounterState.CHECKED_IN, EncounterState.WAITING}
CHECKS_IN = {EncounterState.REGISTERED, EncounterState.PASSED, EncounterState.AWAY}


def desk_context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of this desk shows: everybody who is here."""
    actor, now = actor_of(request), timezone.now()
    return {
        "desk_code": TRIAGE.code,
        "live": watch_address(topics=[f"campus:{actor.campus_code}"], now=now),
        "groups": list_triage_groups(actor=actor, now=now),
        **more,
    }


@require_GET
@nurse
def desk(request: HttpRequest) -> HttpResponse:
    """The desk with the addresses of the wall boards."""
    areas = list_areas(campus_code=actor_of(request).campus_code)
    return render(request, "staff_web/waiting/desk.html", desk_context(request, areas=areas))


@require_GET
@nurse
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone, for its own refresh."""
    context = desk_context(request, current=request.GET.get("visit", ""))
    return render(request, "staff_web/waiting/_queue.html", context)


@require_GET
@nurse
def visit(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """One visit with its forms."""
    return _show(request, encounter_id)


def _show(
    request: HttpRequest, encounter_id: UUID, *, form: TriageForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    card = get_encounter(encounter_id=encounter_id)
    patient = get_banner(
        actor=actor, person_id=card.person_id, now=now, payer=card.payer, journey=list_journey(visit=card)
    )
    latest = list_triages(encounter_ids=[encounter_id]).get(encounter_id)
    body = get_body_facts(person_id=card.person_id, now=now)
    if form is None:
        known: dict[str, Any] = {"level": 4, "needs_interpreter": patient.needs_interpreter}
        if latest:
            known = {name: getattr(latest, name) for name in ("level", "reason", "is_escorted", "needs_interpreter")}
            known |= {"complaint": latest.complaint_code} | {name: getattr(latest.vitals, name) for name in VITALS}
        known |= {"is_pregnant": body.due_on is not None, "due_on": body.due_on}
        form = TriageForm(initial=known)
    context = desk_context(
        request,
        patient=patient,
        visit=card,
        current=str(encounter_id),
        form=form,
        body=body,
        latest=latest,
        levels=json.dumps({each.code: each.level for each in list_complaints()}),
        priority_form=PriorityForm(initial={"priority": GREEN if card.is_green else card.priority}),
        goes_first=priority_word(card),
        can_assess=card.state in ASSESSED,
        can_check_in=card.state in CHECKS_IN,
        refusal_text=refusal.message if refusal else "",
    )
    return render(request, "staff_web/waiting/visit.html", context, status=refusal.status if refusal else 200)


@require_POST
@nurse
def save(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Keeps the assessment; what is typed stays on the page when it is refused."""
    form = TriageForm(request.POST)
    try:
        if not form.is_valid():
            raise TriageIncomplete
        assess_visit(
            encounter_id=encounter_id, body=form.body(), actor=actor_of(request), now=timezone.now(), **form.facts()
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, encounter_id, form=form, refusal=refusal)
    messages.success(request, _("Saved. The patient waits for the doctor."))
    return redirect("staff:triage")


@require_POST
@nurse
def prioritize(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Lets somebody go first, or takes that away."""
    chosen = request.POST.get("priority", "")
    try:
        set_priority(
            encounter_id=encounter_id,
            priority="" if chosen == GREEN else chosen,
            is_green=chosen == GREEN,
            reason=request.POST.get("note", ""),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, encounter_id, refusal=refusal)
    messages.success(request, _("The place in the line was changed."))
    return redirect("staff:triage_visit", encounter_id=encounter_id)


@require_POST
@nurse
def check_somebody_in(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Checks in whoever stands at the desk."""
    try:
        check_in(encounter_id=encounter_id, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, encounter_id, refusal=refusal)
    return redirect("staff:triage_visit", encounter_id=encounter_id)
