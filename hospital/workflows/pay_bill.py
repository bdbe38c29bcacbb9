"""A bill is paid by card or through WeChat (A07, A18, W25, F46).

The settlement is committed, then the payment, then the acquirer is asked to open it. Only the
server's own retrieval makes a payment PAID; the job `workflows.payment_settled`, queued with that change, allocates it.
A crash between any two steps leaves a state that the next question finishes.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import (
    Tender,
    allocate_payments,
    complete_refund,
    get_settlement,
    release_settlement,
)
from hospital.billing.errors import AllocationAmountMismatch, AllocationTaken, QuoteExpired
from hospital.billing.states import SettlementState
from hospital.billing.types import PAYMENT_REFERENCE, SettlementInfo
from hospital.kernel.actors import Actor, ActorKind, system_actor
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.patients.api import require_access
from hospital.payments.api import (
    cancel_payment,
    confirm_payment,
    get_payment_order,
    get_refund_order,
    hold_payments,
    list_payment_orders,
    start_card_payment,
    start_wechat_payment,
)
from hospital.payments.errors import PaymentNotFound
from hospital.payments.states import ENDED_REFUND_STATES, Channel, RefundState
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.return_money import is_return, plan_next_return, send_back
from hospital.workflows.return_unpaid import keep_paid_places
from hospital.workflows.take_bill import take_bill

SETTLEMENT = PAYMENT_REFERENCE
_CENTER = BilingualText(zh="国际医疗中心", en="IMC")
HOSPITAL_NAME = f"{_CENTER.zh} {_CENTER.en}"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BillPayment:
    """A started payment: where the payer goes next. A bill of 0.00 needs none: it is settled already."""

    settlement_id: UUID
    payment: PaymentOrderInfo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """Pay on the acquirer's page: where it sends the payer back, and its language."""

    return_url: str
    cancel_url: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InsideWechat:
    """Pay in the mini program, as the WeChat user `openid`."""

    openid: str


def start_bill_payment(
    *, quote_token: str, idempotency_key: str, means: CardPage | InsideWechat, actor: Actor, now: datetime
) -> BillPayment:
    """Starts the payment of a quote. The same key again returns the same payment.

    Refusals: those of the quote (`QuoteExpired`, `QuoteMismatch`, `AlreadyPaid` …), `UnknownPerson`,
    `PriceNoticeNeeded`, `CardPaymentUnavailable` or `WechatPaymentUnavailable` (nothing was charged).
    """
    settlement = take_bill(quote_token=quote_token, idempotency_key=idempotency_key, actor=actor, now=now)
    if settlement.amount == 0:
        return BillPayment(settlement_id=settlement.id, payment=None)
    is_released = settlement.state is SettlementState.RELEASED
    if is_released and not list_payment_orders(reference_kind=SETTLEMENT, reference=str(settlement.id)):
        raise QuoteExpired  # its lines were given back before a payment began: money for it would only come back
    payment = _start(settlement, means, idempotency_key=idempotency_key, actor=actor, now=now)
    return BillPayment(settlement_id=settlement.id, payment=payment)


def _start(
    settlement: SettlementInfo,
    means: CardPage | InsideWechat,
    *,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
) -> PaymentOrderInfo:
    if isinstance(means, InsideWechat):
        return start_wechat_payment(
            reference_kind=SETTLEMENT,
            reference=str(settlement.id),
            amount=settlement.amount,
            person_id=settlement.person_id,
            idempotency_key=idempotency_key,
            openid=means.openid,
            actor=actor,
            now=now,
            # What the payer reads in WeChat, and keeps in WeChat's own list: no word of what it is for.
            description=f"{HOSPITAL_NAME} {settlement.number}",
        )
    return start_card_payment(
        reference_kind=SETTLEMENT,
        reference=str(settlement.id),
        amount=settlement.amount,
        person_id=settlement.person_id,
        idempotency_key=idempotency_key,
        return_url=means.return_url,
        cancel_url=means.cancel_url,
        actor=actor,
        now=now,
        description=settlement.number,
        language=means.language,
    )


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
    _payment_for(payment_id, actor, now)
    return follow_payment(payment_id=payment_id, now=now)


def _payment_for(payment_id: UUID, actor: Actor, now: datetime) -> PaymentOrderInfo:
    payment = get_payment_order(order_id=payment_id)
    if payment.person_id is None and actor.kind is ActorKind.PATIENT:
        raise PaymentNotFound
    if payment.person_id is not None:
        require_access(actor=actor, person_id=payment.person_id, now=now)
    return payment


