"""Refunds read the snapshot and never price again (domain brief §1.3, Refund; §1.6.10-12)."""

from decimal import Decimal

from hospital.billing.errors import LineExecuted, NothingToRefund, RefundAboveRest
from hospital.billing.types import ChargedAmounts, RefundedAmounts, RefundPart
from hospital.catalog.errors import BadQuantity
from hospital.kernel.money import ZERO, round_half_up

_QUANTITY_PLACES = 4


def compute_refund_part(
    *, item: object, charged: ChargedAmounts, refunded: RefundedAmounts, qty: Decimal, out: Decimal = ZERO
) -> RefundPart:
    """The next part of a line's refund by the cumulative formula.

    Each amount is `round(amount × cumulative qty ÷ qty, 2)` less what was given back before, so that all parts together
    equal the charge to the fen and the last takes the remainder. `out` is how much was carried out and has not come
    back: it is no part of what is left. `item` is the name that refusals tell. Refuses `LineExecuted`, `BadQuantity`,
    `NothingToRefund`, `RefundAboveRest`.
    """
    left = charged.qty - refunded.qty - out
    if left <= 0 < out:
        raise LineExecuted(item=item)
    if not qty.is_finite() or qty <= 0 or qty != round_half_up(qty, _QUANTITY_PLACES):
        raise BadQuantity(qty=str(qty))
    if left <= 0:
        raise NothingToRefund(item=item)
    if qty > left:
        raise RefundAboveRest(item=item, left=format(left.normalize(), "f"))
    cumulative = refunded.qty + qty

    def part_of(amount: Decimal, before: Decimal) -> Decimal:
        due = round_half_up(amount * cumulative / charged.qty) - before
        return max(ZERO, due)  # below zero only where the price was lowered before: the last part makes it good

    total = part_of(charged.total, refunded.total)
    base = part_of(charged.base, refunded.base)
    discount = part_of(charged.discount, refunded.discount)
    to_adjudication = part_of(charged.to_adjudication, refunded.to_adjudication)
    paid_back = total - discount
    return RefundPart(
        qty=qty,
        base=base,
        surcharge=total - base,
        total=total,
        discount=discount,
        paid_back=paid_back,
        to_adjudication=to_adjudication,
        patient=paid_back - to_adjudication,
    )


def compute_reduction(
    *,
    item: object,
    charged: ChargedAmounts,
    refunded: RefundedAmounts,
    base: Decimal,
    total: Decimal,
    is_executed: bool = False,
) -> RefundPart:
    """What of a line of one goes back so that it costs no more than `total`, of which `base` is the public price.

    A part without a quantity: the thing is still given. What was given back before counts, so that a second reduction
    gives back the rest alone, and giving the line back later gives what is left. Discount and insurer's share go down
    in proportion. Refuses `LineExecuted`, `BadQuantity` (not a line of one), `NothingToRefund` (it costs no more).
    """
    if is_executed:
        raise LineExecuted(item=item)
    if charged.qty != 1:
        raise BadQuantity(qty=str(charged.qty))
    left = charged.total - refunded.total
    if refunded.qty or total >= left:
        raise NothingToRefund(item=item)
    back = left - total
    base_left = charged.base - refunded.base
    base_back = max(min(base_left - base, back), back - (left - base_left), ZERO)
    discount = round_half_up((charged.discount - refunded.discount) * back / left)
    to_adjudication = round_half_up((charged.to_adjudication - refunded.to_adjudication) * back / left)
    return RefundPart(
        qty=ZERO,
        base=base_back,
        surcharge=back - base_back,
        total=back,
        discount=discount,
        paid_back=back - discount,
        to_adjudication=to_adjudication,
        patient=back - discount - to_adjudication,
    )


def add_part(refunded: RefundedAmounts, part: RefundPart) -> RefundedAmounts:
    """What has been given back after `part`."""
    return RefundedAmounts(
        qty=refunded.qty + part.qty,
        base=refunded.base + part.base,
        total=refunded.total + part.total,
        discount=refunded.discount + part.discount,
        to_adjudication=refunded.to_adjudication + part.to_adjudication,
    )
