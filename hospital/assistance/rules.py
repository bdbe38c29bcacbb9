"""How long an interpreter is paid for (N03). Pure."""

from datetime import datetime
from decimal import Decimal
from typing import Final

HALF_HOUR: Final = 1800
LEAST_HOURS: Final = Decimal("1.0")
MOST_HOURS: Final = Decimal("12.0")


def count_paid_hours(*, starts_at: datetime, ends_at: datetime) -> Decimal:
    """Hours with one decimal: every half hour begun counts, at least one hour, at most twelve."""
    seconds = max(0, int((ends_at - starts_at).total_seconds()))
    halves = -(-seconds // HALF_HOUR)
    return min(MOST_HOURS, max(LEAST_HOURS, Decimal(halves) / 2)).quantize(Decimal("0.1"))
