"""Templates, order sets and favorites in a visit: inserted by `/` or a button, kept from what is written (D52, D53)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.orders.api import Handling, Piece, keep_orders, list_order_sets, list_orders, set_favorite_drug
from hospital.orders.errors import UnknownOrder
from hospital.orders.types import Directions, LineView
from hospital.records.api import list_templates, save_template, set_favorite_diagnosis
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.page import load_context
from hospital.staff_web.doctor.saving import typed_sections
from hospital.staff_web.doctor.views import doctor
from hospital.workflows.write_order_set import write_order_set


def typed_name(request: HttpRequest) -> BilingualText:
    """The name that somebody gives a template or a set, in both languages."""
    return BilingualText(request.POST.get("name_zh", ""), request.POST.get("name_en", ""))


@require_GET
@doctor
def pick(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """What can be inserted into this visit."""
    return _pick(request, encounter_id)


@require_POST
@doctor
def write_set(request: HttpRequest, encounter_id: UUID, set_id: UUID) -> HttpResponse:
    """Writes the lines of a set as drafts; those that the rules refuse are named above the orders."""
    actor, now = actor_of(request), timezone.now()
    done = write_order_set(set_id=set_id, encounter_id=encounter_id, actor=actor, now=now)
    return _orders(request, encounter_id, not_written=done.refused)


@require_POST
@doctor
def keep(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Keeps the note as typed as a template, or the orders of the visit as a set."""
    actor, now = actor_of(request), timezone.now()
    is_shared = request.POST.get("shared") == "1"
    name = typed_name(request)
    try:
        if request.POST.get("what") == "orders":
            keep_orders(encounter_id=encounter_id, name=name, is_shared=is_shared, actor=actor, now=now)
        else:
            save_template(name=name, texts=typed_sections(request), is_shared=is_shared, actor=actor)
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        return _pick(request, encounter_id, status=422, error=refusal.message, name=name)
    return _pick(request, encounter_id, kept=_("Kept."))


@require_POST
@doctor
def favorite(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Makes a diagnosis, or a drug with its directions, a favorite, or no longer."""
    actor, now = actor_of(request), timezone.now()
    is_favorite = request.POST.get("on") == "1"
    code = request.POST.get("code", "")
    if code:
        set_favorite_diagnosis(code=code, is_favorite=is_favorite, actor=actor)
        context = load_context(request, visit=get_encounter(encounter_id=encounter_id), actor=actor, now=now)
        return render(request, "staff_web/doctor/_diagnoses_swap.html", context)
    line = _line(request, encounter_id)
    set_favorite_drug(
        item_code=line.item_code, is_favorite=is_favorite, directions=line_directions(line), actor=actor, now=now
    )
    return _orders(request, encounter_id)


def _pick(request: HttpRequest, encounter_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "encounter_id": encounter_id,
        "templates": list_templates(actor=actor),
        "sets": [each for each in list_order_sets(actor=actor) if not each.is_favorite_drug],
        **more,
    }
    return render(request, "staff_web/doctor/_pick.html", context, status=status)


def _orders(request: HttpRequest, encounter_id: UUID, **more: Any) -> HttpResponse:
    visit = get_encounter(encounter_id=encounter_id)
    context = load_context(request, visit=visit, actor=actor_of(request), now=timezone.now()) | more
    return render(request, "staff_web/doctor/_orders_swap.html", context)


def _line(request: HttpRequest, encounter_id: UUID) -> LineView:
    orders = list_orders(encounter_id=encounter_id, actor=actor_of(request), now=timezone.now())
    wanted = request.POST.get("line", "")
    found = next((line for order in orders for line in order.lines if str(line.id) == wanted), None)
    if found is None:
        raise UnknownOrder
    return found


def line_piece(line: LineView) -> Piece:
    """A written piece of a decoction with its reasons, to write it again."""
    assert line.dose is not None  # every piece has its grams
    return Piece(
        grams=line.dose,
        handling=line.handling or Handling.USUAL,
        remark=line.remark,
        allergy_reason=line.allergy_reason,
        safety_reason=line.safety_reason,
    )


def line_directions(line: LineView) -> Directions | None:
    """The directions of a written drug, to write it again; None for what is no drug. Reasons are not taken along."""
    if line.handling or line.dose is None or line.route is None or line.frequency is None:
        return None
    return Directions(
        dose=line.dose,
        dose_unit=line.dose_unit,
        route=line.route,
        frequency=line.frequency,
        days=line.days or 1,
        quantity=None if line.is_quantity_computed else line.quantity,
        remark=line.remark,
    )
