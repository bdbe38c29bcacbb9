"""What the examination desk shows of devices and of a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.examinations.api import list_device_day, list_devices, list_stranded
from hospital.examinations.states import TAKING, BookingState
from hospital.examinations.types import BookingCard, DeviceCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.exam_words import STATE_WORDS

_KINDS = {
    BookingState.BOOKED: "wait",
    BookingState.CHECKED_IN: "info",
    BookingState.CALLED: "brand",
    BookingState.IN_PROGRESS: "busy",
    BookingState.DONE: "ok",
    BookingState.NO_SHOW: "warn",
}
STEPS: dict[BookingState, tuple[tuple[str, Promise], ...]] = {
    BookingState.BOOKED: (("check-in", _("Check in")), ("no-show", _("Did not come"))),
    BookingState.CHECKED_IN: (("call", _("Call")), ("no-show", _("Did not come"))),
    BookingState.CALLED: (("start", _("Start")), ("put-back", _("Not there, call later"))),
    BookingState.IN_PROGRESS: (("done", _("Done")),),
}


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device in the list on the left."""

    device: DeviceCard
    open_count: int


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One booked examination; the first of `steps` is the usual one."""

    booking: BookingCard
    person: PersonCard
    is_late: bool

    @property
    def word(self) -> StateWord:
        """Its state."""
        if self.is_late:
            return StateWord("warn", _("Not here yet"))
        return StateWord(_KINDS[self.booking.state], STATE_WORDS[self.booking.state])

    @property
    def steps(self) -> tuple[tuple[str, Promise], ...]:
        """What can be done next; nobody is marked as absent before their time."""
        steps = STEPS.get(self.booking.state, ())
        return steps if self.is_late or self.booking.state is not BookingState.BOOKED else steps[:1]


def list_desk(*, actor: Actor, now: datetime) -> tuple[list[DeviceRow], list[BookingCard]]:
    """The devices of the actor's campus with how many of today's bookings are open, and these bookings."""
    devices = list_devices(now=now, campus_code=actor.campus_code)
    bookings = list_device_day(campus_code=actor.campus_code, day=local_day(now), now=now)
    counts = Counter(card.device.id for card in bookings if card.state in TAKING)
    return [DeviceRow(device, counts[device.id]) for device in devices.values()], bookings


def list_rows(bookings: Iterable[BookingCard], *, actor: Actor, now: datetime) -> list[BookingRow]:
    """The bookings with their patients; those whom the actor may not see are left out."""
    found = list(bookings)
    people = list_people(actor=actor, person_ids={card.person_id for card in found}, now=now)
    return [
        BookingRow(card, people[card.person_id], is_late=card.state is BookingState.BOOKED and card.starts_at <= now)
        for card in found
        if card.person_id in people
    ]


def list_stranded_rows(device_id: UUID, *, actor: Actor, now: datetime) -> list[BookingRow]:
    """Bookings to come that fall into an outage of the device."""
    return list_rows(list_stranded(device_id=device_id, now=now), actor=actor, now=now)
