"""The doctor's desk: the queue, one visit, the note, the signature."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.campuses.api import get_clinician_of_user
from hospital.clinical_documents.api import list_returned
from hospital.encounters.api import call_next, get_encounter, get_visit_frame, list_person_encounters, move_encounter
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.kernel.watching import watch_address
from hospital.patients.api import get_body_facts
from hospital.patients.errors import NoCareRelation, UnknownPerson
from hospital.records.api import amend_note
from hospital.records.errors import NoteChanged
from hospital.scheduling.api import count_extra_places_asked
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.critical_bar import open_alerts_of
from hospital.staff_web.desks import DOCTOR
from hospital.staff_web.doctor import saving
from hospital.staff_web.doctor.page import visit_context
from hospital.staff_web.doctor.queue import count_waiting, list_queue
from hospital.staff_web.doctor.timeline import list_timeline
from hospital.staff_web.doctor.triage import read_triage
from hospital.staff_web.journey import list_journey
from hospital.workflows.kidney_function import find_kidney_function
from hospital.workflows.sign_visit import finish_visit, sign_visit

doctor = desk_view(Role.DOCTOR)
WEEKS: Final = (1, 2, 4, 6, 8, 12, 26)
"""In how many weeks a patient may be asked back."""
ORDERS_BACK = {EncounterState.IN_CONSULT, EncounterState.AWAY, EncounterState.DONE}
# What a button of the page may ask for; the signature and the end have their own.
MOVES = {
    "call": EncounterState.CALLED,
    "start": EncounterState.IN_CONSULT,
    "pass": EncounterState.PASSED,
}


def desk_context(request: HttpRequest, *, me: UUID | None = None, **more: Any) -> dict[str, Any]:
    """What every page of this desk shows: the queue. `me` is the doctor, where the caller knows."""
    actor, now = actor_of(request), timezone.now()
    groups = list_queue(actor=actor, now=now)
    asked = count_extra_places_asked(clinician_user_id=UUID(actor.id), now=now)
    if me is None:
        found = get_clinician_of_user(user_id=UUID(actor.id))
        me = found.id if found else None
    live = watch_address(topics=[f"line:{me}"], now=now) if me else ""
    return {
        "desk_code": DOCTOR.code,
        "live": live,
        "groups": groups,
        "waiting": count_waiting(groups),
        "extra_asked": asked,
        "critical_count": len(open_alerts_of(request)),
        "returned_certificates": list_returned(actor=actor),
        **more,
    }


@require_GET
@doctor
def desk(request: HttpRequest) -> HttpResponse:
    """The desk: the visit in the room, a person that was searched for, or the queue alone."""
    person_id = request.GET.get("person", "")
    if person_id:
        try:
            return _person(request, UUID(person_id))
        except ValueError as wrong:
            raise UnknownPerson from wrong
    context = desk_context(request)
    in_room = [row for group in context["groups"] for row in group.rows if row.visit.state is EncounterState.IN_CONSULT]
    if in_room:
        return redirect("staff:doctor_visit", encounter_id=in_room[0].visit.id)
    return render(request, "staff_web/doctor/desk.html", context)


def _person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The record of a person; the visit itself when they are in this doctor's queue today."""
    now = timezone.now()
    actor = actor_of(request)
    patient = get_banner(actor=actor, person_id=person_id, now=now)
    visits = list_person_encounters(person_id=person_id)
    today = local_day(now)
    for visit_card in visits:
        if visit_card.queue_on == today and str(visit_card.clinician_user_id) == actor.id:
            return redirect("staff:doctor_visit", encounter_id=visit_card.id)
    context = desk_context(
        request,
        patient=patient,
        visits=visits,
        timeline=list_timeline(person_id=person_id, actor=actor, now=now),
    )
    return render(request, "staff_web/doctor/person.html", context)


