"""Values of supply."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One clinician's session with what is left of it."""

    id: UUID
    clinician_id: UUID
    clinician_name: BilingualText
    department_id: UUID
    department_name: BilingualText
    department_location: BilingualText
    campus_code: str
    campus_name: BilingualText
    campus_address: BilingualText
    room_id: UUID | None
    room_name: BilingualText | None
    held_on: date
    part: str
    starts_at: datetime
    ends_at: datetime
    service_type: str
    service_line: str
    registration_item_code: str
    is_stopped: bool
    free: int


@dataclass(frozen=True, slots=True)
class SlotCard:
    """One numbered place and its session."""

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int
    session: SessionCard


ExtraPlaceState = Literal["ASKED", "GRANTED", "REFUSED", "USED"]


@dataclass(frozen=True, slots=True)
class ExtraPlaceCard:
    """An extra place asked for or granted; `number` is None until it is granted."""

    id: UUID
    session: SessionCard
    person_id: UUID
    state: ExtraPlaceState
    number: int | None
    reason: str
    asked_at: datetime
    decided_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class MovedPlace:
    """Where a changed booking is now."""

    session_id: UUID
    campus_code: str
    starts_at: datetime


class OfferSort(StrEnum):
    """In which order doctors are offered."""

    MATCH = "match"  # closest to the words first
    SOONEST = "soonest"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """What a patient chose; empty values choose nothing. `part` is AM, PM or EVENING, `language` a BCP 47 tag."""

    clinician: UUID | None = None
    department: UUID | None = None
    specialty: str = ""
    campus: str = ""
    language: str = ""
    title: str = ""
    sex: str = ""
    part: str = ""

    def values(self) -> dict[str, object]:
        """Every field by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
