"""The control interface under /_control/wechat: what tests and demonstrations steer WeChat Pay with."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.acquirer.ledger import read_clock
from sandbox.acquirer.scenario import UnknownScenario
from sandbox.acquirer.wording import json_response
from sandbox.wechat_pay.engine import WechatEngine
from sandbox.wechat_pay.ledger import WechatOrder
from sandbox.wechat_pay.wording import describe_order, describe_refund


class WechatControl:
    """Steers orders and tells what was sent. Unknown things answer 404, bad bodies 422."""

    def __init__(self, *, engine: WechatEngine) -> None:
        self._engine = engine
        self._ledger = engine.ledger

    def routes(self) -> list[Route]:
        """Routes under /_control/wechat."""
        order = "/_control/wechat/orders/{number}"
        return [
            Route("/_control/wechat/orders", self.list_orders, methods=["GET"]),
            Route(f"{order}/scenario", self.set_scenario, methods=["PUT"]),
            Route(f"{order}/confirm", self.confirm, methods=["POST"]),
            Route(f"{order}/settle", self.settle, methods=["POST"]),
            Route(f"{order}/expire", self.expire, methods=["POST"]),
            Route(f"{order}/forge", self.forge, methods=["POST"]),
            Route(f"{order}/refunds/{{refund}}/end", self.end_refund, methods=["POST"]),
            Route("/_control/wechat/notices", self.list_notices, methods=["GET"]),
            Route("/_control/wechat/notices/{id}/send", self.send_notice, methods=["POST"]),
        ]

    async def list_orders(self, request: Request) -> Response:
        """Orders as a query tells them, with their refunds."""
        rows = [
            describe_order(one, self._engine.keys)
            | {"prepay_id": one.prepay_id, "refunds": [describe_refund(one, refund) for refund in one.refunds]}
            for one in self._ledger.orders.values()
        ]
        return json_response({"orders": rows})

    async def set_scenario(self, request: Request) -> Response:
        """Force fields of the scenario of an order, present or future; `*` stands for every order."""
        number = request.path_params["number"]
        try:
            scenario = self._ledger.force(number, await _body(request))
        except UnknownScenario as error:
            return json_response({"error": str(error)}, 422)
        return json_response({"order": number, "scenario": msgspec.to_builtins(scenario)})

    async def confirm(self, request: Request) -> Response:
        """The payer confirms, without a phone."""
        order = self._find(request)
        return json_response({"errMsg": self._engine.confirm(order)}) if order else _missing()

    async def settle(self, request: Request) -> Response:
        """End an order whose payer is paying: `{"succeeded": true}`."""
        order = self._find(request)
        if order is None:
            return _missing()
        self._engine.settle(order, succeeded=(await _body(request)).get("succeeded") is True)
        return json_response({"trade_state": order.state})

    async def expire(self, request: Request) -> Response:
        """Nobody can pay it from now on; its state stays NOTPAY until it is closed."""
        order = self._find(request)
        if order is None:
            return _missing()
        order.expires_at = read_clock()
        return json_response({"expired": True})

    async def forge(self, request: Request) -> Response:
        """Send a notice that somebody else signed."""
        order = self._find(request)
        return json_response({"id": self._engine.forge(order).id}) if order else _missing()

    async def end_refund(self, request: Request) -> Response:
        """End a refund: `{"status": "SUCCESS" | "CLOSED" | "ABNORMAL"}`."""
        order, status = self._find(request), str((await _body(request)).get("status", "SUCCESS"))
        wanted = request.path_params["refund"]
        refund = next((one for one in order.refunds if one.out_refund_no == wanted), None) if order else None
        if order is None or refund is None:
            return _missing()
        if status not in ("SUCCESS", "CLOSED", "ABNORMAL"):
            return json_response({"error": "no such status"}, 422)
        self._engine.end_refund(order, refund, status=status)
        return json_response({"status": refund.status})

    async def list_notices(self, request: Request) -> Response:
        """Notices in the order of sending, `?order=` narrows."""
        wanted = request.query_params.get("order")
        rows = [one.as_dict() for one in self._engine.notices.sent if wanted in (None, one.out_trade_no)]
        return json_response({"notices": rows})

    async def send_notice(self, request: Request) -> Response:
        """Send a notice once more, even one that was lost."""
        found = next((one for one in self._engine.notices.sent if one.id == request.path_params["id"]), None)
        if found is None:
            return _missing()
        self._engine.notices.send_again(found)
        return json_response({"sent": True})

    def _find(self, request: Request) -> WechatOrder | None:
        return self._ledger.orders.get(request.path_params["number"])


def _missing() -> Response:
    return json_response({"error": "no such order, refund or notice"}, 404)


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = msgspec.json.decode(await request.body() or b"{}")
    except msgspec.DecodeError:
        return {}
    return body if isinstance(body, dict) else {}
