"""Starting a card payment."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.payments.errors import CardPaymentUnavailable
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import AcquirerRejected, AcquirerUnavailable, CheckoutRequest, card_acquirer
from hospital.payments.queries import describe_payment
from hospital.payments.services.ledger import lock_payment, transition_payment
from hospital.payments.services.starting import find_or_create_payment, give_up
from hospital.payments.states import Channel, PaymentState
from hospital.payments.types import PaymentOrderInfo


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
    order = find_or_create_payment(
        channel=Channel.CARD,
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


def _open_checkout(*, order: PaymentOrder, request: CheckoutRequest, actor: Actor, now: datetime) -> PaymentOrder:
    try:
        session = card_acquirer().start_checkout(request)
    except AcquirerUnavailable:
        raise CardPaymentUnavailable from None
    except AcquirerRejected as error:
        give_up(order=order, code=str(error), actor=actor, now=now)
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