def cancel_payment_of(*, payment_id: UUID, actor: Actor, now: datetime) -> PaymentOrderInfo:
    """Ends a WeChat payment that the payer does not want to make; its lines can be paid in another way at once.

    Money that came in meanwhile settles the bill. Refusals: `PaymentNotFound`, `UnknownPerson`,
    `PaymentNotCancelable`.
    """
    payment = _payment_for(payment_id, actor, now)
    if payment.is_open:
        cancel_payment(order_id=payment_id, actor=actor, now=now)
    return follow_payment(payment_id=payment_id, now=now)


def settle_payment(*, payment_id: UUID, now: datetime, is_asked_for: bool = False) -> None:
    """Allocates the money of a bill once all of it is in; what finds its bill paid already goes back.

    A part of what is due waits for the other tenders until somebody gives up (`collect_bill.give_up_collecting`).
    Where sending money back failed it is tried again with growing waits, at once if a person asks for it.
    """
    actor = system_actor("settle_payment")
    settled_for: UUID | None = None
    with acting(actor=actor):
        payment = get_payment_order(order_id=payment_id)
        if payment.reference_kind != SETTLEMENT or not payment.is_paid:
            return
        # Held: two who tell it at once decide one after the other, and money that goes back settles nothing any more.
        held = hold_payments(reference_kind=SETTLEMENT, reference=payment.reference)
        payment = next(each for each in held if each.id == payment_id)
        if payment.refundable < payment.amount:
            return
        try:
            if allocate_tenders(settlement_id=UUID(payment.reference), held=held, newest=payment, actor=actor, now=now):
                settled_for = payment.person_id
        except (AllocationTaken, AllocationAmountMismatch) as refusal:
            logger.warning("payment %s goes back: %s", payment.number, refusal.code)
            send_back(payment=payment, reason=refusal.code, actor=actor, now=now, is_asked_for=is_asked_for)
    if settled_for is not None:
        keep_paid_places(person_id=settled_for)


def allocate_tenders(
    *, settlement_id: UUID, held: list[PaymentOrderInfo], newest: PaymentOrderInfo, actor: Actor, now: datetime
) -> bool:
    """Settles the bill with the held payments that are in; False while they make less than what is due.

    Refuses with `AllocationTaken` or `AllocationAmountMismatch`: `newest` has to go back.
    """
    settlement = get_settlement(settlement_id=settlement_id)
    if newest.id in settlement.payment_ids:
        return True
    if settlement.state is SettlementState.SETTLED:
        raise AllocationTaken
    tenders = list_tenders_in(held)
    is_part = sum((each.amount for each in tenders), ZERO) < settlement.amount
    if is_part and newest.channel is not Channel.CASH and settlement.state is SettlementState.OPEN:
        return False
    allocate_payments(settlement_id=settlement_id, tenders=tenders, actor=actor, now=now)
    return True


def list_tenders_in(payments: list[PaymentOrderInfo]) -> list[Tender]:
    """The money of these payments that is in and on no way back."""
    return [
        Tender(payment_id=each.id, amount=each.amount, is_cash=each.channel is Channel.CASH)
        for each in payments
        if each.is_paid and each.refundable == each.amount
    ]


def release_bill(*, payment_id: UUID, now: datetime) -> None:
    """Gives the lines back to the open bill after a payment that brought no money, so that they can be paid again.

    At a window they stay: the cashier takes another tender, or gives up.
    """
    payment = get_payment_order(order_id=payment_id)
    if payment.reference_kind != SETTLEMENT or payment.is_open or payment.is_paid:
        return
    settlement = get_settlement(settlement_id=UUID(payment.reference))
    if settlement.started_by_kind is ActorKind.STAFF and now < settlement.expires_at:
        return
    release_settlement(
        settlement_id=UUID(payment.reference), reason=payment.state, actor=system_actor("release_bill"), now=now
    )


def finish_refund(*, refund_order_id: UUID, now: datetime) -> None:
    """Ends the refund note whose money went back, or could not; money sent back by itself is tried again."""
    refund = get_refund_order(refund_id=refund_order_id)
    if refund.state not in ENDED_REFUND_STATES:
        return
    actor = system_actor("finish_refund")
    if is_return(refund):
        plan_next_return(refund=refund, actor=actor, now=now)
        return
    complete_refund(
        payment_refund_id=refund.id,
        has_succeeded=refund.state is RefundState.SUCCEEDED,
        failure_code=refund.failure_code,
        actor=actor,
        now=now,
    )
