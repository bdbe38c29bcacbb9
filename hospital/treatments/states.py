"""States of a treatment and of its sessions."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class TreatmentState(StrEnum):
    """What has become of a treatment."""

    OPEN = "OPEN"
    COMPLETED = "COMPLETED"  # every planned session was done
    STOPPED = "STOPPED"  # ended before, with a reason


class SessionState(StrEnum):
    """What has become of one session. Whether a planned one is paid, billing knows."""

    PLANNED = "PLANNED"
    DONE = "DONE"
    CANCELLED = "CANCELLED"  # the treatment was stopped


TREATMENT_TRANSITIONS = Transitions(
    {
        TreatmentState.OPEN: frozenset({TreatmentState.COMPLETED, TreatmentState.STOPPED}),
        TreatmentState.COMPLETED: frozenset({TreatmentState.OPEN}),  # a session of it was struck out
        TreatmentState.STOPPED: frozenset(),
    }
)
SESSION_TRANSITIONS = Transitions(
    {
        SessionState.PLANNED: frozenset({SessionState.DONE, SessionState.CANCELLED}),
        SessionState.DONE: frozenset({SessionState.PLANNED, SessionState.CANCELLED}),  # struck out, see StruckRecord
        SessionState.CANCELLED: frozenset(),
    }
)
