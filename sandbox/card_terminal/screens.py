"""The terminals' screens, on which somebody plays the customer, and the control interface for tests."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.acquirer.scenario import UnknownScenario
from sandbox.acquirer.wording import json_response
from sandbox.bodies import read_body
from sandbox.card_terminal.gateway import describe_sale
from sandbox.card_terminal.sales import CARDS, Terminals
from sandbox.pages import render


class Screens:
    """Routes under /terminals and /_control/terminals."""

    def __init__(self, terminals: Terminals) -> None:
        self._terminals = terminals

    def routes(self) -> list[Route]:
        """The pages, and what tests call."""
        sale = "/_control/terminals/sales/{number}"
        return [
            Route("/terminals", self.list_terminals, methods=["GET"]),
            Route("/terminals/{terminal}", self.show, methods=["GET"]),
            Route("/terminals/{terminal}/act", self.act, methods=["POST"]),
            Route("/_control/terminals/sales", self.list_sales, methods=["GET"]),
            Route(f"{sale}/troubles", self.set_troubles, methods=["PUT"]),
            Route(f"{sale}/act", self.act_on_sale, methods=["POST"]),
            Route(f"{sale}/refunds/{{refund}}/end", self.end_refund, methods=["POST"]),
            Route("/_control/terminals/{terminal}/power", self.switch, methods=["PUT"]),
        ]

    async def list_terminals(self, request: Request) -> Response:
        """All terminals and what they show."""
        rows = [(one, self._terminals.shown_on(one)) for one in self._terminals.numbers]
        return render(request, "terminals.html", rows=rows, preferred="zh")

    async def show(self, request: Request) -> Response:
        """One terminal: the amount, and what the customer can do."""
        terminal = request.path_params["terminal"]
        if terminal not in self._terminals.numbers:
            return render(request, "message.html", key="not_found", status=404)
        sale = self._terminals.shown_on(terminal)
        return render(
            request,
            "terminal.html",
            terminal=terminal,
            sale=sale,
            latest=self._terminals.latest_on(terminal),
            cards=list(CARDS),
            is_on=terminal not in self._terminals.switched_off,
            preferred="zh",
        )

    async def act(self, request: Request) -> Response:
        """The customer's doing: `act`, and `card` for a tap; or the switch of the terminal."""
        terminal, form = request.path_params["terminal"], await request.form()
        act, _, card = str(form.get("act", "")).partition(":")
        sale = self._terminals.shown_on(terminal)
        if act in ("on", "off"):
            self._switch(terminal, is_on=act == "on")
        elif sale is not None:
            self._terminals.act(sale, act, card or "visa")
        return RedirectResponse(f"/terminals/{terminal}", status_code=303)

    async def list_sales(self, request: Request) -> Response:
        """All sales as the gateway tells them."""
        return json_response({"sales": [describe_sale(one) for one in self._terminals.kept.rows.values()]})

    async def set_troubles(self, request: Request) -> Response:
        """Force fields of the plan of a sale, present or future; `*` stands for every sale."""
        number = request.path_params["number"]
        try:
            self._terminals.troubles.force(number, await read_body(request))
        except UnknownScenario as error:
            return json_response({"error": str(error)}, 422)
        return json_response({"sale": number})

    async def act_on_sale(self, request: Request) -> Response:
        """What the customer does with this sale: `{"act": "tap", "card": "visa"}`."""
        sale, body = self._terminals.kept.rows.get(request.path_params["number"]), await read_body(request)
        if sale is None:
            return _missing()
        self._terminals.act(sale, str(body.get("act", "")), str(body.get("card", "visa")))
        return json_response(describe_sale(sale))

    async def end_refund(self, request: Request) -> Response:
        """End a pending refund: `{"succeeded": true}`."""
        sale, wanted = self._terminals.kept.rows.get(request.path_params["number"]), request.path_params["refund"]
        refund = next((one for one in sale.refunds if one.number == wanted), None) if sale else None
        if refund is None:
            return _missing()
        self._terminals.end_refund(refund, succeeded=(await read_body(request)).get("succeeded") is True)
        return json_response({"state": refund.state})

    async def switch(self, request: Request) -> Response:
        """Switch a terminal off or on: `{"is_on": false}`."""
        is_on = (await read_body(request)).get("is_on") is True
        self._switch(request.path_params["terminal"], is_on=is_on)
        return json_response({"is_on": is_on})

    def _switch(self, terminal: str, *, is_on: bool) -> None:
        (self._terminals.switched_off.discard if is_on else self._terminals.switched_off.add)(terminal)


def _missing() -> Response:
    return json_response({"error": "no such sale or refund"}, 404)
