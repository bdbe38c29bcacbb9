"""Payments that need a person: what happened, and what to do about it (F46, F47)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

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


@require_GET
@cashier
def show(request: HttpRequest) -> HttpResponse:
    """The list, oldest first."""
    return _show(request)


def _show(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    troubles = list_troubled_payments(actor=actor)
    people = list_people(actor=actor, person_ids={one.settlement.person_id for one in troubles}, now=now)
    rows = [
        TroubledRow(
            one,
            people.get(one.settlement.person_id),
            ATTENTION[one.payment.attention] if one.payment.attention else None,
        )
        for one in troubles
    ]
    context = desk_context(request, rows=rows, refusal=refusal)
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
