"""Writing a payment down before the acquirer is called, once for each key."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.ids import new_id
from hospital.payments.errors import IdempotencyKeyReused, InvalidAmount, PaymentStillOpen
from hospital.payments.models import PaymentOrder
from hospital.payments.rules import CHECKOUT_LIFE
from hospital.payments.services.ledger import (
    add_event,
    lock_payment,
    schedule_query,
    tell_upwards,
    transition_payment,
)
from hospital.payments.states import OPEN_STATES, Channel, PaymentState

LARGEST_AMOUNT = Decimal("9999999999.99")


def check_amount(amount: Decimal) -> None:
    """Refuses with `InvalidAmount` what is not a positive number of whole fen."""
    is_whole = amount.is_finite() and amount == amount.quantize(Decimal("0.01"))
    if not is_whole or not 0 < amount <= LARGEST_AMOUNT:
        raise InvalidAmount


def find_or_create_payment(
    *,
    channel: Channel,
    reference_kind: str,
    reference: str,
    amount: Decimal,
    person_id: UUID | None,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
    life: timedelta = CHECKOUT_LIFE,
    taken_by: str = "",
) -> PaymentOrder:
    """The payment of this key, committed; must not be called inside a transaction. It expires after `life`.

    Refuses with `InvalidAmount`, `IdempotencyKeyReused` and `PaymentStillOpen`.
    """
    check_amount(amount)
    wanted = (channel.value, reference_kind, reference, amount)
    earlier = _find_by_key(idempotency_key, wanted)
    if earlier:
        return earlier
    order_id = new_id()
    order = PaymentOrder(
        id=order_id,
        number=f"P{local_day(now):%y%m%d}{order_id.hex[-14:].upper()}",
        reference_kind=reference_kind,
        reference=reference,
        person_id=person_id,
        amount=amount,
        channel=channel.value,
        state=PaymentState.CREATED.value,
        idempotency_key=idempotency_key,
        expires_at=now + life,
        created_at=now,
        taken_by=taken_by,
    )
    try:
        with transaction.atomic(durable=True), acting(actor=actor):
            order.save(force_insert=True)
            add_event(order=order, kind="CREATED", actor=actor, now=now)
            schedule_query(order=order, now=now)
            record_act(
                actor=actor,
                action="payments.start",
                subject_kind="payment_order",
                subject_id=str(order.id),
                person_id=person_id,
                now=now,
                details={
                    "amount": str(amount),
                    "channel": channel.value,
                    "reference_kind": reference_kind,
                    "reference": reference,
                },
            )
    except IntegrityError:
        return _explain_collision(idempotency_key, wanted)
    return order


def _find_by_key(key: str, wanted: tuple[str, str, str, Decimal]) -> PaymentOrder | None:
    earlier = PaymentOrder.objects.filter(idempotency_key=key).first()
    if earlier is None:
        return None
    if (earlier.channel, earlier.reference_kind, earlier.reference, earlier.amount) != wanted:
        raise IdempotencyKeyReused
    return earlier


def _explain_collision(key: str, wanted: tuple[str, str, str, Decimal]) -> PaymentOrder:
    earlier = _find_by_key(key, wanted)
    if earlier:
        return earlier
    _, reference_kind, reference, _ = wanted
    other = PaymentOrder.objects.filter(
        reference_kind=reference_kind, reference=reference, state__in=[state.value for state in OPEN_STATES]
    ).first()
    raise PaymentStillOpen(payment_order_id=str(other.id) if other else "")


def give_up(*, order: PaymentOrder, code: str, actor: Actor, now: datetime) -> None:
    """FAILED: the acquirer will not open this payment, so nobody can pay it."""
    with acting(actor=actor):
        locked = lock_payment(order.id)
        if locked.state == PaymentState.CREATED:
            transition_payment(order=locked, target=PaymentState.FAILED, actor=actor, now=now, payload={"code": code})
            tell_upwards(order=locked, kind="payments.failed", task="workflows.payment_ended", now=now)
