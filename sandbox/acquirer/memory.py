"""What the acquirer remembers over a restart: its orders, as a real one would.

One JSON file, written a moment after a change and at the end. Without a path everything is forgotten.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import msgspec

from sandbox.acquirer.ledger import CardSeen, Ledger, Order, Session, Transaction
from sandbox.acquirer.scenario import Scenario

WRITE_DELAY = 0.5


class Remembered(msgspec.Struct):
    """The contents of the file. An open 3-D Secure question is left out: its page is simply asked for again."""

    orders: dict[str, Order] = {}
    sessions: dict[str, Session] = {}
    scenarios: dict[str, Scenario] = {}


def read_memory(path: Path) -> Remembered:
    """What the file holds; nothing where there is none or it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Remembered)
    except (FileNotFoundError, msgspec.DecodeError):
        return Remembered()


def write_memory(path: Path, remembered: Remembered) -> None:
    """Replace the file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(msgspec.json.encode(remembered))
    draft.replace(path)


def paid_order(
    *,
    order_id: str,
    amount: Decimal,
    description: str,
    brand: str,
    masked_number: str,
    paid_at: datetime,
    currency: str = "CNY",
) -> Order:
    """An order that was paid without trouble."""
    card = CardSeen(
        brand=brand, number=masked_number, funding="CREDIT", expiry_month="12", expiry_year="39", name="TEST PAYER"
    )
    payment = Transaction(
        id="1", type="PAYMENT", amount=amount, currency=currency, result="SUCCESS", gateway_code="APPROVED", at=paid_at
    )
    return Order(
        id=order_id,
        amount=amount,
        currency=currency,
        description=description,
        notification_url="",
        created_at=paid_at,
        updated_at=paid_at,
        authentication_status="AUTHENTICATION_SUCCESSFUL",
        authentication_version="3DS2",
        eci="02" if brand == "MASTERCARD" else "05",
        card=card,
        transactions=[payment],
    )


def add_refund(order: Order, *, transaction_id: str, amount: Decimal, at: datetime) -> None:
    """A refund of an order of the past."""
    order.transactions.append(
        Transaction(
            id=transaction_id,
            type="REFUND",
            amount=amount,
            currency=order.currency,
            result="SUCCESS",
            gateway_code="APPROVED",
            at=at,
        )
    )


def remember_orders(path: Path, orders: Iterable[Order]) -> None:
    """Put orders into the file of a sandbox that is not running: payments of a demonstration's past days."""
    remembered = read_memory(path)
    remembered.orders.update({order.id: order for order in orders})
    write_memory(path, remembered)


class Memory:
    """Keeps a ledger's file in step with it."""

    def __init__(self, *, path: Path | None, ledger: Ledger) -> None:
        self._path = path
        self._ledger = ledger

    def recall(self) -> None:
        """Fill the ledger from the file."""
        if self._path is None:
            return
        remembered = read_memory(self._path)
        self._ledger.orders.update(remembered.orders)
        self._ledger.sessions.update(remembered.sessions)
        self._ledger.scenarios.update(remembered.scenarios)

    def write(self) -> None:
        """Write the ledger down now."""
        if self._path is None:
            return
        ledger = self._ledger
        write_memory(self._path, Remembered(orders=ledger.orders, sessions=ledger.sessions, scenarios=ledger.scenarios))

    async def keep(self) -> None:
        """Write a moment after every change, until cancelled."""
        while True:
            await self._ledger.changed.wait()
            await asyncio.sleep(WRITE_DELAY)
            self._ledger.changed.clear()
            self.write()
