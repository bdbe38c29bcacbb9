"""What happens to money at WeChat Pay: the payer confirms, refunds end."""

from __future__ import annotations

import asyncio
import contextlib
import secrets

from sandbox.acquirer.ledger import read_clock
from sandbox.settings import SandboxSettings
from sandbox.wechat_pay.keys import WechatPayKeys
from sandbox.wechat_pay.ledger import CODE_WAY, PhoneRequest, WechatLedger, WechatOrder, WechatRefund
from sandbox.wechat_pay.notices import Notice, NoticeSender
from sandbox.wechat_pay.scenario import Payment, Refunds
from sandbox.wechat_pay.wording import describe_order, describe_refund_notice

REFUND_SECONDS = 0.2
_ENDS = {Refunds.ABNORMAL: "ABNORMAL", Refunds.CLOSED: "CLOSED"}
PAID, CANCELED, FAILED = "requestPayment:ok", "requestPayment:fail cancel", "requestPayment:fail"


class WechatEngine:
    """WeChat Pay's decisions over one ledger."""

    def __init__(self, *, settings: SandboxSettings, keys: WechatPayKeys, notices: NoticeSender) -> None:
        self.settings = settings
        self.keys = keys
        self.ledger = WechatLedger()
        self.notices = notices
        self._stopping = asyncio.Event()
        self._waiting: set[asyncio.Task[None]] = set()

    def clear(self) -> None:
        """Forget everything."""
        for task in self._waiting:
            task.cancel()
        self.ledger.clear()
        self.notices.clear()

    async def dawdle(self) -> None:
        """Wait as long as a slow answer takes, or until the sandbox is told to stop."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self.settings.slow_answer)

    def stop_dawdling(self) -> None:
        """Answer at once from now on."""
        self._stopping.set()

    def ask_payer(self, order: WechatOrder) -> PhoneRequest:
        """Show the payment sheet on the payer's phone."""
        request = PhoneRequest(id=secrets.token_hex(8), out_trade_no=order.out_trade_no, asked_at=read_clock())
        self.ledger.phone[request.id] = request
        return request

    def answer(self, request: PhoneRequest, *, pays: bool) -> str:
        """The payer decides; what `wx.requestPayment` then says. Deciding again changes nothing."""
        order = self.ledger.orders.get(request.out_trade_no)
        if request.answer or order is None:
            return request.answer or FAILED
        request.answer = CANCELED if not pays else self.confirm(order)
        return request.answer

    def confirm(self, order: WechatOrder) -> str:
        """The payer typed the password."""
        if order.state in ("SUCCESS", "REFUND"):
            return PAID  # the sheet of an order that was paid says so
        if not order.is_payable:
            return FAILED
        payment = self.ledger.scenario_of(order.out_trade_no).payment
        if payment is Payment.NOTPAY:
            return FAILED
        if payment is Payment.USERPAYING:
            order.state = "USERPAYING"
            self.ledger.changed.set()
            return PAID
        self.settle(order, succeeded=True)
        return PAID

    def settle(self, order: WechatOrder, *, succeeded: bool) -> None:
        """Money is taken, or the payer's bank refused and the order can be paid again."""
        if order.state not in ("NOTPAY", "USERPAYING"):
            return
        self.ledger.changed.set()
        if not succeeded:
            order.state = "PAYERROR" if order.way == CODE_WAY else "NOTPAY"
            return
        scenario = self.ledger.scenario_of(order.out_trade_no)
        order.state, order.paid_at = "SUCCESS", read_clock()
        order.taken = scenario.total or order.total
        order.transaction_id = f"42000{secrets.randbelow(10**23):023d}"
        if not order.notify_url:  # whoever scanned a code asks by itself
            return
        self.notices.notify(
            out_trade_no=order.out_trade_no,
            event="TRANSACTION.SUCCESS",
            url=order.notify_url,
            contents=describe_order(order, self.keys),
            way=scenario.notices,
        )

    def forge(self, order: WechatOrder) -> Notice:
        """Somebody else tells the merchant that this order was paid."""
        scenario = self.ledger.scenario_of(order.out_trade_no)
        contents = describe_order(order, self.keys) | {"trade_state": "SUCCESS"}
        return self.notices.notify(
            out_trade_no=order.out_trade_no,
            event="TRANSACTION.SUCCESS",
            url=order.notify_url,
            contents=contents,
            way=scenario.notices,
            is_forged=True,
        )

    def refund(
        self, order: WechatOrder, *, out_refund_no: str, amount: int, reason: str, notify_url: str
    ) -> WechatRefund:
        """Accept a refund: accepted is not refunded. It ends a moment later, and a notice follows."""
        way = self.ledger.scenario_of(order.out_trade_no).refunds
        refund = WechatRefund(
            out_refund_no=out_refund_no,
            refund_id=f"50000{secrets.randbelow(10**23):023d}",
            amount=amount,
            status="PROCESSING",
            reason=reason,
            notify_url=notify_url,
            created_at=read_clock(),
        )
        order.refunds.append(refund)
        order.state = "REFUND"
        self.ledger.changed.set()
        if way is not Refunds.PROCESSING:
            self._end_soon(order.out_trade_no, out_refund_no, _ENDS.get(way, "SUCCESS"))
        return refund

    def _end_soon(self, out_trade_no: str, out_refund_no: str, status: str) -> None:
        task = asyncio.get_running_loop().create_task(self._wait_and_end(out_trade_no, out_refund_no, status))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _wait_and_end(self, out_trade_no: str, out_refund_no: str, status: str) -> None:
        await asyncio.sleep(REFUND_SECONDS)
        order = self.ledger.orders.get(out_trade_no)
        refund = next((one for one in order.refunds if one.out_refund_no == out_refund_no), None) if order else None
        if order and refund and refund.status == "PROCESSING":
            self.end_refund(order, refund, status=status)

    def resume(self) -> None:
        """Let what was under way before a restart end as it would have."""
        for order in self.ledger.orders.values():
            for refund in order.refunds:
                if refund.status == "PROCESSING":
                    self._end_soon(order.out_trade_no, refund.out_refund_no, "SUCCESS")

    def end_refund(self, order: WechatOrder, refund: WechatRefund, *, status: str) -> None:
        """SUCCESS, CLOSED or ABNORMAL."""
        refund.status = status
        refund.success_at = read_clock() if status == "SUCCESS" else None
        self.ledger.changed.set()
        if not refund.notify_url:
            return
        self.notices.notify(
            out_trade_no=order.out_trade_no,
            event=f"REFUND.{status}",
            url=refund.notify_url,
            contents=describe_refund_notice(order, refund, self.keys),
            way=self.ledger.scenario_of(order.out_trade_no).notices,
        )
