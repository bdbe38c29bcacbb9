"""What WeChat Pay knows: orders, refunds, and what the payer is being asked. Nothing here awaits."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.acquirer.ledger import read_clock
from sandbox.wechat_pay.scenario import WechatScenario

PREPAY_LIFE = timedelta(hours=2)
CODE_WAY = "MICROPAY"


@dataclass(kw_only=True)
class WechatRefund:
    """A refund; amounts in fen."""

    out_refund_no: str
    refund_id: str
    amount: int
    status: str
    reason: str
    notify_url: str
    created_at: datetime
    success_at: datetime | None = None


@dataclass(kw_only=True)
class WechatOrder:
    """An order; amounts in fen. `state` is NOTPAY, USERPAYING, SUCCESS, REFUND or CLOSED.

    `way` is JSAPI (the mini program) or MICROPAY (a scanned code), whose orders may be PAYERROR or REVOKED, too.
    """

    out_trade_no: str
    app_id: str
    description: str
    total: int
    currency: str
    openid: str
    notify_url: str
    prepay_id: str
    created_at: datetime
    expires_at: datetime
    way: str = "JSAPI"
    state: str = "NOTPAY"
    transaction_id: str = ""
    taken: int = 0
    paid_at: datetime | None = None
    refunds: list[WechatRefund] = field(default_factory=list)

    @property
    def given_back(self) -> int:
        """Fen that went back or are on their way."""
        return sum(one.amount for one in self.refunds if one.status != "CLOSED")

    @property
    def price(self) -> str:
        """The total in yuan, to be read."""
        return f"{self.total // 100}.{self.total % 100:02d}"

    @property
    def is_payable(self) -> bool:
        """Whether the payer could still pay now."""
        return self.state == "NOTPAY" and read_clock() < min(self.expires_at, self.created_at + PREPAY_LIFE)


@dataclass(kw_only=True)
class PhoneRequest:
    """A payment sheet on the payer's phone; `answer` is what `wx.requestPayment` says once the payer has decided."""

    id: str
    out_trade_no: str
    asked_at: datetime
    answer: str = ""


class WechatLedger:
    """All orders of one merchant."""

    def __init__(self) -> None:
        self.orders: dict[str, WechatOrder] = {}
        self.forced: dict[str, dict[str, object]] = {}
        self.scenarios: dict[str, WechatScenario] = {}
        self.phone: dict[str, PhoneRequest] = {}
        self.used_codes: dict[str, str] = {}
        self.changed = asyncio.Event()

    def clear(self) -> None:
        """Forget everything."""
        for store in (self.orders, self.forced, self.scenarios, self.phone, self.used_codes):
            store.clear()
        self.changed.set()

    def open_order(self, **values: object) -> WechatOrder:
        """A new order with a prepay id of its own."""
        now = read_clock()
        order = WechatOrder(
            prepay_id=f"wx{now:%d%H%M%S}{secrets.token_hex(13)}",
            created_at=now,
            **values,  # type: ignore[arg-type]
        )
        self.orders[order.out_trade_no] = order
        scenario = WechatScenario()
        for key in ("*", order.out_trade_no):
            scenario = scenario.changed(dict(self.forced.get(key, {})))
        self.scenarios[order.out_trade_no] = scenario
        self.changed.set()
        return order

    def find_by_prepay(self, prepay_id: str) -> WechatOrder | None:
        """The order of a prepay id."""
        return next((one for one in self.orders.values() if one.prepay_id == prepay_id), None)

    def find_refund(self, out_refund_no: str) -> tuple[WechatOrder, WechatRefund] | None:
        """A refund by the merchant's number."""
        for order in self.orders.values():
            for refund in order.refunds:
                if refund.out_refund_no == out_refund_no:
                    return order, refund
        return None

    def scenario_of(self, out_trade_no: str) -> WechatScenario:
        """The plan for this order."""
        planned = self.scenarios.get(out_trade_no)
        return planned or WechatScenario().changed(dict(self.forced.get("*", {}) | self.forced.get(out_trade_no, {})))

    def force(self, out_trade_no: str, changes: dict[str, object]) -> WechatScenario:
        """Fix fields of the plan of an order, present or future; `*` stands for every order."""
        scenario = self.scenario_of(out_trade_no).changed(changes)
        self.forced[out_trade_no] = self.forced.get(out_trade_no, {}) | changes
        for number in self.orders if out_trade_no == "*" else [out_trade_no]:
            if number in self.orders:
                self.scenarios[number] = self.scenario_of(number).changed(changes)
        return scenario

    def take(self, out_trade_no: str, counter: str) -> bool:
        """Whether a counter of the plan is still up; takes one off."""
        scenario = self.scenario_of(out_trade_no)
        left: int = getattr(scenario, counter)
        if left <= 0:
            return False
        self.scenarios[out_trade_no] = scenario.changed({counter: left - 1})
        return True
