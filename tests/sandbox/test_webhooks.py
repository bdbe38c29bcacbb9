"""Notifications: header, repetition, loss, delay."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from sandbox.process import SandboxClient
from tests.sandbox.conftest import open_session


class Merchant:
    """A merchant's endpoint that answers from a list of statuses, then 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.received: list[dict[str, str]] = []
        merchant = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                merchant.received.append(dict(self.headers.items()))
                self.send_response(merchant.statuses.pop(0) if merchant.statuses else 200)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Stay quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/notify"


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    endpoint = Merchant()
    thread = threading.Thread(target=endpoint.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield endpoint
    endpoint.server.shutdown()
    endpoint.server.server_close()
    thread.join()


def wait_for(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.02)


def _pay(sandbox: SandboxClient, gateway: httpx.Client, merchant: Merchant, card: str) -> None:
    sandbox.pay(open_session(gateway, "A1", order_fields={"notificationUrl": merchant.url}), card)


def test_notification_is_repeated_until_200(sandbox: SandboxClient, gateway: httpx.Client, merchant: Merchant) -> None:
    merchant.statuses = [500, 302]
    _pay(sandbox, gateway, merchant, "4012000033330026")
    wait_for(lambda: len(merchant.received) == 3)
    assert {one["X-Notification-Secret"] for one in merchant.received} == {sandbox.address.webhook_secret}
    assert len({one["X-Notification-ID"] for one in merchant.received}) == 1
    assert [one["X-Notification-Attempt"] for one in merchant.received] == ["1", "2", "3"]
    wait_for(lambda: sandbox.list_webhooks("A1")[0]["delivered"])
    told = sandbox.list_webhooks("A1")[0]
    assert told["answers"] == [500, 302, 200]
    assert (told["body"]["order"]["id"], told["body"]["result"]) == ("A1", "SUCCESS")


def test_notification_twice_has_one_id(sandbox: SandboxClient, gateway: httpx.Client, merchant: Merchant) -> None:
    _pay(sandbox, gateway, merchant, "4012000000007003")
    wait_for(lambda: len(merchant.received) == 2)
    assert len({one["X-Notification-ID"] for one in merchant.received}) == 1


def test_lost_notification_can_be_sent_by_hand(
    sandbox: SandboxClient, gateway: httpx.Client, merchant: Merchant
) -> None:
    _pay(sandbox, gateway, merchant, "5200000000006004")
    time.sleep(0.3)
    assert merchant.received == []
    sandbox.send_webhook(sandbox.list_webhooks("A1")[0]["id"])
    wait_for(lambda: len(merchant.received) == 1)


def test_late_notification_waits(sandbox: SandboxClient, gateway: httpx.Client, merchant: Merchant) -> None:
    _pay(sandbox, gateway, merchant, "5200000000008000")
    time.sleep(0.2)
    assert merchant.received == []
    wait_for(lambda: len(merchant.received) == 1)
