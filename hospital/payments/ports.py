"""What payments needs from those who take the money: a card acquirer, WeChat Pay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from hospital.payments.states import Channel


class AcquirerUnavailable(Exception):
    """No answer, or an answer that says nothing: try again, the call may or may not have had an effect."""


class AcquirerRejected(Exception):
    """The acquirer understood the call and will not carry it out; trying again does not help."""


class PayerCodeRefused(AcquirerRejected):
    """The wallet does not know the code, or it is too old; nothing was charged."""


class TerminalBusy(AcquirerRejected):
    """The terminal has another sale on it; nothing was charged."""


class NotificationNotGenuine(Exception):
    """The notification lacks the secret."""


class NotificationUnreadable(Exception):
    """The notification has no id, or names no order."""


class AcquirerState(StrEnum):
    """How an order or a refund stands at the acquirer. CLOSED: an order that nobody can pay any more."""

    PENDING = "PENDING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CLOSED = "CLOSED"


HELD_UP = "HELD_UP"
"""The code of a pending refund that goes on only when somebody acts at the acquirer's own console."""


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
class PrepayRequest:
    """One payment inside WeChat. `openid` is the payer's at our mini program; `expires_at` is when the order ends."""

    order_no: str
    amount: Decimal
    currency: str
    description: str
    openid: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WechatCall:
    """The signed parameters of `wx.requestPayment`. `prepay` is its field `package`, of the form `prepay_id=…`."""

    app_id: str
    time_stamp: str
    nonce: str
    prepay: str
    sign_type: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRequest:
    """One payment from the wallet whose code was scanned. `payer_code` serves once and for a minute; it is not kept."""

    order_no: str
    amount: Decimal
    currency: str
    description: str
    payer_code: str = field(repr=False)
    desk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRequest:
    """One sale at a card terminal. `terminal` is the number on it."""

    order_no: str
    amount: Decimal
    currency: str
    terminal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequest:
    """Money back: `amount` of the `paid` of an order, in units of `currency`. Every try carries the same `tid`."""

    order_no: str
    tid: str
    amount: Decimal
    paid: Decimal
    currency: str


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
    """An order that somebody has tried to pay. `captured` is the money taken, in units of `currency`.

    `transaction_no` is the acquirer's own number of the payment, where it has one.
    """

    order_no: str
    state: AcquirerState
    captured: Decimal
    currency: str
    code: str = ""
    card: AcquirerCard | None = None
    eci: str = ""
    authentication_status: str = ""
    refunds: tuple[AcquirerRefund, ...] = ()
    transaction_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquirerNotification:
    """A genuine notification: a hint to ask, never an answer. `refund_tid` where it is about a refund."""

    notification_id: str
    order_no: str
    attempt: int
    refund_tid: str = ""


class Acquirer(Protocol):
    """Whoever takes the money. Every call to the outside may raise AcquirerUnavailable or AcquirerRejected."""

    def retrieve_order(self, order_no: str) -> AcquirerOrder | None:
        """The order as it stands; None while nobody has tried to pay it."""

    def close_order(self, order_no: str) -> None:
        """Nobody can pay this order from now on. AcquirerRejected where it was paid meanwhile.

        Does nothing where orders end by themselves, or where the payer is in the middle of it. A wallet whose code was
        scanned gives back what it took in the same instant: `retrieve_order` then says CLOSED.
        """

    def retrieve_refund(self, order_no: str, tid: str) -> AcquirerRefund | None:
        """The refund as it stands; None where it never arrived."""

    def refund(self, request: RefundRequest) -> AcquirerRefund:
        """Give money back. The same `tid` again has no second effect."""

    def read_notification(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> AcquirerNotification:
        """Check that it is genuine, on the very bytes. Raises NotificationNotGenuine or NotificationUnreadable."""


class CardAcquirer(Acquirer, Protocol):
    """A card acquirer with a hosted payment page."""

    def start_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        """Open a payment page. A second one for the same order number charges nobody twice."""


class WechatAcquirer(Acquirer, Protocol):
    """WeChat Pay inside the mini program."""

    def start_prepay(self, request: PrepayRequest) -> str:
        """Announce an order; its prepay id. A second one for the same order number charges nobody twice."""

    def sign_call(self, prepay_id: str, *, now: datetime) -> WechatCall:
        """What the mini program hands to WeChat to let the payer pay. Asks nobody."""


class CodeAcquirer(Acquirer, Protocol):
    """A wallet whose payment code is scanned: WeChat Pay, Alipay."""

    def charge_code(self, request: CodeRequest) -> AcquirerOrder:
        """Take the money. PENDING while the payer types a password. The same order number again takes nothing twice.

        FAILED where the wallet declines. Raises PayerCodeRefused, too.
        """


class CardTerminal(Acquirer, Protocol):
    """The card terminals of the windows, behind the acquirer's gateway for tills."""

    def start_sale(self, request: SaleRequest) -> None:
        """Show the amount on the terminal; `retrieve_order` tells how it ends. The same order number again is one sale.

        Raises TerminalBusy, too. AcquirerRejected also where the gateway knows that the terminal is switched off.
        """


def card_acquirer() -> CardAcquirer:
    """The acquirer that the settings connect (`CARD_ACQUIRER`, a dotted path to a function without arguments)."""
    acquirer: CardAcquirer = import_string(settings.CARD_ACQUIRER)()
    return acquirer


def wechat_acquirer() -> WechatAcquirer:
    """WeChat Pay as the settings connect it (`WECHAT_ACQUIRER`, likewise)."""
    acquirer: WechatAcquirer = import_string(settings.WECHAT_ACQUIRER)()
    return acquirer


def code_acquirer(channel: str) -> CodeAcquirer:
    """The wallet of this channel as the settings connect it (`CODE_ACQUIRERS`, a dotted path for each channel)."""
    acquirer: CodeAcquirer = import_string(settings.CODE_ACQUIRERS[channel])()
    return acquirer


def card_terminal() -> CardTerminal:
    """The card terminals as the settings connect them (`CARD_TERMINAL`, likewise)."""
    terminal: CardTerminal = import_string(settings.CARD_TERMINAL)()
    return terminal


def acquirer_of(channel: str) -> Acquirer:
    """Who took the money of a payment of this channel. Never asked for a recorded one."""
    if channel in (Channel.WECHAT_CODE, Channel.ALIPAY_CODE):
        return code_acquirer(channel)
    if channel == Channel.TERMINAL:
        return card_terminal()
    return wechat_acquirer() if channel == Channel.WECHAT else card_acquirer()
