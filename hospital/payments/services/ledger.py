"""Locks, transitions and events of payments: every write of this context goes through here."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F

from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.events import record_event
from hospital.kernel.queue import defer_task
from hospital.payments.errors import PaymentNotFound, RefundNotFound
from hospital.payments.models import PaymentEvent, PaymentOrder, RefundOrder
from hospital.payments.rules import next_query_at
from hospital.payments.states import (
    ATTENDED_CHANNELS,
    PAYMENT_TRANSITIONS,
    REFUND_TRANSITIONS,
    Attention,
    PaymentState,
    RefundState,
)

ACQUIRER_WATCH = system_actor("payments.acquirer_watch")

_STAMPS = {
    PaymentState.PAYING: "paying_at",
    PaymentState.UNKNOWN: "unknown_at",
    PaymentState.PAID: "paid_at",
    PaymentState.CLOSED: "closed_at",
    PaymentState.FAILED: "failed_at",
    PaymentState.PART_REFUNDED: "refunded_at",
    PaymentState.REFUNDED: "refunded_at",
}


def lock_payment(order_id: UUID) -> PaymentOrder:
    """The row, locked for this transaction; refuses with PaymentNotFound."""
    order = PaymentOrder.objects.select_for_update(of=("self",)).filter(pk=order_id).first()
    if order is None:
        raise PaymentNotFound
    return order


def lock_refund(refund_id: UUID) -> RefundOrder:
    """The refund, locked after its payment (always in this order); refuses with RefundNotFound."""
    known = RefundOrder.objects.filter(pk=refund_id).values_list("order_id", flat=True).first()
    if known is None:
        raise RefundNotFound
    order = lock_payment(known)
    refund = RefundOrder.objects.select_for_update(of=("self",)).get(pk=refund_id)
    refund.order = order
    return refund


def transition_payment(
    *,
    order: PaymentOrder,
    target: PaymentState,
    actor: Actor,
    now: datetime,
    reason: str = "",
    amount: Decimal | None = None,
    refund: RefundOrder | None = None,
    payload: Mapping[str, Any] | None = None,
    **changes: object,
) -> None:
    """Move a locked payment to `target`, stamp the time and append the event. Refuses with IllegalTransition."""
    PAYMENT_TRANSITIONS.check(current=PaymentState(order.state), target=target)
    values: dict[str, object] = {"state": target.value, **changes}
    if target in _STAMPS:
        values[_STAMPS[target]] = now
    _update_payment(order, values)
    add_event(
        order=order,
        kind="REFUNDED" if refund else target.value,
        actor=actor,
        now=now,
        amount=amount,
        refund=refund,
        payload={**(payload or {}), **({"reason": reason} if reason else {})},
    )


def change_payment(*, order: PaymentOrder, **changes: object) -> None:
    """Change columns of a locked payment without a change of state."""
    _update_payment(order, changes)


def _update_payment(order: PaymentOrder, values: dict[str, object]) -> None:
    changed = PaymentOrder.objects.filter(pk=order.pk, version=order.version).update(**values, version=F("version") + 1)
    if changed != 1:
        raise RuntimeError("a payment was changed without its lock")
    order.refresh_from_db()


def flag_payment(*, order: PaymentOrder, attention: Attention, actor: Actor, now: datetime, **details: Any) -> None:
    """Put a locked payment on the list for a person, with an ALERT event; once for each reason."""
    if order.needs_attention and order.attention == attention:
        return
    refund = details.pop("refund", None)
    change_payment(order=order, needs_attention=True, attention=attention.value, attention_at=now)
    payload = {"attention": attention.value, **details}
    add_event(order=order, kind="ALERT", actor=actor, now=now, refund=refund, payload=payload)


def transition_refund(*, refund: RefundOrder, target: RefundState, now: datetime, failure_code: str = "") -> None:
    """Move a locked refund to `target` and stamp the time. Refuses with IllegalTransition."""
    REFUND_TRANSITIONS.check(current=RefundState(refund.state), target=target)
    refund.state = target.value
    refund.version += 1
    refund.failure_code = failure_code
    if target is RefundState.SENT:
        refund.sent_at = now
    if target in (RefundState.SUCCEEDED, RefundState.FAILED):
        refund.ended_at = now
    refund.save(update_fields=["state", "version", "failure_code", "sent_at", "ended_at"])


def add_event(
    *,
    order: PaymentOrder,
    kind: str,
    actor: Actor,
    now: datetime,
    amount: Decimal | None = None,
    refund: RefundOrder | None = None,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Append one event. `payload` holds no secret and no card number."""
    PaymentEvent.objects.create(
        order=order,
        refund=refund,
        kind=kind,
        amount=amount,
        payload=dict(payload or {}),
        at=now,
        actor_kind=actor.kind.value,
        actor_id=actor.id[:64],
    )


def tell_upwards(
    *, order: PaymentOrder, kind: str, task: str, now: datetime, refund: RefundOrder | None = None
) -> None:
    """Put the domain event and the job that wakes the layer above into this transaction.

    The job is named, not imported: payments does not know who acts on its news.
    """
    amount = refund.amount if refund else order.amount
    record_event(
        kind=kind,
        subject_id=str(order.id),
        now=now,
        person_id=order.person_id,
        facts={"reference_kind": order.reference_kind, "reference": order.reference, "amount": str(amount)},
    )
    if refund:
        defer_task(task, refund_order_id=str(refund.id))
    else:
        defer_task(task, payment_order_id=str(order.id))


def schedule_query(*, order: PaymentOrder, now: datetime, at_once: bool = False) -> None:
    """Queue the next question to the acquirer and void those queued before; nothing once the payment has ended."""
    at = next_query_at(
        state=PaymentState(order.state),
        created_at=order.created_at,
        unknown_at=order.unknown_at,
        expires_at=order.expires_at,
        now=now,
        is_attended=order.channel in ATTENDED_CHANNELS,
    )
    if at_once:
        at = now
    if at is None:
        return
    _update_payment(order, {"query_round": F("query_round") + 1})
    defer_task("payments.query_payment", schedule_at=at, payment_order_id=str(order.id), query_round=order.query_round)
