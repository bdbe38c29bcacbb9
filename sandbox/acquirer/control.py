"""The control interface under /_control: what tests and demonstrations steer the acquirer with."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.acquirer.cards import find_test_card
from sandbox.acquirer.checkout import Checkout
from sandbox.acquirer.engine import Engine
from sandbox.acquirer.ledger import read_clock
from sandbox.acquirer.scenario import UnknownScenario
from sandbox.acquirer.wording import describe_order, json_response
from sandbox.settings import SandboxSettings


class Control:
    """Steers orders and tells what was sent. Unknown things answer 404, bad bodies 422."""

    def __init__(self, *, settings: SandboxSettings, engine: Engine, checkout: Checkout) -> None:
        self._settings = settings
        self._engine = engine
        self._checkout = checkout
        self._ledger = engine.ledger

    def routes(self) -> list[Route]:
        """Routes of the acquirer under /_control."""
        return [
            Route("/_control/sessions", self.list_sessions, methods=["GET"]),
            Route("/_control/sessions/{session_id}/pay", self.pay, methods=["POST"]),
            Route("/_control/sessions/{session_id}/expire", self.expire, methods=["POST"]),
            Route("/_control/orders", self.list_orders, methods=["GET"]),
            Route("/_control/orders/{order_id}/scenario", self.set_scenario, methods=["PUT"]),
            Route("/_control/orders/{order_id}/transactions/{tid}/settle", self.settle, methods=["POST"]),
            Route("/_control/webhooks", self.list_webhooks, methods=["GET"]),
            Route("/_control/webhooks/{notification_id}/send", self.send_webhook, methods=["POST"]),
        ]

    async def list_sessions(self, request: Request) -> Response:
        """Sessions, newest first, `?order=` narrows."""
        wanted = request.query_params.get("order")
        sessions = [one for one in reversed(self._ledger.sessions.values()) if wanted in (None, one.order_id)]
        rows = [
            {"id": one.id, "order": one.order_id, "finished": one.finished, "successIndicator": one.success_indicator}
            for one in sessions
        ]
        return json_response({"sessions": rows})

    async def pay(self, request: Request) -> Response:
        """Pay a session with the test card `{"card": "…"}` as a payer who answers every question rightly."""
        session = self._ledger.sessions.get(request.path_params["session_id"])
        body = await _body(request)
        card = find_test_card(str(body.get("card", "")))
        if session is None or card is None:
            return json_response({"error": "no such session or test card"}, 404)
        if session.finished or session.expires_at <= read_clock():
            return json_response({"error": "the session is over"}, 409)
        transaction = self._checkout.pay_without_pages(session, card)
        return json_response({"result": transaction.result, "gatewayCode": transaction.gateway_code})

    async def expire(self, request: Request) -> Response:
        """End a session now."""
        session = self._ledger.sessions.get(request.path_params["session_id"])
        if session is None:
            return json_response({"error": "no such session"}, 404)
        session.expires_at = read_clock()
        return json_response({"expired": True})

    async def list_orders(self, request: Request) -> Response:
        """Orders as RETRIEVE_ORDER tells them, without its scenarios."""
        merchant = self._settings.merchant_id
        return json_response(
            {"orders": [describe_order(one, merchant=merchant) for one in self._ledger.orders.values()]}
        )

    async def set_scenario(self, request: Request) -> Response:
        """Force fields of the scenario of an order, present or future; `*` stands for every order."""
        order_id = request.path_params["order_id"]
        changes = await _body(request)
        try:
            scenario = self._ledger.scenario_of(order_id).changed(changes)
        except UnknownScenario as error:
            return json_response({"error": str(error)}, 422)
        self._ledger.forced[order_id] = dict(self._ledger.forced.get(order_id, {})) | changes
        self._ledger.scenarios[order_id] = scenario
        return json_response({"order": order_id, "scenario": msgspec.to_builtins(scenario)})

    async def settle(self, request: Request) -> Response:
        """End a pending transaction: `{"succeeded": true}`."""
        order = self._ledger.orders.get(request.path_params["order_id"])
        transaction = order.find(request.path_params["tid"]) if order else None
        if order is None or transaction is None:
            return json_response({"error": "no such transaction"}, 404)
        self._engine.settle(order, transaction, succeeded=(await _body(request)).get("succeeded") is True)
        return json_response({"result": transaction.result})

    async def list_webhooks(self, request: Request) -> Response:
        """Notifications in the order of sending, `?order=` narrows."""
        wanted = request.query_params.get("order")
        rows = [one.as_dict() for one in self._engine.webhooks.sent if wanted in (None, one.order_id)]
        return json_response({"webhooks": rows})

    async def send_webhook(self, request: Request) -> Response:
        """Send a notification once more, even one that was lost."""
        wanted = request.path_params["notification_id"]
        found = next((one for one in self._engine.webhooks.sent if one.id == wanted), None)
        if found is None:
            return json_response({"error": "no such notification"}, 404)
        self._engine.webhooks.send_again(found)
        return json_response({"sent": True})


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = msgspec.json.decode(await request.body() or b"{}")
    except msgspec.DecodeError:
        return {}
    return body if isinstance(body, dict) else {}
