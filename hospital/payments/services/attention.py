"""Payments that a person has to look at."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.payments.errors import AttentionNoteMissing
from hospital.payments.queries import describe_payment
from hospital.payments.services.ledger import (
    add_event,
    change_payment,
    flag_payment,
    lock_payment,
    tell_upwards,
    transition_payment,
)
from hospital.payments.states import Attention, PaymentState
from hospital.payments.types import PaymentOrderInfo


def report_failed_return(*, order_id: UUID, code: str, actor: Actor, now: datetime) -> None:
    """Money that has to go back could not be sent back: the payment is put on the list for a person.

    Once for each time; it leaves the list when a refund succeeds. Refuses with `PaymentNotFound`.
    """
    with acting(actor=actor):
        order = lock_payment(order_id)
        flag_payment(order=order, attention=Attention.RETURN_FAILED, actor=actor, now=now, code=code)


def settle_attention(*, order_id: UUID, note: str, actor: Actor, now: datetime) -> PaymentOrderInfo:
    """A person has dealt with it; `note` says how, for the trail. Again changes nothing.

    A payment that is not clear because another amount came in ends FAILED: its money was given back at the acquirer's
    console, and the bill is free again. Refuses with `PaymentNotFound` and `AttentionNoteMissing`.
    """
    if not note.strip():
        raise AttentionNoteMissing
    with acting(actor=actor):
        order = lock_payment(order_id)
        if not order.needs_attention:
            return describe_payment(order)
        reason = order.attention
        change_payment(order=order, needs_attention=False)
        add_event(
            order=order, kind="ALERT_SETTLED", actor=actor, now=now, payload={"attention": reason, "note": note[:200]}
        )
        if reason == Attention.WRONG_AMOUNT and order.state == PaymentState.UNKNOWN:
            transition_payment(order=order, target=PaymentState.FAILED, actor=actor, now=now, reason="settled by hand")
            tell_upwards(order=order, kind="payments.failed", task="workflows.payment_ended", now=now)
        record_act(
            actor=actor,
            action="payments.settle_attention",
            subject_kind="payment_order",
            subject_id=str(order.id),
            person_id=order.person_id,
            now=now,
            reason=note[:200],
            details={"attention": reason},
        )
        return describe_payment(order)
