"""Bills, quotes, settlements and refunds as other contexts see them. Money is CNY with two places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.billing.states import ChargeState, Execution, RefundState, SettlementState, TenderState
from hospital.billing.types.insurers import ContractCard
from hospital.billing.types.pricing import Footnote, Payer, Reason, Totals
from hospital.catalog.types import (
    Exemption,
    FeeClass,
    InsuranceClass,
    Nature,
    ServiceLine,
    SurchargeMode,
    SurchargeSource,
)
from hospital.kernel.actors import ActorKind
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.payments.states import Channel

PAYMENT_REFERENCE = "settlement"
"""What payments of bills refer to; the reference is the settlement's id."""


class SourceKind(StrEnum):
    """What a charge is for."""

    REGISTRATION = "REGISTRATION"
    ORDER_LINE = "ORDER_LINE"
    ASSISTANCE = "ASSISTANCE"  # an interpreter's hours


@dataclass(frozen=True, slots=True)
class RegistrationFee:
    """What a place costs: the public price, the surcharge and their sum; `mark` as papers write it ("+30 %")."""

    name: BilingualText
    base: Decimal
    surcharge: Decimal
    total: Decimal
    mark: str


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """A signed order line to be charged. `item_code` may be a composite's: its leaves become lines.

    Inpatient lines occur when they are executed and need `executed_at`; the others occur when they are signed.
    """

    source_id: UUID
    item_code: str
    qty: Decimal
    signed_at: datetime
    is_emergency: bool = False
    executed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One charged line as charged.

    `standard_u` is the public unit price, `mark` the surcharge as papers write it ("+30 %"; empty where none was
    decided), `to_adjudication` the insurer's share of `payable`, `left_qty` and `left_amount` what was
    not refunded yet, `out_qty` how much of it was carried out and has not come back, `refunded_amount` what was asked
    back so far.
    """

    id: UUID
    number: int
    person_id: UUID
    campus_code: str
    encounter_id: UUID | None
    source_kind: SourceKind
    source_id: UUID
    state: ChargeState
    execution: Execution
    version: int
    item_code: str
    name: BilingualText
    spec: BilingualText
    unit: BilingualText
    nature: Nature
    fee_class: FeeClass
    insurance_class: InsuranceClass
    composites: tuple[str, ...]
    qty: Decimal
    occurred_at: datetime
    priced_at: datetime
    service_line: ServiceLine
    base_u: Decimal
    standard_u: Decimal
    charged_u: Decimal
    source: SurchargeSource
    mode: SurchargeMode | None
    value: Decimal | None
    mark: str
    footnote: Footnote | None
    exemptions: tuple[Exemption, ...]
    base: Decimal
    surcharge: Decimal
    total: Decimal
    discount: Decimal
    payable: Decimal
    refunded_qty: Decimal
    refunded_amount: Decimal
    left_qty: Decimal
    left_amount: Decimal
    settlement_id: UUID | None
    settled_at: datetime | None
    reasons: tuple[Reason, ...]
    to_adjudication: Decimal = ZERO
    out_qty: Decimal = ZERO

    @property
    def patient_amount(self) -> Decimal:
        """What the patient pays of the line; an insurer pays the rest."""
        return self.payable - self.to_adjudication


@dataclass(frozen=True, slots=True)
class PriceChange:
    """What a later preview changed of a line (brief §1.6.7): old and new money."""

    charge_id: UUID
    name: BilingualText
    old_u: Decimal
    new_u: Decimal
    old_total: Decimal
    new_total: Decimal


@dataclass(frozen=True, slots=True)
class BillQuote:
    """What may be paid with `token` until `expires_at` (exclusive). An insurer pays `covered` of it."""

    token: str
    person_id: UUID
    campus_code: str
    payer: Payer
    issued_at: datetime
    expires_at: datetime
    currency: str
    lines: tuple[ChargeLine, ...]
    totals: Totals
    changes: tuple[PriceChange, ...] = ()
    covered: Decimal = ZERO
    account: Decimal = ZERO
    contract: ContractCard | None = None

    @property
    def patient_amount(self) -> Decimal:
        """What the patient pays."""
        return self.totals.payable - self.covered


@dataclass(frozen=True, slots=True)
class SettlementInfo:
    """A settlement. `payment_ids` are the payments that were allocated to it, in the order in which they came; none
    while it waits or cost nothing. They make `amount + cash_rounding`; an insurer pays `covered_amount` beside it.
    """

    id: UUID
    number: str
    person_id: UUID
    campus_code: str
    payer: Payer
    amount: Decimal
    state: SettlementState
    started_at: datetime
    expires_at: datetime
    settled_at: datetime | None
    payment_ids: tuple[UUID, ...]
    cash_rounding: Decimal
    started_by: str
    started_by_kind: ActorKind
    refunded_amount: Decimal
    covered_amount: Decimal = ZERO
    account_amount: Decimal = ZERO
    refunded_covered: Decimal = ZERO
    contract: ContractCard | None = None
    card_id: UUID | None = None
    claim_number: str = ""

    @property
    def total(self) -> Decimal:
        """What the bill amounts to, whoever pays."""
        return self.amount + self.covered_amount

    @property
    def payment_id(self) -> UUID | None:
        """The first of them."""
        return self.payment_ids[0] if self.payment_ids else None


@dataclass(frozen=True, slots=True)
class Bill:
    """A settlement with its lines, as the cashier's desk and the app show it."""

    settlement: SettlementInfo
    lines: tuple[ChargeLine, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Statement:
    """What the itemized fee statement prints (brief §1.4). Refunds are beside the lines, not taken off them.

    `paid` and `refunded` are the patient's; `covered` is what insurers owe for paid lines, as charged.
    """

    lines: tuple[ChargeLine, ...]
    totals: Totals
    by_fee_class: Mapping[FeeClass, Decimal]
    paid: Decimal
    unpaid: Decimal
    refunded: Decimal
    covered: Decimal = ZERO


class NotRefundable(StrEnum):
    """Why a line cannot be refunded now."""

    NOT_PAID = "NOT_PAID"
    EXECUTED = "EXECUTED"
    NOTHING_LEFT = "NOTHING_LEFT"


@dataclass(frozen=True, slots=True)
class RefundableLine:
    """A line of a bill with what can be refunded of it; `why_not` names the reason where nothing can."""

    line: ChargeLine
    qty: Decimal
    amount: Decimal
    why_not: NotRefundable | None


@dataclass(frozen=True, slots=True)
class RefundRequestLine:
    """What is asked back of one line."""

    charge_id: UUID
    qty: Decimal


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """One part of a refund beside the line as it was charged."""

    line: ChargeLine
    qty: Decimal
    base: Decimal
    surcharge: Decimal
    total: Decimal
    discount: Decimal
    paid_back: Decimal
    to_adjudication: Decimal = ZERO

    @property
    def patient_amount(self) -> Decimal:
        """What goes back to the patient; the insurer owes less by the rest."""
        return self.paid_back - self.to_adjudication


@dataclass(frozen=True, slots=True)
class RefundTenderInfo:
    """The part of a refund that goes back through one payment; `payment_refund_id` is the refund at its channel."""

    payment_id: UUID
    payment_refund_id: UUID
    amount: Decimal
    state: TenderState
    failure_code: str


@dataclass(frozen=True, slots=True)
class RefundInfo:
    """A refund. Its tenders make `amount + cash_rounding`; there are none where nothing had been paid."""

    id: UUID
    number: str
    settlement_id: UUID
    settlement_number: str
    person_id: UUID
    campus_code: str
    amount: Decimal
    state: RefundState
    reason: str
    cash_rounding: Decimal
    tenders: tuple[RefundTenderInfo, ...]
    requested_by: str
    requested_by_id: str
    approved_by: str
    approved_by_id: str
    requested_at: datetime
    ended_at: datetime | None
    failure_code: str
    lines: tuple[RefundedLine, ...] = ()
    covered_amount: Decimal = ZERO
    account_amount: Decimal = ZERO
    payer: Payer = Payer.SELF

    @property
    def is_stuck(self) -> bool:
        """Whether some of the money went back and some was refused: a person sends the rest again."""
        return self.state is RefundState.SENT and bool(self.refused)

    @property
    def refused(self) -> tuple[RefundTenderInfo, ...]:
        """The refused parts that nothing has taken the place of."""
        taken = {each.payment_id for each in self.tenders if each.state is not TenderState.FAILED}
        return tuple(each for each in self.tenders if each.payment_id not in taken)


class MoveKind(StrEnum):
    """A bill that was settled, or a refund that was completed."""

    SETTLED = "SETTLED"
    REFUNDED = "REFUNDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyMove:
    """A settled bill or a completed refund, whose amounts are negative. CNY.

    `by_class` adds up to `amount`, `by_channel` to `amount - covered + rounding`: an insurer owes `covered`.
    `bill_number` is the bill's, also of a refund.
    """

    kind: MoveKind
    id: UUID
    number: str
    bill_number: str
    settlement_id: UUID
    person_id: UUID
    payer: Payer
    at: datetime
    amount: Decimal
    rounding: Decimal
    by_class: Mapping[FeeClass, Decimal]
    by_channel: Mapping[Channel, Decimal]
    covered: Decimal = ZERO


ChargeIds = Sequence[UUID]
