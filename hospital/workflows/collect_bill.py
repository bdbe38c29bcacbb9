"""A cashier collects the money of a bill in one or several tenders (F46, domain brief §1.6.12, §2 Cashier).

The bill is taken (`start_collecting`), then each tender is a payment of its own; nothing is settled before all of it is
in. Cash comes last and pays what is left. Who gives up sends every tender back and frees the lines.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import (
    allocate_payments,
    get_settlement,
    release_settlement,
    round_cash,
)
from hospital.billing.errors import NotCashier, SettlementUnknown
from hospital.billing.states import SettlementState
from hospital.billing.types import Payer, SettlementInfo
from hospital.catalog.api import get_pricing_settings
from hospital.kernel.actors import Actor, Role
from hospital.kernel.money import ZERO
from hospital.kernel.queue import defer_task
from hospital.payments.api import (
    CashTaken,
    cancel_payment,
    confirm_payment,
    hold_payments,
    list_payment_orders,
    record_payment,
    start_card_payment,
    start_code_payment,
    start_terminal_payment,
)
from hospital.payments.errors import PaymentNotCancelable, TooLittleGiven
from hospital.payments.states import Channel
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.errors import CollectionEnded, TenderAboveRest, TenderUnderWay
from hospital.workflows.pay_bill import SETTLEMENT, CardPage, list_tenders_in, settle_payment
from hospital.workflows.return_money import send_back
from hospital.workflows.return_unpaid import keep_paid_places
from hospital.workflows.take_bill import take_bill


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """How far the collecting of a bill is. `rest` is what is still to come, `cash_due` the same if it is paid in cash.

    `tenders` are all tries, oldest first; `under_way` is the one whose answer is outstanding.
    """

    settlement: SettlementInfo
    tenders: tuple[PaymentOrderInfo, ...]
    rest: Decimal
    cash_due: Decimal

    @property
    def under_way(self) -> PaymentOrderInfo | None:
        """The tender that the payer may still pay."""
        return next((each for each in self.tenders if each.is_open), None)

    @property
    def is_open(self) -> bool:
        """Whether more money can come."""
        return self.settlement.state is SettlementState.OPEN


def start_collecting(*, quote_token: str, idempotency_key: str, actor: Actor, now: datetime) -> SettlementInfo:
    """Takes the quoted lines for collecting; the same key again returns the same settlement.

    Refusals: those of `take_bill`.
    """
    settlement = take_bill(quote_token=quote_token, idempotency_key=idempotency_key, actor=actor, now=now)
    if settlement.state is SettlementState.OPEN:
        defer_task("workflows.end_collection", schedule_at=settlement.expires_at, settlement_id=str(settlement.id))
    return settlement


def get_collection(*, settlement_id: UUID, actor: Actor, now: datetime) -> Collection:
    """How it stands; asks whoever takes a tender that is under way, and settles the bill once all of it is in.

    Refuses with `SettlementUnknown` another campus's, and with `NotCashier`.
    """
    collection = _read(settlement_id, actor)
    if collection.under_way is not None:
        payment = confirm_payment(order_id=collection.under_way.id, now=now)
        if payment.is_paid:
            settle_payment(payment_id=payment.id, now=now)
        collection = _read(settlement_id, actor)
    return collection


def _read(settlement_id: UUID, actor: Actor) -> Collection:
    if (Role.CASHIER, actor.campus_code) not in actor.grants:
        raise NotCashier
    settlement = get_settlement(settlement_id=settlement_id)
    if settlement.campus_code != actor.campus_code:
        raise SettlementUnknown
    tenders = list_payment_orders(reference_kind=SETTLEMENT, reference=str(settlement_id))
    return describe_collection(settlement, tenders)


def describe_collection(settlement: SettlementInfo, tenders: list[PaymentOrderInfo]) -> Collection:
    """What is still to come of a bill with these tries; cash is rounded where no insurer pays (brief §1.6.12)."""
    came = sum((each.amount for each in list_tenders_in(tenders)), ZERO)
    rest = max(ZERO, settlement.amount - came) if settlement.state is SettlementState.OPEN else ZERO
    step = get_pricing_settings().cash_rounding if settlement.payer is Payer.SELF else None
    return Collection(settlement=settlement, tenders=tuple(tenders), rest=rest, cash_due=round_cash(rest, step))


def take_cash(*, settlement_id: UUID, given: Decimal, idempotency_key: str, actor: Actor, now: datetime) -> Collection:
    """Cash for all that is left; the bill is settled with it, in one transaction. The change is `given` − `cash_due`.

    The same key again changes nothing. Refuses with `TooLittleGiven`, `CollectionEnded` (settled or given up
    meanwhile), `TenderUnderWay` (another tender may still bring money), `InvalidAmount`, and as `get_collection`.
    """
    _read(settlement_id, actor)
    with acting(actor=actor):
        held = hold_payments(reference_kind=SETTLEMENT, reference=str(settlement_id))
        if not any(each.channel is Channel.CASH and each.is_paid for each in held):
            held = _put_into_till(settlement_id, held, given, idempotency_key, actor, now)
        settled = allocate_payments(
            settlement_id=settlement_id, tenders=list_tenders_in(held), actor=actor, now=now, is_rest_waived=True
        )
    keep_paid_places(person_id=settled.person_id)
    return _read(settlement_id, actor)


def _put_into_till(
    settlement_id: UUID, held: list[PaymentOrderInfo], given: Decimal, key: str, actor: Actor, now: datetime
) -> list[PaymentOrderInfo]:
    collection = _require_open(describe_collection(get_settlement(settlement_id=settlement_id), held))
    if given < collection.cash_due:
        raise TooLittleGiven(due=str(collection.cash_due))
    if collection.cash_due == 0:
        return held
    paid = record_payment(
        taken=CashTaken(amount=collection.cash_due, given=given),
        reference_kind=SETTLEMENT,
        reference=str(settlement_id),
        person_id=collection.settlement.person_id,
        idempotency_key=key,
        actor=actor,
        now=now,
    )
    return [*held, paid]


def _require_open(collection: Collection) -> Collection:
    if not collection.is_open:
        raise CollectionEnded
    if collection.under_way is not None:
        raise TenderUnderWay
    return collection


def take_code(
    *,
    settlement_id: UUID,
    amount: Decimal,
    channel: Channel,
    payer_code: str,
    desk: str,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
) -> Collection:
    """The money behind the payment code on the payer's phone: all that is left, or a part.

    Refuses as `take_cash`, with `TenderAboveRest`, and as `start_code_payment` does.
    """
    settlement = _require_room(settlement_id, amount, actor)
    payment = start_code_payment(
        channel=channel,
        payer_code=payer_code,
        desk=desk,
        reference_kind=SETTLEMENT,
        reference=str(settlement_id),
        amount=amount,
        person_id=settlement.person_id,
        idempotency_key=idempotency_key,
        actor=actor,
        now=now,
        description=settlement.number,
    )
    return _after(payment, actor, now)


def take_terminal(
    *, settlement_id: UUID, amount: Decimal, terminal: str, idempotency_key: str, actor: Actor, now: datetime
) -> Collection:
    """A card at the window's terminal, for all that is left or a part. Refuses as `take_code`."""
    settlement = _require_room(settlement_id, amount, actor)
    payment = start_terminal_payment(
        terminal=terminal,
        reference_kind=SETTLEMENT,
        reference=str(settlement_id),
        amount=amount,
        person_id=settlement.person_id,
        idempotency_key=idempotency_key,
        actor=actor,
        now=now,
    )
    return _after(payment, actor, now)


