"""What payments needs from a card acquirer, whoever it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class AcquirerUnavailable(Exception):
    """No answer, or an answer that says nothing: try again, the call may or may not have had an effect."""


class AcquirerRejected(Exception):
    """The acquirer understood the call and will not carry it out; trying again does not help."""


class NotificationNotGenuine(Exception):
    """The notification lacks the secret."""


class NotificationUnreadable(Exception):
    """The notification has no id, or names no order."""


class AcquirerState(StrEnum):
    """How an order or a refund stands at the acquirer."""

    PENDING = "PENDING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutRequest:
    """One checkout. `amount` in units of `currency`; `language` is `zh…` or `en`."""

    order_no: str
    amount: Decimal
    currency: str
    description: str
    return_url: str
    cancel_url: str
    lifetime_seconds: int
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutSession:
    """Where to send the payer. `success_indicator` stays on the server."""

    session_id: str
    success_indicator: str = field(repr=False)
    checkout_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquirerCard:
    """What the acquirer tells of the card."""

    brand: str
    first6: str
    last4: str
    funding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquirerRefund:
    """One refund; `code` is the acquirer's word for its answer."""

    tid: str
    state: AcquirerState
    amount: Decimal
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquirerOrder:
    """An order that somebody has tried to pay. `captured` is the money taken, in units of `currency`."""

    order_no: str
    state: AcquirerState
    captured: Decimal
    currency: str
    code: str = ""
    card: AcquirerCard | None = None
    eci: str = ""
    authentication_status: str = ""
    refunds: tuple[AcquirerRefund, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquirerNotification:
    """A genuine notification: a hint to ask, never an answer."""

    notification_id: str
    order_no: str
    attempt: int
    sent_at: datetime | None = None


class CardAcquirer(Protocol):
    """A card acquirer with a hosted payment page. Every call may raise AcquirerUnavailable or AcquirerRejected."""

    def start_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        """Open a payment page. A second one for the same order number charges nobody twice."""

    def retrieve_order(self, order_no: str) -> AcquirerOrder | None:
        """The order as it stands; None while nobody has tried to pay it."""

    def refund(self, order_no: str, tid: str, amount: Decimal, currency: str) -> AcquirerRefund:
        """Give money back. The same `tid` again has no second effect."""

    def read_notification(self, *, headers: Mapping[str, str], body: bytes) -> AcquirerNotification:
        """Check the secret in constant time. Raises NotificationNotGenuine or NotificationUnreadable."""


def card_acquirer() -> CardAcquirer:
    """The acquirer that the settings connect (`CARD_ACQUIRER`, a dotted path to a function without arguments)."""
    acquirer: CardAcquirer = import_string(settings.CARD_ACQUIRER)()
    return acquirer
