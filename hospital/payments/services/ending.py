"""Ending a payment at a wallet that gives back what it took: nobody may count the money in the same moment.

An answer `paid` that was on its way while somebody reversed the payment tells what was, not what is. So whoever
reverses claims the payment first, for a short time, and whoever asks remembers what it saw before it asked.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from hospital.payments.models import PaymentOrder
from hospital.payments.rules import ENDING_LEASE
from hospital.payments.services.ledger import change_payment, lock_payment
from hospital.payments.states import OPEN_STATES, REVERSED_CHANNELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was seen of a payment's ending before the acquirer was asked. `is_own`: whoever asked is ending it."""

    end_round: int
    is_ending: bool
    is_own: bool = False


def see_ending(order: PaymentOrder, *, now: datetime) -> Sight:
    """What to remember before the acquirer is asked."""
    return Sight(end_round=order.end_round, is_ending=_is_ending(order, now))


def claim_ending(*, order_id: UUID, now: datetime) -> Sight | None:
    """The right to end this payment at the acquirer; None where it has ended, or somebody else is ending it."""
    with transaction.atomic(durable=True):
        order = lock_payment(order_id)
        if order.state not in OPEN_STATES or _is_ending(order, now):
            return None
        if order.channel in REVERSED_CHANNELS:
            change_payment(order=order, end_round=F("end_round") + 1, ending_until=now + ENDING_LEASE)
    return Sight(end_round=order.end_round, is_ending=False, is_own=True)


def is_outdated(order: PaymentOrder, *, sight: Sight, now: datetime) -> bool:
    """Whether somebody may have reversed this locked payment since the acquirer was asked."""
    if sight.is_own:
        return order.end_round != sight.end_round
    return sight.is_ending or order.end_round != sight.end_round or _is_ending(order, now)


def _is_ending(order: PaymentOrder, now: datetime) -> bool:
    return order.ending_until is not None and now < order.ending_until
