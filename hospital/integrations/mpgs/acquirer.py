"""The card acquirer over the Mastercard Gateway's REST interface, with its hosted payment page.

The payer is sent to the gateway by a full redirect: no card number ever comes near this server (PCI DSS SAQ A). Nothing
here writes a password, a secret or the gateway's `successIndicator` into a log.
"""

import hmac
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import httpx

from hospital.integrations.mpgs.answers import Body, read_order, read_transaction
from hospital.payments.ports import (
    AcquirerNotification,
    AcquirerOrder,
    AcquirerRefund,
    AcquirerRejected,
    AcquirerUnavailable,
    CheckoutRequest,
    CheckoutSession,
    NotificationNotGenuine,
    NotificationUnreadable,
    RefundRequest,
)

log = logging.getLogger(__name__)

MERCHANT_NAME = "International Medical Center"
_GATEWAY_LOCALES = {"zh": "zh_CN", "en": "en_US"}
# The gateway takes at most this many characters of a description.
_LONGEST_DESCRIPTION = 127


@dataclass(frozen=True, kw_only=True)
class MpgsConfig:
    """Address and credentials; times in seconds."""

    gateway_url: str
    version: int
    merchant_id: str
    api_password: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    notification_url: str
    connect_seconds: int
    answer_seconds: int


class MpgsAcquirer:
    """Implements `hospital.payments.ports.CardAcquirer`."""

    def __init__(self, config: MpgsConfig) -> None:
        self._config = config
        self._merchant = f"/api/rest/version/{config.version}/merchant/{config.merchant_id}"

    def start_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        """INITIATE_CHECKOUT; see the port."""
        interaction: Body = {
            "operation": "PURCHASE",
            "merchant": {"name": MERCHANT_NAME},
            "returnUrl": request.return_url,
            "cancelUrl": request.cancel_url,
            "timeout": request.lifetime_seconds,
            "locale": _GATEWAY_LOCALES["zh" if request.language.startswith("zh") else "en"],
        }
        order: Body = {
            "id": request.order_no,
            "amount": str(request.amount),
            "currency": request.currency,
            "description": (request.description or request.order_no)[:_LONGEST_DESCRIPTION],
            "notificationUrl": self._config.notification_url,
        }
        body = {"apiOperation": "INITIATE_CHECKOUT", "interaction": interaction, "order": order}
        answer = self._call("POST", "/session", body)
        try:
            session_id, indicator = str(answer["session"]["id"]), str(answer["successIndicator"])
        except (KeyError, TypeError):
            raise AcquirerUnavailable("the answer has no session") from None
        url = f"{self._config.gateway_url}/checkout/pay/{session_id}?checkoutVersion=1.0.0"
        return CheckoutSession(session_id=session_id, success_indicator=indicator, checkout_url=url)

    def retrieve_order(self, order_no: str) -> AcquirerOrder | None:
        """RETRIEVE_ORDER; see the port."""
        try:
            answer = self._call("GET", f"/order/{order_no}")
        except _UnknownOrder:
            return None
        return read_order(answer, order_no=order_no)

    def close_order(self, order_no: str) -> None:
        """Nothing to do: the payment page ends by itself."""

    def retrieve_refund(self, order_no: str, tid: str) -> AcquirerRefund | None:
        """The transaction among those of the order; see the port."""
        order = self.retrieve_order(order_no)
        return next((one for one in order.refunds if one.tid == tid), None) if order else None

    def refund(self, request: RefundRequest) -> AcquirerRefund:
        """REFUND under our transaction id; see the port."""
        transaction = {"amount": str(request.amount), "currency": request.currency}
        path = f"/order/{request.order_no}/transaction/{request.tid}"
        answer = self._call("PUT", path, {"apiOperation": "REFUND", "transaction": transaction})
        return read_transaction(answer, tid=request.tid)

    def read_notification(
        self,
        *,
        headers: Mapping[str, str],
        body: bytes,
        now: datetime,  # noqa: ARG002 - the secret has no age
    ) -> AcquirerNotification:
        """Check `X-Notification-Secret` in constant time and read which order is meant; see the port."""
        named = {name.lower(): value for name, value in headers.items()}
        secret = self._config.webhook_secret.encode()
        given = named.get("x-notification-secret", "").encode()
        if not secret or not hmac.compare_digest(given, secret):
            raise NotificationNotGenuine
        notification_id = named.get("x-notification-id", "")
        attempt = named.get("x-notification-attempt", "1")
        try:
            order_no = json.loads(body)["order"]["id"]
        except (ValueError, KeyError, TypeError):
            raise NotificationUnreadable from None
        if not isinstance(order_no, str) or not 1 <= len(notification_id) <= 100:
            raise NotificationUnreadable
        return AcquirerNotification(
            notification_id=notification_id,
            order_no=order_no,
            attempt=int(attempt) if attempt.isdecimal() and len(attempt) < 6 else 1,
        )

    def _call(self, method: str, path: str, body: Body | None = None) -> Body:
        """The answer's body. Amounts in it are Decimal, never float."""
        try:
            answer = _client(self._config).request(method, self._merchant + path, json=body)
        except httpx.HTTPError as error:
            log.warning("card gateway: %s %s: %s", method, path, type(error).__name__)
            raise AcquirerUnavailable(type(error).__name__) from None
        content = _decode(answer.content)
        if answer.is_success and content is not None:
            return content
        self._refuse(method, path, answer.status_code, content)
        raise AcquirerUnavailable(f"status {answer.status_code}")

    @staticmethod
    def _refuse(method: str, path: str, status: int, content: Body | None) -> None:
        """Raise what an error of the gateway means; returns where it says nothing certain."""
        error = content.get("error") if content else None
        cause = str(error.get("cause", "")) if isinstance(error, dict) else ""
        if status == httpx.codes.BAD_REQUEST and method == "GET" and cause == "INVALID_REQUEST":
            raise _UnknownOrder(cause)
        log.warning("card gateway: %s %s: status %s, cause %s", method, path, status, cause or "none")
        is_lasting = httpx.codes.BAD_REQUEST <= status < httpx.codes.INTERNAL_SERVER_ERROR
        if is_lasting and status not in (httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS):
            raise AcquirerRejected(cause or f"status {status}")


class _UnknownOrder(AcquirerRejected):
    """The gateway has no such order: it makes one at the first attempt to pay."""


@lru_cache(maxsize=4)
def _client(config: MpgsConfig) -> httpx.Client:
    """One client a configuration and process; httpx clients may be shared by threads."""
    return httpx.Client(
        base_url=config.gateway_url,
        auth=(f"merchant.{config.merchant_id}", config.api_password),
        timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds),
        trust_env=False,
    )


def _decode(content: bytes) -> Body | None:
    try:
        body: Any = json.loads(content, parse_float=Decimal)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
