"""Who would pay what is ordered, before anybody pays, by the rules that quote (domain brief §1.3, §1.6.10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.queries.insurers import list_contracts
from hospital.billing.rules.shares import LineAmounts, split_by_contract
from hospital.billing.types import ContractCard, Copayment
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.money import ZERO
from hospital.patients.api import list_insurance_cards


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerEstimate:
    """What an insurer would pay of some lines, what its contract takes off, and what is left to the patient.

    `contract` is None where the patient has no card in force of an insurer with a contract at the campus: then the
    patient pays all.
    """

    contract: ContractCard | None
    total: Decimal
    discount: Decimal = ZERO
    insurer: Decimal = ZERO

    @property
    def patient(self) -> Decimal:
        """What is left to the patient."""
        return self.total - self.discount - self.insurer


def estimate_payers(
    *, person_id: UUID, campus_code: str, lines: Sequence[LineAmounts], actor: Actor, now: datetime
) -> PayerEstimate:
    """The split of `lines` by the contract of the patient's newest card in force; nothing is written.

    The desk decides in the end who pays. A fixed number of queries. Refusals: those of `require_access`.
    """
    total = sum((line.total for line in lines), ZERO)
    contract = _find_contract(person_id=person_id, campus_code=campus_code, actor=actor, now=now)
    if contract is None:
        return PayerEstimate(contract=None, total=total)
    agreed = Copayment(contract.code, rate=contract.copayment) if contract.copayment is not None else None
    shares = split_by_contract(lines, contract.terms, agreed)
    return PayerEstimate(
        contract=contract,
        total=total,
        discount=sum((share.discount for share in shares), ZERO),
        insurer=sum((share.to_adjudication for share in shares), ZERO),
    )


def _find_contract(*, person_id: UUID, campus_code: str, actor: Actor, now: datetime) -> ContractCard | None:
    today = local_day(now)
    cards = [
        card
        for card in list_insurance_cards(person_id=person_id, actor=actor, now=now)
        if (card.valid_from is None or card.valid_from <= today) and (card.valid_to is None or card.valid_to >= today)
    ]
    if not cards:
        return None
    contracts = list_contracts(now=now, campus_code=campus_code)
    found = ([each for each in contracts if _is_of(each, card.insurer)] for card in cards)
    return next((matching[0] for matching in found if len(matching) == 1), None)


def _is_of(contract: ContractCard, insurer: str) -> bool:
    """Whether a card's insurer, as somebody typed it, is the contract's: equal, or one begins with the other."""
    typed = insurer.strip().casefold()
    names = [name.casefold() for name in (contract.name.zh, contract.name.en) if name]
    return bool(typed) and any(name.startswith(typed) or typed.startswith(name) for name in names)
