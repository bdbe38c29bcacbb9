"""The decoction of a visit: pieces by keyboard, one after another, and what holds for all of them at once (D52)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.encounters.api import get_encounter
from hospital.kernel.errors import Refusal
from hospital.orders.api import (
    Formula,
    OrderableHit,
    add_piece,
    change_formula,
    change_piece,
    get_hit,
    get_piece_rule,
    list_orders,
    search_orderables,
)
from hospital.orders.errors import (
    AllergyConflict,
    BadDecoction,
    DaysNotExtendable,
    DaysOverLimit,
    SafetyWarning,
    UnknownOrder,
)
from hospital.orders.types import OrderKind
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.body import visit_gfr
from hospital.staff_web.doctor.decoction_forms import FormulaForm, PieceForm, piece_facts, usual_piece
from hospital.staff_web.doctor.inserting import line_piece
from hospital.staff_web.doctor.line_forms import show_line_form, write_line
from hospital.staff_web.doctor.page import load_context
from hospital.staff_web.doctor.views import doctor

# Beside which field a refusal stands.
_PIECE_FIELDS: dict[type[Refusal], str] = {
    AllergyConflict: "allergy_reason",
    SafetyWarning: "safety_reason",
    BadDecoction: "grams",
}
_FORMULA_FIELDS: dict[type[Refusal], str] = {DaysOverLimit: "days_reason", DaysNotExtendable: "doses"}


@require_GET
@doctor
def search(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """The pieces under the search field."""
    text = request.GET.get("q", "").strip()
    hits = search_orderables(text=text, kind=OrderKind.PRESCRIPTION, is_piece=True, now=timezone.now()) if text else []
    context = {"hits": hits, "text": text, "kind": "piece", "encounter_id": encounter_id}
    return render(request, "staff_web/doctor/_item_options.html", context)


@require_http_methods(["GET", "POST"])
@doctor
def piece(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """The form of a new piece with its usual grams and handling, and writing it."""
    code = request.POST.get("code") or request.GET.get("code", "")
    hit = get_hit(code=code, now=timezone.now())
    if request.method == "GET":
        form = PieceForm(initial=usual_piece(hit, get_piece_rule(item=hit.item)))
        return _form(request, encounter_id=encounter_id, hit=hit, form=form)

    def write(form: PieceForm) -> None:
        add_piece(
            encounter_id=encounter_id,
            item_code=hit.item.code,
            piece=form.piece(),
            formula=Formula() if request.POST.get("new") == "1" else None,
            actor=actor_of(request),
            now=timezone.now(),
            gfr=visit_gfr(request, encounter_id),
        )

    return _write(request, encounter_id=encounter_id, hit=hit, write=write)


@require_http_methods(["GET", "POST"])
@doctor
def piece_line(request: HttpRequest, encounter_id: UUID, line_id: UUID) -> HttpResponse:
    """The form of a piece that is written already, and changing it."""
    orders = list_orders(encounter_id=encounter_id, actor=actor_of(request), now=timezone.now())
    line = next((line for order in orders for line in order.lines if line.id == line_id and line.handling), None)
    if line is None:
        raise UnknownOrder
    hit = get_hit(code=line.item_code, now=timezone.now())
    if request.method == "GET":
        form = PieceForm(initial=piece_facts(line_piece(line)))
        return _form(request, encounter_id=encounter_id, hit=hit, form=form, line_id=line_id)

    def write(form: PieceForm) -> None:
        change_piece(
            line_id=line_id,
            piece=form.piece(),
            actor=actor_of(request),
            now=timezone.now(),
            gfr=visit_gfr(request, encounter_id),
        )

    return _write(request, encounter_id=encounter_id, hit=hit, write=write, line_id=line_id)


@require_POST
@doctor
def formula(request: HttpRequest, encounter_id: UUID, order_id: UUID) -> HttpResponse:
    """How many packets and how they are taken; what is refused stands beside its field and nothing is changed."""
    form = FormulaForm(request.POST, auto_id=f"decoction-{order_id}-%s")

    def write(form: FormulaForm) -> None:
        change_formula(
            order_id=order_id,
            formula=form.formula(),
            actor=actor_of(request),
            now=timezone.now(),
            gfr=visit_gfr(request, encounter_id),
        )

    if form.is_valid():
        write_line(form, write=write, fields=_FORMULA_FIELDS)
    wrong = (order_id, form) if form.errors else None
    return _orders(request, encounter_id, status=422 if wrong else 200, wrong_formula=wrong)


def _write(
    request: HttpRequest,
    *,
    encounter_id: UUID,
    hit: OrderableHit,
    write: Callable[[PieceForm], None],
    line_id: UUID | None = None,
) -> HttpResponse:
    form = PieceForm(request.POST)
    if form.is_valid() and write_line(form, write=write, fields=_PIECE_FIELDS) is None:
        return _orders(request, encounter_id, goes_on=line_id is None)
    return _form(request, encounter_id=encounter_id, hit=hit, form=form, line_id=line_id, status=422)


def _form(
    request: HttpRequest,
    *,
    encounter_id: UUID,
    hit: OrderableHit,
    form: PieceForm,
    line_id: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    orders = list_orders(encounter_id=encounter_id, actor=actor_of(request), now=timezone.now())
    context: dict[str, Any] = {
        "form": form,
        "hit": hit,
        "encounter_id": encounter_id,
        "line_id": line_id,
        "has_draft": any(order.formula and order.state == "DRAFT" for order in orders),
    }
    return show_line_form(request, template="staff_web/doctor/_piece_form.html", context=context, status=status)


def _orders(request: HttpRequest, encounter_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    """The orders anew. After a new piece (`goes_on`) the search for the next one has the focus."""
    wrong = more.get("wrong_formula")
    visit = get_encounter(encounter_id=encounter_id)
    context = load_context(request, visit=visit, actor=actor_of(request), now=timezone.now(), wrong_formula=wrong)
    return render(request, "staff_web/doctor/_orders_swap.html", context | more, status=status)
