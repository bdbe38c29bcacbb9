"""Finding out whether a payment was paid."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.payments.errors import PaymentNotCancelable, PaymentNotFound
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import AcquirerOrder, AcquirerRejected, AcquirerState, AcquirerUnavailable, acquirer_of
from hospital.payments.queries import describe_payment, describe_payments
from hospital.payments.rules import Finding, Silence, Verdict, judge_answer
from hospital.payments.services.ending import Sight, claim_ending, is_outdated, see_ending
from hospital.payments.services.ledger import (
    ACQUIRER_WATCH,
    change_payment,
    flag_payment,
    lock_payment,
    schedule_query,
    tell_upwards,
    transition_payment,
)
from hospital.payments.states import ATTENDED_CHANNELS, OPEN_STATES, PAID_STATES, Attention, Channel, PaymentState
from hospital.payments.types import PaymentOrderInfo

Answer = AcquirerOrder | Silence | None

_CANCELABLE = ATTENDED_CHANNELS | {Channel.WECHAT}

log = logging.getLogger(__name__)


def confirm_payment(*, order_id: UUID, now: datetime, actor: Actor = ACQUIRER_WATCH) -> PaymentOrderInfo:
    """Ask the acquirer and write down what it says; the payment as it then stands (A18, domain brief 6).

    Nothing else marks a payment paid: neither the payer's return nor a notification. No answer, a pending one or a
    wrong amount leaves it UNKNOWN, and it is asked again until it ends. For a payer who is back from the acquirer's
    page: a declined card is FAILED. Must not be called inside a transaction. Refuses with `PaymentNotFound`.
    """
    return describe_payment(_ask(order_id=order_id, actor=actor, now=now, keeps_asking=False))


def cancel_payment(*, order_id: UUID, actor: Actor, now: datetime) -> PaymentOrderInfo:
    """Ends a payment that its payer does not want to make any more, so that nobody can pay it later (A07, F46).

    WeChat Pay, a wallet or the card terminal is asked first: money that is in is PAID. A wallet that took the money in
    the same instant gives it back by itself: CLOSED. Without an answer, and while the terminal reads a card, it stays
    open. Must not be called inside a transaction. Refuses with `PaymentNotFound` and `PaymentNotCancelable` (a
    card payment, whose page ends by itself, or one that has ended).
    """
    order = PaymentOrder.objects.filter(pk=order_id).first()
    if order is None:
        raise PaymentNotFound
    if order.channel not in _CANCELABLE or order.state not in OPEN_STATES:
        raise PaymentNotCancelable
    return describe_payment(_ask(order_id=order_id, actor=actor, now=now, keeps_asking=False, is_ending=True))


def hold_payments(*, reference_kind: str, reference: str) -> list[PaymentOrderInfo]:
    """All payments of a reference, oldest first, locked until the caller's transaction ends: nobody else gives their
    money back meanwhile. Before settlements and charges are locked.
    """
    rows = PaymentOrder.objects.select_for_update(of=("self",)).filter(
        reference_kind=reference_kind, reference=reference
    )
    return describe_payments(rows.order_by("created_at", "id"))


def query_payment(*, order_id: UUID, query_round: int, now: datetime) -> None:
    """A scheduled question: asks, and schedules the next. One that a newer one has replaced does nothing."""
    order = PaymentOrder.objects.filter(pk=order_id).first()
    if order is not None and order.query_round == query_round:
        _ask(order_id=order_id, actor=ACQUIRER_WATCH, now=now, keeps_asking=True)


def _ask(*, order_id: UUID, actor: Actor, now: datetime, keeps_asking: bool, is_ending: bool = False) -> PaymentOrder:
    with transaction.atomic(durable=True):  # refuses to run inside a transaction: the acquirer is called next
        order = PaymentOrder.objects.filter(pk=order_id).first()
    if order is None:
        raise PaymentNotFound
    if order.state in PAID_STATES:
        return order
    sight = see_ending(order, now=now)
    answer = _retrieve(order)
    is_over = order.state in OPEN_STATES and (is_ending or now >= order.expires_at)
    if is_over and _can_end(order, answer):
        claimed = claim_ending(order_id=order_id, now=now)
        # Whoever ends it already writes down how it ended.
        answer, sight = (_end(order), claimed) if claimed else (Silence.UNAVAILABLE, sight)
    return write_down_answer(
        order_id=order_id,
        answer=answer,
        sight=sight,
        actor=actor,
        now=now,
        keeps_asking=keeps_asking,
        is_ending=is_ending,
    )


def write_down_answer(
    *,
    order_id: UUID,
    answer: Answer,
    sight: Sight,
    actor: Actor,
    now: datetime,
    keeps_asking: bool = False,
    is_ending: bool = False,
) -> PaymentOrder:
    """Judge what the acquirer told of a payment, and carry the verdict out; the row as it then stands.

    `keeps_asking` queues the next question, `is_ending` takes the payment as expired. What may have been reversed
    since the acquirer was asked (`sight`) is not believed: it is asked about again.
    """
    with acting(actor=actor):
        locked = lock_payment(order_id)
        if locked.state in PAID_STATES:
            return locked
        is_old_news = isinstance(answer, AcquirerOrder) and is_outdated(locked, sight=sight, now=now)
        # Without an answer the reversal may still be on its way: others wait until the claim has run out.
        if sight.is_own and not is_old_news and not isinstance(answer, Silence) and locked.ending_until is not None:
            change_payment(order=locked, ending_until=None)
        is_attended = locked.channel in ATTENDED_CHANNELS
        verdict = judge_answer(
            state=PaymentState(locked.state),
            amount=locked.amount,
            currency=locked.currency,
            expires_at=min(locked.expires_at, now) if is_ending else locked.expires_at,
            answer=Silence.UNAVAILABLE if is_old_news else answer,
            # A code that was declined is used up, and a terminal takes no second card for the same sale.
            payer_is_back=is_attended or not keeps_asking,
            now=now,
            is_attended=is_attended,
        )
        _carry_out(order=locked, verdict=verdict, answer=answer, actor=actor, now=now)
        if keeps_asking or is_old_news or verdict.target is PaymentState.UNKNOWN:
            schedule_query(order=locked, now=now)
    return locked


def _retrieve(order: PaymentOrder) -> Answer:
    """What the acquirer tells."""
    try:
        return acquirer_of(order.channel).retrieve_order(order.number)
    except AcquirerUnavailable:
        return Silence.UNAVAILABLE
    except AcquirerRejected as error:
        log.error("the acquirer refuses to tell of payment %s: %s", order.number, error)
        return Silence.REJECTED


def _end(order: PaymentOrder) -> Answer:
    """End it at the acquirer, so that nobody can pay it later; what the acquirer tells then."""
    try:
        acquirer_of(order.channel).close_order(order.number)
    except AcquirerUnavailable:
        return Silence.UNAVAILABLE
    except AcquirerRejected as error:
        log.error("the acquirer refuses to end payment %s: %s", order.number, error)
        return Silence.REJECTED
    return _retrieve(order)


def _can_end(order: PaymentOrder, told: Answer) -> bool:
    """Nobody has tried to pay it, or a payer at a window is still at it."""
    if told is None:
        return True
    is_pending = isinstance(told, AcquirerOrder) and told.state is AcquirerState.PENDING
    return is_pending and order.channel in ATTENDED_CHANNELS


def _carry_out(
    *,
    order: PaymentOrder,
    verdict: Verdict,
    answer: AcquirerOrder | Silence | None,
    actor: Actor,
    now: datetime,
) -> None:
    if verdict.target is PaymentState.PAID and isinstance(answer, AcquirerOrder):
        _mark_paid(order=order, answer=answer, actor=actor, now=now)
        return
    if verdict.finding is Finding.MISMATCH and isinstance(answer, AcquirerOrder):
        _raise_alarm(order=order, answer=answer, actor=actor, now=now)
    if verdict.target is None:
        return
    code = answer.code if isinstance(answer, AcquirerOrder) else str(answer or "")
    transition_payment(
        order=order,
        target=verdict.target,
        actor=actor,
        now=now,
        reason=verdict.finding.value,
        payload={"code": code} if code else None,
    )
    if verdict.target in (PaymentState.FAILED, PaymentState.CLOSED):
        kind = f"payments.{verdict.target.value.lower()}"
        tell_upwards(order=order, kind=kind, task="workflows.payment_ended", now=now)


def _mark_paid(*, order: PaymentOrder, answer: AcquirerOrder, actor: Actor, now: datetime) -> None:
    card = answer.card
    transition_payment(
        order=order,
        target=PaymentState.PAID,
        actor=actor,
        now=now,
        amount=answer.captured,
        reason="late" if order.state in (PaymentState.CLOSED, PaymentState.FAILED) else "",
        payload={"code": answer.code, "eci": answer.eci, "authentication": answer.authentication_status},
        card_brand=card.brand if card else "",
        card_first6=card.first6 if card else "",
        card_last4=card.last4 if card else "",
        card_funding=card.funding if card else "",
        eci=answer.eci,
        authentication_status=answer.authentication_status,
        transaction_no=answer.transaction_no,
        needs_attention=False,
    )
    record_act(
        actor=actor,
        action="payments.paid",
        subject_kind="payment_order",
        subject_id=str(order.id),
        person_id=order.person_id,
        now=now,
        details={"amount": str(answer.captured)},
    )
    tell_upwards(order=order, kind="payments.paid", task="workflows.payment_settled", now=now)


def _raise_alarm(*, order: PaymentOrder, answer: AcquirerOrder, actor: Actor, now: datetime) -> None:
    """Money came in that nobody asked for: once per payment, for a person to look at."""
    if order.needs_attention:
        return
    log.error("payment %s: the acquirer tells another amount than was asked for", order.number)
    facts = {"captured": str(answer.captured), "currency": answer.currency, "code": answer.code}
    flag_payment(order=order, attention=Attention.WRONG_AMOUNT, actor=actor, now=now, **facts)
