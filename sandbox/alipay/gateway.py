"""The open gateway: signed form parameters in, JSON out, signed on the characters of the answering member."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.alipay.keys import AlipayKeys, new_alipay_keys, read_alipay_keys
from sandbox.alipay.trades import Declined, Trade, Trades
from sandbox.patience import Patience
from sandbox.troubles import Refunds
from sandbox.wallets.codes import Plan

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_OLDEST_REQUEST = timedelta(minutes=10)
Body = dict[str, Any]
Handler = Callable[[Body], Awaitable[Body]]


class Invalid(Exception):
    """A request that is not understood, or is not the merchant's: a gateway code and a `sub_code`."""

    def __init__(self, code: str, sub_code: str) -> None:
        super().__init__(sub_code)
        self.code, self.sub_code = code, sub_code


class AlipayGateway:
    """alipay.trade.pay, query, cancel, refund, fastpay.refund.query."""

    def __init__(self, *, trades: Trades, keys: AlipayKeys, patience: Patience) -> None:
        self._trades = trades
        self._keys = keys
        self._patience = patience
        self._handlers: dict[str, Handler] = {
            "alipay.trade.pay": self.pay,
            "alipay.trade.query": self.query,
            "alipay.trade.cancel": self.cancel,
            "alipay.trade.refund": self.refund,
            "alipay.trade.fastpay.refund.query": self.query_refund,
        }

    def routes(self) -> list[Route]:
        """The one address."""
        return [Route("/alipay/gateway.do", self.answer, methods=["POST"])]

    async def answer(self, request: Request) -> Response:
        """Check the signature, carry out, sign."""
        form = await request.form()
        parameters = {name: value for name, value in form.items() if isinstance(value, str)}
        method = parameters.get("method", "")
        member, content = "error_response", {}
        number = ""
        try:
            self._check(parameters)
            member = f"{method.replace('.', '_')}_response"
            content = _read(parameters.get("biz_content", ""))
            number = str(content.get("out_trade_no", ""))
            told = {"code": "10000", "msg": "Success", **await self._handlers[method](content)}
        except Invalid as error:
            told = {"code": error.code, "msg": "Invalid Arguments", "sub_code": error.sub_code, "sub_msg": "无效请求"}
        except Declined as error:
            told = {"code": "40004", "msg": "Business Failed", "sub_code": error.sub_code, "sub_msg": str(error)}
        key = self._keys.own_key
        if number and self._trades.troubles.take(number, "forged_answers"):
            key = read_alipay_keys(new_alipay_keys()).own_key
        return _signed(member, told, key)

    def _check(self, parameters: dict[str, str]) -> None:
        if parameters.get("method") not in self._handlers:
            raise Invalid("40002", "isv.invalid-method")
        if parameters.get("app_id") != self._keys.app_id:
            raise Invalid("40002", "isv.invalid-app-id")
        covered = "&".join(f"{name}={value}" for name, value in sorted(parameters.items()) if value and name != "sign")
        try:
            signature = base64.b64decode(parameters.get("sign", ""), validate=True)
            self._keys.app_key.verify(signature, covered.encode(), PKCS1v15(), SHA256())
        except (InvalidSignature, binascii.Error, ValueError):
            raise Invalid("40002", "isv.invalid-signature") from None
        try:
            at = datetime.strptime(parameters.get("timestamp", ""), "%Y-%m-%d %H:%M:%S").replace(tzinfo=_SHANGHAI)
        except ValueError:
            raise Invalid("40002", "isv.invalid-timestamp") from None
        if abs(datetime.now(UTC) - at) > _OLDEST_REQUEST:
            raise Invalid("40002", "isv.invalid-timestamp")

    async def pay(self, content: Body) -> Body:
        """alipay.trade.pay."""
        number, code, subject = (str(content.get(name, "")) for name in ("out_trade_no", "auth_code", "subject"))
        if not number or not subject or content.get("scene") != "bar_code":
            raise Declined("ACQ.INVALID_PARAMETER", "参数无效")
        trade, plan = self._trades.charge(
            number=number, code=code, subject=subject, total=_amount(content.get("total_amount"))
        )
        if plan is Plan.POOR:
            raise Declined("ACQ.BUYER_BALANCE_NOT_ENOUGH", "买家余额不足")
        if plan in (Plan.LOST, Plan.TIMEOUT) or self._trades.troubles.take(number, "slow_starts"):
            await self._patience.dawdle()
        if plan in (Plan.LATE, Plan.TIMEOUT):
            raise Invalid("20000", "aop.ACQ.SYSTEM_ERROR")
        told = _describe(trade)
        if plan is Plan.PASSWORD:
            return told | {"code": "10003", "msg": "order success pay inprocess"}
        return told | {"gmt_payment": _instant(trade.paid_at), "receipt_amount": f"{trade.taken:.2f}"}

    async def query(self, content: Body) -> Body:
        """alipay.trade.query."""
        trade = self._trades.find(content.get("out_trade_no"))
        if self._trades.troubles.take(trade.out_trade_no, "slow_queries"):
            await self._patience.dawdle()
        if self._trades.troubles.take(trade.out_trade_no, "failing_queries"):
            raise Declined("ACQ.SYSTEM_ERROR", "系统错误")
        return _describe(trade) | {"trade_status": trade.status}

    async def cancel(self, content: Body) -> Body:
        """alipay.trade.cancel."""
        trade = self._trades.find(content.get("out_trade_no"))
        if self._trades.troubles.take(trade.out_trade_no, "failing_ends"):
            raise Declined("aop.ACQ.SYSTEM_ERROR", "系统错误")
        return {
            "out_trade_no": trade.out_trade_no,
            "trade_no": trade.trade_no,
            "retry_flag": "N",
            "action": self._trades.cancel(trade),
        }

    async def refund(self, content: Body) -> Body:
        """alipay.trade.refund. The same out_request_no again moves no money."""
        trade = self._trades.find(content.get("out_trade_no"))
        way = self._trades.troubles.of(trade.out_trade_no).refunds
        if way is Refunds.ERROR:
            raise Invalid("20000", "aop.ACQ.SYSTEM_ERROR")
        if way is Refunds.REFUSED:
            raise Declined("ACQ.SELLER_BALANCE_NOT_ENOUGH", "商户的余额不足")
        number = str(content.get("out_request_no", ""))
        if not number:
            raise Declined("ACQ.INVALID_PARAMETER", "参数无效")
        has_moved = self._trades.refund(trade, number=number, amount=_amount(content.get("refund_amount")))
        if way is Refunds.SLOW:
            await self._patience.dawdle()
        return _describe(trade) | {
            "fund_change": "Y" if has_moved else "N",
            "refund_fee": f"{trade.given_back:.2f}",
        }

    async def query_refund(self, content: Body) -> Body:
        """alipay.trade.fastpay.refund.query: nothing but the code where the refund never came."""
        trade = self._trades.find(content.get("out_trade_no"))
        number = content.get("out_request_no")
        refund = next((one for one in trade.refunds if one.number == number), None)
        if refund is None:
            return {}
        return {
            "out_trade_no": trade.out_trade_no,
            "trade_no": trade.trade_no,
            "out_request_no": refund.number,
            "total_amount": trade.price,
            "refund_amount": f"{refund.amount:.2f}",
            "refund_status": "REFUND_SUCCESS",
        }


def _describe(trade: Trade) -> Body:
    amount = trade.taken or trade.total
    return {
        "out_trade_no": trade.out_trade_no,
        "trade_no": trade.trade_no,
        "total_amount": f"{amount:.2f}",
        "buyer_logon_id": "ann***@sandbox.test",
    }


def _instant(at: datetime | None) -> str:
    return at.astimezone(_SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _amount(text: object) -> Decimal:
    try:
        amount = Decimal(text) if isinstance(text, str) else Decimal(0)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise Declined("ACQ.INVALID_PARAMETER", "金额格式错误")
    return amount


def _read(text: str) -> Body:
    try:
        content = msgspec.json.decode(text.encode())
    except msgspec.DecodeError:
        content = None
    if not isinstance(content, dict):
        raise Invalid("40002", "isv.invalid-parameter")
    return content


def _signed(member: str, told: Body, key: RSAPrivateKey) -> Response:
    raw = msgspec.json.encode(told)
    signature = base64.b64encode(key.sign(raw, PKCS1v15(), SHA256()))
    body = b'{"' + member.encode() + b'":' + raw + b',"sign":"' + signature + b'"}'
    return Response(body, media_type="application/json;charset=utf-8")
