"""The payer's phone: stands in for `wx.requestPayment`.

A mini program that runs outside WeChat posts the parameters of `wx.requestPayment` to `/wechat-pay/phone/requests`. As
WeChat does, the phone checks that `paySign` is the merchant's before it shows anything.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.acquirer.wording import json_response
from sandbox.pages import render
from sandbox.settings import SandboxSettings
from sandbox.wechat_pay.engine import FAILED, WechatEngine
from sandbox.wechat_pay.ledger import PhoneRequest, WechatOrder
from sandbox.wechat_pay.signing import is_call_signed_by_merchant

# Asked from a page of another origin: the mini program's.
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type",
}
_PREFIX = "prepay_id="


class Phone:
    """Takes payment requests, and the payer's decision."""

    def __init__(self, *, settings: SandboxSettings, engine: WechatEngine) -> None:
        self._settings = settings
        self._engine = engine
        self._ledger = engine.ledger

    def routes(self) -> list[Route]:
        """Routes of the phone."""
        base = "/wechat-pay/phone"
        return [
            Route(base, self.show, methods=["GET"]),
            Route(f"{base}/requests", self.ask, methods=["POST", "OPTIONS"]),
            Route(f"{base}/requests/{{id}}", self.tell, methods=["GET", "OPTIONS"]),
            Route(f"{base}/requests/{{id}}/answer", self.decide, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """The parameters of `wx.requestPayment`, and `answer`: `pay`, `cancel`, or `later` (decided on the page).

        Answers `errMsg` as `wx.requestPayment` does; with `later` 202 and an `id` to ask about.
        """
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_OPEN)
        call = await _texts(request)
        call.setdefault("appId", self._settings.wechat_app_id)  # WeChat knows which mini program asks
        order = self._order_of(call)
        if order is None:
            return _answer({"errMsg": f"{FAILED} invalid paySign or prepay_id"}, 400)
        asked = self._engine.ask_payer(order)
        if call.get("answer") == "later":
            page = f"{self._settings.public_url}/wechat-pay/phone"
            return _answer({"id": asked.id, "page": page}, 202)
        return _answer({"errMsg": self._engine.answer(asked, pays=call.get("answer", "pay") == "pay")})

    def _order_of(self, call: dict[str, str]) -> WechatOrder | None:
        package = call.get("package", "")
        if not is_call_signed_by_merchant(call, self._engine.keys) or not package.startswith(_PREFIX):
            return None
        order = self._ledger.find_by_prepay(package.removeprefix(_PREFIX))
        return order if order and order.app_id == call.get("appId") else None

    async def tell(self, request: Request) -> Response:
        """Whether the payer has decided: `errMsg` is empty until then."""
        asked = self._ledger.phone.get(request.path_params["id"])
        return _answer({"errMsg": asked.answer}) if asked else _answer({"errMsg": f"{FAILED} unknown request"}, 404)

    async def show(self, request: Request) -> Response:
        """The payer's screen: what waits, newest first."""
        rows = [(asked, order) for asked, order in self._rows() if not asked.answer]
        return render(request, "phone.html", rows=rows, preferred="zh")

    def _rows(self) -> list[tuple[PhoneRequest, WechatOrder]]:
        asked = reversed(self._ledger.phone.values())
        return [
            (one, self._ledger.orders[one.out_trade_no]) for one in asked if one.out_trade_no in self._ledger.orders
        ]

    async def decide(self, request: Request) -> Response:
        """The payer's button: `pays` is yes or no."""
        asked = self._ledger.phone.get(request.path_params["id"])
        if asked is None:
            return render(request, "message.html", key="not_found", status=404)
        form = await request.form()
        self._engine.answer(asked, pays=form.get("pays") == "yes")
        return RedirectResponse("/wechat-pay/phone", status_code=303)


def _answer(content: dict[str, Any], status: int = 200) -> Response:
    answer = json_response(content, status)
    answer.headers.update(_OPEN)
    return answer


async def _texts(request: Request) -> dict[str, str]:
    try:
        body = msgspec.json.decode(await request.body() or b"{}")
    except msgspec.DecodeError:
        return {}
    return {name: value for name, value in body.items() if isinstance(value, str)} if isinstance(body, dict) else {}
