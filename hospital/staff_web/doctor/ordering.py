"""Ordering: what is searched, written, changed and taken off while the visit is in consultation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.encounters.api import get_encounter
from hospital.encounters.errors import NotYourPatient
from hospital.kernel.errors import Refusal
from hospital.orders.api import (
    OrderableHit,
    add_drug,
    change_drug,
    describe_order,
    get_hit,
    list_favorite_drugs,
    list_orders,
    remove_line,
    search_orderables,
)
from hospital.orders.errors import (
    AllergyConflict,
    BadDirections,
    DaysNotExtendable,
    DaysOverLimit,
    PrescriptionFull,
    QuantityNeeded,
    RepeatNoteMissing,
    SafetyWarning,
    SingleDoseOnly,
    UnknownOrder,
)
from hospital.orders.states import OrderState
from hospital.orders.types import OrderKind, Urgency
from hospital.records.api import get_note
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.body import visit_gfr
from hospital.staff_web.doctor.forms import (
    DirectionsForm,
    set_directions,
    usual_directions,
    written_directions,
)
from hospital.staff_web.doctor.line_forms import show_line_form, write_line
from hospital.staff_web.doctor.page import load_context
from hospital.staff_web.doctor.recognition import read_repeat, recent_context
from hospital.staff_web.doctor.views import doctor
from hospital.workflows.errors import RecentResultExists
from hospital.workflows.finish_exam import finish_exam
from hospital.workflows.order_test import find_recent_result, order_test

KINDS = {"drug": OrderKind.PRESCRIPTION, "lab": OrderKind.LAB, "exam": OrderKind.EXAM}
# Beside which field a refusal stands.
FIELDS: dict[type[Refusal], str] = {
    DaysOverLimit: "days",
    DaysNotExtendable: "days",
    AllergyConflict: "allergy_reason",
    QuantityNeeded: "quantity",
    BadDirections: "dose",
    SafetyWarning: "safety_reason",
    SingleDoseOnly: "frequency",
}


@require_GET
@doctor
def search(request: HttpRequest, encounter_id: UUID, kind: str) -> HttpResponse:
    """The options under the search field of one kind; before anything is typed the favorite drugs."""
    if kind not in KINDS:
        raise Http404
    text = request.GET.get("q", "").strip()
    hits = search_orderables(text=text, kind=KINDS[kind], now=timezone.now()) if text else []
    favorites = [] if text or kind != "drug" else list_favorite_drugs(actor=actor_of(request))
    context = {"hits": hits, "text": text, "kind": kind, "encounter_id": encounter_id, "favorites": favorites}
    return render(request, "staff_web/doctor/_item_options.html", context)


@require_GET
@doctor
def search_for_set(request: HttpRequest, kind: str) -> HttpResponse:
    """The options of one kind for an order set."""
    if kind not in {*KINDS, "piece"}:
        raise Http404
    text = request.GET.get("q", "").strip()
    asked = KINDS.get(kind, OrderKind.PRESCRIPTION)
    hits = search_orderables(text=text, kind=asked, is_piece=kind == "piece", now=timezone.now()) if text else []
    return render(request, "staff_web/doctor/_set_options.html", {"hits": hits, "text": text, "kind": kind})


@require_http_methods(["GET", "POST"])
@doctor
def drug(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """The form of a new drug with its usual directions, and writing it."""
    code = request.POST.get("code") or request.GET.get("code", "")
    hit = get_hit(code=code, now=timezone.now())
    if request.method == "GET":
        form = DirectionsForm(initial=_kept_directions(request) or usual_directions(hit))
        return _form(request, encounter_id=encounter_id, hit=hit, form=form)

    def write(form: DirectionsForm) -> None:
        add_drug(
            encounter_id=encounter_id,
            item_code=hit.item.code,
            directions=form.directions(),
            actor=actor_of(request),
            now=timezone.now(),
            on_new_prescription=request.POST.get("new") == "1",
            gfr=visit_gfr(request, encounter_id),
        )

    return _write(request, encounter_id=encounter_id, hit=hit, write=write)


@require_http_methods(["GET", "POST"])
@doctor
def drug_line(request: HttpRequest, encounter_id: UUID, line_id: UUID) -> HttpResponse:
    """The form of a drug that is written already, and changing it."""
    orders = list_orders(encounter_id=encounter_id, actor=actor_of(request), now=timezone.now())
    line = next((line for order in orders for line in order.lines if line.id == line_id), None)
    if line is None:
        raise UnknownOrder
    hit = get_hit(code=line.item_code, now=timezone.now())
    if request.method == "GET":
        form = DirectionsForm(initial=written_directions(line))
        return _form(request, encounter_id=encounter_id, hit=hit, form=form, line_id=line_id)

    def write(form: DirectionsForm) -> None:
        change_drug(
            line_id=line_id,
            directions=form.directions(),
            actor=actor_of(request),
            now=timezone.now(),
            gfr=visit_gfr(request, encounter_id),
        )

    return _write(request, encounter_id=encounter_id, hit=hit, write=write, line_id=line_id)


@require_POST
@doctor
def add_item(request: HttpRequest, encounter_id: UUID, kind: str) -> HttpResponse:
    """Adds a test or an examination; a new examination request begins with the complaint of the note."""
    if kind not in {"lab", "exam"}:
        raise Http404
    actor, now, code = actor_of(request), timezone.now(), request.POST.get("code", "")
    error = ""
    try:
        order_test(
            encounter_id=encounter_id,
            kind=KINDS[kind],
            item_code=code,
            repeat=read_repeat(request),
            actor=actor,
            now=now,
        )
        if kind == "exam":
            _begin_description(request, encounter_id)
    except (RecentResultExists, RepeatNoteMissing) as refusal:
        recent = find_recent_result(encounter_id=encounter_id, kind=KINDS[kind], item_code=code, actor=actor, now=now)
        return _orders(request, encounter_id, recent=recent_context(request, recent, kind=kind, refusal=refusal))
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        error = refusal.message
    return _orders(request, encounter_id, order_error=error)


@require_POST
@doctor
def remove(request: HttpRequest, encounter_id: UUID, line_id: UUID) -> HttpResponse:
    """Takes a line off."""
    remove_line(line_id=line_id, actor=actor_of(request), now=timezone.now())
    return _orders(request, encounter_id)


@require_POST
@doctor
def done(request: HttpRequest, encounter_id: UUID, line_id: UUID) -> HttpResponse:
    """Marks an examination of this doctor's own visit as carried out, for what is done in the room."""
    actor = actor_of(request)
    if str(get_encounter(encounter_id=encounter_id).clinician_user_id) != actor.id:
        raise NotYourPatient
    finish_exam(line_id=line_id, actor=actor, now=timezone.now())
    return _orders(request, encounter_id)


