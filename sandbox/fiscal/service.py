"""The finance authority's platform as one part of the sandbox: its services, its page, its control interface."""

from __future__ import annotations

import asyncio

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.acquirer.wording import json_response
from sandbox.fiscal.copies import draw_copy
from sandbox.fiscal.desk import FiscalDesk
from sandbox.fiscal.ledger import FiscalLedger, Receipt, Troubles
from sandbox.fiscal.memory import recall_ledger, write_ledger
from sandbox.fiscal.wire import open_call, seal_answer
from sandbox.pages import render
from sandbox.settings import SandboxSettings

_CHANGES = ("invoiceEBillOutpatient", "writeOffEBill", "turnPaper", "invalidPaper")
_MOST_SHOWN = 200


class FiscalService:
    """Everything of the platform. Calls are `POST /fiscal/{service}`."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        path = settings.memory_path
        self._path = path.with_name("fiscal.json") if path else None
        self.ledger = recall_ledger(self._path)
        self.troubles = Troubles()
        self._desk = FiscalDesk(ledger=self.ledger, public_url=settings.public_url)

    def routes(self) -> list[Route]:
        """Copies, page, control and the services."""
        return [
            Route("/fiscal/receipts", self.show, methods=["GET"]),
            Route("/fiscal/troubles", self.choose_trouble, methods=["POST"]),
            Route("/fiscal/copies/{batch}/{number}/{check}", self.show_copy, methods=["GET"]),
            Route("/fiscal/{service}", self.take, methods=["POST"]),
            Route("/_control/fiscal/receipts", self.list_receipts, methods=["GET"]),
            Route("/_control/fiscal/troubles", self.set_troubles, methods=["PUT"]),
        ]

    def clear(self) -> None:
        """Forget everything."""
        fresh = FiscalLedger()
        for name in fresh.__struct_fields__:
            setattr(self.ledger, name, getattr(fresh, name))
        self.troubles = Troubles()
        write_ledger(self._path, self.ledger)

    async def take(self, request: Request) -> Response:
        """One call. A slow one is carried out and answered after the caller has gone."""
        service = request.path_params["service"]
        app_id, key = self._settings.fiscal_app_id, self._settings.fiscal_app_key
        try:
            body = await request.json()
        except ValueError:
            body = None
        business = open_call(body, app_id=app_id, key=key)
        if business is None:
            return json_response(seal_answer("E0001", "签名错误", app_id=app_id, key=key))
        changes = service in _CHANGES
        if self._is_next("down"):
            return json_response({"error": "maintenance"}, 503)
        if changes and self._is_next("refused"):
            return json_response(seal_answer("E0300", self.troubles.fault, app_id=app_id, key=key))
        code, message = self._desk.answer(service, business)
        if changes:
            write_ledger(self._path, self.ledger)
            if self._is_next("slow"):
                await asyncio.sleep(self._settings.slow_answer)
        signed_with = "somebody else's" if self._is_next("unsigned") else key
        return json_response(seal_answer(code, message, app_id=app_id, key=signed_with))

    def _is_next(self, trouble: str) -> bool:
        left = getattr(self.troubles, trouble)
        if left:
            setattr(self.troubles, trouble, left - 1)
        return bool(left)

    async def show(self, request: Request) -> Response:
        """All receipts, newest first; `?q=` narrows to a number or a payer."""
        text = request.query_params.get("q", "").strip()
        rows = [one for one in reversed(self.ledger.receipts.values()) if not text or _matches(one, text)]
        return render(
            request,
            "fiscal.html",
            rows=rows[:_MOST_SHOWN],
            text=text,
            troubles=self.troubles,
            kinds=("slow", "down", "refused"),
        )

    async def choose_trouble(self, request: Request) -> Response:
        """The page's buttons: the next call goes wrong in this way."""
        form = await request.form()
        kind = str(form.get("kind", ""))
        if kind in ("slow", "down", "refused"):
            setattr(self.troubles, kind, getattr(self.troubles, kind) + 1)
        elif kind == "none":
            self.troubles = Troubles()
        return RedirectResponse("/fiscal/receipts", status_code=303)

    async def show_copy(self, request: Request) -> Response:
        """The legal copy, for whoever has its check code."""
        batch, number = request.path_params["batch"], request.path_params["number"]
        check = request.path_params["check"].removesuffix(".pdf")
        for one in self.ledger.receipts.values():
            red = one.red
            if red is not None and (red.batch, red.number, red.check_code) == (batch, number, check):
                return self._copy(one, is_red=True)
            if (one.batch, one.number, one.check_code) == (batch, number, check):
                return self._copy(one, is_red=False)
        return render(request, "message.html", key="not_found", status=404)

    def _copy(self, receipt: Receipt, *, is_red: bool) -> Response:
        chosen = receipt.red if is_red and receipt.red else receipt
        address = f"{self._settings.public_url}/fiscal/copies/{chosen.batch}/{chosen.number}/{chosen.check_code}"
        return Response(draw_copy(receipt, is_red=is_red, address=address), media_type="application/pdf")

    async def list_receipts(self, request: Request) -> Response:
        """Everything that was issued."""
        return json_response({"receipts": [msgspec.to_builtins(one) for one in self.ledger.receipts.values()]})

    async def set_troubles(self, request: Request) -> Response:
        """How many of the next calls go wrong: `slow`, `down`, `refused`, `unsigned`, and the `fault` of a refusal."""
        try:
            self.troubles = msgspec.convert(await request.json(), Troubles)
        except (ValueError, msgspec.ValidationError):
            return json_response({"error": "no such trouble"}, 422)
        return json_response(msgspec.to_builtins(self.troubles))


def _matches(receipt: Receipt, text: str) -> bool:
    numbers = (receipt.number, receipt.business_number, receipt.paper, receipt.red.number if receipt.red else "")
    return text in receipt.payer or any(text in number for number in numbers)
