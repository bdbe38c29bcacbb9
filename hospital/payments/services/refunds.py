"""Giving money back the way it came."""

import logging
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.ids import new_id
from hospital.kernel.queue import defer_task
from hospital.payments.errors import (
    IdempotencyKeyReused,
    PaymentNotRefundable,
    RefundExceedsPayment,
    RefundNotFound,
)
from hospital.payments.models import PaymentEvent, PaymentOrder, RefundOrder
from hospital.payments.ports import (
    HELD_UP,
    AcquirerRefund,
    AcquirerRejected,
    AcquirerState,
    AcquirerUnavailable,
    RefundRequest,
    acquirer_of,
)
from hospital.payments.queries import describe_refund
from hospital.payments.rules import growing_wait
from hospital.payments.services.ledger import (
    ACQUIRER_WATCH,
    add_event,
    change_payment,
    flag_payment,
    lock_payment,
    lock_refund,
    tell_upwards,
    transition_payment,
    transition_refund,
)
from hospital.payments.services.starting import check_amount
from hospital.payments.states import (
    ENDED_REFUND_STATES,
    RECORDED_CHANNELS,
    REFUNDABLE_STATES,
    Attention,
    Channel,
    PaymentState,
    RefundState,
)
from hospital.payments.types import RefundOrderInfo

log = logging.getLogger(__name__)


def refund_payment(
    *, order_id: UUID, amount: Decimal, idempotency_key: str, actor: Actor, now: datetime, reason: str = ""
) -> RefundOrderInfo:
    """Write down a refund of `amount` CNY and queue its sending (F47). May be called inside the caller's transaction.

    The sum of all refunds never exceeds what was paid: the database decides on the payment's row. The same key again
    returns the same refund; for another payment or amount it refuses with `IdempotencyKeyReused`. Refuses with
    `InvalidAmount`, `PaymentNotFound`, `PaymentNotRefundable` and `RefundExceedsPayment`.
    """
    check_amount(amount)
    with acting(actor=actor):
        order = lock_payment(order_id)
        earlier = RefundOrder.objects.filter(idempotency_key=idempotency_key).select_related("order").first()
        if earlier:
            if (earlier.order_id, earlier.amount) != (order_id, amount):
                raise IdempotencyKeyReused
            return describe_refund(earlier)
        _reserve(order, amount)
        refund_id = new_id()
        refund = RefundOrder.objects.create(
            id=refund_id,
            order=order,
            amount=amount,
            state=RefundState.REQUESTED.value,
            idempotency_key=idempotency_key,
            tid=f"R{local_day(now):%y%m%d}{refund_id.hex[-14:].upper()}",
            reason=reason[:200],
            requested_at=now,
        )
        add_event(
            order=order,
            refund=refund,
            kind="REFUND_REQUESTED",
            actor=actor,
            now=now,
            payload={"amount": str(amount)},
        )
        record_act(
            actor=actor,
            action="payments.refund",
            subject_kind="payment_order",
            subject_id=str(order.id),
            person_id=order.person_id,
            now=now,
            reason=reason,
            details={"amount": str(amount), "refund": str(refund.id)},
        )
        _set_out(refund=refund, actor=actor, now=now)
    return describe_refund(refund)


def _set_out(*, refund: RefundOrder, actor: Actor, now: datetime) -> None:
    """Cash is handed out as this is written, a partner hears of it when it asks, everybody else is sent it by a job."""
    if refund.order.channel not in RECORDED_CHANNELS:
        defer_task("payments.send_refund", refund_order_id=str(refund.id), query_round=refund.query_round)
        return
    transition_refund(refund=refund, target=RefundState.SENT, now=now)
    if refund.order.channel == Channel.CASH:
        _mark_refunded(refund=refund, actor=actor, now=now)


def confirm_partner_refund(*, refund_id: UUID, actor: Actor, now: datetime) -> RefundOrderInfo:
    """The partner has given the money back to the payer. Told again it changes nothing.

    Refuses with `RefundNotFound`, also for a refund of another channel.
    """
    with acting(actor=actor):
        refund = lock_refund(refund_id)
        if refund.order.channel != Channel.PARTNER:
            raise RefundNotFound
        if refund.state not in ENDED_REFUND_STATES:
            _mark_refunded(refund=refund, actor=actor, now=now)
        return describe_refund(refund)


def _reserve(order: PaymentOrder, amount: Decimal) -> None:
    reserved = PaymentOrder.objects.filter(
        pk=order.pk,
        state__in=[state.value for state in REFUNDABLE_STATES],
        refunded_reserved__lte=F("amount") - amount,
    ).update(refunded_reserved=F("refunded_reserved") + amount, version=F("version") + 1)
    if reserved == 1:
        order.refresh_from_db()
        return
    remaining = order.amount - order.refunded_reserved
    if order.state not in REFUNDABLE_STATES or remaining <= 0:
        raise PaymentNotRefundable
    raise RefundExceedsPayment(remaining=str(remaining))


