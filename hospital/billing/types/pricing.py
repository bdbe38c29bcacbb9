"""What billing speaks in: frozen values of a line before and after pricing, of refunds and quotes.

Money is CNY in `Decimal` with two places, unit prices have up to four; instants are aware; `None` means "none".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from hospital.catalog.types import (
    Combination,
    Exemption,
    PricedItem,
    PriceVersion,
    Resolution,
    RoundingMode,
    ServiceLine,
    VisitType,
)

CURRENCY = "CNY"


class PublicAddition(StrEnum):
    """A public addition in force on a line (brief §1.6.1)."""

    CHILD = "child"
    EMERGENCY = "emergency"


class Payer(StrEnum):
    """Who pays a bill first."""

    SELF = "SELF"
    COMMERCIAL = "COMMERCIAL"
    NATIONAL = "NATIONAL"


class Footnote(StrEnum):
    """What a paper says of a public addition (brief §1.6.14)."""

    INCLUDED = "INCLUDED"
    NOT_ADDED = "NOT_ADDED"


@dataclass(frozen=True, slots=True)
class LineToPrice:
    """One leaf with everything its price depends on.

    `age_years` are completed years at occurrence, `is_emergency` holds for visit type ER too; `path` names the
    composites around the leaf, outermost first.
    """

    item: PricedItem
    qty: Decimal
    service_line: ServiceLine
    visit_type: VisitType
    campus: str
    occurred_at: datetime
    priced_at: datetime
    age_years: int | None = None
    is_emergency: bool = False
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A priced line: total = base + surcharge, surcharge never negative (brief §1.6.3).

    `p` is the public unit price, `u` the charged one, `d` the decimals of both. `is_added` is None where no addition is
    in force, True where it is in `u`, False where it was not added on top. `is_below_public`: what the rule gave fell
    below the public price, which is charged instead. `is_passed`: a fixed price below the base.
    """

    request: LineToPrice
    price: PriceVersion
    resolution: Resolution
    additions: tuple[PublicAddition, ...]
    is_added: bool | None
    combination: Combination
    rounding: RoundingMode
    d: int
    p: Decimal
    u: Decimal
    base: Decimal
    surcharge: Decimal
    total: Decimal
    is_below_public: bool
    is_passed: bool

    @property
    def exempt(self) -> Exemption | None:
        """The first reason for which the line takes no surcharge, on ordinary lines too."""
        return self.resolution.exempt_all[0] if self.resolution.exempt_all else None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of lines; nothing is rounded again. `to_adjudication` of `payable` is an insurer's."""

    base: Decimal
    surcharge: Decimal
    total: Decimal
    discount: Decimal
    payable: Decimal
    to_adjudication: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Contract:
    """A commercial payer's terms. A `discount` of 0.10 takes off ten per cent, from exempt items only where listed."""

    discount: Decimal | None = None
    exempt_items_listed: frozenset[str] = frozenset()
    is_surcharge_excluded: bool = False


@dataclass(frozen=True, slots=True)
class ChargedAmounts:
    """What a refund reads of a charged line, from its snapshot alone."""

    qty: Decimal
    base: Decimal
    total: Decimal
    discount: Decimal = Decimal("0.00")
    to_adjudication: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class RefundedAmounts:
    """What has been given back of a line so far."""

    qty: Decimal = Decimal(0)
    base: Decimal = Decimal("0.00")
    total: Decimal = Decimal("0.00")
    discount: Decimal = Decimal("0.00")
    to_adjudication: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class RefundPart:
    """One part of a refund. A single part's `surcharge` may be -0.01; the sums are exact (brief §1.6.12)."""

    qty: Decimal
    base: Decimal
    surcharge: Decimal
    total: Decimal
    discount: Decimal
    paid_back: Decimal
    to_adjudication: Decimal
    patient: Decimal


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line as the quote hash sees it."""

    line_id: str
    version: int
    qty: Decimal
    u: Decimal
    total: Decimal


class ReasonKey(StrEnum):
    """The sentences of an explanation; their texts are in `explanations`."""

    GATE_NORMAL = "GATE_NORMAL"
    EXEMPT = "EXEMPT"
    EXEMPT_UNAPPROVED = "EXEMPT_UNAPPROVED"
    OVERRIDE_WON = "OVERRIDE_WON"
    RULE_WON = "RULE_WON"
    RULE_PASSED_NULL = "RULE_PASSED_NULL"
    RULE_NOT_REACHED = "RULE_NOT_REACHED"
    NO_RULE = "NO_RULE"
    ADDITION_INCLUDED = "ADDITION_INCLUDED"
    ADDITION_NOT_ADDED = "ADDITION_NOT_ADDED"
    BELOW_PUBLIC = "BELOW_PUBLIC"
    FIXED_PRICE_PASSED = "FIXED_PRICE_PASSED"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of an explanation: a key and what fills it. Stored as JSON, spoken in the reader's language."""

    key: ReasonKey
    facts: Mapping[str, str]
