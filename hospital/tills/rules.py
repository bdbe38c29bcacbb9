"""Adding up a till, counting its cash, and where a month ends (domain brief §2, 日结)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from hospital.billing.types import MoveKind, Payer
from hospital.catalog.types import FeeClass
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.money import ZERO
from hospital.payments.states import Channel
from hospital.tills.errors import CashNotCounted, CauseMissing
from hospital.tills.types import Cause, Entry, Row, Summary

DENOMINATIONS = tuple(map(Decimal, ("100", "50", "20", "10", "5", "1", "0.50", "0.10")))
TOLERANCE = Decimal("1.00")
"""A larger difference between counted and expected cash needs a cause."""
MOST_PIECES = 100_000
_MOST_FLOAT = Decimal(100_000)
Code = TypeVar("Code", bound=StrEnum)


def add_up(entries: Iterable[Entry]) -> Summary:
    """The entries by tender, fee class and payer, each in the order of its list; what has no entry is left out."""
    rows = list(entries)
    return Summary(
        by_channel=_rows(rows, list(Channel), lambda entry: entry.by_channel),
        by_class=_rows(rows, list(FeeClass), lambda entry: entry.by_class),
        by_payer=_rows(rows, list(Payer), _by_payer),
        total=_row("", [(entry.kind, entry.taken) for entry in rows]),
        rounding=sum((entry.rounding for entry in rows), ZERO),
        covered=sum((entry.covered for entry in rows), ZERO),
    )


def _by_payer(entry: Entry) -> dict[Payer, Decimal]:
    """What the patient paid and what an insurer owes; of a bill of 0.00 that nobody else pays, nothing from nobody."""
    if entry.payer is Payer.SELF:
        return {Payer.SELF: entry.taken}
    shares = {Payer.SELF: entry.taken, entry.payer: entry.covered}
    return {payer: amount for payer, amount in shares.items() if amount}


def _rows(entries: list[Entry], codes: list[Code], parts: Callable[[Entry], Mapping[Code, Decimal]]) -> tuple[Row, ...]:
    found = []
    for code in codes:
        amounts = [(entry.kind, parts(entry)[code]) for entry in entries if code in parts(entry)]
        if amounts:
            found.append(_row(code, amounts))
    return tuple(found)


def _row(code: str, amounts: list[tuple[MoveKind, Decimal]]) -> Row:
    came = [amount for kind, amount in amounts if kind is MoveKind.SETTLED]
    went = [amount for kind, amount in amounts if kind is MoveKind.REFUNDED]
    return Row(code=code, came=sum(came, ZERO), payments=len(came), went=sum(went, ZERO), refunds=len(went))


def count_cash(counts: Mapping[str, int]) -> Decimal:
    """The value of the counted notes and coins. Refuses `CashNotCounted` unknown pieces and impossible numbers."""
    known = {str(each): each for each in DENOMINATIONS}
    if any(piece not in known or not 0 <= number <= MOST_PIECES for piece, number in counts.items()):
        raise CashNotCounted
    return sum((known[piece] * number for piece, number in counts.items()), ZERO)


def check_float(amount: Decimal | None) -> None:
    """Refuses `CashNotCounted` a float that is no amount of money; None where nobody told it."""
    if amount is not None and not (amount.is_finite() and ZERO <= amount <= _MOST_FLOAT and amount == round(amount, 2)):
        raise CashNotCounted


def check_difference(*, expected: Decimal, counted: Decimal, cause: Cause | None) -> None:
    """Refuses `CauseMissing` where the drawer differs by more than the tolerance and nobody says why."""
    difference = counted - expected
    if abs(difference) > TOLERANCE and cause is None:
        raise CauseMissing(difference=f"{difference:+.2f}")


def find_month_end(*, started_at: datetime, now: datetime) -> datetime | None:
    """The instant at which the month of `started_at` ended, None while it lasts: a settlement never spans months."""
    start, today = started_at.astimezone(SHANGHAI).date(), now.astimezone(SHANGHAI).date()
    if (start.year, start.month) == (today.year, today.month):
        return None
    following = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1, day=1)
    return datetime.combine(following, time(), SHANGHAI)
