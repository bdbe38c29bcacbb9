"""The refund page: quantities back by line, to the card they came from (F47, mock-up 03)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.billing.api import (
    approve_refund,
    get_bill,
    get_refund,
    get_settlement,
    list_refundable_lines,
    list_refunds,
    preview_refund,
    reject_refund,
    request_refund,
    retry_refund,
)
from hospital.billing.states import RefundState
from hospital.billing.types import Payer, RefundableLine, RefundInfo, RefundRequestLine, RefundTenderInfo
from hospital.insurance.api import ask_again, list_chain
from hospital.insurance.types import ClaimInfo
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.patients.api import list_people
from hospital.payments.api import get_payment_order, get_refund_order, list_payments
from hospital.payments.states import Channel
from hospital.payments.types import PaymentOrderInfo
from hospital.receipts.api import list_receipts
from hospital.receipts.types import ReceiptInfo
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.cashier.queue import list_todays_settlements
from hospital.staff_web.cashier.receipts import word_of
from hospital.staff_web.cashier.words import EXECUTIONS, REFUNDS, WAY_NAMES, WHY_NOT
from hospital.staff_web.desks import REFUNDS as REFUND_DESK
from hospital.staff_web.papers import paper_language, paper_response
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.insure_nationally import resettle_refund
from hospital.workflows.print_refund_notice import print_refund_notice
from hospital.workflows.refund_reasons import REFUND_REASONS, join_reason

cashier = desk_view(Role.CASHIER)


@dataclass(frozen=True, slots=True)
class WayRow:
    """A payment of a bill with the name and icon of its way."""

    payment: PaymentOrderInfo
    name: Promise
    icon: str


def list_ways(payment_ids: Iterable[UUID]) -> list[WayRow]:
    """The payments in this order."""
    ids = list(payment_ids)
    payments = list_payments(order_ids=ids)
    return [WayRow(payments[each], *WAY_NAMES[payments[each].channel]) for each in ids]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the bill with what was asked back of it so far on this page."""

    item: RefundableLine
    word: StateWord
    asked: Decimal
    back: Decimal


def refund_context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every refund page shows: refunds under way and today's bills of the campus."""
    actor, now = actor_of(request), timezone.now()
    refunds = list_refunds(actor=actor, now=now, limit=30)
    settled = list_todays_settlements(actor=actor, now=now)
    ids = {each.person_id for each in refunds} | {each.person_id for each in settled}
    people = list_people(actor=actor, person_ids=ids, now=now)
    return {
        "desk_code": REFUND_DESK.code,
        "refunds": [
            (each, people[each.person_id], REFUNDS[each.state]) for each in refunds if each.person_id in people
        ],
        "settled": [(each, people[each.person_id]) for each in settled if each.person_id in people],
        **more,
    }


@require_GET
@cashier
def desk(request: HttpRequest) -> HttpResponse:
    """The list of refunds and of the bills that could be refunded today."""
    return render(request, "staff_web/cashier/refunds.html", refund_context(request))


