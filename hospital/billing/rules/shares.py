"""Which part of a bill an insurer pays, line by line (domain brief §1.3, §1.6.10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hospital.billing.errors import CopaymentNotUsable
from hospital.billing.rules.payers import share_amounts
from hospital.billing.types import Contract, Copayment
from hospital.kernel.money import ZERO, round_half_up


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """A charged line as its split reads it."""

    item_code: str
    base: Decimal
    total: Decimal
    is_exempt: bool


@dataclass(frozen=True, slots=True)
class LineShare:
    """What is taken off a line and what of the rest an insurer pays."""

    discount: Decimal = ZERO
    to_adjudication: Decimal = ZERO


def split_by_contract(
    lines: Sequence[LineAmounts], contract: Contract, copayment: Copayment | None = None
) -> list[LineShare]:
    """The discount and the insurer's share of each line; a co-payment makes the shares smaller.

    Refuses `CopaymentNotUsable`: without a reason, below zero, above what the insurer would pay, more than fen.
    """
    shares = [
        share_amounts(
            base=line.base,
            total=line.total,
            is_discounted=not line.is_exempt or line.item_code in contract.exempt_items_listed,
            contract=contract,
        )
        for line in lines
    ]
    adjudicated = [share.to_adjudication for share in shares]
    own = _copayments(adjudicated, copayment) if copayment is not None else [ZERO] * len(shares)
    return [LineShare(share.discount, share.to_adjudication - part) for share, part in zip(shares, own, strict=True)]


def _copayments(shares: Sequence[Decimal], copayment: Copayment) -> list[Decimal]:
    rate, amount = copayment.rate, copayment.amount
    if not copayment.reason.strip() or (rate is None) == (amount is None):
        raise CopaymentNotUsable
    if rate is not None:
        if not rate.is_finite() or not 0 < rate <= 1:
            raise CopaymentNotUsable
        return [round_half_up(share * rate) for share in shares]
    if amount is None or not amount.is_finite() or amount != round_half_up(amount) or not 0 < amount <= sum(shares):
        raise CopaymentNotUsable
    return spread(amount, shares)


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`amount` in parts by these weights, rounded cumulatively: the parts add up, and none is above its weight.

    The amount is not above the sum of the weights. Weights are fen.
    """
    whole = sum(weights, ZERO)
    parts: list[Decimal] = []
    reached = given = ZERO
    for weight in weights:
        reached += weight
        due = round_half_up(amount * reached / whole) if whole else ZERO
        parts.append(due - given)
        given = due
    return parts
