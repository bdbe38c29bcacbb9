"""The page on which a doctor keeps templates, order sets and favorites, the own and those of the department."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.orders.api import (
    delete_order_set,
    find_orderable,
    get_hit,
    get_piece_rule,
    list_order_sets,
    name_order_set,
    put_in_set,
    set_formula,
    take_from_set,
)
from hospital.orders.types import Orderable, OrderKind, OrderSetView, SetLineView
from hospital.records.api import (
    delete_template,
    list_favorite_diagnoses,
    list_templates,
    save_template,
    set_favorite_diagnosis,
)
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.decoction_forms import (
    FormulaForm,
    PieceForm,
    formula_facts,
    piece_facts,
    usual_piece,
)
from hospital.staff_web.doctor.forms import DirectionsForm, set_directions, usual_directions
from hospital.staff_web.doctor.inserting import typed_name
from hospital.staff_web.doctor.saving import SECTIONS, typed_sections
from hospital.staff_web.doctor.views import desk_context, doctor


@require_GET
@doctor
def kept(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, and what is open: a template (`?template=`, `new` begins one) or a set (`?set=`)."""
    return _page(request)


@require_POST
@doctor
def template(request: HttpRequest) -> HttpResponse:
    """Saves a template or takes it away."""
    actor = actor_of(request)
    wanted = _uuid(request.POST.get("template", ""))
    if request.POST.get("act") == "delete" and wanted:
        delete_template(template_id=wanted, actor=actor)
        messages.success(request, _("Deleted."))
        return redirect("staff:doctor_kept")
    try:
        template_id = save_template(
            template_id=wanted,
            name=typed_name(request),
            texts=typed_sections(request),
            is_shared=request.POST.get("shared") == "1",
            actor=actor,
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(
            request, status=422, error=refusal.message, typed=typed_sections(request), name=typed_name(request)
        )
    messages.success(request, _("Saved."))
    return redirect(f"/staff/doctor/kept/?template={template_id}")


@require_POST
@doctor
def order_set(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """Names a set, changes what is in it, or takes it away."""
    actor = actor_of(request)
    try:
        match request.POST.get("act", ""):
            case "delete":
                delete_order_set(set_id=set_id, actor=actor)
                messages.success(request, _("Deleted."))
                return redirect("staff:doctor_kept")
            case "take":
                line_id = _uuid(request.POST.get("line", ""))
                if line_id:
                    take_from_set(set_id=set_id, line_id=line_id, actor=actor)
            case "put":
                return _put(request, set_id)
            case "formula":
                return _formula(request, set_id)
            case _:
                is_shared = request.POST.get("shared") == "1"
                name_order_set(set_id=set_id, name=typed_name(request), is_shared=is_shared, actor=actor)
                messages.success(request, _("Saved."))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.warning(request, refusal.message)
    return redirect(f"/staff/doctor/kept/?set={set_id}")


@require_POST
@doctor
def forget_diagnosis(request: HttpRequest) -> HttpResponse:
    """A diagnosis that is no favorite any more."""
    set_favorite_diagnosis(code=request.POST.get("code", ""), is_favorite=False, actor=actor_of(request))
    return redirect("staff:doctor_kept")


def _put(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """Puts an item into the set: a test as it is, a drug with its usual directions or those of the form."""
    actor, now = actor_of(request), timezone.now()
    item = find_orderable(code=request.POST.get("code", ""), now=now)
    directions = None
    if item.is_decoction:
        return _put_piece(request, set_id, item)
    if item.kind is OrderKind.PRESCRIPTION:
        facts = request.POST if "dose" in request.POST else _usual(item.code)
        form = DirectionsForm(facts)
        if not form.is_valid():
            return _page(request, status=422, set_id=set_id, wrong=(item.code, form))
        directions = form.directions()
    put_in_set(set_id=set_id, item_code=item.code, directions=directions, actor=actor, now=now)
    return redirect(f"/staff/doctor/kept/?set={set_id}")


def _put_piece(request: HttpRequest, set_id: UUID, item: Orderable) -> HttpResponse:
    """Puts a piece into the decoction of the set: with its usual grams and handling or those of the form."""
    actor, now = actor_of(request), timezone.now()
    usual = usual_piece(get_hit(code=item.code, now=now), get_piece_rule(item=item))
    form = PieceForm(request.POST if "grams" in request.POST else usual | {"grams": usual["grams"] or "1"})
    if not form.is_valid():
        return _page(request, status=422, set_id=set_id, wrong=(item.code, form))
    put_in_set(set_id=set_id, item_code=item.code, piece=form.piece(), actor=actor, now=now)
    return redirect(f"/staff/doctor/kept/?set={set_id}")


def _formula(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """How the decoction of the set is taken."""
    form = FormulaForm(request.POST, auto_id="formula-%s")
    if not form.is_valid():
        return _page(request, status=422, set_id=set_id, wrong_formula=form)
    set_formula(set_id=set_id, formula=form.formula(), actor=actor_of(request))
    messages.success(request, _("Saved."))
    return redirect(f"/staff/doctor/kept/?set={set_id}")


def _usual(code: str) -> dict[str, Any]:
    usual = usual_directions(get_hit(code=code, now=timezone.now()))
    return usual | {"dose": usual["dose"] or "1"}


def _page(
    request: HttpRequest,
    *,
    status: int = 200,
    set_id: UUID | None = None,
    wrong: tuple[str, DirectionsForm | PieceForm] | None = None,
    wrong_formula: FormulaForm | None = None,
    **more: Any,
) -> HttpResponse:
    actor = actor_of(request)
    templates, sets = list_templates(actor=actor), list_order_sets(actor=actor)
    wanted = request.GET.get("template", "") or request.POST.get("template", "")
    chosen_set = set_id or _uuid(request.GET.get("set", ""))
    opened = next((each for each in templates if str(each.id) == wanted), None)
    opened_set = next((each for each in sets if each.id == chosen_set), None)
    context = desk_context(
        request,
        templates=templates,
        sets=[each for each in sets if not each.is_favorite_drug],
        drugs=[each for each in sets if each.is_favorite_drug],
        diagnoses=list_favorite_diagnoses(actor=actor),
        sections=SECTIONS,
        opened=opened,
        opened_set=opened_set,
        is_new=not opened_set and not opened,
        set_rows=_set_rows(opened_set, wrong) if opened_set else [],
        formula=wrong_formula or _set_formula(opened_set),
        name=opened.name if opened else opened_set.name if opened_set else BilingualText(""),
        typed={section: getattr(opened, section, "") for section in SECTIONS},
    )
    return render(request, "staff_web/doctor/kept.html", context | more, status=status)


def _set_rows(
    order_set: OrderSetView, wrong: tuple[str, DirectionsForm | PieceForm] | None
) -> list[tuple[SetLineView, DirectionsForm | PieceForm | None]]:
    rows = []
    for line in order_set.lines:
        form = _line_form(line)
        if wrong is not None and wrong[0] == line.item_code:
            form = wrong[1]
        rows.append((line, form))
    return rows


def _line_form(line: SetLineView) -> DirectionsForm | PieceForm | None:
    if line.piece:
        return PieceForm(initial=piece_facts(line.piece), auto_id=f"piece-{line.id}-%s")
    return DirectionsForm(initial=set_directions(line.directions)) if line.directions else None


def _set_formula(order_set: OrderSetView | None) -> FormulaForm | None:
    if order_set is None or order_set.formula is None:
        return None
    return FormulaForm(initial=formula_facts(order_set.formula), auto_id="formula-%s")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
