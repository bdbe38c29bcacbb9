"""States of the time in which a bed is taken (N12, domain brief 3)."""

from enum import StrEnum
from typing import Final

from hospital.kernel.transitions import Transitions


class StayState(StrEnum):
    RESERVED = "RESERVED"
    OCCUPIED = "OCCUPIED"
    CLOSED = "CLOSED"  # out of service: nobody lies in it
    ENDED = "ENDED"
    CANCELLED = "CANCELLED"


STAY_TRANSITIONS: Final = Transitions(
    {
        StayState.RESERVED: frozenset({StayState.OCCUPIED, StayState.CANCELLED}),
        StayState.OCCUPIED: frozenset({StayState.ENDED}),
        StayState.CLOSED: frozenset({StayState.ENDED, StayState.CANCELLED}),
        StayState.ENDED: frozenset(),
        StayState.CANCELLED: frozenset(),
    }
)
TAKING: Final = (StayState.RESERVED, StayState.OCCUPIED, StayState.CLOSED)
"""The states in which a bed is taken on the days of the row."""
