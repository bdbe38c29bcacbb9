"""Which refunds a cashier may make alone (domain brief §2, Cashier)."""

from datetime import datetime
from decimal import Decimal

from hospital.kernel.clock import local_day

LARGEST_ALONE = Decimal("2000.00")


def needs_approval(*, settled_at: datetime, amount: Decimal, now: datetime) -> bool:
    """Whether a second person approves: a refund of another day than the payment's, or above the cashier's amount."""
    return local_day(settled_at) != local_day(now) or amount > LARGEST_ALONE
