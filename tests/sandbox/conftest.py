"""One sandbox process for all tests of this folder; each test starts from an empty one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from django.db import connection
from django.utils import timezone

from hospital.payments.api import receive_notification
from hospital.payments.errors import ForgedNotification, MalformedNotification
from hospital.payments.states import Channel
from sandbox.process import SandboxAddress, SandboxClient, running_sandbox
from tests.sandbox.wechat_payer import Received


@pytest.fixture(scope="session")
def sandbox_address() -> Iterator[SandboxAddress]:
    """A running sandbox with short waits."""
    with running_sandbox(
        IMC_SANDBOX_PENDING_SECONDS="30",
        IMC_SANDBOX_SLOW_SECONDS="0.6",
        IMC_SANDBOX_LATE_SECONDS="0.6",
        IMC_SANDBOX_WEBHOOK_BACKOFF="0.1",
    ) as address:
        yield address


@pytest.fixture
def sandbox(sandbox_address: SandboxAddress) -> Iterator[SandboxClient]:
    """The control interface of an emptied sandbox."""
    with SandboxClient(sandbox_address) as client:
        client.reset()
        yield client


@pytest.fixture
def gateway(sandbox: SandboxClient) -> Iterator[httpx.Client]:
    """The REST interface, signed in as the merchant."""
    address = sandbox.address
    credentials = (f"merchant.{address.merchant_id}", address.api_password)
    with httpx.Client(base_url=address.gateway_url, auth=credentials, timeout=10, trust_env=False) as client:
        yield client


@pytest.fixture
def browser(sandbox: SandboxClient) -> Iterator[httpx.Client]:
    """A payer's browser that does not follow redirects by itself."""
    with httpx.Client(base_url=sandbox.address.url, timeout=10, trust_env=False) as client:
        yield client


def checkout_body(order: str, **changes: dict[str, Any]) -> dict[str, Any]:
    """A complete INITIATE_CHECKOUT request; `order_fields` and `interaction_fields` change parts of it."""
    body: dict[str, Any] = {
        "apiOperation": "INITIATE_CHECKOUT",
        "interaction": {
            "operation": "PURCHASE",
            "merchant": {"name": "International Medical Center"},
            "returnUrl": "http://127.0.0.1:9/return?payment=7",
            "cancelUrl": "http://127.0.0.1:9/cancel",
        },
        "order": {
            "id": order,
            "amount": "100.00",
            "currency": "CNY",
            "description": "Registration fee",
            "notificationUrl": "http://127.0.0.1:9/notify",
        },
    }
    body["order"] |= changes.get("order_fields", {})
    body["interaction"] |= changes.get("interaction_fields", {})
    return body


def open_session(gateway: httpx.Client, order: str, **changes: dict[str, Any]) -> str:
    """A session id."""
    answer = gateway.post("/session", json=checkout_body(order, **changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["session"]["id"])


@pytest.fixture
def wechat_settings(settings: Any, sandbox: SandboxClient) -> Any:
    """The product connected to the sandbox."""
    given = sandbox.address.wechat_pay
    settings.WECHAT_PAY_URL = sandbox.address.url
    settings.WECHAT_APP_ID = given["IMC_WECHAT_APP_ID"]
    for name in ("MERCHANT_ID", "MERCHANT_SERIAL", "MERCHANT_KEY", "API_KEY", "PUBLIC_KEY", "PUBLIC_KEY_ID"):
        setattr(settings, f"WECHAT_PAY_{name}", given[f"IMC_WECHAT_PAY_{name}"])
    settings.WECHAT_PAY_NOTIFICATION_URL = "http://127.0.0.1:9/notify"
    settings.WECHAT_PAY_ANSWER_SECONDS = 5
    return settings


@pytest.fixture
def window_settings(wechat_settings: Any, sandbox: SandboxClient) -> Any:
    """The product connected to the wallets and the card terminals."""
    address, settings = sandbox.address, wechat_settings
    settings.ALIPAY_URL = f"{address.url}/alipay/gateway.do"
    for name in ("APP_ID", "APP_KEY", "PUBLIC_KEY"):
        setattr(settings, f"ALIPAY_{name}", address.alipay[f"IMC_ALIPAY_{name}"])
    settings.ALIPAY_ANSWER_SECONDS = 5
    settings.CARD_TERMINAL_URL = f"{address.url}/tills/v1"
    settings.CARD_TERMINAL_MERCHANT_ID = address.card_terminal_merchant_id
    settings.CARD_TERMINAL_SECRET = address.card_terminal_secret
    settings.CARD_TERMINAL_ANSWER_SECONDS = 5
    return settings


@pytest.fixture
def notices(wechat_settings: Any) -> Iterator[list[tuple[int, Received]]]:
    """An address for notices that hands them to the service; what was answered, and what came."""
    seen: list[tuple[int, Received]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received = Received(dict(self.headers.items()), body)
            try:
                receive_notification(headers=received.headers, body=body, now=timezone.now(), channel=Channel.WECHAT)
                status = 200
            except (ForgedNotification, MalformedNotification) as refusal:
                status = refusal.status
            finally:
                connection.close()
            seen.append((status, received))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wechat_settings.WECHAT_PAY_NOTIFICATION_URL = f"http://127.0.0.1:{server.server_port}/notify"
    yield seen
    server.shutdown()
    server.server_close()
