"""The gateway for tills: start, query, abort, refund. Requests and answers carry an HMAC under the shared secret."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bodies import read_body
from sandbox.card_terminal.sales import Refused, Sale, SaleRefund, Terminals
from sandbox.patience import Patience
from sandbox.troubles import Refunds

OLDEST_REQUEST = 300
_MOST_NONCES = 10_000
Body = dict[str, Any]
Handler = Callable[[Request], Awaitable[tuple[int, Body]]]


class TillGateway:
    """Routes under /tills/v1."""

    def __init__(self, *, terminals: Terminals, merchant_id: str, secret: str, patience: Patience) -> None:
        self._terminals = terminals
        self._merchant_id = merchant_id
        self._secret = secret
        self._patience = patience
        self._nonces: OrderedDict[str, None] = OrderedDict()

    def routes(self) -> list[Route]:
        """The routes of the merchant's interface."""
        sale = "/tills/v1/sales/{number}"
        return [
            Route("/tills/v1/sales", self._signed(self.start), methods=["POST"]),
            Route(sale, self._signed(self.query), methods=["GET"]),
            Route(f"{sale}/abort", self._signed(self.abort), methods=["POST"]),
            Route(f"{sale}/refunds", self._signed(self.refund), methods=["POST"]),
        ]

    def _signed(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                self._check(request, await request.body())
                status, told = await handler(request)
            except Refused as error:
                status, told = error.status, {"code": error.code}
            number = request.path_params.get("number", "")
            is_forged = bool(number) and self._terminals.troubles.take(number, "forged_answers")
            return self._answer(request, status, told, "a stranger's" if is_forged else self._secret)

        return answer

    def _check(self, request: Request, body: bytes) -> None:
        named = request.headers
        stamp, nonce = named.get("X-Till-Timestamp", ""), named.get("X-Till-Nonce", "")
        query = f"?{request.url.query}" if request.url.query else ""
        message = f"{request.method}\n{request.url.path}{query}\n{stamp}\n{nonce}\n".encode() + body
        is_ours = named.get("X-Till-Merchant") == self._merchant_id
        is_signed = hmac.compare_digest(
            _sign(message, self._secret).encode(), named.get("X-Till-Signature", "").encode()
        )
        if not is_ours or not is_signed:
            raise Refused(401, "BAD_SIGNATURE")
        is_recent = stamp.isdecimal() and len(stamp) < 13 and abs(time.time() - int(stamp)) <= OLDEST_REQUEST
        if not is_recent or not nonce or nonce in self._nonces:
            raise Refused(401, "REPLAYED")
        self._nonces[nonce] = None
        if len(self._nonces) > _MOST_NONCES:
            self._nonces.popitem(last=False)

    @staticmethod
    def _answer(request: Request, status: int, told: Body, secret: str) -> Response:
        body = msgspec.json.encode(told)
        message = f"{status}\n{request.headers.get('X-Till-Nonce', '')}\n".encode() + body
        headers = {"X-Till-Signature": _sign(message, secret)}
        return Response(body, status_code=status, headers=headers, media_type="application/json")

    async def start(self, request: Request) -> tuple[int, Body]:
        """POST /sales: {"number", "terminal", "amount", "currency"}."""
        body = await read_body(request)
        texts = [body.get(name) for name in ("number", "terminal", "currency")]
        if not all(isinstance(each, str) and each for each in texts):
            raise Refused(422, "INCOMPLETE")
        number, terminal, currency = (str(each) for each in texts)
        amount = _amount(body.get("amount"))
        sale = self._terminals.start(number=number, terminal=terminal, amount=amount, currency=currency)
        if self._terminals.troubles.take(number, "slow_starts"):
            await self._patience.dawdle()
        return 201, describe_sale(sale)

    async def query(self, request: Request) -> tuple[int, Body]:
        """GET /sales/{number}."""
        number = request.path_params["number"]
        sale = self._terminals.find(number)
        if self._terminals.troubles.take(number, "slow_queries"):
            await self._patience.dawdle()
        if self._terminals.troubles.take(number, "failing_queries"):
            raise Refused(500, "SYSTEM_ERROR")
        return 200, describe_sale(sale)

    async def abort(self, request: Request) -> tuple[int, Body]:
        """POST /sales/{number}/abort."""
        sale = self._terminals.find(request.path_params["number"])
        if self._terminals.troubles.take(sale.number, "failing_ends"):
            raise Refused(500, "SYSTEM_ERROR")
        self._terminals.abort(sale)
        return 200, describe_sale(sale)

    async def refund(self, request: Request) -> tuple[int, Body]:
        """POST /sales/{number}/refunds: {"number", "amount", "currency"}."""
        sale = self._terminals.find(request.path_params["number"])
        way = self._terminals.troubles.of(sale.number).refunds
        if way is Refunds.ERROR:
            raise Refused(500, "SYSTEM_ERROR")
        body = await read_body(request)
        number = body.get("number")
        if not isinstance(number, str) or not number or body.get("currency") != sale.currency:
            raise Refused(422, "INCOMPLETE")
        refund = self._terminals.refund(sale, number=number, amount=_amount(body.get("amount")))
        if way is Refunds.SLOW:
            await self._patience.dawdle()
        return 201, _describe_refund(refund)


def describe_sale(sale: Sale) -> Body:
    """A sale as the gateway tells it."""
    body: Body = {
        "number": sale.number,
        "terminal": sale.terminal,
        "amount": sale.price,
        "currency": sale.currency,
        "state": sale.state,
        "code": sale.code,
        "refunds": [_describe_refund(one) for one in sale.refunds],
    }
    if sale.card is not None:
        body |= {"captured": f"{sale.captured:.2f}", "reference": sale.reference}
        body["card"] = msgspec.to_builtins(sale.card)
    return body


def _describe_refund(refund: SaleRefund) -> Body:
    return {
        "number": refund.number,
        "amount": f"{refund.amount:.2f}",
        "state": refund.state,
        "code": refund.code,
    }


def _amount(text: object) -> Decimal:
    try:
        amount = Decimal(text) if isinstance(text, str) else Decimal(0)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise Refused(422, "BAD_AMOUNT")
    return amount


def _sign(message: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), message, sha256).hexdigest()
