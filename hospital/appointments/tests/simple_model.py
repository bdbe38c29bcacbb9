"""One session as everybody thinks it is: places, who has them, who waits. What the database must agree with."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hospital.appointments.errors import AlreadyBooked, KeptForOthers, NotReleased, SessionStopped, SlotFull
from hospital.kernel.errors import Refusal
from hospital.scheduling.types import OPEN_SINCE_EVER, Channel

OWN = {Channel.APP: "APP", Channel.MINI: "MINI", Channel.WINDOW: "WINDOW"}


@dataclass
class Place:
    """A numbered place in the model; `hidden_until` while it comes back."""

    id: int
    pool: str
    opens_at: datetime
    folds_at: datetime | None
    hidden_until: datetime = OPEN_SINCE_EVER


@dataclass
class Booking:
    """Who has a place, and until when where it is only held."""

    id: UUID
    person: int
    place: int | None  # None: an extra place
    held_until: datetime | None
    wait: UUID | None = None


@dataclass
class Model:
    """One session as everybody thinks it is."""

    places: dict[int, Place] = field(default_factory=dict)
    bookings: dict[UUID, Booking] = field(default_factory=dict)
    waiting: dict[UUID, int] = field(default_factory=dict)  # in their order
    ended_waits: Counter[str] = field(default_factory=Counter)
    is_stopped: bool = False

    def is_taken(self, place: Place) -> bool:
        return any(booking.place == place.id for booking in self.bookings.values())

    def has_booking(self, person: int) -> bool:
        return any(booking.person == person for booking in self.bookings.values())

    def is_for(self, place: Place, channel: Channel, now: datetime) -> bool:
        return place.pool in {"OPEN", OWN[channel]} or (place.folds_at is not None and place.folds_at <= now)

    def is_free(self, place: Place, now: datetime) -> bool:
        return not self.is_taken(place) and place.opens_at <= now and place.hidden_until <= now

    def why_not(self, person: int | None, place: Place, channel: Channel, now: datetime) -> type[Refusal] | None:
        """The refusal to one who asks for a place; None where they get it."""
        if self.is_stopped:
            return SessionStopped
        if person is not None and self.has_booking(person):
            return AlreadyBooked
        if self.is_taken(place) or place.hidden_until > now:
            return SlotFull
        if not self.is_for(place, channel, now):
            return KeptForOthers
        return NotReleased if place.opens_at > now else None

    def is_full_without(self, place: Place, now: datetime) -> bool:
        others = [each for each in self.places.values() if each is not place and self.is_free(each, now)]
        return not any(
            each.pool in {"OPEN", place.pool} or (each.folds_at is not None and each.folds_at <= now) for each in others
        )