@require_POST
@doctor
def describe(request: HttpRequest, encounter_id: UUID, order_id: UUID) -> HttpResponse:
    """Writes what an examination is for; only the side pane changes, so that typing goes on."""
    urgency = request.POST.get("urgency", "")
    describe_order(
        order_id=order_id,
        clinical_info=request.POST.get("clinical_info", ""),
        purpose=request.POST.get("purpose", ""),
        urgency=Urgency(urgency) if urgency in set(Urgency) else Urgency.ROUTINE,
        actor=actor_of(request),
        now=timezone.now(),
    )
    return _render(request, encounter_id, "staff_web/doctor/_side_swap.html")


def _kept_directions(request: HttpRequest) -> dict[str, Any] | None:
    """The directions of the favorite that was chosen, if any."""
    wanted = request.GET.get("favorite", "")
    favorites = list_favorite_drugs(actor=actor_of(request)) if wanted else []
    line = next((line for each in favorites if str(each.id) == wanted for line in each.lines), None)
    return set_directions(line.directions) if line and line.directions else None


def _begin_description(request: HttpRequest, encounter_id: UUID) -> None:
    actor, now = actor_of(request), timezone.now()
    note = get_note(encounter_id=encounter_id, actor=actor, now=now)
    for order in list_orders(encounter_id=encounter_id, actor=actor, now=now):
        is_blank = order.kind is OrderKind.EXAM and order.state is OrderState.DRAFT and not order.clinical_info
        if is_blank and note is not None and note.complaint:
            describe_order(
                order_id=order.id,
                clinical_info=note.complaint,
                purpose=order.purpose,
                urgency=order.urgency,
                actor=actor,
                now=now,
            )


def _write(
    request: HttpRequest,
    *,
    encounter_id: UUID,
    hit: OrderableHit,
    write: Callable[[DirectionsForm], None],
    line_id: UUID | None = None,
) -> HttpResponse:
    form = DirectionsForm(request.POST)
    more: dict[str, Any] = {}
    if form.is_valid():
        refusal = write_line(form, write=write, fields=FIELDS)
        if refusal is None:
            return _orders(request, encounter_id)
        asks_new = isinstance(refusal, PrescriptionFull)
        more = {"refusal": refusal, "limit": refusal.facts.get("limit"), "asks_new": asks_new}
    return _form(request, encounter_id=encounter_id, hit=hit, form=form, line_id=line_id, status=422, **more)


def _form(
    request: HttpRequest,
    *,
    encounter_id: UUID,
    hit: OrderableHit,
    form: DirectionsForm,
    line_id: UUID | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "hit": hit, "encounter_id": encounter_id, "line_id": line_id, **more}
    return show_line_form(request, template="staff_web/doctor/_drug_form.html", context=context, status=status)


def _orders(
    request: HttpRequest, encounter_id: UUID, *, order_error: str = "", recent: dict[str, Any] | None = None
) -> HttpResponse:
    return _render(
        request,
        encounter_id,
        "staff_web/doctor/_orders_swap.html",
        status=422 if order_error else 200,
        order_error=order_error,
        recent=recent,
    )


def _render(request: HttpRequest, encounter_id: UUID, template: str, *, status: int = 200, **more: Any) -> HttpResponse:
    visit = get_encounter(encounter_id=encounter_id)
    context = load_context(request, visit=visit, actor=actor_of(request), now=timezone.now()) | more
    return render(request, template, context, status=status)
