"""What the acquirer knows: sessions, orders and their transactions.

Everything is kept in memory; `memory.py` writes the orders down. The sandbox runs one event loop, and nothing here
awaits: every method is therefore atomic without a lock.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sandbox.acquirer.scenario import Scenario

MOVING_TYPES = ("PAYMENT", "CAPTURE")


def read_clock() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Transaction:
    """One movement of an order; `request` is what was asked, to recognise the same call again."""

    id: str
    type: str
    amount: Decimal
    currency: str
    result: str
    gateway_code: str
    at: datetime
    request: str = ""


@dataclass(kw_only=True)
class CardSeen:
    """What is kept of a card: never the number."""

    brand: str
    number: str
    funding: str
    expiry_month: str
    expiry_year: str
    name: str


@dataclass(kw_only=True)
class Order:
    """An order as the gateway tells it; the totals are sums over its transactions."""

    id: str
    amount: Decimal
    currency: str
    description: str
    notification_url: str
    created_at: datetime
    updated_at: datetime
    authentication_status: str = ""
    eci: str = ""
    authentication_version: str = ""
    card: CardSeen | None = None
    transactions: list[Transaction] = field(default_factory=list)

    def find(self, transaction_id: str) -> Transaction | None:
        """The transaction with this id, or None."""
        return next((one for one in self.transactions if one.id == transaction_id), None)

    def sum_of(self, *types: str, results: tuple[str, ...] = ("SUCCESS",)) -> Decimal:
        """The total of the transactions of these types and results."""
        chosen = (one.amount for one in self.transactions if one.type in types and one.result in results)
        return sum(chosen, Decimal("0.00"))

    @property
    def captured(self) -> Decimal:
        """Money taken, voided captures left out."""
        return self.sum_of(*MOVING_TYPES) - self.sum_of("VOID_PAYMENT")

    @property
    def refunded(self) -> Decimal:
        """Money given back."""
        return self.sum_of("REFUND")

    @property
    def status(self) -> str:
        """The order's status in the gateway's words, read from what happened."""
        if self.captured > 0:
            return self._status_once_captured()
        last = self.transactions[-1] if self.transactions else None
        if last is None or last.result == "PENDING":
            return "AUTHENTICATION_INITIATED" if last is None or last.type == "AUTHENTICATION" else "INITIATED"
        if self.sum_of("VOID_PAYMENT", "VOID_AUTHORIZATION") > 0:
            return "CANCELLED"
        if last.result != "SUCCESS":
            return "AUTHENTICATION_UNSUCCESSFUL" if last.type == "AUTHENTICATION" else "FAILED"
        return "AUTHENTICATED" if last.type == "AUTHENTICATION" else "AUTHORIZED"

    def _status_once_captured(self) -> str:
        if self.refunded >= self.captured:
            return "REFUNDED"
        if self.sum_of("REFUND", results=("PENDING",)) > 0:
            return "REFUND_REQUESTED"
        if self.refunded > 0:
            return "PARTIALLY_REFUNDED"
        authorized = self.sum_of("AUTHORIZATION")
        return "PARTIALLY_CAPTURED" if 0 < self.captured < authorized else "CAPTURED"


@dataclass(kw_only=True)
class Challenge:
    """A 3-D Secure question that waits for its code."""

    code: str
    number: str
    card: CardSeen
    tries_left: int = 3


@dataclass(kw_only=True)
class Session:
    """A checkout session. `challenge.number` lives only until the code is answered."""

    id: str
    success_indicator: str
    operation: str
    order_id: str
    amount: Decimal
    currency: str
    description: str
    notification_url: str
    merchant_name: str
    return_url: str
    cancel_url: str
    locale: str
    expires_at: datetime
    attempts_left: int = 3
    challenge: Challenge | None = None
    finished: bool = False


class Ledger:
    """All sessions and orders of one merchant, and the scenario of each order."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.orders: dict[str, Order] = {}
        self.scenarios: dict[str, Scenario] = {}
        self.forced: dict[str, dict[str, object]] = {}
        self.changed = asyncio.Event()

    def clear(self) -> None:
        """Forget everything."""
        for store in (self.sessions, self.orders, self.scenarios, self.forced):
            store.clear()
        self.changed.set()

    def open_session(self, *, lifetime: int, **values: object) -> Session:
        """A new session with ids of its own, valid for `lifetime` seconds."""
        session = Session(
            id=f"SESSION{secrets.randbelow(10**22):022d}{secrets.token_hex(1).upper()}",
            success_indicator=secrets.token_hex(8),
            expires_at=read_clock() + timedelta(seconds=lifetime),
            **values,  # type: ignore[arg-type]
        )
        self.sessions[session.id] = session
        self.changed.set()
        return session

    def order_for(self, session: Session) -> Order:
        """The order of a session, made at its first transaction as the gateway does."""
        order = self.orders.get(session.order_id)
        if order is None:
            now = read_clock()
            order = Order(
                id=session.order_id,
                amount=session.amount,
                currency=session.currency,
                description=session.description,
                notification_url=session.notification_url,
                created_at=now,
                updated_at=now,
            )
            self.orders[order.id] = order
        return order

    def scenario_of(self, order_id: str) -> Scenario:
        """The plan for this order: the card's, changed by what the control interface forced."""
        return self.scenarios.get(order_id, Scenario())

    def plan(self, order_id: str, scenario: Scenario) -> Scenario:
        """Set the card's plan; what was forced for the order (or for all, under `*`) wins."""
        for key in ("*", order_id):
            scenario = scenario.changed(dict(self.forced.get(key, {})))
        self.scenarios[order_id] = scenario
        self.changed.set()
        return scenario

    def take(self, order_id: str, counter: str) -> bool:
        """Whether a counter of the plan is still up; takes one off."""
        scenario = self.scenario_of(order_id)
        left: int = getattr(scenario, counter)
        if left <= 0:
            return False
        self.scenarios[order_id] = scenario.changed({counter: left - 1})
        self.changed.set()
        return True

    def record(self, order: Order, **values: object) -> Transaction:
        """Append a transaction now."""
        transaction = Transaction(at=read_clock(), **values)  # type: ignore[arg-type]
        order.transactions.append(transaction)
        order.updated_at = transaction.at
        self.changed.set()
        return transaction
