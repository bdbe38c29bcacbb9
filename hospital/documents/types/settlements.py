"""The data of the daily settlement paper."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hospital.documents.types.people import Letterhead, Signature
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRow:
    """A line of the sums: what came in and how often, what went back (negative) and how often."""

    name: BilingualText
    payments: int
    came: Decimal
    refunds: int
    went: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementReceipts:
    """The fiscal receipts of a settlement: ranges of numbers of each kind, and how many there are."""

    issued: int
    issued_numbers: tuple[str, ...]
    red: int
    red_numbers: tuple[str, ...]
    void_papers: int
    void_numbers: tuple[str, ...]
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySettlement:
    """One daily settlement (日结) as it was signed (F46, N16). `cash_counted` is None for a machine, which has no cash.

    Tenders make `total`; payers and classes make it less what insurers owe (`covered`), classes with `rounding`.
    Patients are not named.
    """

    letterhead: Letterhead
    number: str
    till: BilingualText
    started_at: datetime
    ended_at: datetime
    entries: int
    tenders: tuple[SettlementRow, ...]
    classes: tuple[SettlementRow, ...]
    payers: tuple[SettlementRow, ...]
    total: SettlementRow
    rounding: Decimal
    covered: Decimal
    receipts: SettlementReceipts
    cash_expected: Decimal
    cash_counted: Decimal | None
    pieces: tuple[tuple[Decimal, int], ...] = ()
    cause: BilingualText | None = None
    explanation: str = ""
    handed_in: BilingualText | None = None
    signatures: tuple[Signature, ...] = ()
