"""States of a message from an analyzer."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class MessageState(StrEnum):
    APPLIED = "APPLIED"  # its values stand in a report
    WAITING = "WAITING"  # somebody at the laboratory's desk links it or sets it aside
    REFUSED = "REFUSED"  # not readable, not from a known analyzer, or not about results
    SET_ASIDE = "SET_ASIDE"


MESSAGE_TRANSITIONS = Transitions(
    {
        MessageState.WAITING: frozenset({MessageState.APPLIED, MessageState.SET_ASIDE}),
        MessageState.APPLIED: frozenset(),
        MessageState.REFUSED: frozenset(),
        MessageState.SET_ASIDE: frozenset(),
    }
)
