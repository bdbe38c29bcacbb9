"""Treatments that a doctor orders in a visit: what was ordered, how far it is, and the form for another (D54)."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.catalog.api import search_items
from hospital.catalog.types import CatalogKind, ServiceCategory
from hospital.encounters.api import get_encounter, require_clinical_access
from hospital.encounters.states import EncounterState
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import get_banner
from hospital.staff_web.doctor.views import desk_context, doctor
from hospital.staff_web.papers import paper_language, paper_response
from hospital.staff_web.treatments.rows import STATE_WORDS
from hospital.staff_web.treatments.views import strike_out
from hospital.treatments.api import (
    DOSE_UNITS,
    FREQUENCIES,
    LATERALITIES,
    MOST_SESSIONS,
    PAIRED_SITES,
    REACTIONS,
    SITES,
    Frequency,
    Laterality,
    list_visit_treatments,
)
from hospital.treatments.errors import BadPlan
from hospital.treatments.types import Plan
from hospital.workflows.print_treatment import print_treatment_sheet, word_dose, word_site
from hospital.workflows.treat import list_strikable, order_and_charge

_MOST_HITS = 60


@require_GET
@doctor
def treatments(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """What was ordered in the visit; with `q`, the treatments of the catalog that fit."""
    return _show(request, encounter_id)


@require_POST
@doctor
def order(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Orders and charges a treatment."""
    try:
        order_and_charge(
            encounter_id=encounter_id,
            item_code=request.POST.get("code", ""),
            plan=_plan(request),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, encounter_id, refusal=refusal)
    messages.success(request, _("Ordered. The patient can pay for the sessions now."))
    return redirect("staff:doctor_treatments", encounter_id=encounter_id)


@require_GET
@doctor
def print_sheet(request: HttpRequest, treatment_id: UUID) -> HttpResponse:
    """The sheet as PDF."""
    return paper_response(
        print_treatment_sheet(
            treatment_id=treatment_id,
            language=paper_language(request),
            actor=actor_of(request),
            now=timezone.now(),
        )
    )


@require_POST
@doctor
def strike(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Strikes out a session that the treatment room recorded by mistake."""
    try:
        strike_out(request)
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, encounter_id, refusal=refusal)
    return redirect("staff:doctor_treatments", encounter_id=encounter_id)


def _plan(request: HttpRequest) -> Plan:
    """The plan as typed. Refuses `BadPlan` where a code or a number is none."""
    dose = request.POST.get("dose", "").strip()
    site = request.POST.get("site", "")
    side = request.POST.get("laterality", "")
    try:
        return Plan(
            site=site,
            laterality=Laterality(side) if site in PAIRED_SITES else Laterality.NONE,
            frequency=Frequency(request.POST.get("frequency", "")),
            sessions=int(request.POST.get("sessions", "")),
            dose=Decimal(dose).quantize(Decimal("0.001")) if dose else None,
            dose_unit=request.POST.get("dose_unit", "") if dose else "",
            remark=request.POST.get("remark", ""),
        )
    except (ValueError, InvalidOperation) as wrong:
        raise BadPlan(limit=MOST_SESSIONS) from wrong


def _show(request: HttpRequest, encounter_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    visit = get_encounter(encounter_id=encounter_id)
    require_clinical_access(actor=actor, person_id=visit.person_id, now=now)
    is_own = str(visit.clinician_user_id) == actor.id
    can_order = is_own and visit.state is EncounterState.IN_CONSULT
    context = desk_context(
        request,
        visit=visit,
        current=str(visit.id),
        patient=get_banner(actor=actor, person_id=visit.person_id, now=now),
        rows=[
            {
                "treatment": view,
                "word": STATE_WORDS[view.state],
                "site": word_site(view),
                "dose": word_dose(view),
                "href": reverse("staff:doctor_treatment_print", args=[view.id]),
                "strikable": list_strikable(treatment=view, actor=actor, now=now) if is_own else frozenset(),
            }
            for view in list_visit_treatments(encounter_id=encounter_id, now=now)
        ],
        reactions=REACTIONS,
        strike_address=reverse("staff:doctor_treatment_strike", args=[visit.id]),
        can_order=can_order,
        refusal=refusal,
        typed=request.POST,
        **(_choices(request) if can_order else {}),
    )
    status = refusal.status if refusal else 200
    return render(request, "staff_web/doctor/treatments.html", context, status=status)


def _choices(request: HttpRequest) -> dict[str, Any]:
    text = request.GET.get("q", "").strip() or request.POST.get("q", "").strip()
    kinds, categories = [CatalogKind.CHARGE_ITEM], [ServiceCategory.TREATMENT]
    found = search_items(text=text, now=timezone.now(), kinds=kinds, categories=categories, limit=_MOST_HITS)
    return {
        "text": text,
        "hits": found,
        "sites": SITES,
        "sides": {each: name for each, name in LATERALITIES.items() if each is not Laterality.NONE},
        "units": DOSE_UNITS,
        "frequencies": FREQUENCIES,
        "most": MOST_SESSIONS,
    }
