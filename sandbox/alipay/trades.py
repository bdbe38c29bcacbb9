"""What Alipay knows: trades and their refunds, and what becomes of a charged code. Nothing here awaits."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sandbox.acquirer.ledger import read_clock
from sandbox.keeping import KeptRows
from sandbox.troubles import TroubleBook
from sandbox.wallets.codes import Plan, Wallet, read_plan


class Declined(Exception):
    """A refusal for a reason of the business: code 40004 and a `sub_code`."""

    def __init__(self, sub_code: str, text: str) -> None:
        super().__init__(text)
        self.sub_code = sub_code


@dataclass(kw_only=True)
class TradeRefund:
    """Money that went back, under the merchant's number."""

    number: str
    amount: Decimal


@dataclass(kw_only=True)
class Trade:
    """A trade; amounts in yuan. `status` is WAIT_BUYER_PAY, TRADE_SUCCESS or TRADE_CLOSED."""

    out_trade_no: str
    trade_no: str
    subject: str
    total: Decimal
    created_at: datetime
    status: str = "WAIT_BUYER_PAY"
    is_asked: bool = False
    taken: Decimal = Decimal(0)
    paid_at: datetime | None = None
    refunds: list[TradeRefund] = field(default_factory=list)

    @property
    def given_back(self) -> Decimal:
        """What went back."""
        return sum((one.amount for one in self.refunds), Decimal(0))

    @property
    def price(self) -> str:
        """The total, to be read."""
        return f"{self.total:.2f}"


class Trades:
    """All trades of one merchant."""

    def __init__(self, *, path: Path | None, late_seconds: float) -> None:
        self.kept: KeptRows[Trade] = KeptRows(path=path, kind=Trade)
        self.troubles = TroubleBook()
        self._used_codes: dict[str, str] = {}
        self._late_seconds = late_seconds
        self._waiting: set[asyncio.Task[None]] = set()

    def clear(self) -> None:
        """Forget everything."""
        for task in self._waiting:
            task.cancel()
        self.kept.clear()
        self.troubles.clear()
        self._used_codes.clear()

    def find(self, number: object) -> Trade:
        """The trade of the merchant's number; raises Declined."""
        trade = self.kept.rows.get(str(number))
        if trade is None:
            raise Declined("ACQ.TRADE_NOT_EXIST", "交易不存在")
        return trade

    def charge(self, *, number: str, code: str, subject: str, total: Decimal) -> tuple[Trade, Plan]:
        """Begin a trade by a scanned code; raises Declined. The code serves one trade only."""
        earlier = self.kept.rows.get(number)
        if earlier is not None:
            _refuse_again(earlier, total)
        plan = read_plan(Wallet.ALIPAY, code)
        if plan in (None, Plan.EXPIRED) or self._used_codes.setdefault(code, number) != number:
            raise Declined(
                "ACQ.PAYMENT_AUTH_CODE_INVALID", "支付失败，获取顾客账户信息失败，请顾客刷新付款码后重新收款"
            )
        trade = Trade(
            out_trade_no=number,
            trade_no=f"{read_clock():%Y%m%d}22001{secrets.randbelow(10**15):015d}",
            subject=subject,
            total=total,
            created_at=read_clock(),
        )
        self.kept.rows[number] = trade
        self.kept.changed.set()
        self._carry_out(trade, plan or Plan.PAYS)
        return trade, plan or Plan.PAYS

    def _carry_out(self, trade: Trade, plan: Plan) -> None:
        if plan is Plan.OTHER_AMOUNT:
            self.troubles.force(trade.out_trade_no, {"total": "0.01"})
        if plan in (Plan.PAYS, Plan.LOST, Plan.OTHER_AMOUNT):
            self.settle(trade, pays=True)
        elif plan is Plan.PASSWORD:
            trade.is_asked = True
        elif plan is Plan.POOR:
            trade.status = "TRADE_CLOSED"
        elif plan is Plan.LATE:
            task = asyncio.get_running_loop().create_task(self._settle_late(trade))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def _settle_late(self, trade: Trade) -> None:
        await asyncio.sleep(self._late_seconds)
        self.settle(trade, pays=True)

    def settle(self, trade: Trade, *, pays: bool) -> None:
        """The payer typed the password, or will not; once."""
        if trade.status != "WAIT_BUYER_PAY":
            return
        self.kept.changed.set()
        trade.is_asked = False
        if not pays:
            trade.status = "TRADE_CLOSED"
            return
        trade.status, trade.paid_at = "TRADE_SUCCESS", read_clock()
        trade.taken = Decimal(self.troubles.of(trade.out_trade_no).total or trade.total)

    def cancel(self, trade: Trade) -> str:
        """End a trade: `close`, or `refund` where the money was taken. Again changes nothing."""
        if trade.refunds:
            raise Declined("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
        was_paid = trade.paid_at is not None
        trade.status, trade.is_asked = "TRADE_CLOSED", False
        self.kept.changed.set()
        return "refund" if was_paid else "close"

    def refund(self, trade: Trade, *, number: str, amount: Decimal) -> bool:
        """Give money back; whether any moved. The same number again moves none."""
        earlier = next((one for one in trade.refunds if one.number == number), None)
        if earlier is not None:
            if earlier.amount != amount:
                raise Declined("ACQ.DISCORDANT_REPEAT_REQUEST", "请求信息不一致")
            return False
        if trade.paid_at is None or trade.status == "TRADE_CLOSED":
            raise Declined("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
        if trade.given_back + amount > trade.taken:
            raise Declined("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额超限")
        trade.refunds.append(TradeRefund(number=number, amount=amount))
        if trade.given_back == trade.taken:
            trade.status = "TRADE_CLOSED"
        self.kept.changed.set()
        return True


def _refuse_again(trade: Trade, total: Decimal) -> None:
    if trade.total != total:
        raise Declined("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改")
    if trade.status == "TRADE_SUCCESS":
        raise Declined("ACQ.TRADE_HAS_SUCCESS", "交易已被支付")
    if trade.status == "TRADE_CLOSED":
        raise Declined("ACQ.TRADE_HAS_CLOSE", "交易已经关闭")
    raise Declined("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
