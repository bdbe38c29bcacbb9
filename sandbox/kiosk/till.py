"""The kiosk's own account at WeChat and Alipay, simulated: what it took, and what it gave back."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(kw_only=True)
class Taken:
    """Money of one payer."""

    transaction_no: str
    means: str
    amount: str
    paid_at: datetime
    refunded: dict[str, str] = field(default_factory=dict)


class Till:
    """Takes money by a scanned code and gives it back, each refund once."""

    def __init__(self) -> None:
        self.taken: dict[str, Taken] = {}

    def take(self, *, means: str, amount: str) -> Taken:
        """The payer has scanned and agreed."""
        number = f"42{time.strftime('%Y%m%d%H%M%S')}{secrets.randbelow(10**10):010d}"
        paid = Taken(transaction_no=number, means=means, amount=amount, paid_at=datetime.now(UTC))
        self.taken[number] = paid
        return paid

    def give_back(self, *, transaction_no: str, refund_no: str, amount: str) -> str:
        """The channel's number of the refund; the same refund again is the same number."""
        paid = self.taken.setdefault(
            transaction_no,  # of before a restart: the channel would know it
            Taken(transaction_no=transaction_no, means="OTHER", amount=amount, paid_at=datetime.now(UTC)),
        )
        return paid.refunded.setdefault(refund_no, f"50{secrets.randbelow(10**16):016d}")
