"""Tills and their daily settlements as other contexts see them. Money is CNY with two places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.billing.types import MoveKind, Payer
from hospital.catalog.types import FeeClass
from hospital.kernel.money import ZERO
from hospital.payments.states import Channel


class TillKind(StrEnum):
    """Who takes the money: a cashier, the patients' own phones, a partner's machines."""

    CASHIER = "CASHIER"
    ONLINE = "ONLINE"
    PARTNER = "PARTNER"


class Cause(StrEnum):
    """Why the counted cash is not what the entries say."""

    MISCOUNTED = "MISCOUNTED"
    WRONG_CHANGE = "WRONG_CHANGE"
    FLOAT_MIXED = "FLOAT_MIXED"
    COUNTERFEIT = "COUNTERFEIT"
    UNKNOWN = "UNKNOWN"


class ClosingState(StrEnum):
    """SIGNED by whoever took the money, CHECKED by a second person who counted again, POSTED by the finance office."""

    SIGNED = "SIGNED"
    CHECKED = "CHECKED"
    POSTED = "POSTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One settled bill or completed refund in a daily settlement; a refund's amounts are negative.

    `by_class` adds up to `charged`, `by_channel` to `taken`. An insurer owes `covered` of what was charged: no money
    that a till took.
    """

    kind: MoveKind
    number: str
    bill_number: str
    settlement_id: UUID
    person_id: UUID
    payer: Payer
    at: datetime
    charged: Decimal
    rounding: Decimal
    by_class: Mapping[FeeClass, Decimal]
    by_channel: Mapping[Channel, Decimal]
    refund_id: UUID | None = None
    closing_id: UUID | None = None
    covered: Decimal = ZERO

    @property
    def taken(self) -> Decimal:
        """What moved."""
        return self.charged - self.covered + self.rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a summary: what came in and how often, what went back (negative) and how often."""

    code: str
    came: Decimal
    payments: int
    went: Decimal
    refunds: int

    @property
    def net(self) -> Decimal:
        """What is left."""
        return self.came + self.went


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The entries added up by tender, fee class and payer.

    The tenders make the total; the payers make it with what insurers owe (`covered`); the fee classes make the payers
    once `rounding` is counted.
    """

    by_channel: Sequence[Row]
    by_class: Sequence[Row]
    by_payer: Sequence[Row]
    total: Row
    rounding: Decimal
    covered: Decimal = ZERO

    @property
    def cash(self) -> Decimal:
        """What the drawer has more than at the beginning."""
        return next((row.net for row in self.by_channel if row.code == Channel.CASH), Decimal("0.00"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingInfo:
    """A daily settlement. Its period is `[started_at, ended_at)`; `difference` is counted less expected cash.

    `cash_counted` is handed in, in the bank bag `bag_number`; `float_kept` stays in the drawer for the next shift.
    """

    id: UUID
    number: str
    campus_code: str
    kind: TillKind
    holder: str
    started_at: datetime
    ended_at: datetime
    state: ClosingState
    entries: int
    came: Decimal
    went: Decimal
    cash_expected: Decimal
    cash_counted: Decimal | None
    counts: Mapping[str, int]
    cause: Cause | None
    explanation: str
    closed_by: str
    closed_by_id: str
    checked_by: str
    checked_by_id: str
    checked_at: datetime | None
    posted_by: str
    posted_by_id: str
    posted_at: datetime | None
    float_kept: Decimal | None = None
    bag_number: str = ""

    @property
    def net(self) -> Decimal:
        """What was taken less what was given back."""
        return self.came + self.went

    @property
    def difference(self) -> Decimal:
        """Counted less expected; zero for a machine, which holds no cash."""
        return Decimal("0.00") if self.cash_counted is None else self.cash_counted - self.cash_expected


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTill:
    """What a till took since its last settlement, as it would be closed now.

    `ends_at` is set where the month ended meanwhile: what belongs to the old month is closed first. `float_begun` is
    what the settlement before left in the drawer, None where none said so.
    """

    kind: TillKind
    holder: str
    started_at: datetime | None
    ends_at: datetime | None
    entries: Sequence[Entry]
    summary: Summary
    float_begun: Decimal | None = None
