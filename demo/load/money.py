"""Bills of the loaded days, paid by card and partly given back.

The acquirer of these days does not exist, so its answers are written down as if it had given them; everything else goes
through the contexts' own services.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Final
from uuid import UUID

from demo.load.fiscal import keep_receipts
from hospital.audit.api import acting
from hospital.billing.api import list_refundable_lines, quote_bill, request_refund, start_settlement
from hospital.billing.states import RefundState as NoteState
from hospital.billing.types import RefundRequestLine, SettlementInfo
from hospital.catalog.types import FeeClass
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.events import record_event
from hospital.payments.models import PaymentOrder, RefundOrder
from hospital.payments.services.ledger import add_event, lock_refund, transition_payment, transition_refund
from hospital.payments.states import PaymentState, RefundState
from hospital.workflows.collect_bill import take_cash
from hospital.workflows.pay_bill import SETTLEMENT, finish_refund, settle_payment
from hospital.workflows.refund_reasons import join_reason

# Brand and the digits that may be kept of a card (first six, last four); test numbers of the two schemes.
_CARDS: Final = (("VISA", "450875", "1019"), ("MASTERCARD", "512345", "0008"), ("VISA", "400000", "0069"))
_ACQUIRER: Final = system_actor("payments.acquirer_watch")
_numbers = count(1)


def pay(*, charge_ids: Sequence[UUID], actor: Actor, now: datetime) -> SettlementInfo:
    """Quotes these charges, starts their settlement and settles it: two of three by card, the third in cash."""
    number = next(_numbers)
    quote = quote_bill(charge_ids=charge_ids, actor=actor, now=now)
    settlement = start_settlement(
        quote_token=quote.token, idempotency_key=f"demo-settlement-{number}", actor=actor, now=now
    )
    if settlement.amount > 0 and number % 3 == 0:
        _pay_cash(settlement, number=number, actor=actor, now=now)
    elif settlement.amount > 0:
        order = _write_payment(settlement=settlement, number=number, actor=actor, now=now)
        settle_payment(payment_id=order.id, now=now)
    keep_receipts(settlement_id=settlement.id, now=now)
    return settlement


def _pay_cash(settlement: SettlementInfo, *, number: int, actor: Actor, now: datetime) -> None:
    take_cash(
        settlement_id=settlement.id,
        given=(settlement.amount // 100 + 1) * 100,
        idempotency_key=f"demo-payment-{number}",
        actor=actor,
        now=now,
    )


def _write_payment(*, settlement: SettlementInfo, number: int, actor: Actor, now: datetime) -> PaymentOrder:
    brand, first6, last4 = _CARDS[number % len(_CARDS)]
    started_at = now - timedelta(minutes=1)
    with acting(actor=actor):
        order = PaymentOrder.objects.create(
            number=f"P{now:%y%m%d}DEMO{number:010d}",
            reference_kind=SETTLEMENT,
            reference=str(settlement.id),
            person_id=settlement.person_id,
            amount=settlement.amount,
            state=PaymentState.PAID,
            idempotency_key=f"demo-payment-{number}",
            expires_at=started_at + timedelta(minutes=30),
            card_brand=brand,
            card_first6=first6,
            card_last4=last4,
            card_funding="CREDIT",
            eci="05" if brand == "VISA" else "02",
            authentication_status="AUTHENTICATION_SUCCESSFUL",
            created_at=started_at,
            paying_at=started_at,
            paid_at=now,
        )
        add_event(order=order, kind="CREATED", actor=actor, now=started_at)
        add_event(order=order, kind="PAYING", actor=actor, now=started_at)
        add_event(order=order, kind="PAID", actor=_ACQUIRER, now=now, amount=settlement.amount)
        record_event(
            kind="payments.paid",
            subject_id=str(order.id),
            now=now,
            person_id=settlement.person_id,
            facts={
                "reference_kind": SETTLEMENT,
                "reference": str(settlement.id),
                "amount": str(settlement.amount),
            },
        )
    return order


def give_back(*, settlement_id: UUID, actor: Actor, now: datetime) -> None:
    """Refunds the first examination of a bill that was not carried out; the money is back on the card at once."""
    lines = list_refundable_lines(settlement_id=settlement_id, actor=actor, now=now)
    line = next(line for line in lines if line.line.fee_class is FeeClass.EXAM and line.qty > 0)
    note = request_refund(
        settlement_id=settlement_id,
        lines=[RefundRequestLine(charge_id=line.line.id, qty=line.qty)],
        reason=join_reason(code="PATIENT_CANCELED", text=""),
        idempotency_key=f"demo-refund-{next(_numbers)}",
        actor=actor,
        now=now,
    )
    if note.state is not NoteState.COMPLETED:  # else it was handed out in cash
        _end_refund(note.id, now=now)
    keep_receipts(settlement_id=settlement_id, now=now)


def _end_refund(note_id: UUID, *, now: datetime) -> None:
    order = RefundOrder.objects.get(idempotency_key__startswith=f"refund-note:{note_id}:")
    _write_refund(order.id, now=now)
    finish_refund(refund_order_id=order.id, now=now)


def _write_refund(refund_id: UUID, *, now: datetime) -> None:
    """The acquirer's answer to a refund; the job that would ask for it finds it ended."""
    with acting(actor=_ACQUIRER):
        refund = lock_refund(refund_id)
        transition_refund(refund=refund, target=RefundState.SENT, now=now)
        transition_refund(refund=refund, target=RefundState.SUCCEEDED, now=now)
        is_all = refund.amount >= refund.order.amount
        transition_payment(
            order=refund.order,
            target=PaymentState.REFUNDED if is_all else PaymentState.PART_REFUNDED,
            actor=_ACQUIRER,
            now=now,
            amount=refund.amount,
            refund=refund,
        )
