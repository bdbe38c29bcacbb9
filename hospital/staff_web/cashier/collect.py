"""Collecting a bill: cash with change, payment codes, the terminal, an international card, one or several (F46)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hospital.billing.states import SettlementState
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.payments.api import detect_code_channel
from hospital.payments.errors import InvalidAmount
from hospital.payments.types import PaymentOrderInfo
from hospital.staff_web.access import actor_of, desk_view, go_to
from hospital.staff_web.banner import get_banner
from hospital.staff_web.cashier.bills import group_lines, read_open_lines
from hospital.staff_web.cashier.frame import desk_context
from hospital.staff_web.cashier.pictures import draw_code
from hospital.staff_web.cashier.words import TENDERS, WAY_NAMES
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.collect_bill import (
    Collection,
    get_collection,
    give_up_collecting,
    stop_tender,
    take_card_page,
    take_cash,
    take_code,
    take_terminal,
)
from hospital.workflows.pay_bill import CardPage

cashier = desk_view(Role.CASHIER)
_TERMINAL = "cashier_terminal"


@dataclass(frozen=True, slots=True)
class TenderRow:
    """One try to take money, in words."""

    payment: PaymentOrderInfo
    name: Any
    word: StateWord
    icon: str


@require_GET
@cashier
def collect(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """The bill being collected; one that is settled shows as such."""
    collection = get_collection(settlement_id=settlement_id, actor=actor_of(request), now=timezone.now())
    return _show(request, collection)


def _show(request: HttpRequest, collection: Collection, *, refusal: Refusal | None = None) -> HttpResponse:
    settlement = collection.settlement
    if settlement.state is SettlementState.SETTLED:
        return go_to(request, reverse("staff:cashier_bill", args=[settlement.id]))
    if not collection.is_open:
        return go_to(request, reverse("staff:cashier_person", args=[settlement.person_id]))
    actor, now = actor_of(request), timezone.now()
    lines = read_open_lines(person_id=settlement.person_id, actor=actor, now=now)
    context = desk_context(
        request,
        patient=get_banner(actor=actor, person_id=settlement.person_id, now=now, has_alerts=False),
        current=str(settlement.person_id),
        groups=group_lines(line for line in lines.confirmed if line.settlement_id == settlement.id),
        refusal=refusal,
        **_side_context(request, collection),
    )
    return render(request, "staff_web/cashier/collect.html", context, status=refusal.status if refusal else 200)


def _side_context(request: HttpRequest, collection: Collection) -> dict[str, Any]:
    under_way = collection.under_way
    return {
        "collection": collection,
        "tenders": [
            TenderRow(each, WAY_NAMES[each.channel][0], TENDERS[each.state], WAY_NAMES[each.channel][1])
            for each in collection.tenders
        ],
        "picture": draw_code(under_way.checkout_url) if under_way and under_way.checkout_url else "",
        "terminal": request.session.get(_TERMINAL, ""),
        "given": request.POST.get("given", ""),
        "part": request.POST.get("part", ""),
        "idempotency_key": str(new_id()),
    }


@never_cache
@require_GET
@cashier
def state(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """How the tender under way stands, for the page's own refresh."""
    collection = get_collection(settlement_id=settlement_id, actor=actor_of(request), now=timezone.now())
    if not collection.is_open or collection.under_way is None:
        return go_to(request, reverse("staff:cashier_collect", args=[settlement_id]))
    return render(request, "staff_web/cashier/_tenders.html", _side_context(request, collection))


@require_POST
@cashier
def take(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """Takes a tender; what stands in the way comes back beside the bill, nothing having moved."""
    actor, now = actor_of(request), timezone.now()
    try:
        collection = _take(request, settlement_id, actor=actor, now=now)
    except Refusal as refusal:
        collection = get_collection(settlement_id=settlement_id, actor=actor, now=now)
        return _show(request, collection, refusal=refusal)
    cash = next((each for each in collection.tenders if each.given is not None), None)
    if cash is not None and cash.given is not None:
        change = f"¥{cash.given - cash.amount:,.2f}"
        messages.success(request, _("Paid. Change to give: %(change)s") % {"change": change})
    return redirect("staff:cashier_collect", settlement_id=settlement_id)


def _take(request: HttpRequest, settlement_id: UUID, *, actor: Actor, now: datetime) -> Collection:
    facts: dict[str, Any] = {
        "settlement_id": settlement_id,
        "idempotency_key": request.POST.get("idempotency_key", "")[:64] or str(new_id()),
        "actor": actor,
        "now": now,
    }
    way = request.POST.get("way", "")
    if way == "terminal":
        request.session[_TERMINAL] = request.POST.get("terminal", "").strip()[:40]
        return take_terminal(terminal=request.session[_TERMINAL], amount=_read_part(request, facts), **facts)
    if way == "card":
        return take_card_page(amount=_read_part(request, facts), page=_card_page(), **facts)
    typed = "".join(request.POST.get("given", "").split())
    channel = detect_code_channel(typed)
    if channel is not None:
        desk = f"{actor.campus_code}-{actor.id}"[:32]
        return take_code(channel=channel, payer_code=typed, desk=desk, amount=_read_part(request, facts), **facts)
    return take_cash(given=_read_amount(typed), **facts)


def _read_part(request: HttpRequest, facts: dict[str, Any]) -> Decimal:
    """What the tender is to take: the part that was typed, else all that is left."""
    typed = request.POST.get("part", "").strip()
    if typed:
        return _read_amount(typed)
    collection = get_collection(settlement_id=facts["settlement_id"], actor=facts["actor"], now=facts["now"])
    return collection.rest


def _read_amount(typed: str) -> Decimal:
    try:
        amount = Decimal(typed.replace(",", "").lstrip("¥￥"))
    except InvalidOperation:
        raise InvalidAmount from None
    if not amount.is_finite():
        raise InvalidAmount
    return amount


def _card_page() -> CardPage:
    back = f"{settings.PUBLIC_URL}{reverse('staff:cashier_returned')}"
    language = "zh" if (get_language() or "en").startswith("zh") else "en"
    return CardPage(return_url=back, cancel_url=back, language=language)


@require_POST
@cashier
def stop(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """Ends the tender under way."""
    return _act(request, settlement_id, stop_tender)


@require_POST
@cashier
def give_up(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """Sends what came in back and frees the lines."""
    return _act(request, settlement_id, give_up_collecting)


def _act(request: HttpRequest, settlement_id: UUID, act: Any) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    try:
        collection = act(settlement_id=settlement_id, actor=actor, now=now)
    except Refusal as refusal:
        return _show(request, get_collection(settlement_id=settlement_id, actor=actor, now=now), refusal=refusal)
    return _show(request, collection)
