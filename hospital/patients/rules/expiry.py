"""How long a document still holds."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# Many countries let nobody in with a passport that ends within six months; a renewal takes weeks.
RENEWAL_PERIOD: Final = timedelta(days=180)


class Expiry(StrEnum):
    """A document's validity on a day."""

    UNKNOWN = "UNKNOWN"
    VALID = "VALID"
    SOON = "SOON"
    EXPIRED = "EXPIRED"


def expiry_of(valid_to: date | None, *, on: date) -> Expiry:
    """Valid through its last day; `SOON` within the last 180 days."""
    if valid_to is None:
        return Expiry.UNKNOWN
    if valid_to < on:
        return Expiry.EXPIRED
    return Expiry.SOON if valid_to - on <= RENEWAL_PERIOD else Expiry.VALID
