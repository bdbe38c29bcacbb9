"""The windows' card terminals behind a gateway for tills: JSON over HTTP, signed with a shared secret both ways.

Acquirers' gateways differ in their words, not in what they do; this is the protocol of `sandbox/README.md`, and another
acquirer is another adapter. Card numbers stay in the terminal: six and four digits come back. Nothing here writes the
secret into a log.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from django.utils import timezone

from hospital.integrations.card_terminal import signing
from hospital.integrations.card_terminal.answers import Body, read_refund, read_sale
from hospital.payments.ports import (
    AcquirerNotification,
    AcquirerOrder,
    AcquirerRefund,
    AcquirerRejected,
    AcquirerUnavailable,
    NotificationNotGenuine,
    RefundRequest,
    SaleRequest,
    TerminalBusy,
)

log = logging.getLogger(__name__)

_LASTING = range(400, 500)
_FOR_NOW = (408, 425, 429)


@dataclass(frozen=True, kw_only=True)
class CardTerminalConfig:
    """Address and credentials; times in seconds."""

    gateway_url: str
    merchant_id: str
    secret: str = field(repr=False)
    connect_seconds: int
    answer_seconds: int


class CardTerminals:
    """Implements `hospital.payments.ports.CardTerminal`."""

    def __init__(self, config: CardTerminalConfig) -> None:
        self._config = config

    def start_sale(self, request: SaleRequest) -> None:
        """POST /sales; see the port."""
        body = {
            "number": request.order_no,
            "terminal": request.terminal,
            "amount": str(request.amount),
            "currency": request.currency,
        }
        try:
            self._call("POST", "/sales", body)
        except _Refused as error:
            if error.code == "TERMINAL_BUSY":
                raise TerminalBusy(error.code) from None
            raise

    def retrieve_order(self, order_no: str) -> AcquirerOrder | None:
        """GET /sales/{number}; see the port."""
        try:
            return read_sale(self._call("GET", f"/sales/{order_no}"), order_no=order_no)
        except _Refused as error:
            if error.code == "NO_SUCH_SALE":
                return None
            raise

    def close_order(self, order_no: str) -> None:
        """POST /sales/{number}/abort. While a card is being read the sale goes on; `retrieve_order` tells its end."""
        try:
            self._call("POST", f"/sales/{order_no}/abort")
        except _Refused as error:
            if error.code not in ("NO_SUCH_SALE", "CARD_IN_USE"):
                raise

    def retrieve_refund(self, order_no: str, tid: str) -> AcquirerRefund | None:
        """The refund as the sale tells it; see the port."""
        told = self.retrieve_order(order_no)
        return next((one for one in told.refunds if one.tid == tid), None) if told else None

    def refund(self, request: RefundRequest) -> AcquirerRefund:
        """POST /sales/{number}/refunds under our number; see the port."""
        body = {"number": request.tid, "amount": str(request.amount), "currency": request.currency}
        told = read_refund(self._call("POST", f"/sales/{request.order_no}/refunds", body))
        if told.tid != request.tid:
            raise AcquirerUnavailable("the answer is about another refund")
        return told

    def read_notification(
        self,
        *,
        headers: Mapping[str, str],  # noqa: ARG002 - as the port has it
        body: bytes,  # noqa: ARG002 - likewise
        now: datetime,  # noqa: ARG002 - likewise
    ) -> AcquirerNotification:
        """The gateway sends none: whatever comes is somebody else's."""
        raise NotificationNotGenuine

    def _call(self, method: str, path: str, body: Body | None = None) -> Body:
        """The answer's body, its signature verified. Raises _Refused with the gateway's code."""
        if not self._config.secret:
            raise AcquirerRejected("no card terminals are set up")
        content = json.dumps(body).encode() if body is not None else b""
        nonce = uuid4().hex
        try:
            answer = _client(self._config).request(
                method,
                self._config.gateway_url + path,
                content=content,
                headers=self._sign(method, path, content, nonce),
            )
        except httpx.HTTPError as error:
            log.warning("card terminals: %s %s: %s", method, path, type(error).__name__)
            raise AcquirerUnavailable(type(error).__name__) from None
        is_genuine = signing.is_answer_genuine(
            status=answer.status_code,
            nonce=nonce,
            body=answer.content,
            signature=answer.headers.get(signing.SIGNATURE, ""),
            secret=self._config.secret,
        )
        if not is_genuine:
            log.error("card terminals: %s %s: an answer that cannot be trusted", method, path)
            raise AcquirerUnavailable("not trusted")
        return _read(answer, f"{method} {path}")

    def _sign(self, method: str, path: str, content: bytes, nonce: str) -> dict[str, str]:
        timestamp = str(int(timezone.now().timestamp()))
        signature = signing.sign_request(
            method=method,
            path=urlsplit(self._config.gateway_url).path + path,
            timestamp=timestamp,
            nonce=nonce,
            body=content,
            secret=self._config.secret,
        )
        return {
            "Content-Type": "application/json",
            signing.MERCHANT: self._config.merchant_id,
            signing.TIMESTAMP: timestamp,
            signing.NONCE: nonce,
            signing.SIGNATURE: signature,
        }


class _Refused(AcquirerRejected):
    """The gateway will not; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _read(answer: httpx.Response, what: str) -> Body:
    try:
        body: Any = json.loads(answer.content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise AcquirerUnavailable("the answer cannot be read")
    if answer.is_success:
        return body
    code = str(body.get("code", ""))[:60]
    log.warning("card terminals: %s: status %s, code %s", what, answer.status_code, code or "none")
    if answer.status_code in _LASTING and answer.status_code not in _FOR_NOW:
        raise _Refused(code or f"status {answer.status_code}")
    raise AcquirerUnavailable(f"status {answer.status_code}")


@lru_cache(maxsize=4)
def _client(config: CardTerminalConfig) -> httpx.Client:
    """One client a configuration and process; httpx clients may be shared by threads."""
    return httpx.Client(timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds), trust_env=False)
