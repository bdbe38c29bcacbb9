"""States of a booking (domain brief 2)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class AppointmentState(StrEnum):
    HELD = "HELD"  # reserved for 15 minutes while the patient decides
    BOOKED = "BOOKED"
    TAKEN = "TAKEN"  # a number was taken: the visit exists
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    NO_SHOW = "NO_SHOW"


APPOINTMENT_TRANSITIONS = Transitions(
    {
        AppointmentState.HELD: frozenset(
            {AppointmentState.BOOKED, AppointmentState.CANCELLED, AppointmentState.EXPIRED}
        ),
        AppointmentState.BOOKED: frozenset(
            {
                AppointmentState.TAKEN,
                AppointmentState.CANCELLED,
                AppointmentState.EXPIRED,  # not paid for in time
                AppointmentState.NO_SHOW,
            }
        ),
        # From here the visit is what can be cancelled, unless the hospital calls off what was not seen yet.
        AppointmentState.TAKEN: frozenset({AppointmentState.CANCELLED}),
        AppointmentState.CANCELLED: frozenset(),
        AppointmentState.EXPIRED: frozenset(),
        AppointmentState.NO_SHOW: frozenset(),
    }
)


class WaitState(StrEnum):
    """What became of somebody who waits for a place."""

    WAITING = "WAITING"
    OFFERED = "OFFERED"  # a place is held for them
    BOOKED = "BOOKED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"  # the offer ran out, or there was none until the session
    LEFT = "LEFT"
