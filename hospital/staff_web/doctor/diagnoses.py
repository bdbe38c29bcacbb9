"""Diagnoses of a note: searched by name, pinyin, initials or code; added, removed, made the main one."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter
from hospital.kernel.errors import Refusal
from hospital.records.api import (
    add_diagnosis,
    list_favorite_diagnoses,
    remove_diagnosis,
    search_icd10,
    set_main_diagnosis,
)
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.page import load_context
from hospital.staff_web.doctor.views import doctor

ACTS: dict[str, Callable[..., None]] = {
    "add": add_diagnosis,
    "remove": remove_diagnosis,
    "main": set_main_diagnosis,
}


@require_GET
@doctor
def search(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """The options under the field, what this doctor signs often first; the favorites before anything is typed."""
    actor = actor_of(request)
    text = request.GET.get("q", "").strip()
    if text:
        hits = search_icd10(text=text, now=timezone.now(), user_id=UUID(actor.id), limit=8)
    else:
        hits = list_favorite_diagnoses(actor=actor)[:8]
    context = {"hits": hits, "text": text, "encounter_id": encounter_id}
    return render(request, "staff_web/doctor/_diagnosis_options.html", context)


@require_POST
@doctor
def change(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Adds, removes or promotes one diagnosis and shows the list; a refusal stands beside the field."""
    actor = actor_of(request)
    now = timezone.now()
    error = ""
    act = ACTS.get(request.POST.get("act", ""))
    if act is not None:
        try:
            act(encounter_id=encounter_id, code=request.POST.get("code", ""), actor=actor, now=now)
        except Refusal as refusal:
            if refusal.status == 403:
                raise
            error = refusal.message
    visit = get_encounter(encounter_id=encounter_id)
    context = load_context(request, visit=visit, actor=actor, now=now) | {"diagnosis_error": error}
    return render(request, "staff_web/doctor/_diagnoses_swap.html", context, status=422 if error else 200)
