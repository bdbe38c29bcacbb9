"""Values of supply."""

from dataclasses import dataclass
from datetime import date, datetime
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
