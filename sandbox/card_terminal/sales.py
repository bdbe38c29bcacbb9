"""What the terminals know: sales, refunds, and what the customer does before them. Nothing here awaits."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sandbox.acquirer.ledger import read_clock
from sandbox.keeping import KeptRows
from sandbox.troubles import Refunds, TroubleBook

# A terminal gives up when no card came for so long.
WAITING_LIFE = timedelta(minutes=3)
MOST_REFUNDS = 50
_LATER = {Refunds.DONE: "DONE", Refunds.SLOW: "DONE", Refunds.PENDING: "PENDING", Refunds.REFUSED: "REFUSED"}


class Refused(Exception):
    """An error of the gateway: a status and a code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a terminal tells of a card."""

    brand: str
    first6: str
    last4: str
    funding: str


CARDS = {
    "visa": Card(brand="VISA", first6="450875", last4="1019", funding="CREDIT"),
    "mastercard": Card(brand="MASTERCARD", first6="512345", last4="0008", funding="CREDIT"),
    "unionpay": Card(brand="UNIONPAY", first6="622202", last4="6688", funding="DEBIT"),
}


@dataclass(kw_only=True)
class SaleRefund:
    """Money on its way back. `state` is DONE, PENDING or REFUSED."""

    number: str
    amount: Decimal
    state: str
    code: str


@dataclass(kw_only=True)
class Sale:
    """One sale. `state` is WAITING, READING, APPROVED, DECLINED, ABORTED or TIMED_OUT."""

    number: str
    terminal: str
    amount: Decimal
    currency: str
    started_at: datetime
    state: str = "WAITING"
    code: str = ""
    reference: str = ""
    captured: Decimal = Decimal(0)
    card: Card | None = None
    refunds: list[SaleRefund] = field(default_factory=list)

    @property
    def given_back(self) -> Decimal:
        """What went back or is on its way."""
        return sum((one.amount for one in self.refunds if one.state != "REFUSED"), Decimal(0))

    @property
    def price(self) -> str:
        """The amount, to be read."""
        return f"{self.amount:.2f}"

    @property
    def is_on_screen(self) -> bool:
        """Whether the terminal still shows it."""
        return self.state in ("WAITING", "READING")


class Terminals:
    """All terminals of one merchant and their sales."""

    def __init__(self, *, numbers: tuple[str, ...], path: Path | None, late_seconds: float) -> None:
        self.numbers = numbers
        self.kept: KeptRows[Sale] = KeptRows(path=path, kind=Sale)
        self.troubles = TroubleBook()
        self.switched_off: set[str] = set()
        self._late_seconds = late_seconds
        self._waiting: set[asyncio.Task[None]] = set()

    def clear(self) -> None:
        """Forget everything."""
        for task in self._waiting:
            task.cancel()
        self.kept.clear()
        self.troubles.clear()
        self.switched_off.clear()

    def find(self, number: str) -> Sale:
        """A sale as it stands now; raises Refused."""
        sale = self.kept.rows.get(number)
        if sale is None:
            raise Refused(404, "NO_SUCH_SALE")
        if sale.state == "WAITING" and read_clock() > sale.started_at + WAITING_LIFE:
            self._end(sale, "TIMED_OUT", "NO_CARD")
        return sale

    def shown_on(self, terminal: str) -> Sale | None:
        """The sale that the terminal shows."""
        rows = [self.find(one.number) for one in self.kept.rows.values() if one.terminal == terminal]
        return next((one for one in reversed(rows) if one.is_on_screen), None)

    def latest_on(self, terminal: str) -> Sale | None:
        """The last sale of the terminal, ended or not."""
        rows = [one for one in self.kept.rows.values() if one.terminal == terminal]
        return rows[-1] if rows else None

    def start(self, *, number: str, terminal: str, amount: Decimal, currency: str) -> Sale:
        """Show an amount. The same number again is the same sale; raises Refused."""
        earlier = self.kept.rows.get(number)
        if earlier is not None:
            if (earlier.terminal, earlier.amount, earlier.currency) != (terminal, amount, currency):
                raise Refused(409, "NUMBER_USED")
            return self.find(number)
        if terminal not in self.numbers:
            raise Refused(404, "NO_SUCH_TERMINAL")
        if terminal in self.switched_off:
            raise Refused(409, "TERMINAL_OFFLINE")
        if self.shown_on(terminal) is not None:
            raise Refused(409, "TERMINAL_BUSY")
        sale = Sale(number=number, terminal=terminal, amount=amount, currency=currency, started_at=read_clock())
        self.kept.rows[number] = sale
        self.kept.changed.set()
        return sale

    def abort(self, sale: Sale) -> None:
        """Take it off the screen. Not while a card is being read, nor when it was approved."""
        if sale.state == "READING":
            raise Refused(409, "CARD_IN_USE")
        if sale.state == "APPROVED":
            raise Refused(409, "SALE_APPROVED")
        if sale.state == "WAITING":
            self._end(sale, "ABORTED", "ABORTED")

    def act(self, sale: Sale, act: str, card: str = "visa") -> None:
        """What the customer does: `tap`, `insert` (reading until `tap` or `decline`), `decline`, `leave`, `late`.

        Nothing happens to a sale that has ended.
        """
        if not sale.is_on_screen:
            return
        if act == "tap":
            self._approve(sale, CARDS.get(card, CARDS["visa"]))
        elif act == "decline":
            self._end(sale, "DECLINED", "DO_NOT_HONOR")
        elif act == "leave" and sale.state == "WAITING":
            self._end(sale, "TIMED_OUT", "NO_CARD")
        elif act in ("insert", "late"):
            sale.state = "READING"
            self.kept.changed.set()
        if act == "late":
            task = asyncio.get_running_loop().create_task(self._approve_late(sale, card))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def _approve_late(self, sale: Sale, card: str) -> None:
        await asyncio.sleep(self._late_seconds)
        self.act(sale, "tap", card)

    def _approve(self, sale: Sale, card: Card) -> None:
        sale.captured = Decimal(self.troubles.of(sale.number).total or sale.amount)
        sale.card = card
        sale.reference = f"{secrets.randbelow(10**12):012d}"
        self._end(sale, "APPROVED", "00")

    def _end(self, sale: Sale, state: str, code: str) -> None:
        sale.state, sale.code = state, code
        self.kept.changed.set()

    def refund(self, sale: Sale, *, number: str, amount: Decimal) -> SaleRefund:
        """Give money back to the card. The same number again is the same refund; raises Refused."""
        earlier = next((one for one in sale.refunds if one.number == number), None)
        if earlier is not None:
            if earlier.amount != amount:
                raise Refused(409, "NUMBER_USED")
            return earlier
        if sale.state != "APPROVED":
            raise Refused(409, "SALE_NOT_APPROVED")
        if sale.given_back + amount > sale.captured or len(sale.refunds) >= MOST_REFUNDS:
            raise Refused(409, "MORE_THAN_CAPTURED")
        state = _LATER[self.troubles.of(sale.number).refunds]
        code = {"DONE": "00", "PENDING": "09", "REFUSED": "57"}[state]
        refund = SaleRefund(number=number, amount=amount, state=state, code=code)
        sale.refunds.append(refund)
        self.kept.changed.set()
        return refund

    def end_refund(self, refund: SaleRefund, *, succeeded: bool) -> None:
        """End a pending refund."""
        refund.state, refund.code = ("DONE", "00") if succeeded else ("REFUSED", "57")
        self.kept.changed.set()
