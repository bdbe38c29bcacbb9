"""The quote: a hash over everything the payer agreed to, good for fifteen minutes (brief §1.3, §1.6.7, §1.6.13)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hospital.billing.errors import QuoteExpired, QuoteMismatch
from hospital.billing.types import CURRENCY, QuotedLine

QUOTE_LIFETIME = timedelta(minutes=15)


def hash_quote(
    *, lines: Iterable[QuotedLine], payers: Mapping[str, Decimal], expires_at: datetime, currency: str = CURRENCY
) -> str:
    """SHA-256 (hex) over line ids and versions, quantities, unit prices, totals, payer split, currency and expiry.

    The order of lines and the trailing zeros of a number do not matter.
    """
    agreed = {
        "lines": sorted(
            [line.line_id, line.version, _plain(line.qty), _plain(line.u), _plain(line.total)] for line in lines
        ),
        "payers": sorted([payer, _plain(amount)] for payer, amount in payers.items()),
        "currency": currency,
        "expires_at": expires_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    text = json.dumps(agreed, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def check_quote(*, quoted_hash: str, actual_hash: str, expires_at: datetime, now: datetime) -> None:
    """Refuses `QuoteExpired` at or after the expiry, `QuoteMismatch` where anything agreed to has changed."""
    if now >= expires_at:
        raise QuoteExpired
    if quoted_hash != actual_hash:
        raise QuoteMismatch


def _plain(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return "0" if text in ("-0", "0") else text
