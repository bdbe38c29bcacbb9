"""Starting a card payment."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.ids import new_id
from hospital.payments.errors import (
    CardPaymentUnavailable,
    IdempotencyKeyReused,
    InvalidAmount,
    PaymentStillOpen,
)
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import AcquirerRejected, AcquirerUnavailable, CheckoutRequest, card_acquirer
from hospital.payments.queries import describe_payment
from hospital.payments.rules import CHECKOUT_LIFE
from hospital.payments.services.ledger import (
    add_event,
    lock_payment,
    schedule_query,
    tell_upwards,
    transition_payment,
)
from hospital.payments.states import OPEN_STATES, PaymentState
from hospital.payments.types import PaymentOrderInfo

LARGEST_AMOUNT = Decimal("9999999999.99")


def start_card_payment(
    *,
    reference_kind: str,
    reference: str,
    amount: Decimal,
    person_id: UUID | None,
    idempotency_key: str,
    return_url: str,
    cancel_url: str,
    actor: Actor,
    now: datetime,
    description: str = "",
    language: str = "en",
) -> PaymentOrderInfo:
    """A payment of `amount` CNY for an opaque reference, with the address of the acquirer's page (A18).

    The row is committed first, then the acquirer is called: must not be called inside a transaction. The same key
    again returns the same payment, and opens its checkout if that had not worked; with another amount or reference it
    refuses with `IdempotencyKeyReused`. Refuses with `InvalidAmount`, with `PaymentStillOpen` while another payment of
    the reference may still be paid, and with `CardPaymentUnavailable` (nothing was charged; try the same key again).
    `description` is what the payer reads on the acquirer's page.
    """
    check_amount(amount)
    order = _find_or_create(
        reference_kind=reference_kind,
        reference=reference,
        amount=amount,
        person_id=person_id,
        idempotency_key=idempotency_key,
        actor=actor,
        now=now,
    )
    if order.state == PaymentState.CREATED and now < order.expires_at:
        request = CheckoutRequest(
            order_no=order.number,
            amount=order.amount,
            currency=order.currency,
            description=description,
            return_url=return_url.replace("{payment_order_id}", str(order.id)),
            cancel_url=cancel_url.replace("{payment_order_id}", str(order.id)),
            lifetime_seconds=int((order.expires_at - now).total_seconds()),
            language=language,
        )
        order = _open_checkout(order=order, request=request, actor=actor, now=now)
    return describe_payment(order)


def check_amount(amount: Decimal) -> None:
    """Refuses with `InvalidAmount` what is not a positive number of whole fen."""
    is_whole = amount.is_finite() and amount == amount.quantize(Decimal("0.01"))
    if not is_whole or not 0 < amount <= LARGEST_AMOUNT:
        raise InvalidAmount


def _find_or_create(
    *,
    reference_kind: str,
    reference: str,
    amount: Decimal,
    person_id: UUID | None,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
) -> PaymentOrder:
    earlier = _find_by_key(idempotency_key, reference_kind, reference, amount)
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
        state=PaymentState.CREATED.value,
        idempotency_key=idempotency_key,
        expires_at=now + CHECKOUT_LIFE,
        created_at=now,
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
                details={"amount": str(amount), "reference_kind": reference_kind, "reference": reference},
            )
    except IntegrityError:
        return _explain_collision(idempotency_key, reference_kind, reference, amount)
    return order


def _find_by_key(key: str, reference_kind: str, reference: str, amount: Decimal) -> PaymentOrder | None:
    earlier = PaymentOrder.objects.filter(idempotency_key=key).first()
    if earlier is None:
        return None
    if (earlier.reference_kind, earlier.reference, earlier.amount) != (reference_kind, reference, amount):
        raise IdempotencyKeyReused
    return earlier


def _explain_collision(key: str, reference_kind: str, reference: str, amount: Decimal) -> PaymentOrder:
    earlier = _find_by_key(key, reference_kind, reference, amount)
    if earlier:
        return earlier
    other = PaymentOrder.objects.filter(
        reference_kind=reference_kind, reference=reference, state__in=[state.value for state in OPEN_STATES]
    ).first()
    raise PaymentStillOpen(payment_order_id=str(other.id) if other else "")


def _open_checkout(*, order: PaymentOrder, request: CheckoutRequest, actor: Actor, now: datetime) -> PaymentOrder:
    try:
        session = card_acquirer().start_checkout(request)
    except AcquirerUnavailable:
        raise CardPaymentUnavailable from None
    except AcquirerRejected as error:
        _give_up(order=order, code=str(error), actor=actor, now=now)
        raise CardPaymentUnavailable from None
    with acting(actor=actor):
        locked = lock_payment(order.id)
        if locked.state != PaymentState.CREATED:  # the same request at the same time was first: its page counts
            return locked
        transition_payment(
            order=locked,
            target=PaymentState.PAYING,
            actor=actor,
            now=now,
            session_id=session.session_id,
            success_indicator=session.success_indicator,
            checkout_url=session.checkout_url,
        )
    return locked


def _give_up(*, order: PaymentOrder, code: str, actor: Actor, now: datetime) -> None:
    with acting(actor=actor):
        locked = lock_payment(order.id)
        if locked.state == PaymentState.CREATED:
            transition_payment(order=locked, target=PaymentState.FAILED, actor=actor, now=now, payload={"code": code})
            tell_upwards(order=locked, kind="payments.failed", task="workflows.payment_ended", now=now)
