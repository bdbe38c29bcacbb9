"""Values of the appointments context."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from hospital.appointments.rules import Terms, compute_terms
from hospital.appointments.states import AppointmentState, WaitState
from hospital.kernel.types import BilingualText
from hospital.scheduling.types import SessionCard, SlotCard


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
    ended_at: datetime | None
    end_reason: str
    pay_by: datetime | None
    revision: int
    slot: SlotCard
    follows_id: UUID | None = None
    fee_item_code: str = ""

    @property
    def charged_session(self) -> SessionCard:
        """The session with the item that the patient pays: a follow-up has its own."""
        session = self.slot.session
        return replace(session, registration_item_code=self.fee_item_code) if self.fee_item_code else session

    @property
    def has_other_doctor(self) -> bool:
        """Whether another doctor than the one that was booked holds the session now."""
        changed_at = self.slot.session.substituted_at
        is_by_name = self.slot.session.is_by_name
        return is_by_name and changed_at is not None and self.booked_at is not None and self.booked_at < changed_at

    @property
    def terms(self) -> Terms | None:
        """Until when it can be given back and changed; None for what is not booked."""
        if self.state is not AppointmentState.BOOKED or self.booked_at is None:
            return None
        return compute_terms(booked_at=self.booked_at, starts_at=self.slot.starts_at)


@dataclass(frozen=True, slots=True)
class WaitCard:
    """Somebody who waits for a place: in `session`, or in any session of the doctor from `first_on` to `last_on`.

    `rank` counts from 1 while they wait; `appointment_id` is the hold that was offered, until `offered_until`.
    """

    id: UUID
    person_id: UUID
    clinician_id: UUID
    clinician_name: BilingualText
    session: SessionCard | None
    first_on: date
    last_on: date
    state: WaitState
    joined_at: datetime
    rank: int | None
    appointment_id: UUID | None
    offered_until: datetime | None


@dataclass(frozen=True, slots=True)
class BlockCard:
    """Booking by app is closed for a person until `until`, since they missed so many places; what they say to it."""

    id: UUID
    person_id: UUID
    missed: int
    since: datetime
    until: datetime
    appeal: str = ""
    appealed_at: datetime | None = None


class When(StrEnum):
    """Which bookings a list shows: those to come from today on, or those that are over or were given back."""

    ALL = "all"
    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityCard:
    """A called-off patient may book before others until the end of a day; `used_for` is the booking it was used for."""

    appointment_id: UUID
    person_id: UUID
    valid_until: date
    used_for: UUID | None
