"""Values of the consents context."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from hospital.kernel.types import BilingualText


class Purpose(StrEnum):
    """What is agreed to, each by itself (PIPL: separate consent; domain brief 10)."""

    PRIVACY = "PRIVACY"  # the privacy notice; without it there is no account
    CHILD = "CHILD"  # a guardian, for the data of a child under 14
    CROSS_BORDER = "CROSS_BORDER"  # sending data abroad
    INSURER = "INSURER"  # giving data to one's insurer
    MARKETING = "MARKETING"  # news and offers


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