@require_GET
@cashier
def bill(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """The lines of a paid bill with what can be given back."""
    return _show_bill(request, settlement_id)


def _show_bill(
    request: HttpRequest, settlement_id: UUID, *, refusal: Refusal | None = None, is_fragment: bool = False
) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    work = _bill_context(request, settlement_id, actor=actor, now=now, refusal=refusal)
    if is_fragment:
        return render(request, "staff_web/cashier/_refund_lines.html", work)
    settlement = work["settlement"]
    context = refund_context(
        request,
        patient=get_banner(actor=actor, person_id=settlement.person_id, now=now, has_alerts=False),
        current=str(settlement_id),
        **work,
    )
    status = refusal.status if refusal else 200
    return render(request, "staff_web/cashier/refund_bill.html", context, status=status)


def _bill_context(
    request: HttpRequest, settlement_id: UUID, *, actor: Actor, now: datetime, refusal: Refusal | None
) -> dict[str, Any]:
    settlement = get_bill(settlement_id=settlement_id, actor=actor, now=now).settlement
    lines = list_refundable_lines(settlement_id=settlement_id, actor=actor, now=now)
    asked = _read_quantities(request, lines)
    backs, refusal = _preview(settlement_id, asked, actor=actor, now=now, refusal=refusal)
    rows = [
        LineRow(each, _word(each), asked.get(each.line.id, Decimal(0)), backs.get(each.line.id, Decimal("0.00")))
        for each in lines
    ]
    return {
        "settlement": settlement,
        "settlement_id": settlement_id,
        "rows": rows,
        "total": sum((row.back for row in rows), Decimal("0.00")),
        "refusal": refusal,
        "reasons": REFUND_REASONS.items(),
        "reason_code": request.POST.get("reason", ""),
        "explanation": request.POST.get("explanation", ""),
        "ways": list_ways(settlement.payment_ids),
        "idempotency_key": request.POST.get("idempotency_key") or str(new_id()),
    }


def _word(each: RefundableLine) -> StateWord:
    return WHY_NOT[each.why_not] if each.why_not else EXECUTIONS[each.line.execution]


def _preview(
    settlement_id: UUID, asked: dict[UUID, Decimal], *, actor: Actor, now: datetime, refusal: Refusal | None
) -> tuple[dict[UUID, Decimal], Refusal | None]:
    try:
        return dict(preview_refund(settlement_id=settlement_id, quantities=asked, actor=actor, now=now)), refusal
    except Refusal as problem:
        return {}, refusal or problem


def _read_quantities(request: HttpRequest, lines: tuple[RefundableLine, ...]) -> dict[UUID, Decimal]:
    """The chosen lines with the quantities typed beside them."""
    chosen = set(request.POST.getlist("line"))
    found = {}
    for each in lines:
        if str(each.line.id) in chosen and each.why_not is None:
            try:
                found[each.line.id] = Decimal(request.POST.get(f"qty_{each.line.id}", "").strip())
            except InvalidOperation:
                found[each.line.id] = Decimal(0)
    return found


@require_POST
@cashier
def preview(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """The lines with the amounts of what is chosen now."""
    return _show_bill(request, settlement_id, is_fragment=True)


@require_POST
@cashier
def ask(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """Asks the money back; what stands in the way comes back beside the lines, nothing having moved."""
    actor, now = actor_of(request), timezone.now()
    lines = list_refundable_lines(settlement_id=settlement_id, actor=actor, now=now)
    asked = _read_quantities(request, lines)
    try:
        refund = request_refund(
            settlement_id=settlement_id,
            lines=[RefundRequestLine(charge_id, qty) for charge_id, qty in asked.items()],
            reason=join_reason(code=request.POST.get("reason", ""), text=request.POST.get("explanation", "")),
            idempotency_key=request.POST.get("idempotency_key", "")[:64] or str(new_id()),
            actor=actor,
            now=now,
        )
    except Refusal as refusal:
        return _show_bill(request, settlement_id, refusal=refusal)
    _tell(request, refund)
    return redirect("staff:refund", refund_id=refund.id)


def _tell(request: HttpRequest, refund: RefundInfo) -> None:
    cash = sum((each.amount for each in refund.tenders if _is_cash(each)), Decimal("0.00"))
    if refund.state is RefundState.WAITING and refund.approved_by:
        text = _("Refund %(number)s waits for the national insurance and goes on by itself.")
    elif refund.state is RefundState.WAITING:
        text = _("Refund %(number)s waits for the approval of another cashier.")
    elif cash:
        text = _("Refund %(number)s: hand out %(cash)s.")
    else:
        text = _("Refund %(number)s is on its way back.")
    messages.success(request, text % {"number": refund.number, "cash": f"¥{cash:,.2f}"})


def _is_cash(tender: RefundTenderInfo) -> bool:
    return get_payment_order(order_id=tender.payment_id).channel is Channel.CASH


@require_POST
@cashier
def decide(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """The second person's word, or the first one's withdrawal; or a refused part is sent again."""
    actor, now = actor_of(request), timezone.now()
    try:
        match request.POST.get("act"):
            case "approve":
                approve_refund(refund_id=refund_id, actor=actor, now=now)
                _tell(request, resettle_refund(refund_id=refund_id, actor=actor, now=now))
            case "insurance":
                _tell(request, _ask_insurance_again(refund_id, actor=actor, now=now))
            case "again":
                retry_refund(refund_id=refund_id, actor=actor, now=now)
            case _:
                reject_refund(refund_id=refund_id, reason=request.POST.get("reason", ""), actor=actor, now=now)
    except Refusal as refusal:
        return _show_refund(request, refund_id, refusal=refusal)
    return redirect("staff:refund", refund_id=refund_id)


def _ask_insurance_again(refund_id: UUID, *, actor: Actor, now: datetime) -> RefundInfo:
    found = get_refund(refund_id=refund_id, actor=actor, now=now)
    for claim in _claims_of(found):
        ask_again(number=claim.number, actor=actor, now=now)
    return resettle_refund(refund_id=refund_id, actor=actor, now=now)


def _claims_of(found: RefundInfo) -> list[ClaimInfo]:
    """The claims at the national insurance that an approved refund waits for."""
    if found.payer is not Payer.NATIONAL or found.state is not RefundState.WAITING or not found.approved_by:
        return []
    settlement = get_settlement(settlement_id=found.settlement_id)
    return list_chain(number=settlement.claim_number)


@require_GET
@cashier
def refund(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """One refund: its lines, where the money is, the notice."""
    return _show_refund(request, refund_id)


def _show_refund(request: HttpRequest, refund_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    found = get_refund(refund_id=refund_id, actor=actor, now=now)
    context = refund_context(
        request,
        patient=get_banner(actor=actor, person_id=found.person_id, now=now, has_alerts=False),
        current=str(refund_id),
        refund=found,
        word=REFUNDS[found.state],
        prints=[
            {
                "name": _("Refund notice"),
                "sub": found.number,
                "href": reverse("staff:refund_notice", args=[refund_id]),
            }
        ],
        refusal=refusal,
        is_own=found.requested_by_id == actor.id,
        claims=_claims_of(found),
        receipts=_receipts_of(found),
        **_trace_context(found),
    )
    return render(request, "staff_web/cashier/refund.html", context, status=refusal.status if refusal else 200)


def _receipts_of(found: RefundInfo) -> list[tuple[ReceiptInfo, StateWord]]:
    """The receipts of the bill, so that the red number stands beside the refund."""
    return [(one, word_of(one)) for one in list_receipts(settlement_ids=[found.settlement_id])[found.settlement_id]]


def _trace_context(found: RefundInfo) -> dict[str, Any]:
    """Each tender with the way it takes and how it stands at its channel."""
    ways = {way.payment.id: way for way in list_ways(each.payment_id for each in found.tenders)}
    orders = [get_refund_order(refund_id=each.payment_refund_id) for each in found.tenders]
    return {"tenders": [(ways[order.payment_order_id], order) for order in orders]}


@require_GET
@cashier
def trace(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """Where the money is, for the page's own refresh."""
    found = get_refund(refund_id=refund_id, actor=actor_of(request), now=timezone.now())
    context = {"refund": found, "word": REFUNDS[found.state], **_trace_context(found)}
    return render(request, "staff_web/cashier/_trace.html", context)


@require_GET
@cashier
def notice(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """Prints the refund notice."""
    paper = print_refund_notice(
        refund_id=refund_id, language=paper_language(request), actor=actor_of(request), now=timezone.now()
    )
    return paper_response(paper)
