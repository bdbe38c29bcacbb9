"""What receipts speaks in. Money is CNY with two places, unit prices have up to four."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.receipts.states import PaperState, ReceiptKind, ReceiptState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptClass:
    """One of the fourteen fee classes of a receipt. `base` and `surcharge` make `amount`."""

    code: str
    name: BilingualText
    lines: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One item with what is left of it. `price` is what a unit was charged at."""

    key: str
    class_code: str
    code: str
    name: BilingualText
    spec: BilingualText
    unit: BilingualText
    qty: Decimal
    price: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptChannel:
    """How much came in one way: `code` is the platform's."""

    code: str
    name: BilingualText
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptShares:
    """Who pays: fund + other + account + cash = total (brief §2, face identity)."""

    fund: Decimal
    account: Decimal
    other: Decimal
    cash: Decimal

    @property
    def total(self) -> Decimal:
        """All shares."""
        return self.fund + self.account + self.other + self.cash


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptContent:
    """What a receipt says, as it was asked for; nothing of it is worked out anew later."""

    payer_name: str
    department: BilingualText
    case_number: str
    bill_number: str
    cashier: BilingualText
    paid_at: datetime
    classes: tuple[ReceiptClass, ...]
    lines: tuple[ReceiptLine, ...]
    channels: tuple[ReceiptChannel, ...]
    shares: ReceiptShares
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInfo:
    """One paper number of a receipt."""

    id: UUID
    receipt_id: UUID
    batch: str
    number: str
    state: PaperState
    printed_by: str
    printed_at: datetime
    voided_by: str
    voided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptInfo:
    """One receipt with its number; `amount` is positive, a RED one counts against. `turn` counts a bill's receipts.

    `number`, `batch` and `check_code` are empty until it is ISSUED. `reverses_id` is the blue one that a red one took
    back. `is_held_by_paper`: money went back, but the paper is still out, so that the receipt cannot be reversed.
    """

    id: UUID
    business_number: str
    settlement_id: UUID
    settlement_number: str
    person_id: UUID
    campus_code: str
    turn: int
    kind: ReceiptKind
    state: ReceiptState
    batch: str
    number: str
    check_code: str
    amount: Decimal
    reverses_id: UUID | None
    reason: str
    requested_at: datetime
    issued_at: datetime | None
    sent_at: datetime | None
    attempts: int
    fault: str
    is_held_by_paper: bool
    content: ReceiptContent
    papers: tuple[PaperInfo, ...]

    @property
    def signed_amount(self) -> Decimal:
        """What it adds to the sum of a day: a red one is negative."""
        return self.amount if self.kind is ReceiptKind.BLUE else -self.amount

    @property
    def paper(self) -> PaperInfo | None:
        """The paper that counts, or may count, instead of it."""
        return next((one for one in self.papers if one.state in (PaperState.SENT, PaperState.PRINTED)), None)
