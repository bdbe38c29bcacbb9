"""States of a request for assistance (N03)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class AssistanceState(StrEnum):
    REQUESTED = "REQUESTED"
    ARRANGED = "ARRANGED"  # who comes, or what drives, is settled
    DONE = "DONE"
    DECLINED = "DECLINED"  # the hospital cannot, and says why
    CANCELLED = "CANCELLED"


ASSISTANCE_TRANSITIONS = Transitions(
    {
        AssistanceState.REQUESTED: frozenset(
            {AssistanceState.ARRANGED, AssistanceState.DECLINED, AssistanceState.CANCELLED}
        ),
        AssistanceState.ARRANGED: frozenset(
            {
                AssistanceState.ARRANGED,  # somebody else comes
                AssistanceState.DONE,
                AssistanceState.DECLINED,
                AssistanceState.CANCELLED,
            }
        ),
        AssistanceState.DONE: frozenset(),
        AssistanceState.DECLINED: frozenset(),
        AssistanceState.CANCELLED: frozenset(),
    }
)
OPEN = (AssistanceState.REQUESTED, AssistanceState.ARRANGED)
