"""Values of the appointments context."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.appointments.states import AppointmentState
from hospital.scheduling.types import SlotCard


@dataclass(frozen=True, slots=True)
class Hold:
    """A place that is kept for a patient until `held_until`."""

    id: UUID
    held_until: datetime


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """A booking with its place."""

    id: UUID
    person_id: UUID
    account_id: UUID | None
    state: AppointmentState
    held_until: datetime | None
    created_at: datetime
    booked_at: datetime | None
    taken_at: datetime | None
    slot: SlotCard
