"""Paid bills and refunds, whose receipts a test then keeps up."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from hospital.billing.api import get_settlement, request_refund
from hospital.billing.tests.factories import Desk, later
from hospital.billing.types import RefundInfo, RefundRequestLine, SettlementInfo
from hospital.payments.api import send_refund
from hospital.payments.models import RefundOrder
from hospital.payments.tests.factories import Connection, list_jobs
from hospital.receipts.api import keep_up, list_receipts, take_news
from hospital.receipts.types import ReceiptInfo
from hospital.workflows.pay_bill import finish_refund

NOW = later(minutes=10)


def refund(desk: Desk, settlement: SettlementInfo, *lines: tuple[UUID, str], **facts: Any) -> RefundInfo:
    """Asks money of a bill back; it is under way."""
    wanted = [RefundRequestLine(charge_id, Decimal(qty)) for charge_id, qty in lines]
    values: dict[str, Any] = {
        "reason": "not needed",
        "idempotency_key": f"refund-{uuid4()}",
        "actor": desk.cashier,
        "now": later(hours=1),
    }
    return request_refund(settlement_id=settlement.id, lines=wanted, **(values | facts))


def finish(note: RefundInfo) -> None:
    """The channel gives the money back, and the note ends with it."""
    for order in RefundOrder.objects.filter(idempotency_key__startswith=f"refund-note:{note.id}"):
        send_refund(refund_id=order.id, now=later(hours=2))
        finish_refund(refund_order_id=order.id, now=later(hours=2))


def keep(settlement: SettlementInfo, **delta: float) -> tuple[ReceiptInfo, ...]:
    """The receipts of the bill once they were kept up."""
    keep_up(settlement_id=settlement.id, now=later(**delta) if delta else NOW)
    return receipts_of(settlement)


def receipts_of(settlement: SettlementInfo) -> tuple[ReceiptInfo, ...]:
    """The receipts of the bill as they stand."""
    return list_receipts(settlement_ids=[settlement.id])[settlement.id]


def tell(kind: str) -> int:
    """Runs the queued jobs about happenings of this kind, as the queue would; how many there were."""
    jobs = [job for job in list_jobs("receipts.take_news") if job["kind"] == kind]
    for job in jobs:
        take_news(kind=job["kind"], subject_id=job["subject_id"], facts=job["facts"], now=later(hours=3))
    return len(jobs)


def net_of(settlement: SettlementInfo) -> Decimal:
    """Paid less refunded, as billing says it."""
    info = get_settlement(settlement_id=settlement.id)
    return info.amount - info.refunded_amount


def sum_of(receipts: tuple[ReceiptInfo, ...]) -> Decimal:
    """Blue less red, of those that have a number."""
    return sum((one.signed_amount for one in receipts if one.number), Decimal("0.00"))


__all__ = ["Connection", "finish", "keep", "net_of", "receipts_of", "refund", "sum_of", "tell"]
