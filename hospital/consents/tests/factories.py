"""Consents for the tests of what comes after them."""

from datetime import UTC, datetime
from uuid import UUID

from hospital.consents.models import Consent

_TOLD_AT = datetime(2026, 11, 1, tzinfo=UTC)
_WHATEVER = {"ratio": "99", "amount": "99999", "is_fixed": True}


def make_price_consent(person_id: UUID, *, lines: tuple[str, ...] = ("INTL", "SPECIAL")) -> None:
    """The person was told of these service lines, whatever they cost."""
    Consent.objects.bulk_create(
        [
            Consent(
                person_id=person_id,
                purpose="PRICE",
                version=1,
                text_hash="0" * 64,
                language="en",
                given_at=_TOLD_AT,
                scope=line,
                terms={"LINE": _WHATEVER, "OWN": _WHATEVER},
                way="MACHINE",
                recorded_by="test",
                recorded_by_kind="SYSTEM",
            )
            for line in lines
        ],
        ignore_conflicts=True,
    )
