"""Values of supply."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.scheduling.clinic_names import clinic_name

OPEN_SINCE_EVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The release of a place for which nobody has to wait."""


class Pool(StrEnum):
    """For whom a place is kept until it folds back to everybody."""

    OPEN = "OPEN"
    APP = "APP"
    MINI = "MINI"
    WINDOW = "WINDOW"
    KIOSK = "KIOSK"
    DOCTOR = "DOCTOR"  # the doctor's own
    VIP = "VIP"  # coordinators and insurers


class Channel(StrEnum):
    """By what a place is asked for."""

    APP = "APP"
    MINI = "MINI"
    WINDOW = "WINDOW"
    PARTNER = "PARTNER"  # kiosks and other partners
    DOCTOR = "DOCTOR"
    VIP = "VIP"


@dataclass(frozen=True, slots=True)
class PoolShare:
    """So many numbered places of a session for a pool, free for it from `opens_at`, for everybody from `folds_back_at`.

    None: never for anybody else.
    """

    pool: Pool
    places: int
    opens_at: datetime = OPEN_SINCE_EVER
    folds_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One clinician's session with what is left of it for the channel that asks.

    `opens_at` is when the next place is released to it, None where none will be.
    """

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
    opens_at: datetime | None = None
    substituted_at: datetime | None = None  # since when another doctor than the planned one holds it
    is_by_name: bool = True

    @property
    def shown_name(self) -> BilingualText:
        """Whom patients see: the doctor, or the clinic where it is not by name. Staff see `clinician_name`."""
        return self.clinician_name if self.is_by_name else clinic_name(self.service_type)


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
    """Where a changed booking is now, and whether the place it left comes back hidden."""

    session_id: UUID
    campus_code: str
    starts_at: datetime
    is_old_hidden: bool


class OfferSort(StrEnum):
    """In which order doctors are offered."""

    MATCH = "match"  # closest to the words first
    SOONEST = "soonest"
    SENIOR = "senior"
    PRICE = "price"  # the next place that costs least
    DISTANCE = "distance"  # the next place at the nearest campus


@dataclass(frozen=True, slots=True)
class FollowUpFee:
    """A registration fee, and the one that a follow-up costs instead; None where there are no follow-ups.

    `is_follow_up`: it is itself what follow-ups of another one cost.
    """

    item_code: str
    name: BilingualText
    follow_up_item_code: str | None
    is_follow_up: bool


@dataclass(frozen=True, slots=True)
class PricedKind:
    """What decides the price of a session's places."""

    item_code: str
    service_line: str
    campus_code: str
    service_type: str

    def __str__(self) -> str:
        return f"{self.item_code} {self.service_line} {self.campus_code} {self.service_type}"


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """What a patient chose; empty values choose nothing. `part` is AM, PM or EVENING, `language` a BCP 47 tag.

    `clinic`: clinics without a doctor's name alone; with `clinician` none of these.
    """

    clinician: UUID | None = None
    department: UUID | None = None
    specialty: str = ""
    campus: str = ""
    language: str = ""
    title: str = ""
    sex: str = ""
    part: str = ""
    clinic: bool = False

    def values(self) -> dict[str, object]:
        """Every field by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateShare:
    """So many places of a template's sessions for a pool: free for it so many days before, from that time of the day.

    `opens_days` None: from the beginning. `folds_days` None: never for anybody else.
    """

    pool: Pool
    places: int
    opens_days: int | None = None
    opens_clock: time = time(7, 30)
    folds_days: int | None = None
    folds_clock: time = time(17, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What a session offers: who sits where, what a place costs, how long it is, how many may have it at once."""

    clinician_id: UUID
    is_by_name: bool = True
    department_id: UUID
    campus_code: str
    room_id: UUID | None
    part: str
    starts: time
    ends: time
    service_type: str
    service_line: str
    registration_item_code: str
    minutes: int
    capacity: int = 1
    shares: tuple[TemplateShare, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A session that comes every week. `weekday` is ISO's: Monday is 1. Both ends of the validity are included."""

    id: UUID | None = None
    version: int = 1
    weekday: int
    plan: SessionPlan
    is_held_on_holidays: bool = False
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCard:
    """A template with the names of its doctor, department and room."""

    template: Template
    clinician_name: BilingualText
    department_name: BilingualText
    room_name: BilingualText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """A holiday (`as_weekday` None) or a day worked as another weekday; of all campuses without a `campus_code`."""

    day: date
    campus_code: str = ""
    as_weekday: int | None = None
    name: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session that a template asks for on a day."""

    template_id: UUID | None
    held_on: date
    starts_at: datetime
    ends_at: datetime
    plan: SessionPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterConflict:
    """A session that could not be opened, and the one that has its doctor or its room at that time."""

    planned: PlannedSession
    clinician_name: BilingualText
    room_name: BilingualText | None
    is_doctor: bool
    other: SessionCard


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDay:
    """What opening would do with a day of a campus: its holiday, sessions that stand, would be opened, cannot be."""

    day: date
    rule: DayRule | None
    standing: int
    to_open: int
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCard:
    """A session in the clerk's week: its places without the extra ones, and those that are taken."""

    session: SessionCard
    places: int
    taken: int
    is_by_name: bool
    stop_reason: BilingualText | None
    planned_clinician_name: BilingualText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPlace:
    """The place that was taken."""

    session_id: UUID
    campus_code: str
    starts_at: datetime
