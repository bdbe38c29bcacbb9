"""Who stands before the kiosk, for as long as they stand there."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

COOKIE = "kiosk_customer"
LIFE_SECONDS = 20 * 60


@dataclass(kw_only=True)
class Customer:
    """What one customer has told and chosen. Nothing of it outlives them."""

    id: str
    purpose: str  # register, pay, number
    patient: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)  # the patient as the hospital masks them
    new_patient: dict[str, Any] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    error: str = ""  # the key of a text of ours
    refusal: dict[str, str] = field(default_factory=dict)  # the hospital's, in both languages
    session_id: str = ""
    hold: dict[str, Any] = field(default_factory=dict)
    registration: dict[str, Any] = field(default_factory=dict)
    bills: list[dict[str, Any]] = field(default_factory=list)
    bookings: list[dict[str, Any]] = field(default_factory=list)  # of today
    quote: dict[str, Any] = field(default_factory=dict)
    accepted: list[dict[str, str]] = field(default_factory=list)  # the price notices that they agreed to
    means: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    seen_at: float = field(default_factory=time.monotonic)

    def take_notice(self, language: str) -> tuple[str, str]:
        """The text key and the hospital's own words of what went wrong, shown once."""
        error, words = self.error, self.refusal.get(language, "")
        self.error, self.refusal = "", {}
        return error, words


class Customers:
    """All of them: a kiosk has one, a test may have several."""

    def __init__(self) -> None:
        self._all: dict[str, Customer] = {}

    def begin(self, purpose: str) -> Customer:
        """Somebody touched one of the two large buttons."""
        self._forget_old()
        customer = Customer(id=secrets.token_urlsafe(16), purpose=purpose)
        self._all[customer.id] = customer
        return customer

    def find(self, customer_id: str) -> Customer | None:
        """Whoever is still there."""
        self._forget_old()
        customer = self._all.get(customer_id)
        if customer is not None:
            customer.seen_at = time.monotonic()
        return customer

    def end(self, customer_id: str) -> Customer | None:
        """They left; what they told is forgotten."""
        return self._all.pop(customer_id, None)

    def _forget_old(self) -> None:
        limit = time.monotonic() - LIFE_SECONDS
        for one in [one for one in self._all.values() if one.seen_at < limit]:
            del self._all[one.id]
