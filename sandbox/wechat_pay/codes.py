"""Payment codes: a merchant charges what it scanned, and reverses what did not end."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sandbox.acquirer.ledger import read_clock
from sandbox.wallets.codes import Plan, Wallet, read_plan
from sandbox.wechat_pay.engine import WechatEngine
from sandbox.wechat_pay.ledger import CODE_WAY, WechatOrder
from sandbox.wechat_pay.refusals import Refused

_SYSTEM_ERROR = (500, "SYSTEM_ERROR", "系统异常，请用相同参数重新调用")
_AGAIN = {
    "SUCCESS": (400, "ORDERPAID", "订单已支付"),
    "REFUND": (400, "ORDERPAID", "订单已支付"),
    "CLOSED": (400, "ORDER_CLOSED", "订单已关闭"),
    "REVOKED": (400, "ORDER_REVERSED", "订单已撤销"),
    "USERPAYING": (400, "USERPAYING", "用户支付中，需要输入密码"),
}


class CodeDesk:
    """Charges codes and reverses orders over the engine's ledger."""

    def __init__(self, engine: WechatEngine, *, app_id: str) -> None:
        self._engine = engine
        self._ledger = engine.ledger
        self._app_id = app_id
        self._waiting: set[asyncio.Task[None]] = set()

    async def charge(self, body: dict[str, Any]) -> WechatOrder:
        """The order that was paid at once; everything else raises Refused."""
        values, code = self._read(body)
        earlier = self._ledger.orders.get(values["out_trade_no"])
        if earlier is not None:
            _refuse_again(earlier, values["total"])
        plan = read_plan(Wallet.WECHAT, code)
        number = values["out_trade_no"]
        if plan is None or self._ledger.used_codes.setdefault(code, number) != number:
            raise Refused(400, "AUTH_CODE_INVALID", "付款码无效，请扫描微信支付被扫条码/二维码")
        if plan is Plan.EXPIRED:
            raise Refused(400, "AUTH_CODE_EXPIRED", "二维码已过期，请用户在微信上刷新后再试")
        order = self._ledger.open_order(
            **values,
            app_id=self._app_id,
            openid=f"oCode{code[-8:]}",
            notify_url="",
            expires_at=read_clock() + timedelta(minutes=10),
            way=CODE_WAY,
        )
        await self._carry_out(order, plan)
        return order

    def _read(self, body: dict[str, Any]) -> tuple[dict[str, Any], str]:
        if body.get("appid") != self._app_id or body.get("mchid") != self._engine.keys.merchant_id:
            raise Refused(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配")
        amount, payer, scene = (_part(body, name) for name in ("amount", "payer", "scene_info"))
        texts = [body.get("out_trade_no"), body.get("description"), payer.get("auth_code")]
        total = amount.get("total")
        is_complete = all(isinstance(each, str) and each for each in texts) and bool(_part(scene, "store_info"))
        if type(total) is not int or total <= 0 or not is_complete:
            raise Refused(400, "PARAM_ERROR", "参数错误")
        values = {
            "out_trade_no": str(texts[0]),
            "description": str(texts[1]),
            "total": total,
            "currency": str(amount.get("currency", "CNY")),
        }
        return values, str(texts[2])

    async def _carry_out(self, order: WechatOrder, plan: Plan) -> None:
        if plan is Plan.PASSWORD:
            order.state = "USERPAYING"
            self._ledger.changed.set()
            raise Refused(*_AGAIN["USERPAYING"])
        if plan is Plan.POOR:
            order.state = "PAYERROR"
            self._ledger.changed.set()
            raise Refused(403, "NOT_ENOUGH", "用户余额不足")
        if plan in (Plan.TIMEOUT, Plan.LATE):
            await self._say_nothing(order, plan)
        if plan is Plan.OTHER_AMOUNT:
            self._ledger.force(order.out_trade_no, {"total": 1})
        self._engine.settle(order, succeeded=True)
        if plan is Plan.LOST or self._ledger.take(order.out_trade_no, "slow_prepays"):
            await self._engine.dawdle()

    async def _say_nothing(self, order: WechatOrder, plan: Plan) -> None:
        if plan is Plan.LATE:
            task = asyncio.get_running_loop().create_task(self._settle_late(order))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)
        else:
            await self._engine.dawdle()
        raise Refused(*_SYSTEM_ERROR)

    async def _settle_late(self, order: WechatOrder) -> None:
        await asyncio.sleep(self._engine.settings.pending_wait)
        self._engine.settle(order, succeeded=True)

    def reverse(self, order: WechatOrder) -> None:
        """Nobody pays it any more; what was taken goes back. Again changes nothing."""
        if order.way != CODE_WAY:
            raise Refused(400, "INVALID_REQUEST", "非付款码支付订单")
        if order.state == "REFUND":
            raise Refused(400, "TRADE_STATE_ERROR", "订单状态错误")
        if self._ledger.take(order.out_trade_no, "failing_reversals"):
            raise Refused(*_SYSTEM_ERROR)
        order.state = "REVOKED"
        self._ledger.changed.set()


def _refuse_again(order: WechatOrder, total: int) -> None:
    if order.total != total:
        raise Refused(400, "INVALID_REQUEST", "商户订单号重复，且参数不一致")
    raise Refused(*_AGAIN.get(order.state, (400, "OUT_TRADE_NO_USED", "商户订单号重复")))


def _part(body: dict[str, Any], name: str) -> dict[str, Any]:
    part = body.get(name)
    return part if isinstance(part, dict) else {}
