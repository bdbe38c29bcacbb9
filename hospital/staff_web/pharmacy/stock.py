"""Stock by batch: what there is, what came in, the book of one batch, stocktake (N08)."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from hospital.campuses.api import list_campuses
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.pharmacy.api import (
    Delivery,
    count_stock,
    discard_stock,
    get_batch,
    list_batches,
    list_moves,
    move_stock,
    receive_stock,
)
from hospital.pharmacy.errors import BadStockEntry
from hospital.staff_web.access import actor_of
from hospital.staff_web.desks import PHARMACY
from hospital.staff_web.pharmacy.views import pharmacist
from hospital.staff_web.pharmacy.witness import read_witness
from hospital.staff_web.pharmacy.words import MOVE_WORDS


@require_GET
@pharmacist
def stock(request: HttpRequest) -> HttpResponse:
    """The batches of the campus, found by drug or batch number; the form for a delivery."""
    return _show_stock(request)


@sensitive_post_parameters("witness_password")
@require_POST
@pharmacist
def receive(request: HttpRequest) -> HttpResponse:
    """A delivery comes in."""
    actor, now = actor_of(request), timezone.now()
    try:
        batch_id = receive_stock(
            campus_code=actor.campus_code,
            delivery=Delivery(
                item_code=request.POST.get("item_code", ""),
                number=request.POST.get("number", ""),
                expires_on=_read_day(request.POST.get("expires_on", "")),
                quantity=_read_quantity(request.POST.get("quantity", "")),
            ),
            actor=actor,
            now=now,
            witness=read_witness(request),
        )
    except Refusal as refusal:
        return _show_stock(request, refusal=refusal)
    messages.success(request, _("Received."))
    return redirect("staff:batch", batch_id=batch_id)


@require_GET
@pharmacist
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """One batch with its book."""
    return _show_batch(request, batch_id)


@sensitive_post_parameters("witness_password")
@require_POST
@pharmacist
def change(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Counts a batch, sends some of it to another campus, or writes it off."""
    perform = _ACTS.get(request.POST.get("decision", ""))
    if perform is None:
        raise Http404
    try:
        messages.success(request, perform(request, batch_id, actor_of(request), timezone.now()))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show_batch(request, batch_id, refusal=refusal)
    return redirect("staff:batch", batch_id=batch_id)


def _show_stock(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    text = request.GET.get("q", "").strip()
    context = {
        "desk_code": PHARMACY.code,
        "text": text,
        "batches": list_batches(campus_code=actor.campus_code, text=text, actor=actor, now=now),
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "staff_web/pharmacy/stock.html", context, status=refusal.status if refusal else 200)


def _show_batch(request: HttpRequest, batch_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    context = {
        "desk_code": PHARMACY.code,
        "batch": get_batch(batch_id=batch_id, actor=actor, now=now),
        "moves": [(each, MOVE_WORDS[each.kind]) for each in list_moves(batch_id=batch_id)],
        "campuses": [each for each in list_campuses() if each.code != actor.campus_code],
        "refusal": refusal,
    }
    return render(request, "staff_web/pharmacy/batch.html", context, status=refusal.status if refusal else 200)


def _count(request: HttpRequest, batch_id: UUID, actor: Actor, now: datetime) -> str:
    difference = count_stock(
        batch_id=batch_id,
        counted=_read_quantity(request.POST.get("counted", "")),
        expected=_read_quantity(request.POST.get("expected", "")),
        reason=request.POST.get("words", ""),
        actor=actor,
        now=now,
        witness=read_witness(request),
    )
    return _("Counted; the difference is written down.") if difference else _("Counted; it agrees.")


def _move(request: HttpRequest, batch_id: UUID, actor: Actor, now: datetime) -> str:
    campus = request.POST.get("campus", "")
    if campus not in {each.code for each in list_campuses()}:
        raise BadStockEntry
    move_stock(
        batch_id=batch_id,
        to_campus=campus,
        quantity=_read_quantity(request.POST.get("quantity", "")),
        reason=request.POST.get("words", ""),
        actor=actor,
        now=now,
        witness=read_witness(request),
    )
    return _("Sent to the other campus.")


def _discard(request: HttpRequest, batch_id: UUID, actor: Actor, now: datetime) -> str:
    discard_stock(
        batch_id=batch_id,
        reason=request.POST.get("words", ""),
        actor=actor,
        now=now,
        witness=read_witness(request),
    )
    return _("Written off.")


_ACTS: Mapping[str, Callable[[HttpRequest, UUID, Actor, datetime], str]] = {
    "count": _count,
    "move": _move,
    "discard": _discard,
}


def _read_day(text: str) -> date:
    with suppress(ValueError):
        return date.fromisoformat(text)
    raise BadStockEntry


def _read_quantity(text: str) -> Decimal:
    """A number of at most eight digits with four decimals. Refuses `BadStockEntry`."""
    with suppress(InvalidOperation):
        found = Decimal(text.strip())
        if found.is_finite() and 0 <= found < 10**8 and found == round(found, 4):
            return found
    raise BadStockEntry
