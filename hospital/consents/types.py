"""Values of the consents context."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText


class Purpose(StrEnum):
    """What is agreed to, each by itself (PIPL: separate consent; domain brief 10)."""

    PRIVACY = "PRIVACY"  # the privacy notice; without it there is no account
    CHILD = "CHILD"  # a guardian, for the data of a child under 14
    CROSS_BORDER = "CROSS_BORDER"  # sending data abroad
    INSURER = "INSURER"  # giving data to one's insurer
    MARKETING = "MARKETING"  # news and offers
    PRICE = "PRICE"  # the price notice of a service line, before its first surcharge


class Way(StrEnum):
    """How a consent was given."""

    APP = "APP"
    PAPER = "PAPER"  # signed at a window, the clerk being the witness
    MACHINE = "MACHINE"  # accepted at a partner's machine


@dataclass(frozen=True, slots=True)
class Notice:
    """A published version of what somebody is asked to agree to. `hash` is SHA-256 over all of its text."""

    purpose: Purpose
    version: int
    valid_from: date
    title: BilingualText
    summary: BilingualText
    body: BilingualText
    hash: str


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """How somebody agreed: what they read, and from where."""

    version: int
    language: str
    ip: str = ""


@dataclass(frozen=True, slots=True)
class ConsentState:
    """How a consent stands. `is_due`: it was given to an older version and is asked for again."""

    purpose: Purpose
    notice: Notice
    is_given: bool
    is_due: bool
    given_version: int | None
    given_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One line of the ledger."""

    purpose: Purpose
    version: int
    text_hash: str
    language: str
    person_id: UUID | None
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class PriceRate:
    """The most that something costs above the standard price: a ratio (0.3000 = +30 %), a fixed addition in CNY, or a
    fixed price that stands in for both."""

    ratio: Decimal = ZERO
    amount: Decimal = ZERO
    is_fixed: bool = False

    def covers(self, other: "PriceRate") -> bool:
        """Whether nothing of `other` is above what was named here."""
        return self.ratio >= other.ratio and self.amount >= other.amount and (self.is_fixed or not other.is_fixed)

    def join(self, other: "PriceRate") -> "PriceRate":
        """The least rate that covers both."""
        return PriceRate(
            ratio=max(self.ratio, other.ratio),
            amount=max(self.amount, other.amount),
            is_fixed=self.is_fixed or other.is_fixed,
        )


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """What a price notice names, by level: `LINE` in general, `KIND:…` and `CLASS:…` where they differ from it, `OWN`
    the most of single items that have a rate of their own."""

    rates: Mapping[str, PriceRate]

    def covers(self, charged: "ChargedRate") -> bool:
        """Whether somebody who was told this was told of what is charged: the level nearest to the line speaks."""
        named = next((self.rates[level] for level in charged.levels if level in self.rates), PriceRate())
        if charged.is_own:
            named = named.join(self.rates.get(OWN_RATE, PriceRate()))
        return named.covers(charged.rate)

    def to_json(self) -> dict[str, dict[str, str | bool]]:
        """As the ledger keeps it: numbers as text, for JSON has no decimals."""
        return {
            level: {"ratio": str(rate.ratio), "amount": str(rate.amount), "is_fixed": rate.is_fixed}
            for level, rate in self.rates.items()
        }


OWN_RATE: Final = "OWN"


@dataclass(frozen=True, slots=True)
class ChargedRate:
    """The surcharge of one line. `levels` are where a notice may name it, the nearest first; `is_own`: the item itself,
    its price-bureau item or its composite sets it."""

    levels: tuple[str, ...]
    rate: PriceRate
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceConsent:
    """That a person agreed to the price notice of a service line. `text_hash` is over all that they were shown."""

    scope: str
    version: int
    terms: PriceTerms
    text_hash: str
    language: str
    way: Way
    given_at: datetime
    recorded_by: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceAcceptance:
    """How somebody accepted a price notice: which text they were shown, in which language, and the signed paper."""

    way: Way
    text_hash: str
    language: str
    paper: str = ""


CopyState = Literal["PREPARING", "READY", "TAKEN", "FAILED", "EXPIRED"]
CorrectionState = Literal["OPEN", "DONE", "REFUSED"]


@dataclass(frozen=True, slots=True)
class DataCopyCard:
    """A copy of one's data that was asked for: PREPARING, READY, TAKEN, FAILED or EXPIRED."""

    id: UUID
    state: CopyState
    requested_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None
    size: int


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    """A request to correct something: OPEN, DONE or REFUSED, with the desk's answer."""

    id: UUID
    text: str
    state: CorrectionState
    answer: BilingualText  # may be empty
    requested_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskCorrection:
    """A request as the registration desk sees it; `answered_by` is the id of a member of staff, or empty."""

    request: CorrectionCard
    account_id: UUID
    answered_by: str
