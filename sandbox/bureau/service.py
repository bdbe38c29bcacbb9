"""The national insurance bureau as one part of the sandbox: transactions, page, control interface."""

from __future__ import annotations

import asyncio
import json

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.acquirer.wording import json_response
from sandbox.bureau.ledger import DONE, REFUSED, BureauDesk, BureauLedger, Troubles, recall_ledger, write_ledger
from sandbox.bureau.wire import NONCE, is_genuine, seal_answer
from sandbox.pages import render
from sandbox.settings import SandboxSettings

_MOST_SHOWN = 200
_KINDS = ("slow", "down", "refused")


class BureauService:
    """Everything of the bureau. Transactions are `POST /bureau/{number}`."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        path = settings.memory_path
        self._path = path.with_name("bureau.json") if path else None
        self._desk = BureauDesk(recall_ledger(self._path))
        self.troubles = Troubles()

    def routes(self) -> list[Route]:
        """Page, control and transactions."""
        return [
            Route("/bureau/claims", self.show, methods=["GET"]),
            Route("/bureau/troubles", self.choose_trouble, methods=["POST"]),
            Route("/bureau/{service}", self.take, methods=["POST"]),
            Route("/_control/bureau/claims", self.list_claims, methods=["GET"]),
            Route("/_control/bureau/troubles", self.set_troubles, methods=["PUT"]),
        ]

    def clear(self) -> None:
        """Forget everything."""
        self._desk.ledger = BureauLedger()
        self.troubles = Troubles()
        write_ledger(self._path, self._desk.ledger)

    async def take(self, request: Request) -> Response:
        """One transaction. A slow one is carried out and answered after the caller has gone."""
        service, body = request.path_params["service"], await request.body()
        key = self._settings.bureau_key
        nonce = request.headers.get(NONCE, "")
        if not is_genuine(dict(request.headers), body=body, key=key):
            return self._sealed(REFUSED, "签名错误", nonce=nonce, key=key)
        if self._is_next("down"):
            return json_response({"error": "maintenance"}, 503)
        if service != "ask" and self._is_next("refused"):
            return self._sealed(REFUSED, self.troubles.fault, nonce=nonce, key=key)
        try:
            given = json.loads(body)["input"]
        except (ValueError, KeyError, TypeError):
            return self._sealed(REFUSED, "报文格式错误", nonce=nonce, key=key)
        code, output = self._desk.answer(service, given)
        write_ledger(self._path, self._desk.ledger)
        if service != "ask" and self._is_next("slow"):
            await asyncio.sleep(self._settings.slow_answer)
        signed_with = "somebody else's" if self._is_next("unsigned") else key
        return self._sealed(code, output, nonce=nonce, key=signed_with)

    def _sealed(self, code: int, output: object, *, nonce: str, key: str) -> Response:
        is_done = code == DONE
        told = {"infcode": code, "err_msg": "" if is_done else output, "output": output if is_done else {}}
        body = json.dumps(told, ensure_ascii=False).encode()
        headers = seal_answer(key=key, nonce=nonce, body=body)
        return Response(body, media_type="application/json", headers=headers)

    def _is_next(self, trouble: str) -> bool:
        left = getattr(self.troubles, trouble)
        if left:
            setattr(self.troubles, trouble, left - 1)
        return bool(left)

    async def show(self, request: Request) -> Response:
        """All claims, newest first."""
        rows = list(reversed(self._desk.ledger.claims.values()))[:_MOST_SHOWN]
        return render(request, "bureau.html", rows=rows, troubles=self.troubles, kinds=_KINDS)

    async def choose_trouble(self, request: Request) -> Response:
        """The page's buttons: the next call goes wrong in this way."""
        kind = str((await request.form()).get("kind", ""))
        if kind in _KINDS:
            setattr(self.troubles, kind, getattr(self.troubles, kind) + 1)
        elif kind == "none":
            self.troubles = Troubles()
        return RedirectResponse("/bureau/claims", status_code=303)

    async def list_claims(self, request: Request) -> Response:
        """Everything that was uploaded."""
        claims = [msgspec.to_builtins(one) for one in self._desk.ledger.claims.values()]
        return json_response({"claims": claims})

    async def set_troubles(self, request: Request) -> Response:
        """How many of the next calls go wrong: `slow`, `down`, `refused`, `unsigned`, and the `fault` of a refusal."""
        try:
            self.troubles = msgspec.convert(await request.json(), Troubles)
        except (ValueError, msgspec.ValidationError):
            return json_response({"error": "no such trouble"}, 422)
        return json_response(msgspec.to_builtins(self.troubles))
