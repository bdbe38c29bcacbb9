"""Payments and claims that need a person: what happened, and what to do about it (F46, F47)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.billing.api import find_settlements_of_claims
from hospital.billing.types import SettlementInfo
from hospital.insurance.api import ask_again, list_refused_claims
from hospital.insurance.types import ClaimInfo
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.cashier.frame import desk_context
from hospital.staff_web.cashier.words import ATTENTION
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.troubled_payments import (
    TroubledPayment,
    list_troubled_payments,
    settle_troubled_payment,
    try_return_again,
)

cashier = desk_view(Role.CASHIER)


@dataclass(frozen=True, slots=True)
class TroubledRow:
    """One of them with its words."""

    trouble: TroubledPayment
    person: PersonCard | None
    word: StateWord | None


@dataclass(frozen=True, slots=True)
class RefusedClaimRow:
    """A claim that the national insurance refused, and the bill it belongs to."""

    claim: ClaimInfo
    person: PersonCard | None
    settlement: SettlementInfo | None


@require_GET
@cashier
def show(request: HttpRequest) -> HttpResponse:
    """The list, oldest first."""
    return _show(request)


def _show(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    troubles = list_troubled_payments(actor=actor)
    refused = list_refused_claims(actor=actor)
    concerned = {one.settlement.person_id for one in troubles} | {claim.person_id for claim in refused}
    people = list_people(actor=actor, person_ids=concerned, now=now)
    rows = [
        TroubledRow(
            one,
            people.get(one.settlement.person_id),
            ATTENTION[one.payment.attention] if one.payment.attention else None,
        )
        for one in troubles
    ]
    bills = find_settlements_of_claims(claim_numbers=[claim.number for claim in refused])
    claims = [RefusedClaimRow(claim, people.get(claim.person_id), bills.get(claim.number)) for claim in refused]
    context = desk_context(request, rows=rows, claims=claims, refusal=refusal)
    return render(request, "staff_web/cashier/troubled.html", context, status=refusal.status if refusal else 200)


@require_POST
@cashier
def try_again(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Sends the money back now."""
    try_return_again(payment_id=payment_id, actor=actor_of(request), now=timezone.now())
    messages.info(request, _("The money is on its way back again. The result shows here."))
    return redirect("staff:cashier_troubled")


@require_POST
@cashier
def settle(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Takes it off the list with a note."""
    note = request.POST.get("note", "")
    try:
        settle_troubled_payment(payment_id=payment_id, note=note, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        return _show(request, refusal=refusal)
    return redirect("staff:cashier_troubled")


@require_POST
@cashier
def ask_claim_again(request: HttpRequest, number: str) -> HttpResponse:
    """Sends to the national insurance again what it refused."""
    actor = actor_of(request)
    if not any(claim.number == number for claim in list_refused_claims(actor=actor)):
        raise Http404
    ask_again(number=number, actor=actor, now=timezone.now())
    if any(claim.number == number for claim in list_refused_claims(actor=actor)):
        messages.warning(request, _("The national insurance refused it again."))
    else:
        messages.info(request, _("The national insurance was asked again."))
    return redirect("staff:cashier_troubled")