def take_card_page(
    *, settlement_id: UUID, amount: Decimal, page: CardPage, idempotency_key: str, actor: Actor, now: datetime
) -> Collection:
    """An international card on the acquirer's page, which the payer opens with a phone. Refuses as `take_code`."""
    settlement = _require_room(settlement_id, amount, actor)
    payment = start_card_payment(
        reference_kind=SETTLEMENT,
        reference=str(settlement_id),
        amount=amount,
        person_id=settlement.person_id,
        idempotency_key=idempotency_key,
        return_url=page.return_url,
        cancel_url=page.cancel_url,
        actor=actor,
        now=now,
        description=settlement.number,
        language=page.language,
    )
    return _after(payment, actor, now)


def _require_room(settlement_id: UUID, amount: Decimal, actor: Actor) -> SettlementInfo:
    collection = _require_open(_read(settlement_id, actor))
    if amount > collection.rest:
        raise TenderAboveRest(rest=str(collection.rest))
    return collection.settlement


def _after(payment: PaymentOrderInfo, actor: Actor, now: datetime) -> Collection:
    if payment.is_paid:
        settle_payment(payment_id=payment.id, now=now)
    return _read(UUID(payment.reference), actor)


def stop_tender(*, settlement_id: UUID, actor: Actor, now: datetime) -> Collection:
    """Ends the tender under way where its channel can be told so; one that was paid meanwhile counts.

    Refuses with `PaymentNotCancelable` a card page, which ends by itself, and as `get_collection`.
    """
    collection = _read(settlement_id, actor)
    if collection.under_way is not None:
        payment = cancel_payment(order_id=collection.under_way.id, actor=actor, now=now)
        if payment.is_paid:
            settle_payment(payment_id=payment.id, now=now)
    return _read(settlement_id, actor)


def give_up_collecting(*, settlement_id: UUID, actor: Actor, now: datetime) -> Collection:
    """Sends every tender back the way it came and frees the lines. Again it changes nothing.

    Refuses with `CollectionEnded` (paid in full), `TenderUnderWay` (stop it first), and as `get_collection`.
    """
    _read(settlement_id, actor)
    _give_up(settlement_id, reason="given up at the window", actor=actor, now=now)
    return _read(settlement_id, actor)


def _give_up(settlement_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    with acting(actor=actor):
        held = hold_payments(reference_kind=SETTLEMENT, reference=str(settlement_id))
        settlement = get_settlement(settlement_id=settlement_id)
        if settlement.state is SettlementState.SETTLED:
            raise CollectionEnded
        if any(each.is_open for each in held):
            raise TenderUnderWay
        for payment in held:
            if payment.is_paid and payment.refundable == payment.amount:
                send_back(payment=payment, reason=reason, actor=actor, now=now, is_asked_for=True)
        release_settlement(settlement_id=settlement_id, reason=reason, actor=actor, now=now)


def end_collection(*, settlement_id: UUID, actor: Actor, now: datetime) -> None:
    """The time for collecting is over: what came in part goes back. A tender under way is waited for."""
    settlement = get_settlement(settlement_id=settlement_id)
    if settlement.state is not SettlementState.OPEN:
        return
    tenders = list_payment_orders(reference_kind=SETTLEMENT, reference=str(settlement_id))
    for payment in tenders:
        if payment.is_open:
            _end_tender(payment, actor, now)
    _give_up(settlement_id, reason="not paid in time", actor=actor, now=now)


def _end_tender(payment: PaymentOrderInfo, actor: Actor, now: datetime) -> None:
    try:
        ended = cancel_payment(order_id=payment.id, actor=actor, now=now)
    except PaymentNotCancelable:
        ended = confirm_payment(order_id=payment.id, now=now)
    if ended.is_paid:
        settle_payment(payment_id=ended.id, now=now)
