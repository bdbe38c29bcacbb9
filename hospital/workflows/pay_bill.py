"""A bill is paid by card (A07, A18, F46).

The settlement is committed, then the payment, then the acquirer is asked for a checkout. Only the
server's own retrieval makes a payment PAID; the job `workflows.payment_settled`, queued with that change, allocates it.
A crash between any two steps leaves a state that the next question finishes.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import (
    allocate_payment,
    complete_refund,
    release_settlement,
    start_settlement,
)
from hospital.billing.errors import AllocationAmountMismatch, AllocationTaken, QuoteExpired
from hospital.billing.states import SettlementState
from hospital.kernel.actors import Actor, ActorKind, system_actor
from hospital.patients.api import require_access
from hospital.payments.api import (
    confirm_payment,
    get_payment_order,
    get_refund_order,
    hold_payment,
    list_payment_orders,
    refund_payment,
    start_card_payment,
)
from hospital.payments.errors import PaymentNotFound
from hospital.payments.states import ENDED_REFUND_STATES, RefundState
from hospital.payments.types import PaymentOrderInfo

SETTLEMENT = "settlement"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BillPayment:
    """A started payment: where the payer goes next. A bill of 0.00 needs none: it is settled already."""

    settlement_id: UUID
    payment: PaymentOrderInfo | None


def start_bill_payment(
    *,
    quote_token: str,
    idempotency_key: str,
    return_url: str,
    cancel_url: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> BillPayment:
    """Starts the card payment of a quote. The same key again returns the same payment.

    Refusals: those of the quote (`QuoteExpired`, `QuoteMismatch`, `AlreadyPaid` …), `UnknownPerson`,
    `CardPaymentUnavailable` (nothing was charged).
    """
    settlement = start_settlement(quote_token=quote_token, idempotency_key=idempotency_key, actor=actor, now=now)
    if settlement.amount == 0:
        return BillPayment(settlement_id=settlement.id, payment=None)
    reference = str(settlement.id)
    is_released = settlement.state is SettlementState.RELEASED
    if is_released and not list_payment_orders(reference_kind=SETTLEMENT, reference=reference):
        raise QuoteExpired  # its lines were given back before a payment began: money for it would only come back
    payment = start_card_payment(
        reference_kind=SETTLEMENT,
        reference=reference,
        amount=settlement.amount,
        person_id=settlement.person_id,
        idempotency_key=idempotency_key,
        return_url=return_url,
        cancel_url=cancel_url,
        actor=actor,
        now=now,
        description=settlement.number,
        language=language,
    )
    return BillPayment(settlement_id=settlement.id, payment=payment)


def follow_payment(*, payment_id: UUID, now: datetime) -> PaymentOrderInfo:
    """How a payment stands; asks the acquirer while the answer is outstanding and settles the bill once it is paid.

    For a caller who comes back from the acquirer's page: the job would settle it too, this way it is at once.
    """
    payment = get_payment_order(order_id=payment_id)
    if payment.is_open:
        payment = confirm_payment(order_id=payment_id, now=now)
    if payment.is_paid:
        settle_payment(payment_id=payment_id, now=now)
    elif not payment.is_open:
        release_bill(payment_id=payment_id, now=now)
    return payment


def follow_payment_of(*, payment_id: UUID, actor: Actor, now: datetime) -> PaymentOrderInfo:
    """As `follow_payment`, for an actor who may see the payer. Refusals: `PaymentNotFound`, `UnknownPerson`."""
    payment = get_payment_order(order_id=payment_id)
    if payment.person_id is None and actor.kind is ActorKind.PATIENT:
        raise PaymentNotFound
    if payment.person_id is not None:
        require_access(actor=actor, person_id=payment.person_id, now=now)
    return follow_payment(payment_id=payment_id, now=now)


def settle_payment(*, payment_id: UUID, now: datetime) -> None:
    """Allocates a paid payment to its settlement, once. Money that finds its bill paid already goes back."""
    actor = system_actor("settle_payment")
    with acting(actor=actor):
        # Held: two who tell it at once decide one after the other, and money that goes back settles nothing any more.
        payment = hold_payment(order_id=payment_id)
        if payment.reference_kind != SETTLEMENT or not payment.is_paid or payment.refundable < payment.amount:
            return
        try:
            allocate_payment(
                settlement_id=UUID(payment.reference),
                payment_id=payment.id,
                amount=payment.amount,
                actor=actor,
                now=now,
            )
        except (AllocationTaken, AllocationAmountMismatch) as refusal:
            logger.warning("payment %s goes back: %s", payment.number, refusal.code)
            refund_payment(
                order_id=payment.id,
                amount=payment.amount,
                idempotency_key=f"overpaid:{payment.id}",
                actor=actor,
                now=now,
                reason=refusal.code,
            )


def release_bill(*, payment_id: UUID, now: datetime) -> None:
    """Gives the lines back to the open bill after a payment that brought no money, so that they can be paid again."""
    payment = get_payment_order(order_id=payment_id)
    if payment.reference_kind != SETTLEMENT or payment.is_open or payment.is_paid:
        return
    release_settlement(
        settlement_id=UUID(payment.reference), reason=payment.state, actor=system_actor("release_bill"), now=now
    )


def finish_refund(*, refund_order_id: UUID, now: datetime) -> None:
    """Ends the refund note whose money went back, or could not."""
    refund = get_refund_order(refund_id=refund_order_id)
    if refund.state in ENDED_REFUND_STATES:
        complete_refund(
            payment_refund_id=refund.id,
            has_succeeded=refund.state is RefundState.SUCCEEDED,
            failure_code=refund.failure_code,
            actor=system_actor("finish_refund"),
            now=now,
        )
