"""The merchant's interface under /v3. Every request must be signed by the merchant; every answer is signed by us."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.wechat_pay.codes import CodeDesk
from sandbox.wechat_pay.engine import WechatEngine
from sandbox.wechat_pay.keys import WechatPayKeys
from sandbox.wechat_pay.ledger import WechatOrder
from sandbox.wechat_pay.refusals import Refused
from sandbox.wechat_pay.scenario import Refunds
from sandbox.wechat_pay.signing import SignedRequest, encrypt, is_signed_by_merchant, sign_headers
from sandbox.wechat_pay.wording import describe_order, describe_refund, instant

MOST_REFUNDS = 50
Handler = Callable[[Request, dict[str, Any]], Awaitable[Response]]


class WechatGateway:
    """JSAPI orders, payment codes, their query and end, refunds, platform certificates."""

    def __init__(self, *, engine: WechatEngine, keys: WechatPayKeys, app_id: str) -> None:
        self._engine = engine
        self._ledger = engine.ledger
        self._keys = keys
        self._app_id = app_id
        self._codes = CodeDesk(engine, app_id=app_id)

    def routes(self) -> list[Route]:
        """The routes under /v3."""
        orders = "/v3/pay/transactions"
        return [
            Route(f"{orders}/jsapi", self._signed(self.prepay), methods=["POST"]),
            Route(f"{orders}/codepay", self._signed(self.charge_code), methods=["POST"]),
            Route(f"{orders}/out-trade-no/{{number}}/reverse", self._signed(self.reverse), methods=["POST"]),
            Route(f"{orders}/out-trade-no/{{number}}", self._signed(self.query), methods=["GET"]),
            Route(f"{orders}/id/{{transaction}}", self._signed(self.query_by_id), methods=["GET"]),
            Route(f"{orders}/out-trade-no/{{number}}/close", self._signed(self.close), methods=["POST"]),
            Route("/v3/refund/domestic/refunds", self._signed(self.refund), methods=["POST"]),
            Route("/v3/refund/domestic/refunds/{number}", self._signed(self.query_refund), methods=["GET"]),
            Route("/v3/certificates", self._signed(self.certificates), methods=["GET"]),
        ]

    def _signed(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            body = await request.body()
            try:
                self._check_signature(request, body)
                return await handler(request, _read(body))
            except Refused as error:
                return self._json(request, {"code": error.code, "message": str(error)}, error.status)

        return answer

    def _check_signature(self, request: Request, body: bytes) -> None:
        query = f"?{request.url.query}" if request.url.query else ""
        signed = SignedRequest(
            authorization=request.headers.get("Authorization", ""),
            method=request.method,
            path=request.url.path + query,
            body=body,
        )
        if not is_signed_by_merchant(signed, self._keys):
            raise Refused(401, "SIGN_ERROR", "签名错误，请检查后再试")

    def _json(self, request: Request, content: object, status: int = 200) -> Response:
        """Signed with the key that the merchant asked for: our public key, else the platform certificate's."""
        body = b"" if status == 204 else msgspec.json.encode(content)
        if request.headers.get("Wechatpay-Serial") == self._keys.own_key_id:
            headers = sign_headers(body, key=self._keys.own_key, serial=self._keys.own_key_id)
        else:
            headers = sign_headers(body, key=self._keys.certificate_key, serial=self._keys.certificate_serial)
        return Response(body, status_code=status, headers=headers, media_type="application/json; charset=utf-8")

    async def prepay(self, request: Request, body: dict[str, Any]) -> Response:
        """POST /v3/pay/transactions/jsapi."""
        values = self._read_order(body)
        order = self._ledger.orders.get(values["out_trade_no"])
        if order is None:
            order = self._ledger.open_order(**values)
        else:
            _check_same(order, values)
        if self._ledger.take(order.out_trade_no, "slow_prepays"):
            await self._engine.dawdle()
        return self._json(request, {"prepay_id": order.prepay_id})

    def _read_order(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("appid") != self._app_id or body.get("mchid") != self._keys.merchant_id:
            raise Refused(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配")
        amount, payer = body.get("amount"), body.get("payer")
        total = amount.get("total") if isinstance(amount, dict) else None
        openid = payer.get("openid") if isinstance(payer, dict) else None
        texts = [body.get(name) for name in ("out_trade_no", "description", "notify_url")]
        if type(total) is not int or total <= 0 or not all(isinstance(each, str) and each for each in [*texts, openid]):
            raise Refused(400, "PARAM_ERROR", "参数错误")
        try:
            expires_at = datetime.fromisoformat(str(body.get("time_expire")))
        except ValueError:
            raise Refused(400, "PARAM_ERROR", "time_expire格式错误") from None
        return {
            "out_trade_no": texts[0],
            "app_id": body["appid"],
            "description": texts[1],
            "total": total,
            "currency": str(amount.get("currency", "CNY")) if isinstance(amount, dict) else "CNY",
            "openid": openid,
            "notify_url": texts[2],
            "expires_at": expires_at,
        }

    async def charge_code(self, request: Request, body: dict[str, Any]) -> Response:
        """POST /v3/pay/transactions/codepay: paid at once, or an error that says what is missing."""
        return self._json(request, describe_order(await self._codes.charge(body), self._keys))

    async def reverse(self, request: Request, body: dict[str, Any]) -> Response:
        """End an order of a payment code; what was taken goes back; 204."""
        self._codes.reverse(self._find(request))
        return self._json(request, None, 204)

    async def query(self, request: Request, body: dict[str, Any]) -> Response:
        """GET by the merchant's number."""
        order = self._find(request)
        if self._ledger.take(order.out_trade_no, "slow_queries"):
            await self._engine.dawdle()
        if self._ledger.take(order.out_trade_no, "failing_queries"):
            raise Refused(500, "SYSTEM_ERROR", "系统异常，请稍后重试")
        return self._json(request, describe_order(order, self._keys))

    async def query_by_id(self, request: Request, body: dict[str, Any]) -> Response:
        """GET by WeChat's number."""
        wanted = request.path_params["transaction"]
        order = next((one for one in self._ledger.orders.values() if one.transaction_id == wanted), None)
        if order is None:
            raise Refused(404, "ORDER_NOT_EXIST", "订单不存在")
        return self._json(request, describe_order(order, self._keys))

    async def close(self, request: Request, body: dict[str, Any]) -> Response:
        """Nobody can pay this order any more; 204."""
        order = self._find(request)
        if order.state in ("SUCCESS", "REFUND"):
            raise Refused(400, "ORDERPAID", "订单已支付")
        if order.state == "USERPAYING":
            raise Refused(400, "USERPAYING", "用户支付中，需要输入密码")
        order.state = "CLOSED"
        self._ledger.changed.set()
        return self._json(request, None, 204)

    def _find(self, request: Request) -> WechatOrder:
        order = self._ledger.orders.get(request.path_params["number"])
        if order is None:
            raise Refused(404, "ORDER_NOT_EXIST", "订单不存在")
        return order

    async def refund(self, request: Request, body: dict[str, Any]) -> Response:
        """POST /v3/refund/domestic/refunds. The same out_refund_no again has no second effect."""
        order = self._ledger.orders.get(str(body.get("out_trade_no", "")))
        if order is None or order.paid_at is None:
            raise Refused(404, "RESOURCE_NOT_EXISTS", "订单号不存在")
        number, amount = str(body.get("out_refund_no", "")), self._read_refund(order, body)
        earlier = self._ledger.find_refund(number)
        if earlier is not None:
            if earlier[0] is not order or earlier[1].amount != amount:
                raise Refused(400, "INVALID_REQUEST", "退款单号已存在，且参数不一致")
            return self._json(request, describe_refund(order, earlier[1]))
        way = self._ledger.scenario_of(order.out_trade_no).refunds
        if way is Refunds.ERROR:
            raise Refused(500, "SYSTEM_ERROR", "系统异常，请用相同参数重新调用")
        if way is Refunds.REFUSED:
            raise Refused(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起")
        if order.given_back + amount > order.taken or len(order.refunds) >= MOST_REFUNDS:
            raise Refused(400, "INVALID_REQUEST", "累计退款金额大于支付金额")
        refund = self._engine.refund(
            order,
            out_refund_no=number,
            amount=amount,
            reason=str(body.get("reason", "")),
            notify_url=str(body.get("notify_url", "")),
        )
        answer = describe_refund(order, refund)
        if way is Refunds.SLOW:
            await self._engine.dawdle()
        return self._json(request, answer)

    @staticmethod
    def _read_refund(order: WechatOrder, body: dict[str, Any]) -> int:
        amount = body.get("amount")
        refund = amount.get("refund") if isinstance(amount, dict) else None
        total = amount.get("total") if isinstance(amount, dict) else None
        if type(refund) is not int or refund <= 0 or total != order.taken or not body.get("out_refund_no"):
            raise Refused(400, "PARAM_ERROR", "订单金额或退款金额不正确")
        return refund

    async def query_refund(self, request: Request, body: dict[str, Any]) -> Response:
        """GET by the merchant's refund number."""
        found = self._ledger.find_refund(request.path_params["number"])
        if found is None:
            raise Refused(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return self._json(request, describe_refund(*found))

    async def certificates(self, request: Request, body: dict[str, Any]) -> Response:
        """The platform certificates, encrypted under the APIv3 key, for merchants of the older mode."""
        certificate = self._keys.certificate
        sealed = encrypt(certificate.public_bytes(Encoding.PEM), api_key=self._keys.api_key, associated="certificate")
        row = {
            "serial_no": self._keys.certificate_serial,
            "effective_time": instant(certificate.not_valid_before_utc),
            "expire_time": instant(certificate.not_valid_after_utc),
            "encrypt_certificate": sealed,
        }
        return self._json(request, {"data": [row]})


def _check_same(order: WechatOrder, values: dict[str, Any]) -> None:
    if order.state in ("SUCCESS", "REFUND"):
        raise Refused(400, "ORDERPAID", "订单已支付")
    if order.state == "CLOSED":
        raise Refused(400, "ORDER_CLOSED", "订单已关闭")
    if any(getattr(order, name) != values[name] for name in ("total", "openid", "currency")):
        raise Refused(400, "INVALID_REQUEST", "商户订单号重复，且参数不一致")


def _read(body: bytes) -> dict[str, Any]:
    try:
        content = msgspec.json.decode(body or b"{}")
    except msgspec.DecodeError:
        raise Refused(400, "PARAM_ERROR", "无效的JSON") from None
    return content if isinstance(content, dict) else {}
