"""Notifications of the acquirer: a hint to ask, never an answer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from hospital.audit.api import record_act
from hospital.payments.errors import ForgedNotification, MalformedNotification
from hospital.payments.models import PaymentOrder, ReceivedNotification
from hospital.payments.ports import (
    AcquirerNotification,
    NotificationNotGenuine,
    NotificationUnreadable,
    card_acquirer,
)
from hospital.payments.services.ledger import ACQUIRER_WATCH, lock_payment, schedule_query
from hospital.payments.states import PAID_STATES
from hospital.payments.types import NotificationReceipt


def receive_notification(*, headers: Mapping[str, str], body: bytes, now: datetime) -> NotificationReceipt:
    """Record a genuine notification once and queue a question to the acquirer; it changes no payment by itself.

    One that came before, or that names no payment of ours, is accepted too, so that the acquirer stops sending it.
    Refuses with `ForgedNotification` (recorded in the audit trail) and `MalformedNotification`.
    """
    try:
        notification = card_acquirer().read_notification(headers=headers, body=body)
    except NotificationNotGenuine:
        record_act(
            actor=ACQUIRER_WATCH,
            action="payments.notification",
            subject_kind="notification",
            subject_id="",
            now=now,
            was_refused=True,
            reason="forged",
        )
        raise ForgedNotification from None
    except NotificationUnreadable:
        raise MalformedNotification from None
    with transaction.atomic():
        return _record(notification, now)


def _record(notification: AcquirerNotification, now: datetime) -> NotificationReceipt:
    order = PaymentOrder.objects.filter(number=notification.order_no).first()
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
    return NotificationReceipt(
        notification_id=notification.notification_id,
        is_new=is_new,
        payment_order_id=order.id if order else None,
    )


def _insert_once(row: ReceivedNotification) -> bool:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
