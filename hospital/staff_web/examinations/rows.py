"""What the examination desk shows of devices and of a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.examinations.api import (
    list_bookings_of_lines,
    list_device_day,
    list_device_steps,
    list_devices,
    list_steps,
    list_stranded,
)
from hospital.examinations.states import TAKING, BookingState, StepState
from hospital.examinations.types import BookingCard, DeviceCard, StepView
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.orders.api import list_lines, list_orders_by_id
from hospital.orders.types import LineView
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
STEP_WORDS = {
    StepState.IN_PROGRESS: StateWord("busy", pgettext_lazy("device", "Device: begun")),
    StepState.COMPLETED: StateWord("ok", pgettext_lazy("device", "Device: ended")),
    StepState.DISCONTINUED: StateWord("danger", pgettext_lazy("device", "Device: stopped")),
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
    step: StepView | None = None

    @property
    def told(self) -> StateWord | None:
        """What the device says of it."""
        return STEP_WORDS[self.step.state] if self.step else None

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
    steps = list_steps(order_line_ids=[card.order_line_id for card in found]) if found else {}
    return [
        BookingRow(
            card,
            people[card.person_id],
            is_late=card.state is BookingState.BOOKED and card.starts_at <= now,
            step=steps.get(card.order_line_id),
        )
        for card in found
        if card.person_id in people
    ]


def list_stranded_rows(device_id: UUID, *, actor: Actor, now: datetime) -> list[BookingRow]:
    """Bookings to come that fall into an outage of the device."""
    return list_rows(list_stranded(device_id=device_id, now=now), actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class ToldRow:
    """An examination without a booking that a device has begun."""

    step: StepView
    line: LineView
    number: str

    @property
    def told(self) -> StateWord:
        """What the device says of it."""
        return STEP_WORDS[self.step.state]


def list_told(device_id: UUID, *, now: datetime) -> list[ToldRow]:
    """What a device has begun today without a booking, the newest first."""
    since = datetime.combine(local_day(now), time(), SHANGHAI)
    steps = list_device_steps(device_id=device_id, since=since)
    if not steps:
        return []
    ids = [step.order_line_id for step in steps]
    booked = list_bookings_of_lines(line_ids=ids, now=now)
    lines = list_lines(line_ids=ids)
    numbers = {
        order.id: order.number for order in list_orders_by_id(order_ids={each.order_id for each in lines.values()})
    }
    return [
        ToldRow(step, line := lines[step.order_line_id], numbers[line.order_id])
        for step in steps
        if step.order_line_id not in booked
    ]
