"""What the finance authority's platform knows: receipts, red ones, papers, and how it is to misbehave."""

from __future__ import annotations

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

_LOCAL = ZoneInfo("Asia/Shanghai")
BATCH = "44060126"
PAPER_BATCH = "44060226"


class RedReceipt(msgspec.Struct, kw_only=True):
    """What took a receipt back."""

    batch: str
    number: str
    check_code: str
    created: str
    reason: str
    operator: str


class Receipt(msgspec.Struct, kw_only=True):
    """One issued receipt with all that was sent for it."""

    business_number: str
    batch: str
    number: str
    check_code: str
    created: str
    request: dict[str, object]
    red: RedReceipt | None = None
    paper: str = ""

    @property
    def payer(self) -> str:
        """Who paid."""
        return str(self.request.get("payer", ""))

    @property
    def total(self) -> str:
        """The total with two places."""
        return str(self.request.get("totalAmt", ""))


class Troubles(msgspec.Struct, kw_only=True):
    """How many of the next calls go wrong. `slow` are carried out and answered too late, `refused` carry `fault`."""

    slow: int = 0
    down: int = 0
    refused: int = 0
    unsigned: int = 0
    fault: str = "开票点未启用"


class FiscalLedger(msgspec.Struct, kw_only=True):
    """Everything in memory; written to a file as it stands."""

    receipts: dict[str, Receipt] = {}
    papers: dict[str, str] = {}  # paper number → USED or VOID
    next_number: int = 93_187_001
    next_paper: int = 2_600_001

    def take_number(self) -> str:
        """The next number of the batch."""
        self.next_number += 1
        return f"{self.next_number:010d}"

    def find_number(self, batch: str, number: str) -> Receipt | None:
        """The receipt of a number."""
        return next((one for one in self.receipts.values() if (one.batch, one.number) == (batch, number)), None)

    def blank_paper(self) -> str:
        """The paper number that lies on top; it stays there until it is used or voided."""
        while f"{self.next_paper:010d}" in self.papers:
            self.next_paper += 1
        return f"{self.next_paper:010d}"


def new_check_code() -> str:
    """Six characters."""
    return secrets.token_hex(3)


def read_clock() -> str:
    """Seventeen digits on the authority's clock."""
    return f"{datetime.now(_LOCAL):%Y%m%d%H%M%S%f}"[:17]
