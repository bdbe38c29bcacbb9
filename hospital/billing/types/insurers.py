"""Who pays beside the patient. Money is CNY with two places."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.states import ContractState
from hospital.billing.types.pricing import Contract, Payer
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class ContractCard:
    """The contract of an insurer. `valid_to` is the last day, None while none is agreed.

    `copayment` is the patient's agreed part of what the insurer would pay (0.2 is a fifth), unless the desk agreed on
    another. `campuses` are those where it holds; none stands for all.
    """

    id: UUID
    code: str
    name: BilingualText
    terms: Contract
    valid_from: date
    valid_to: date | None
    copayment: Decimal | None = None
    campuses: tuple[str, ...] = ()

    def state_on(self, day: date) -> ContractState:
        """Whether it holds on a day."""
        if self.valid_to is not None and self.valid_to < day:
            return ContractState.ENDED
        return ContractState.IN_FORCE if self.valid_from <= day else ContractState.COMING


@dataclass(frozen=True, slots=True)
class Copayment:
    """What the patient pays of what an insurer would pay: a `rate` of every line, or an `amount` of the bill.

    The amount is spread over the lines. `reason` says where it was agreed (the card, a letter, a telephone call).
    """

    reason: str
    rate: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CommercialCover:
    """A commercial insurer pays by this contract, for the holder of this card."""

    contract_id: UUID
    card_id: UUID
    copayment: Copayment | None = None


@dataclass(frozen=True, slots=True)
class NationalCover:
    """The national insurance pays as its bureau answered: pooled fund and personal account of the uploaded base.

    `cash` is the patient's part of the base. The three make the base of the bill. `claim_number` is ours at the bureau.
    """

    claim_number: str

    fund: Decimal
    account: Decimal
    cash: Decimal


Cover = CommercialCover | NationalCover


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBase:
    """What is left of a settled line's public price, by the ledger: charged less refunded, not price × quantity."""

    charge_id: UUID
    code: str
    qty: Decimal
    price: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivableInfo:
    """What an insurer owes for a settled bill. `reduced` is what completed refunds took off."""

    id: UUID
    settlement_id: UUID
    settlement_number: str
    person_id: UUID
    campus_code: str
    payer: Payer
    contract: ContractCard | None
    card_id: UUID | None
    amount: Decimal
    reduced: Decimal
    written_at: datetime
    lines: tuple[tuple[UUID, Decimal], ...]

    @property
    def left(self) -> Decimal:
        """What is still owed."""
        return self.amount - self.reduced
