"""Who pays the bill: the patient, a commercial insurer by a card, the national insurance (F46, brief §1.3)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hospital.billing.api import list_contracts, quote_bill
from hospital.billing.errors import CardNotUsable, ContractUnknown, CopaymentNotUsable, InsuranceReplyMismatch
from hospital.billing.types import BillQuote, CommercialCover, ContractCard, Copayment, Payer
from hospital.catalog.api import get_pricing_settings
from hospital.catalog.types import InsuranceMode
from hospital.insurance.api import list_claims
from hospital.insurance.errors import ClaimNotPriced, ClaimUnknown
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.patients.api import add_insurance_card, list_insurance_cards
from hospital.patients.types import InsuranceCardView, NewInsuranceCard
from hospital.staff_web.access import actor_of, desk_view
from hospital.workflows.insure_nationally import quote_claim

cashier = desk_view(Role.CASHIER)
PAYERS: dict[Payer, Promise] = {
    Payer.SELF: gettext_lazy("The patient"),
    Payer.COMMERCIAL: gettext_lazy("Commercial insurer"),
    Payer.NATIONAL: gettext_lazy("National insurance"),
}


@dataclass(frozen=True, slots=True)
class PayerChoice:
    """What the desk chose, as it was sent: shown again whether it is whole or not."""

    payer: Payer = Payer.SELF
    contract: str = ""
    card: str = ""
    part: str = ""
    reason: str = ""
    claim: str = ""

    def read_cover(self) -> CommercialCover | None:
        """The insurer that pays; None for a patient, or while insurer or card are missing (`is_whole`).

        Refuses `CopaymentNotUsable`.
        """
        contract_id, card_id = _read_id(self.contract), _read_id(self.card)
        if self.payer is not Payer.COMMERCIAL or contract_id is None or card_id is None:
            return None
        return CommercialCover(contract_id=contract_id, card_id=card_id, copayment=self._read_copayment())

    def _read_copayment(self) -> Copayment | None:
        typed = self.part.replace("％", "%").replace(",", "").lstrip("¥￥").strip()
        if not typed:
            return None
        try:
            number = Decimal(typed.removesuffix("%").strip())
        except InvalidOperation:
            raise CopaymentNotUsable from None
        if typed.endswith("%"):
            return Copayment(self.reason, rate=number / 100)
        return Copayment(self.reason, amount=number)

    @property
    def is_whole(self) -> bool:
        """Whether everything that this payer needs was chosen."""
        if self.payer is Payer.COMMERCIAL:
            return _read_id(self.contract) is not None and _read_id(self.card) is not None
        return True


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def read_choice(request: HttpRequest) -> PayerChoice:
    """The payer that the page sent; the patient where it sent none."""
    sent = request.POST
    try:
        payer = Payer(sent.get("payer", Payer.SELF))
    except ValueError:
        payer = Payer.SELF
    return PayerChoice(
        payer=payer,
        contract=sent.get("contract", ""),
        card=sent.get("card", ""),
        part=sent.get("copayment", "").strip()[:14],
        reason=sent.get("copayment_reason", "").strip()[:120],
        claim=sent.get("claim", "")[:24],
    )


@dataclass(frozen=True, slots=True)
class PayerOffer:
    """What the desk may choose from."""

    contracts: list[ContractCard]
    cards: list[InsuranceCardView]
    has_national: bool


def read_offer(*, person_id: UUID, actor: Actor, now: datetime) -> PayerOffer:
    """Contracts of today, the patient's cards, and whether the center settles with the national insurance."""
    return PayerOffer(
        contracts=list_contracts(now=now, campus_code=actor.campus_code),
        cards=list_insurance_cards(person_id=person_id, actor=actor, now=now),
        has_national=has_national(),
    )


def quote_choice(
    choice: PayerChoice, charge_ids: list[UUID], *, actor: Actor, now: datetime
) -> tuple[BillQuote | None, Refusal | None]:
    """The quote over these lines with what this payer takes; none while something is missing or refused."""
    if not charge_ids or not choice.is_whole:
        return None, None
    if choice.payer is Payer.NATIONAL and has_national():
        return _quote_nationally(choice, charge_ids, actor=actor, now=now)
    try:
        return quote_bill(charge_ids=charge_ids, cover=choice.read_cover(), actor=actor, now=now), None
    except (CardNotUsable, ContractUnknown, CopaymentNotUsable) as refusal:
        return None, refusal


def _quote_nationally(
    choice: PayerChoice, charge_ids: list[UUID], *, actor: Actor, now: datetime
) -> tuple[BillQuote | None, Refusal | None]:
    if not choice.claim:
        return None, None
    try:
        return quote_claim(number=choice.claim, charge_ids=charge_ids, actor=actor, now=now), None
    except (ClaimNotPriced, ClaimUnknown, InsuranceReplyMismatch) as refusal:
        return None, refusal


def has_national() -> bool:
    """Whether the center settles with the national insurance."""
    return get_pricing_settings().intl_insurance_mode is not InsuranceMode.NONE


def payer_context(choice: PayerChoice, *, person_id: UUID, actor: Actor, now: datetime) -> dict[str, Any]:
    """The choice and what there is to choose from."""
    offer = read_offer(person_id=person_id, actor=actor, now=now)
    claim = list_claims(numbers=[choice.claim]).get(choice.claim) if choice.claim else None
    return {
        "claim": claim,
        "choice": choice,
        "offer": offer,
        "payers": PAYERS.items(),
        "payer_name": PAYERS[choice.payer],
    }


@require_POST
@cashier
def add_card(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Writes a card down that the patient shows at the window."""
    try:
        add_insurance_card(
            person_id=person_id,
            card=NewInsuranceCard(
                insurer=request.POST.get("insurer", ""),
                member_number=request.POST.get("member_number", ""),
                plan=request.POST.get("plan", ""),
                valid_to=parse_date(request.POST.get("valid_to", "")) if request.POST.get("valid_to") else None,
            ),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    except ValueError:
        messages.warning(request, _("This is not a date."))
    return redirect("staff:cashier_person", person_id=person_id)
