"""States of an order and of each of its lines (domain brief 4)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class OrderState(StrEnum):
    DRAFT = "DRAFT"
    SIGNED = "SIGNED"
    CANCELLED = "CANCELLED"


class LineState(StrEnum):
    PENDING = "PENDING"  # nothing was done for it yet; whether it is paid, billing knows
    EXECUTED = "EXECUTED"  # dispensed, received by the laboratory, examined
    CANCELLED = "CANCELLED"


ORDER_TRANSITIONS = Transitions(
    {
        OrderState.DRAFT: frozenset({OrderState.SIGNED}),
        OrderState.SIGNED: frozenset({OrderState.CANCELLED}),
        OrderState.CANCELLED: frozenset(),
    }
)
LINE_TRANSITIONS = Transitions(
    {
        LineState.PENDING: frozenset({LineState.EXECUTED, LineState.CANCELLED}),
        LineState.EXECUTED: frozenset(),
        LineState.CANCELLED: frozenset(),
    }
)
