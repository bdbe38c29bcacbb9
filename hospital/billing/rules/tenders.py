"""Several tenders for one bill, and the way back through the same ones (domain brief §1.6.12, §2 Cashier)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from hospital.billing.errors import AllocationAmountMismatch, RefundAboveTenders
from hospital.billing.rules.payers import round_cash
from hospital.kernel.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """The money of one payment, CNY. Cash is what stays in the till, rounded."""

    payment_id: UUID
    amount: Decimal
    is_cash: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A tender on the way back: what it `paid`, and what of it went or goes back already. `paid` of cash is rounded."""

    payment_id: UUID
    paid: Decimal
    returned: Decimal
    is_cash: bool = False


def compute_rounding(
    amount: Decimal, tenders: Sequence[Tender], *, step: Decimal | None, is_rest_waived: bool = False
) -> Decimal:
    """What rounding the cash part adds to `amount`; zero where nothing is paid in cash.

    Refuses `AllocationAmountMismatch` unless the tenders make exactly what is due.
    """
    electronic = sum((each.amount for each in tenders if not each.is_cash), ZERO)
    cash = sum((each.amount for each in tenders if each.is_cash), ZERO)
    rest = amount - electronic
    due = round_cash(rest, step) if cash or is_rest_waived else rest
    if cash != due or rest < 0:
        raise AllocationAmountMismatch(paid=str(electronic + cash), due=str(electronic + due))
    return due - rest


def split_refund(
    amount: Decimal,
    sources: Sequence[Source],
    *,
    refunded_before: Decimal,
    waived: Decimal,
    step: Decimal | None,
    is_last: bool = False,
) -> tuple[dict[UUID, Decimal], Decimal]:
    """How much of `amount` goes back through which payment, and what rounding the cash part adds to it.

    Electronic tenders first, in the order in which they came, cash last: what came by card never goes out as cash.
    `refunded_before` is what the bill gave back before and `waived` what was too little for a coin when it was paid,
    both without rounding. Cash is rounded cumulatively, so that in the end as much is handed out as was taken (brief
    §1.6.12): the last part takes what is left of it, also where the step was changed meanwhile. Refuses
    `RefundAboveTenders`.
    """
    parts: dict[UUID, Decimal] = {}
    rest = _take(parts, amount, [source for source in sources if not source.is_cash])
    cash = [source for source in sources if source.is_cash]
    if rest == 0 or (not cash and rest <= waived):
        return parts, -rest
    electronic = sum((source.paid for source in sources if not source.is_cash), ZERO)
    returned = sum((source.returned for source in cash), ZERO)
    taken = sum((source.paid for source in cash), ZERO)
    owed = taken if is_last else round_cash(refunded_before + amount - electronic, step)
    handed = owed - returned
    if not cash or _take(parts, handed, cash) > 0:
        raise RefundAboveTenders
    return parts, handed - rest


def _take(parts: dict[UUID, Decimal], amount: Decimal, sources: Sequence[Source]) -> Decimal:
    """Takes as much of `amount` as these hold, in their order; returns what is left of it."""
    for source in sources:
        part = min(amount, source.paid - source.returned)
        if part > 0:
            parts[source.payment_id] = part
            amount -= part
    return amount
