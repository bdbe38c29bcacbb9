"""The control interface under /_control/alipay."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.acquirer.scenario import UnknownScenario
from sandbox.acquirer.wording import json_response
from sandbox.alipay.trades import Trades
from sandbox.bodies import read_body


class AlipayControl:
    """Steers trades and tells them. Unknown things answer 404, bad bodies 422."""

    def __init__(self, trades: Trades) -> None:
        self._trades = trades

    def routes(self) -> list[Route]:
        """Routes under /_control/alipay."""
        trade = "/_control/alipay/trades/{number}"
        return [
            Route("/_control/alipay/trades", self.list_trades, methods=["GET"]),
            Route(f"{trade}/troubles", self.set_troubles, methods=["PUT"]),
            Route(f"{trade}/answer", self.answer, methods=["POST"]),
        ]

    async def list_trades(self, request: Request) -> Response:
        """All trades with their refunds."""
        return json_response({"trades": [msgspec.to_builtins(one) for one in self._trades.kept.rows.values()]})

    async def set_troubles(self, request: Request) -> Response:
        """Force fields of the plan of a trade, present or future; `*` stands for every trade."""
        number = request.path_params["number"]
        try:
            troubles = self._trades.troubles.force(number, await read_body(request))
        except UnknownScenario as error:
            return json_response({"error": str(error)}, 422)
        return json_response({"trade": number, "troubles": msgspec.to_builtins(troubles)})

    async def answer(self, request: Request) -> Response:
        """The payer who was asked for the password: `{"pays": true}`."""
        trade = self._trades.kept.rows.get(request.path_params["number"])
        if trade is None:
            return json_response({"error": "no such trade"}, 404)
        self._trades.settle(trade, pays=(await read_body(request)).get("pays") is True)
        return json_response({"trade_status": trade.status})
