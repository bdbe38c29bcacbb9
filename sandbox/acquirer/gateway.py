"""The REST interface: INITIATE_CHECKOUT, RETRIEVE_ORDER, RETRIEVE_TRANSACTION, REFUND, VOID, CAPTURE."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from decimal import Decimal
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.acquirer.engine import Engine, OperationRefused
from sandbox.acquirer.ledger import Order, Session, Transaction
from sandbox.acquirer.scenario import Refunds
from sandbox.acquirer.wording import describe_order, describe_transaction, error_response, json_response
from sandbox.settings import SandboxSettings

OLDEST_VERSION = 63
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?")
_ID = re.compile(r"[A-Za-z0-9._\-]{1,40}")
_URL = re.compile(r"https?://[^\s]{1,1000}")


class InvalidField(Exception):
    """A field is missing or malformed; carries its path."""


class Gateway:
    """The endpoints of one merchant."""

    def __init__(self, *, settings: SandboxSettings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine
        self._ledger = engine.ledger

    def routes(self) -> list[Route]:
        """Routes under /api/rest."""
        base = "/api/rest/version/{version:int}/merchant/{merchant}"
        return [
            Route(f"{base}/session", self.initiate_checkout, methods=["POST"]),
            Route(f"{base}/order/{{order_id}}", self.retrieve_order, methods=["GET"]),
            Route(f"{base}/order/{{order_id}}/transaction/{{tid}}", self.retrieve_transaction, methods=["GET"]),
            Route(f"{base}/order/{{order_id}}/transaction/{{tid}}", self.put_transaction, methods=["PUT"]),
        ]

    async def initiate_checkout(self, request: Request) -> Response:
        """Open a session for a hosted checkout."""
        refused = self._refuse_stranger(request)
        if refused:
            return refused
        try:
            session = self._open_session(_decode(await request.body()))
        except InvalidField as error:
            return error_response(400, "INVALID_REQUEST", f"Missing or invalid parameter: {error}", str(error))
        body = {
            "checkoutMode": "WEBSITE",
            "merchant": self._settings.merchant_id,
            "result": "SUCCESS",
            "session": {"id": session.id, "updateStatus": "SUCCESS", "version": session.id[-10:].lower()},
            "successIndicator": session.success_indicator,
        }
        return json_response(body, 201)

    def _open_session(self, body: dict[str, Any]) -> Session:
        if body.get("apiOperation") != "INITIATE_CHECKOUT":
            raise InvalidField("apiOperation")
        operation = _text(body, "interaction", "operation")
        if operation not in ("PURCHASE", "AUTHORIZE"):
            raise InvalidField("interaction.operation")
        currency = _text(body, "order", "currency")
        if not re.fullmatch("[A-Z]{3}", currency):
            raise InvalidField("order.currency")
        return self._ledger.open_session(
            lifetime=self._lifetime(body),
            operation=operation,
            order_id=_identifier(body, "order", "id"),
            amount=_amount(body, "order", "amount"),
            currency=currency,
            description=_text(body, "order", "description", optional=True)[:127],
            notification_url=_url(body, "order", "notificationUrl", optional=True),
            merchant_name=_text(body, "interaction", "merchant", "name")[:40],
            return_url=_url(body, "interaction", "returnUrl"),
            cancel_url=_url(body, "interaction", "cancelUrl", optional=True),
            locale=_text(body, "interaction", "locale", optional=True),
        )

    def _lifetime(self, body: dict[str, Any]) -> int:
        seconds = body.get("interaction", {}).get("timeout", self._settings.session_lifetime)
        if type(seconds) is not int or seconds < 1:
            raise InvalidField("interaction.timeout")
        return seconds

    async def retrieve_order(self, request: Request) -> Response:
        """The order as it stands; a scenario may make the answer slow or an error."""
        found = self._find_order(request)
        if isinstance(found, Response):
            return found
        if self._ledger.take(found.id, "failing_retrievals"):
            return error_response(500, "SERVER_FAILED", "The gateway could not process the request.")
        if self._ledger.take(found.id, "slow_retrievals"):
            await self._engine.dawdle()
        return json_response(describe_order(found, merchant=self._settings.merchant_id))

    async def retrieve_transaction(self, request: Request) -> Response:
        """One transaction of an order."""
        found = self._find_order(request)
        if isinstance(found, Response):
            return found
        transaction = found.find(request.path_params["tid"])
        if transaction is None:
            return error_response(400, "INVALID_REQUEST", "Unable to find transaction for order.")
        return self._tell(found, transaction, 200)

    async def put_transaction(self, request: Request) -> Response:
        """Carry out an operation once per transaction id: the same call again has the same answer."""
        found = self._find_order(request)
        if isinstance(found, Response):
            return found
        try:
            body = _decode(await request.body())
        except InvalidField as error:
            return error_response(400, "INVALID_REQUEST", f"Missing or invalid parameter: {error}", str(error))
        canonical = msgspec.json.encode(body, order="deterministic").decode()
        earlier = found.find(request.path_params["tid"])
        if earlier and earlier.request != canonical:
            return error_response(400, "INVALID_REQUEST", "The transaction id is in use.", "transactionId")
        slow = self._ledger.scenario_of(found.id).refunds is Refunds.SLOW and body.get("apiOperation") == "REFUND"
        if self._ledger.scenario_of(found.id).refunds is Refunds.ERROR and body.get("apiOperation") == "REFUND":
            return error_response(500, "SERVER_FAILED", "The gateway could not process the request.")
        try:
            transaction = earlier or self._carry_out(found, body, request.path_params["tid"], canonical)
        except (InvalidField, OperationRefused) as error:
            return error_response(400, "INVALID_REQUEST", str(error))
        if slow and not earlier:
            await self._engine.dawdle()
        return self._tell(found, transaction, 201)

    def _carry_out(self, order: Order, body: dict[str, Any], tid: str, canonical: str) -> Transaction:
        if not _ID.fullmatch(tid):
            raise InvalidField("transactionId")
        operation = body.get("apiOperation")
        if operation == "VOID":
            target = _identifier(body, "transaction", "targetTransactionId")
            return self._engine.void(order, transaction_id=tid, target_id=target, request=canonical)
        if operation not in ("REFUND", "CAPTURE"):
            raise InvalidField("apiOperation")
        act = self._engine.refund if operation == "REFUND" else self._engine.capture
        return act(
            order,
            transaction_id=tid,
            amount=_amount(body, "transaction", "amount"),
            currency=_text(body, "transaction", "currency"),
            request=canonical,
        )

    def _tell(self, order: Order, transaction: Transaction, status: int) -> Response:
        return json_response(describe_transaction(order, transaction, merchant=self._settings.merchant_id), status)

    def _find_order(self, request: Request) -> Order | Response:
        refused = self._refuse_stranger(request)
        if refused:
            return refused
        order = self._ledger.orders.get(request.path_params["order_id"])
        return order or error_response(400, "INVALID_REQUEST", "Unable to find order for merchant.", "orderId")

    def _refuse_stranger(self, request: Request) -> Response | None:
        name = self._settings.merchant_id
        expected = f"merchant.{name}:{self._settings.api_password}".encode()
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        try:
            credentials = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            credentials = b""
        if kind.lower() != "basic" or not hmac.compare_digest(credentials, expected):
            return error_response(401, "INVALID_REQUEST", "Invalid credentials.")
        if request.path_params["merchant"] != name:
            return error_response(403, "INVALID_REQUEST", "The merchant differs from the credentials'.")
        if request.path_params["version"] < OLDEST_VERSION:
            return error_response(400, "INVALID_REQUEST", "This API version is not offered.", "version")
        return None


def _decode(raw: bytes) -> dict[str, Any]:
    try:
        body = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        raise InvalidField("body") from None
    if not isinstance(body, dict) or not all(isinstance(body.get(key, {}), dict) for key in ("interaction", "order")):
        raise InvalidField("body")
    return body


def _text(body: dict[str, Any], *path: str, optional: bool = False) -> str:
    value: Any = body
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if value is None and optional:
        return ""
    if not isinstance(value, str) or not value.strip():
        raise InvalidField(".".join(path))
    return value.strip()


def _identifier(body: dict[str, Any], *path: str) -> str:
    value = _text(body, *path)
    if not _ID.fullmatch(value):
        raise InvalidField(".".join(path))
    return value


def _url(body: dict[str, Any], *path: str, optional: bool = False) -> str:
    value = _text(body, *path, optional=optional)
    if value and not _URL.fullmatch(value):
        raise InvalidField(".".join(path))
    return value


def _amount(body: dict[str, Any], *path: str) -> Decimal:
    value = _text(body, *path)
    if not _AMOUNT.fullmatch(value) or Decimal(value) <= 0:
        raise InvalidField(".".join(path))
    return Decimal(value)
