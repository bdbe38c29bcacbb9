"""What payments tells other contexts."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.payments.states import OPEN_STATES, PAID_STATES, Attention, Channel, PaymentState, RefundState


@dataclass(frozen=True, slots=True, kw_only=True)
class CardInfo:
    """What is kept of a card: brand, first six and last four digits, funding. Never the number."""

    brand: str
    first6: str
    last4: str
    funding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderInfo:
    """A payment as it stands. Amounts are CNY with two places; `paid` and `refunded` are sums over the events.

    `refundable` is what may still be given back: paid, less refunds that ended well or are under way.
    """

    id: UUID
    number: str
    reference_kind: str
    reference: str
    person_id: UUID | None
    amount: Decimal
    currency: str
    channel: Channel
    state: PaymentState
    checkout_url: str
    expires_at: datetime
    created_at: datetime
    paid_at: datetime | None
    paid: Decimal
    refunded: Decimal
    refundable: Decimal
    needs_attention: bool
    attention: Attention | None
    attention_at: datetime | None
    card: CardInfo | None
    transaction_no: str
    taken_by: str
    given: Decimal | None

    @property
    def is_paid(self) -> bool:
        """Whether the money has come in, refunded later or not."""
        return self.state in PAID_STATES

    @property
    def is_open(self) -> bool:
        """Whether the answer is still outstanding."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrderInfo:
    """A refund as it stands; `amount` in CNY. `failure_code` is the acquirer's word for a refusal or a hold-up."""

    id: UUID
    payment_order_id: UUID
    reference_kind: str
    reference: str
    amount: Decimal
    state: RefundState
    requested_at: datetime
    ended_at: datetime | None
    failure_code: str
    idempotency_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationReceipt:
    """What became of a notification: `is_new` is false for one that was recorded before."""

    notification_id: str
    is_new: bool
    payment_order_id: UUID | None
