"""Money that finds its bill paid already goes back by itself, until it went or a person takes over (F47)."""

import logging
from datetime import datetime, timedelta

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.queue import defer_task
from hospital.payments.api import list_refund_orders, refund_payment, report_failed_return
from hospital.payments.states import RefundState
from hospital.payments.types import PaymentOrderInfo, RefundOrderInfo

KEY = "overpaid:"
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=12)
logger = logging.getLogger(__name__)


def is_return(refund: RefundOrderInfo) -> bool:
    """Whether the refund sends money back by itself; the others belong to a refund note."""
    return refund.idempotency_key.startswith(KEY)


def send_back(*, payment: PaymentOrderInfo, reason: str, actor: Actor, now: datetime, is_asked_for: bool) -> None:
    """Asks for the next refund of all of a payment, in the caller's transaction, which holds it.

    Each try that the channel refused is followed by another under a number of its own, after a wait that doubles from
    five minutes to half a day. One that a person has dealt with is left alone.
    """
    failed = _list_failed(payment)
    if failed and not payment.needs_attention:
        return
    if failed and not is_asked_for and now < next_return_at(failed):
        return
    refund_payment(
        order_id=payment.id,
        amount=payment.amount,
        idempotency_key=f"{KEY}{payment.id}" + (f":{len(failed)}" if failed else ""),
        actor=actor,
        now=now,
        reason=reason,
    )


def plan_next_return(*, refund: RefundOrderInfo, actor: Actor, now: datetime) -> None:
    """A refused return puts its payment on the list for a person, and is tried again later. Again changes nothing."""
    if refund.state is not RefundState.FAILED:
        return
    failed = [each for each in list_refund_orders(order_id=refund.payment_order_id) if _has_failed(each)]
    at = next_return_at(failed)
    logger.error("money of payment %s could not be sent back: %s", refund.payment_order_id, refund.failure_code)
    with acting(actor=actor):
        report_failed_return(order_id=refund.payment_order_id, code=refund.failure_code, actor=actor, now=now)
        defer_task("workflows.payment_settled", schedule_at=at, payment_order_id=str(refund.payment_order_id))


def next_return_at(failed: list[RefundOrderInfo]) -> datetime:
    """When the next try is due after these."""
    last = max(each.ended_at or each.requested_at for each in failed)
    doublings = min(len(failed) - 1, 8)
    return last + min(FIRST_WAIT * int(2**doublings), LONGEST_WAIT)


def _list_failed(payment: PaymentOrderInfo) -> list[RefundOrderInfo]:
    return [each for each in list_refund_orders(order_id=payment.id) if _has_failed(each)]


def _has_failed(refund: RefundOrderInfo) -> bool:
    return is_return(refund) and refund.state is RefundState.FAILED
