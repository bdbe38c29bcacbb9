"""The payers: what they do at the sandbox, and what goes wrong there."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from hospital.payments.states import Channel
from hospital.payments.types import PaymentOrderInfo
from sandbox.process import SandboxClient
from sandbox.wallets.codes import Plan, Wallet, new_code

# What a card at the acquirer's page does: paid, declined, pending first, notified twice, late or not at all.
CARDS = (
    *("4508750015741019", "4012000033330026", "5123459999998221", "4012000000001006", "5200000000003001"),
    *("4012000000004000", "4012000000005007", "5200000000006004", "4012000000007003", "4012000000009009"),
)
PLANS = (Plan.PAYS, Plan.PAYS, Plan.PAYS, Plan.PASSWORD, Plan.POOR, Plan.EXPIRED, Plan.TIMEOUT, Plan.LOST, Plan.LATE)
WALLETS = {Wallet.WECHAT: Channel.WECHAT_CODE, Wallet.ALIPAY: Channel.ALIPAY_CODE}
_ACTS = ("tap", "tap", "tap", "decline", "leave", "late", "")
_NOTICES = ("NORMAL", "NORMAL", "LOST", "TWICE", "LATE")
# Each channel's own words for how refunds go.
_REFUNDS = {
    Channel.CARD: ("APPROVED", "PENDING", "REFUSED", "SLOW", "ERROR"),
    Channel.WECHAT: ("SUCCESS", "PROCESSING", "ABNORMAL", "REFUSED", "SLOW", "ERROR"),
    Channel.WECHAT_CODE: ("SUCCESS", "PROCESSING", "CLOSED", "REFUSED", "SLOW", "ERROR"),
    Channel.ALIPAY_CODE: ("DONE", "SLOW", "ERROR", "REFUSED"),
    Channel.TERMINAL: ("DONE", "PENDING", "REFUSED", "SLOW", "ERROR"),
}


@dataclass(frozen=True, slots=True)
class Scan:
    """A payment code that was held before the scanner."""

    channel: Channel
    code: str


def hold_up_code(chance: random.Random) -> Scan:
    """A code of either wallet with a plan of its own."""
    wallet = chance.choice(list(WALLETS))
    return Scan(WALLETS[wallet], new_code(wallet, chance.choice(PLANS)))


class Payers:
    """All payers of a soak. Who acts twice, or on what the sandbox does not know, changes nothing."""

    def __init__(self, client: SandboxClient) -> None:
        self._client = client

    def trouble_refunds(self, payment: PaymentOrderInfo, chance: random.Random) -> None:
        """Now and then the refunds of a payment will not go as they should."""
        words = _REFUNDS.get(payment.channel)
        if words and chance.random() < 0.3:
            self._force(payment, refunds=chance.choice(words))

    def calm(self, payment: PaymentOrderInfo) -> None:
        """From now on the refunds of a payment go through."""
        words = _REFUNDS.get(payment.channel)
        if words:
            self._force(payment, refunds=words[0])

    def pay_page(self, payment: PaymentOrderInfo, session_id: str, chance: random.Random) -> None:
        """The payer at the acquirer's page, or in WeChat: pays, is declined, or walks away."""
        if chance.random() < 0.15:
            return
        if payment.channel is Channel.WECHAT:
            self._force(payment, notices=chance.choice(_NOTICES), slow_queries=int(chance.random() < 0.05))
            self._try(lambda: self._client.act_on_wechat(payment.number, "confirm"))
        else:
            self._try(lambda: self._client.pay(session_id, chance.choice(CARDS)))

    def stand_at_terminal(self, payment: PaymentOrderInfo, chance: random.Random) -> None:
        """The customer before the card terminal."""
        act = chance.choice(_ACTS)
        if act:
            self._try(lambda: self._client.act_on_sale(payment.number, act))

    def _force(self, payment: PaymentOrderInfo, **words: object) -> None:
        forces: dict[Channel, Callable[..., None]] = {
            Channel.CARD: self._client.force,
            Channel.WECHAT: self._client.force_wechat,
            Channel.WECHAT_CODE: self._client.force_wechat,
            Channel.ALIPAY_CODE: self._client.force_alipay,
            Channel.TERMINAL: self._client.force_sale,
        }
        self._try(lambda: forces[payment.channel](payment.number, **words))

    @staticmethod
    def _try(act: Callable[[], object]) -> None:
        try:
            act()
        except httpx.HTTPStatusError as error:
            if error.response.status_code not in (404, 409):
                raise
