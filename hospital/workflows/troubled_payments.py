"""Payments that a person has to look at, at the cashier's desk of their campus (F46, F47)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.billing.api import find_settlements
from hospital.billing.types import SettlementInfo
from hospital.kernel.actors import Actor, Role
from hospital.payments.api import (
    get_payment_order,
    list_payments_needing_attention,
    list_refund_orders,
    settle_attention,
)
from hospital.payments.errors import PaymentNotFound
from hospital.payments.states import Attention, RefundState
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.pay_bill import SETTLEMENT, settle_payment
from hospital.workflows.return_money import is_return, next_return_at


@dataclass(frozen=True, slots=True)
class TroubledPayment:
    """One of them. `next_try_at` is when sending the money back is tried again by itself."""

    payment: PaymentOrderInfo
    settlement: SettlementInfo
    failure_code: str
    next_try_at: datetime | None


def list_troubled_payments(*, actor: Actor) -> list[TroubledPayment]:
    """Those of bills of the actor's campus, oldest first; nobody's but a cashier's."""
    if (Role.CASHIER, actor.campus_code) not in actor.grants:
        return []
    payments = [one for one in list_payments_needing_attention() if one.reference_kind == SETTLEMENT]
    found = find_settlements(settlement_ids=[UUID(one.reference) for one in payments])
    return [
        _describe(one, found[UUID(one.reference)])
        for one in payments
        if UUID(one.reference) in found and found[UUID(one.reference)].campus_code == actor.campus_code
    ]


def _describe(payment: PaymentOrderInfo, settlement: SettlementInfo) -> TroubledPayment:
    refunds = list_refund_orders(order_id=payment.id)
    failed = [one for one in refunds if is_return(one) and one.state is RefundState.FAILED]
    is_waiting = bool(failed) and payment.refundable >= payment.amount
    return TroubledPayment(
        payment=payment,
        settlement=settlement,
        failure_code=failed[-1].failure_code if failed else "",
        next_try_at=next_return_at(failed) if is_waiting else None,
    )


def try_return_again(*, payment_id: UUID, actor: Actor, now: datetime) -> None:
    """Sends the money back now instead of at the next due time. Refuses with `PaymentNotFound` another campus's."""
    if _get(payment_id, actor).attention is Attention.RETURN_FAILED:
        settle_payment(payment_id=payment_id, now=now, is_asked_for=True)


def settle_troubled_payment(*, payment_id: UUID, note: str, actor: Actor, now: datetime) -> None:
    """Takes it off the list: somebody has dealt with it, as the note says.

    Refuses with `PaymentNotFound` another campus's, and with `AttentionNoteMissing`.
    """
    _get(payment_id, actor)
    settle_attention(order_id=payment_id, note=note, actor=actor, now=now)


def _get(payment_id: UUID, actor: Actor) -> PaymentOrderInfo:
    payment = get_payment_order(order_id=payment_id)
    if payment.reference_kind != SETTLEMENT or (Role.CASHIER, actor.campus_code) not in actor.grants:
        raise PaymentNotFound
    settlement = find_settlements(settlement_ids=[UUID(payment.reference)]).get(UUID(payment.reference))
    if settlement is None or settlement.campus_code != actor.campus_code:
        raise PaymentNotFound
    return payment
