"""Payments of a payer who stands at a window: written down, then the wallet or the terminal is called."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import AcquirerOrder, AcquirerRejected, AcquirerUnavailable
from hospital.payments.rules import Silence
from hospital.payments.services.ending import see_ending
from hospital.payments.services.ledger import lock_payment, tell_upwards, transition_payment
from hospital.payments.services.payments import Answer, write_down_answer
from hospital.payments.states import OPEN_STATES, PaymentState

Call = Callable[[], AcquirerOrder | None]


def carry_to_acquirer(*, order: PaymentOrder, call: Call, actor: Actor, now: datetime) -> PaymentOrder:
    """PAYING first, committed, so that the watch asks whatever happens next; then the `call`, and its answer judged.

    Only the first request of a payment calls: a repeated one gets the payment as it stands. No answer is UNKNOWN, and
    is asked after. What the acquirer rejects is FAILED, and the rejection is raised anew. Must not be called inside a
    transaction.
    """
    claimed = _claim(order, actor, now)
    if claimed is None:
        return PaymentOrder.objects.get(pk=order.pk)
    answer: Answer
    try:
        answer = call()
    except AcquirerUnavailable:
        answer = Silence.UNAVAILABLE
    except AcquirerRejected as error:
        _fail(order, str(error)[:60], actor, now)
        raise
    sight = see_ending(claimed, now=now)
    return write_down_answer(order_id=order.pk, answer=answer, sight=sight, actor=actor, now=now)


def _claim(order: PaymentOrder, actor: Actor, now: datetime) -> PaymentOrder | None:
    with transaction.atomic(durable=True), acting(actor=actor):
        locked = lock_payment(order.pk)
        if locked.state != PaymentState.CREATED or now >= locked.expires_at:
            return None
        transition_payment(order=locked, target=PaymentState.PAYING, actor=actor, now=now)
    return locked


def _fail(order: PaymentOrder, code: str, actor: Actor, now: datetime) -> None:
    with acting(actor=actor):
        locked = lock_payment(order.pk)
        if locked.state in OPEN_STATES:
            transition_payment(order=locked, target=PaymentState.FAILED, actor=actor, now=now, payload={"code": code})
            tell_upwards(order=locked, kind="payments.failed", task="workflows.payment_ended", now=now)
