"""Notifications of the acquirer: a hint to ask, never an answer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from hospital.audit.api import record_act
from hospital.kernel.queue import defer_task
from hospital.payments.errors import ForgedNotification, MalformedNotification
from hospital.payments.models import PaymentOrder, ReceivedNotification, RefundOrder
from hospital.payments.ports import (
    AcquirerNotification,
    NotificationNotGenuine,
    NotificationUnreadable,
    acquirer_of,
)
from hospital.payments.services.ledger import ACQUIRER_WATCH, lock_payment, schedule_query
from hospital.payments.states import ENDED_REFUND_STATES, PAID_STATES, Channel
from hospital.payments.types import NotificationReceipt


def receive_notification(
    *, headers: Mapping[str, str], body: bytes, now: datetime, channel: Channel = Channel.CARD
) -> NotificationReceipt:
    """Record a genuine notification once and queue a question to the acquirer; it changes no payment by itself.

    One that came before, or that names no payment of ours, is accepted too, so that the acquirer stops sending it.
    Refuses with `ForgedNotification` (recorded in the audit trail) and `MalformedNotification`.
    """
    try:
        notification = acquirer_of(channel).read_notification(headers=headers, body=body, now=now)
    except NotificationNotGenuine:
        record_act(
            actor=ACQUIRER_WATCH,
            action="payments.notification",
            subject_kind="notification",
            subject_id=channel.value,
            now=now,
            was_refused=True,
            reason="forged",
        )
        raise ForgedNotification from None
    except NotificationUnreadable:
        raise MalformedNotification from None
    with transaction.atomic():
        return _record(notification, channel, now)


def _record(notification: AcquirerNotification, channel: Channel, now: datetime) -> NotificationReceipt:
    order = PaymentOrder.objects.filter(number=notification.order_no, channel=channel).first()
    row = ReceivedNotification(
        notification_id=notification.notification_id,
        order=order,
        order_no=notification.order_no[:40],
        attempt=notification.attempt,
        received_at=now,
    )
    is_new = _insert_once(row)
    if is_new and order is not None and order.state not in PAID_STATES:
        schedule_query(order=lock_payment(order.id), now=now, at_once=True)
    elif is_new and order is not None and notification.refund_tid:
        _ask_about_refund(order, notification.refund_tid)
    return NotificationReceipt(
        notification_id=notification.notification_id,
        is_new=is_new,
        payment_order_id=order.id if order else None,
    )


def _ask_about_refund(order: PaymentOrder, tid: str) -> None:
    """Queues a question; those queued before act on nothing any more."""
    lock_payment(order.id)
    refund = RefundOrder.objects.select_for_update().filter(order=order, tid=tid).first()
    if refund is None or refund.state in ENDED_REFUND_STATES:
        return
    refund.query_round += 1
    refund.save(update_fields=["query_round"])
    defer_task("payments.send_refund", refund_order_id=str(refund.id), query_round=refund.query_round)


def _insert_once(row: ReceivedNotification) -> bool:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
