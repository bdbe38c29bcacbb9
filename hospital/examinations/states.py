"""States of a booked examination (domain brief 2)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class StepState(StrEnum):
    """What a device says of an examination that it does."""

    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    DISCONTINUED = "DISCONTINUED"


class BookingState(StrEnum):
    BOOKED = "BOOKED"
    CHECKED_IN = "CHECKED_IN"
    CALLED = "CALLED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"


BOOKING_TRANSITIONS = Transitions(
    {
        BookingState.BOOKED: frozenset({BookingState.CHECKED_IN, BookingState.NO_SHOW, BookingState.CANCELLED}),
        BookingState.CHECKED_IN: frozenset({BookingState.CALLED, BookingState.NO_SHOW, BookingState.CANCELLED}),
        BookingState.CALLED: frozenset(
            {
                BookingState.IN_PROGRESS,
                BookingState.CHECKED_IN,  # did not answer, waits on
                BookingState.NO_SHOW,
                BookingState.CANCELLED,
            }
        ),
        BookingState.IN_PROGRESS: frozenset(
            {
                BookingState.DONE,
                BookingState.CHECKED_IN,  # the device stopped, waits again
            }
        ),
        BookingState.DONE: frozenset(),
        BookingState.NO_SHOW: frozenset(),  # the order stays: it can be booked again
        BookingState.CANCELLED: frozenset(),
    }
)
TAKING = (BookingState.BOOKED, BookingState.CHECKED_IN, BookingState.CALLED, BookingState.IN_PROGRESS)
"""The states in which a booking takes time on a device and of its patient."""