def send_refund(*, refund_id: UUID, now: datetime, actor: Actor = ACQUIRER_WATCH) -> RefundOrderInfo:
    """Send a refund, or ask about one that was sent; the refund as it then stands.

    Every try carries the same transaction id, so that the acquirer refunds once. Without a clear answer the refund is
    UNKNOWN and asked about until it ends. Must not be called inside a transaction. Refuses with `RefundNotFound`.
    """
    with transaction.atomic(durable=True), acting(actor=actor):
        refund = lock_refund(refund_id)
        if refund.state in ENDED_REFUND_STATES:
            return describe_refund(refund)
        may_have_arrived = refund.state != RefundState.REQUESTED
        if refund.state == RefundState.REQUESTED:
            transition_refund(refund=refund, target=RefundState.SENT, now=now)
            _schedule_question(refund=refund, now=now)
    answer = _exchange(refund, may_have_arrived=may_have_arrived)
    with acting(actor=actor):
        refund = lock_refund(refund_id)
        if refund.state not in ENDED_REFUND_STATES:
            _write_down(refund=refund, answer=answer, actor=actor, now=now)
    return describe_refund(refund)


def query_refund(*, refund_id: UUID, query_round: int, now: datetime) -> None:
    """A scheduled try; one that a newer one has replaced does nothing."""
    refund = RefundOrder.objects.filter(pk=refund_id).first()
    if refund is None:
        raise RefundNotFound
    if refund.query_round == query_round:
        send_refund(refund_id=refund_id, now=now)


def _exchange(refund: RefundOrder, *, may_have_arrived: bool) -> AcquirerRefund | None:
    """The acquirer's answer; None where there is none."""
    order = refund.order
    acquirer = acquirer_of(order.channel)
    if may_have_arrived:
        try:
            told = acquirer.retrieve_refund(order.number, refund.tid)
        except (AcquirerUnavailable, AcquirerRejected) as error:
            # A question that was not answered says nothing about the refund: it may have gone through.
            log.error("the acquirer does not tell of refund %s: %s", refund.tid, error)
            return None
        if told is not None:
            return told
    request = RefundRequest(
        order_no=order.number, tid=refund.tid, amount=refund.amount, paid=order.amount, currency=order.currency
    )
    try:
        return acquirer.refund(request)
    except AcquirerUnavailable:
        return None
    except AcquirerRejected as error:
        log.error("the acquirer refuses refund %s: %s", refund.tid, error)
        return AcquirerRefund(tid=refund.tid, state=AcquirerState.FAILED, amount=refund.amount, code=str(error)[:60])


def _write_down(*, refund: RefundOrder, answer: AcquirerRefund | None, actor: Actor, now: datetime) -> None:
    if answer is None or answer.state is AcquirerState.PENDING:
        if refund.state == RefundState.SENT:
            transition_refund(refund=refund, target=RefundState.UNKNOWN, now=now)
        if answer is not None and answer.code == HELD_UP:
            flag_payment(order=refund.order, attention=Attention.REFUND_STUCK, actor=actor, now=now, refund=refund)
        _schedule_question(refund=refund, now=now)
    elif answer.state is AcquirerState.SUCCEEDED:
        _mark_refunded(refund=refund, actor=actor, now=now)
    else:
        _mark_failed(refund=refund, code=answer.code, actor=actor, now=now)


def _mark_refunded(*, refund: RefundOrder, actor: Actor, now: datetime) -> None:
    order = refund.order
    transition_refund(refund=refund, target=RefundState.SUCCEEDED, now=now)
    if order.needs_attention:
        change_payment(order=order, needs_attention=False)
    before = PaymentEvent.objects.filter(order=order, kind="REFUNDED").aggregate(total=Sum("amount"))["total"] or 0
    is_all = before + refund.amount >= order.amount
    transition_payment(
        order=order,
        target=PaymentState.REFUNDED if is_all else PaymentState.PART_REFUNDED,
        actor=actor,
        now=now,
        amount=refund.amount,
        refund=refund,
    )
    tell_upwards(order=order, refund=refund, kind="payments.refunded", task="workflows.refund_settled", now=now)


def _mark_failed(*, refund: RefundOrder, code: str, actor: Actor, now: datetime) -> None:
    """The money stays with us: what was reserved is free again."""
    order = refund.order
    transition_refund(refund=refund, target=RefundState.FAILED, now=now, failure_code=code)
    PaymentOrder.objects.filter(pk=order.pk).update(
        refunded_reserved=F("refunded_reserved") - refund.amount, version=F("version") + 1
    )
    order.refresh_from_db()
    add_event(order=order, refund=refund, kind="REFUND_FAILED", actor=actor, now=now, payload={"code": code})
    tell_upwards(order=order, refund=refund, kind="payments.refund_failed", task="workflows.refund_settled", now=now)


def _schedule_question(*, refund: RefundOrder, now: datetime) -> None:
    refund.query_round += 1
    refund.save(update_fields=["query_round"])
    defer_task(
        "payments.send_refund",
        schedule_at=now + growing_wait(since=refund.requested_at, now=now),
        refund_order_id=str(refund.id),
        query_round=refund.query_round,
    )
