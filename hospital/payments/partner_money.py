"""Money that partners took, and what they have to give back (X51)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.payments.models import PaymentOrder, RefundOrder
from hospital.payments.states import Channel, RefundState


@dataclass(frozen=True, slots=True)
class PartnerRefund:
    """A refund that a partner has to carry out. `number` is ours, `transaction_no` the partner's of the payment."""

    id: UUID
    number: str
    transaction_no: str
    amount: Decimal
    reason: str
    state: RefundState
    requested_at: datetime
    ended_at: datetime | None


def find_partner_payment_key(*, partner: str, transaction_no: str) -> str:
    """The idempotency key of the payment for which a partner named this transaction; empty where there is none."""
    rows = PaymentOrder.objects.filter(channel=Channel.PARTNER, taken_by=partner, transaction_no=transaction_no)
    return rows.values_list("idempotency_key", flat=True).first() or ""


def list_partner_refunds(*, partner: str, limit: int = 200) -> list[PartnerRefund]:
    """What a partner has to give back and has not confirmed yet, oldest first. One query."""
    rows = RefundOrder.objects.filter(
        order__channel=Channel.PARTNER, order__taken_by=partner, state__in=[RefundState.SENT, RefundState.UNKNOWN]
    )
    return [_describe(row) for row in rows.select_related("order").order_by("requested_at", "id")[:limit]]


def find_partner_refund(*, partner: str, number: str) -> PartnerRefund | None:
    """A refund by our number, among those of this partner."""
    rows = RefundOrder.objects.filter(order__channel=Channel.PARTNER, order__taken_by=partner, tid=number)
    row = rows.select_related("order").first()
    return _describe(row) if row else None


def _describe(row: RefundOrder) -> PartnerRefund:
    return PartnerRefund(
        id=row.id,
        number=row.tid,
        transaction_no=row.order.transaction_no,
        amount=row.amount,
        reason=row.reason,
        state=RefundState(row.state),
        requested_at=row.requested_at,
        ended_at=row.ended_at,
    )
