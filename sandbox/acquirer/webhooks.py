"""Notifications to the merchant, sent again with growing waits until it answers 200."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from sandbox.acquirer.ledger import Ledger, Order, Transaction
from sandbox.acquirer.wording import describe_transaction
from sandbox.sending import Sender, Telling
from sandbox.settings import SandboxSettings


@dataclass(kw_only=True)
class Notification(Telling):
    """One notification about a transaction."""

    order_id: str
    transaction_id: str

    def as_dict(self) -> dict[str, Any]:
        """For the control interface."""
        return {
            "id": self.id,
            "order": self.order_id,
            "transaction": self.transaction_id,
            "url": self.url,
            "attempts": len(self.answers),
            "answers": self.answers,
            "delivered": self.is_delivered,
            "lost": self.lost,
            "body": msgspec.json.decode(self.body),
        }


class WebhookSender(Sender[Notification]):
    """Says who it is by a secret in its head."""

    def __init__(self, *, settings: SandboxSettings, ledger: Ledger) -> None:
        super().__init__(settings=settings)
        self._ledger = ledger

    def notify(self, order: Order, transaction: Transaction) -> None:
        """Tell the merchant of a transaction, in the way that the order's scenario says."""
        body = msgspec.json.Encoder(decimal_format="number").encode(
            describe_transaction(order, transaction, merchant=self._settings.merchant_id)
        )
        notification = Notification(
            id=str(uuid.uuid4()),
            order_id=order.id,
            transaction_id=transaction.id,
            url=order.notification_url or self._settings.notification_url,
            body=body,
        )
        self.tell(notification, self._ledger.scenario_of(order.id).webhooks)

    def head(self, told: Notification, attempt: int) -> Mapping[str, str]:
        """The secret that the merchant was given, and which attempt it is."""
        return {
            "X-Notification-Secret": self._settings.webhook_secret,
            "X-Notification-ID": told.id,
            "X-Notification-Attempt": str(attempt),
        }
