"""Notifications to the merchant, sent again with growing waits until it answers 200."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec

from sandbox.acquirer.ledger import Ledger, Order, Transaction
from sandbox.acquirer.scenario import Webhooks
from sandbox.acquirer.wording import describe_transaction
from sandbox.settings import SandboxSettings

MOST_ATTEMPTS = 8


@dataclass(kw_only=True)
class Notification:
    """One notification and what became of it; `answers` holds the status of each attempt (0 = no answer)."""

    id: str
    order_id: str
    transaction_id: str
    url: str
    body: bytes
    answers: list[int] = field(default_factory=list)
    lost: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For the control interface."""
        return {
            "id": self.id,
            "order": self.order_id,
            "transaction": self.transaction_id,
            "url": self.url,
            "attempts": len(self.answers),
            "answers": self.answers,
            "delivered": 200 in self.answers,
            "lost": self.lost,
            "body": msgspec.json.decode(self.body),
        }


class WebhookSender:
    """Sends and re-sends; keeps all notifications for the control interface."""

    def __init__(self, *, settings: SandboxSettings, ledger: Ledger) -> None:
        self._settings = settings
        self._ledger = ledger
        self._running: set[asyncio.Task[None]] = set()
        self._client = httpx.AsyncClient(timeout=10, trust_env=False)
        self.sent: list[Notification] = []

    async def close(self) -> None:
        """Stop what is still waiting."""
        self.clear()
        await self._client.aclose()

    def clear(self) -> None:
        """Forget everything and stop all waits."""
        for task in self._running:
            task.cancel()
        self.sent.clear()

    def notify(self, order: Order, transaction: Transaction) -> None:
        """Tell the merchant of a transaction, in the way that the order's scenario says."""
        way = self._ledger.scenario_of(order.id).webhooks
        body = msgspec.json.Encoder(decimal_format="number").encode(
            describe_transaction(order, transaction, merchant=self._settings.merchant_id)
        )
        notification = Notification(
            id=str(uuid.uuid4()),
            order_id=order.id,
            transaction_id=transaction.id,
            url=order.notification_url or self._settings.notification_url,
            body=body,
            lost=way is Webhooks.LOST,
        )
        self.sent.append(notification)
        if way is not Webhooks.LOST:
            self._start(notification, wait=self._settings.late_webhook if way is Webhooks.LATE else 0)
        if way is Webhooks.TWICE:
            self._start(notification, wait=self._settings.webhook_backoff / 4)

    def send_again(self, notification: Notification) -> None:
        """One more delivery of a notification that was sent, or lost."""
        self._start(notification, wait=0)

    def _start(self, notification: Notification, *, wait: float) -> None:
        task = asyncio.get_running_loop().create_task(self._deliver(notification, wait))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _deliver(self, notification: Notification, wait: float) -> None:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            await asyncio.sleep(wait)
            status = await self._post(notification, attempt)
            notification.answers.append(status)
            if status == httpx.codes.OK:
                return
            wait = self._settings.webhook_backoff * 2 ** (attempt - 1)

    async def _post(self, notification: Notification, attempt: int) -> int:
        headers = {
            "Content-Type": "application/json",
            "X-Notification-Secret": self._settings.webhook_secret,
            "X-Notification-ID": notification.id,
            "X-Notification-Attempt": str(attempt),
        }
        with contextlib.suppress(httpx.HTTPError):
            return (await self._client.post(notification.url, content=notification.body, headers=headers)).status_code
        return 0
