"""Values of the bed pool."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from hospital.beds.states import StayState
from hospital.kernel.types import BilingualText

LONGEST_STAY: Final = 60  # nights that one reservation takes at most
AHEAD: Final = 90  # days within which a bed is looked for


class BedKind(StrEnum):
    """What the patient chooses and pays for."""

    SUITE = "SUITE"
    SINGLE = "SINGLE"
    DOUBLE = "DOUBLE"
    SHARED = "SHARED"  # three or more in a room
    INTENSIVE = "INTENSIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class BedWanted:
    """What is looked for. Empty sets mean any; `near` orders the campuses of equal days, the first is the nearest."""

    sex: str
    from_day: date
    nights: int
    specialty: str = ""
    kinds: frozenset[BedKind] = frozenset()
    campuses: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WardCard:
    """A ward; `specialties` are those it takes, none named means all."""

    id: UUID
    code: str
    campus_code: str
    campus_name: BilingualText
    name: BilingualText
    location: BilingualText
    service_line: str
    specialties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BedCard:
    """One bed. `item_code` is the charge item of a day in it."""

    id: UUID
    label: str
    room: str
    kind: BedKind
    item_code: str
    ward: WardCard


@dataclass(frozen=True, slots=True)
class BedOffer:
    """The earliest day from which a bed is free for all the nights; `is_own`: its ward is one of the specialty."""

    bed: BedCard
    day: date
    is_own: bool


@dataclass(frozen=True, slots=True)
class StayCard:
    """A bed taken from `starts_on` up to the day `ends_on`, on which the next one can come. No person: closed."""

    id: UUID
    bed: BedCard
    person_id: UUID | None
    starts_on: date
    ends_on: date
    state: StayState
    reason: str
    version: int
    booked_by: str
    created_at: datetime
    arrived_at: datetime | None
    ended_at: datetime | None
    end_reason: str

    @property
    def nights(self) -> int:
        """How many nights."""
        return (self.ends_on - self.starts_on).days


@dataclass(frozen=True, slots=True)
class WardDay:
    """How many beds of a ward are what on a day."""

    ward: WardCard
    beds: int
    occupied: int
    reserved: int
    closed: int

    @property
    def free(self) -> int:
        """Beds that nobody has."""
        return self.beds - self.occupied - self.reserved - self.closed


@dataclass(frozen=True, slots=True)
class BedRow:
    """A bed with what takes it in the shown days, in order."""

    bed: BedCard
    stays: tuple[StayCard, ...]
