"""The cashier's desk: the open bill, its quote, the card payment (F46, A18)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hospital.billing.errors import (
    AlreadyPaid,
    NothingToPay,
    PaymentInProgress,
    QuoteExpired,
    QuoteMismatch,
)
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.payments.types import PaymentOrderInfo
from hospital.staff_web.access import actor_of, desk_view, go_to
from hospital.staff_web.banner import get_banner
from hospital.staff_web.cashier.bills import group_lines, read_open_lines
from hospital.staff_web.cashier.frame import desk_context
from hospital.staff_web.cashier.payers import payer_context, quote_choice, read_choice
from hospital.staff_web.cashier.pictures import draw_code
from hospital.staff_web.cashier.words import PAYMENTS
from hospital.staff_web.price_notices import read_due_notices
from hospital.workflows.collect_bill import start_collecting
from hospital.workflows.errors import PriceNoticeNeeded
from hospital.workflows.insure_nationally import ask_insurance
from hospital.workflows.pay_bill import follow_payment_of

cashier = desk_view(Role.CASHIER)


@require_GET
@cashier
def desk(request: HttpRequest) -> HttpResponse:
    """The desk without a person."""
    return render(request, "staff_web/cashier/desk.html", desk_context(request))


@require_GET
@cashier
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone, for its own refresh."""
    context = desk_context(request, current=request.GET.get("person", ""))
    return render(request, "staff_web/cashier/_queue.html", context)


@require_GET
@cashier
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person's open bill. Allergies are left out here: need to know (design notes)."""
    actor, now = actor_of(request), timezone.now()
    work = _open_bill(request, person_id)
    if work["collecting"] is not None:
        return redirect("staff:cashier_collect", settlement_id=work["collecting"])
    banner = get_banner(actor=actor, person_id=person_id, now=now, has_alerts=False)
    context = desk_context(request, patient=banner, current=str(person_id), **work)
    return render(request, "staff_web/cashier/person.html", context)


def _open_bill(
    request: HttpRequest, person_id: UUID, *, refusal: Refusal | None = None, claim: str = ""
) -> dict[str, Any]:
    """The lines with a fresh quote over the chosen ones; a payment under way instead where there is one."""
    actor, now = actor_of(request), timezone.now()
    lines = read_open_lines(person_id=person_id, actor=actor, now=now)
    context: dict[str, Any] = {
        "person_id": person_id,
        "refusal": refusal,
        "confirmed": lines.confirmed,
        "collecting": lines.collecting,
    }
    if lines.payment is not None:
        return {**context, **payment_context(lines.payment), "groups": group_lines(lines.confirmed)}
    if not lines.pending:
        return {**context, "groups": group_lines(lines.confirmed)}
    chosen = set(request.POST.getlist("line")) if request.POST.get("is_choice") else None
    ids = [line.id for line in lines.pending if chosen is None or str(line.id) in chosen]
    choice = read_choice(request)
    choice = replace(choice, claim=claim or choice.claim)
    quote, payer_refusal = quote_choice(choice, ids, actor=actor, now=now)
    prices = {line.id: line for line in quote.lines} if quote else {}
    shown = [prices.get(line.id, line) for line in lines.pending]
    return {
        **context,
        "groups": group_lines(shown),
        **payer_context(choice, person_id=person_id, actor=actor, now=now),
        "quote": quote,
        "due_notices": read_due_notices(person_id, lines=quote.lines, actor=actor, now=now) if quote else [],
        "payer_refusal": payer_refusal,
        "chosen": set(ids),
        "idempotency_key": str(new_id()),
        "seconds_left": int((quote.expires_at - now).total_seconds()) if quote else 0,
    }


@require_POST
@cashier
def quote(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Prices the chosen lines again; bill and money come back together, so that they never disagree."""
    return render(request, "staff_web/cashier/_work.html", _open_bill(request, person_id))


@require_POST
@cashier
def ask_national(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Uploads the chosen lines to the national insurance; what it pays comes back with the bill."""
    actor, now = actor_of(request), timezone.now()
    ids = {line.id for line in read_open_lines(person_id=person_id, actor=actor, now=now).pending}
    chosen = [each for each in ids if str(each) in request.POST.getlist("line")]
    claim, refusal = "", None
    try:
        claim = ask_insurance(
            charge_ids=chosen, insured_number=request.POST.get("insured_number", ""), actor=actor, now=now
        ).number
    except Refusal as problem:
        refusal = problem
    work = _open_bill(request, person_id, claim=claim)
    return render(request, "staff_web/cashier/_work.html", {**work, "payer_refusal": refusal or work["payer_refusal"]})


@require_POST
@cashier
def pay(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Takes the quote for collecting; one that no longer stands comes back priced anew, with the reason."""
    try:
        settlement = start_collecting(
            quote_token=request.POST.get("quote_token", ""),
            idempotency_key=request.POST.get("idempotency_key", "")[:64],
            actor=actor_of(request),
            now=timezone.now(),
        )
    except (QuoteExpired, QuoteMismatch, AlreadyPaid, PaymentInProgress, NothingToPay, PriceNoticeNeeded) as refusal:
        actor, now = actor_of(request), timezone.now()
        banner = get_banner(actor=actor, person_id=person_id, now=now, has_alerts=False)
        work = _open_bill(request, person_id, refusal=refusal)
        context = desk_context(request, patient=banner, current=str(person_id), **work)
        return render(request, "staff_web/cashier/person.html", context, status=refusal.status)
    return redirect("staff:cashier_collect", settlement_id=settlement.id)


def payment_context(payment: PaymentOrderInfo) -> dict[str, Any]:
    """A payment with its word and the QR code of its page."""
    return {
        "payment": payment,
        "word": PAYMENTS[payment.state],
        "picture": draw_code(payment.checkout_url) if payment.checkout_url else "",
    }


@never_cache
@require_GET
@cashier
def payment_state(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """How a payment stands; the server asks the acquirer while the answer is outstanding."""
    payment = follow_payment_of(payment_id=payment_id, actor=actor_of(request), now=timezone.now())
    if payment.is_paid:
        return go_to(request, reverse("staff:cashier_bill", args=[payment.reference]))
    if not payment.is_open:
        messages.warning(request, str(PAYMENTS[payment.state].text))
        return go_to(request, reverse("staff:cashier_person", args=[payment.person_id]))
    return render(request, "staff_web/cashier/_payment.html", payment_context(payment))


@never_cache
@require_GET
def returned(request: HttpRequest) -> HttpResponse:
    """Where the acquirer sends the patient's own phone: it tells nothing, the desk sees the result."""
    return render(request, "staff_web/cashier/returned.html")