@require_GET
@doctor
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone, for its own refresh."""
    return render(request, "staff_web/doctor/_queue.html", desk_context(request, current=request.GET.get("visit", "")))


@require_POST
@doctor
def call_next_patient(request: HttpRequest) -> HttpResponse:
    """Calls whoever waits first and opens the visit."""
    actor = actor_of(request)
    encounter_id = call_next(clinician_user_id=UUID(actor.id), actor=actor, now=timezone.now())
    if encounter_id is None:
        messages.info(request, _("Nobody is waiting."))
        return redirect("staff:doctor")
    messages.success(request, _("Called to your room. The screen outside shows it."))
    return redirect("staff:doctor_visit", encounter_id=encounter_id)


@require_GET
@doctor
def visit(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """One visit. Somebody without a part in the care is led to the person, where the record can be broken open."""
    try:
        return show_visit(request, encounter_id)
    except NoCareRelation:
        person_id = get_encounter(encounter_id=encounter_id).person_id
        return redirect(f"/staff/doctor/?person={person_id}")


def show_visit(
    request: HttpRequest, encounter_id: UUID, *, refusal: Refusal | None = None, **more: Any
) -> HttpResponse:
    """The whole page of one visit; a refusal stands above the main button, once."""
    now = timezone.now()
    actor = actor_of(request)
    card = get_encounter(encounter_id=encounter_id)
    frame = get_visit_frame(encounter_id=encounter_id, person_id=card.person_id, day=local_day(now))
    patient = get_banner(
        actor=actor,
        person_id=card.person_id,
        now=now,
        payer=card.payer,
        is_green=frame.is_green,
        journey=list_journey(visit=card),
    )
    context = desk_context(
        request,
        me=card.clinician_id if str(card.clinician_user_id) == actor.id else None,
        patient=patient,
        triage=read_triage(frame.triage),
        body=get_body_facts(person_id=card.person_id, now=now),
        kidneys=find_kidney_function(person=patient.person, now=now),
        current=str(encounter_id),
        timeline=list_timeline(person_id=card.person_id, actor=actor, now=now),
        asked_back=frame.asked_back,
        can_order_back=str(card.clinician_user_id) == actor.id and card.state in ORDERS_BACK,
        weeks=WEEKS,
        **visit_context(visit=card, actor=actor, now=now) | more,
    )
    if refusal is not None and not any(refusal.message in each.text for each in context["to_fix"]):
        context["refusal_text"] = refusal.message
    return render(request, "staff_web/doctor/visit.html", context, status=refusal.status if refusal else 200)


@require_POST
@doctor
def move(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Calls, starts the consultation, or puts somebody aside who did not answer."""
    target = MOVES.get(request.POST.get("to", ""))
    if target is not None:
        actor = actor_of(request)
        move_encounter(
            encounter_id=encounter_id,
            target=target,
            actor=actor,
            now=timezone.now(),
            clinician_user_id=UUID(actor.id),
        )
    return redirect("staff:doctor_visit", encounter_id=encounter_id)


@require_POST
@doctor
def save(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Saves the draft of the note while it is written; the page keeps what is typed whatever the answer."""
    return saving.save(request, encounter_id)


@require_POST
@doctor
def sign(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Saves what is typed, then signs the note and every draft; a refusal stands above the button, and where another
    window saved in between both texts are shown to choose from."""
    actor = actor_of(request)
    try:
        if "complaint" in request.POST:
            saving.save_typed(request, encounter_id)
        signed = sign_visit(encounter_id=encounter_id, actor=actor, now=timezone.now())
    except NoteChanged as refusal:
        return show_visit(request, encounter_id, refusal=refusal, **saving.typed_context(request, encounter_id))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return show_visit(request, encounter_id, refusal=refusal)
    if signed.prescription_ids:
        messages.success(request, _("Signed and sent. The pharmacist reviews the prescription before it is paid."))
    elif signed.order_ids:
        messages.success(request, _("Signed and sent. The patient sees the bill now."))
    else:
        messages.success(request, _("The note is signed."))
    return redirect("staff:doctor_visit", encounter_id=encounter_id)


@require_POST
@doctor
def finish(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Ends the visit and goes back to the queue."""
    try:
        finish_visit(encounter_id=encounter_id, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return show_visit(request, encounter_id, refusal=refusal)
    messages.success(request, _("The visit is finished."))
    return redirect("staff:doctor")


@require_POST
@doctor
def amend(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Opens a new version of a signed note, with a reason."""
    try:
        amend_note(
            encounter_id=encounter_id,
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return show_visit(request, encounter_id, refusal=refusal)
    return redirect("staff:doctor_visit", encounter_id=encounter_id)
