"""What partners tells other contexts."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.partners.rules.signatures import Algorithm

__all__ = [
    "Algorithm",
    "KeptAnswer",
    "Kind",
    "ListedKey",
    "ListedPartner",
    "NewKey",
    "PartnerCard",
    "PartnerKeyCard",
    "RefusedPaymentCard",
]


class Kind(StrEnum):
    """What a numbered request asks for."""

    HOLD = "HOLD"
    REGISTER = "REGISTER"
    CANCEL = "CANCEL"
    PAY = "PAY"
    REFUND_DONE = "REFUND_DONE"
    NUMBER = "NUMBER"
    SETTLE = "SETTLE"
    CHECK_IN = "CHECK_IN"


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """Who may call: a kiosk vendor, a bank, another channel. `is_on_site`: its machines stand in the hospital."""

    id: UUID
    code: str
    name: BilingualText
    campuses: frozenset[str]
    requests_per_minute: int
    is_on_site: bool


@dataclass(frozen=True, slots=True)
class PartnerKeyCard:
    """One key of a partner. `secret` proves the partner, `answer_secret` signs our answers; neither is shown."""

    key_id: str
    algorithm: Algorithm
    secret: str = field(repr=False)
    answer_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewKey:
    """What the partner is given once. `secret` is empty for RSA, `answer_key` (our public key) for HMAC."""

    key_id: str
    algorithm: Algorithm
    secret: str = field(repr=False)
    answer_key: str


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key without what is secret of it."""

    key_id: str
    algorithm: Algorithm
    added_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListedPartner:
    """A partner with its keys, newest first; `is_active` is false while all of them are switched off."""

    code: str
    name: BilingualText
    campuses: tuple[str, ...]
    requests_per_minute: int
    is_on_site: bool
    is_active: bool
    created_at: datetime
    keys: tuple[ListedKey, ...]

    @property
    def valid_keys(self) -> int:
        """How many keys are valid: two at most."""
        return sum(key.ended_at is None for key in self.keys)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered to a numbered request, for ever."""

    request_no: str
    kind: Kind
    body_hash: str
    status: int
    answer: dict[str, Any]
    subject_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RefusedPaymentCard:
    """Money that a partner took and that paid nothing: the partner has to give it back to the payer."""

    id: UUID
    request_no: str
    transaction_no: str
    amount: Decimal
    code: str
    refund_no: str
    refused_at: datetime
    refunded_at: datetime | None
    refund_transaction_no: str
