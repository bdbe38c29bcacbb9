"""States of an outpatient visit (domain brief 2)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class EncounterState(StrEnum):
    REGISTERED = "REGISTERED"  # a number was taken
    CHECKED_IN = "CHECKED_IN"
    WAITING = "WAITING"  # passed triage
    CALLED = "CALLED"
    IN_CONSULT = "IN_CONSULT"
    AWAY = "AWAY"  # at examinations, comes back with the results
    DONE = "DONE"
    PASSED = "PASSED"  # did not answer the call
    CANCELLED = "CANCELLED"


ENCOUNTER_TRANSITIONS = Transitions(
    {
        EncounterState.REGISTERED: frozenset({EncounterState.CHECKED_IN, EncounterState.CANCELLED}),
        EncounterState.CHECKED_IN: frozenset({EncounterState.WAITING, EncounterState.CALLED, EncounterState.CANCELLED}),
        EncounterState.WAITING: frozenset({EncounterState.CALLED, EncounterState.CANCELLED}),
        EncounterState.CALLED: frozenset({EncounterState.CALLED, EncounterState.IN_CONSULT, EncounterState.PASSED}),
        EncounterState.IN_CONSULT: frozenset({EncounterState.DONE, EncounterState.AWAY}),
        EncounterState.AWAY: frozenset({EncounterState.CHECKED_IN, EncounterState.CALLED, EncounterState.DONE}),
        EncounterState.PASSED: frozenset({EncounterState.CHECKED_IN, EncounterState.CALLED, EncounterState.CANCELLED}),
        EncounterState.DONE: frozenset(),
        EncounterState.CANCELLED: frozenset(),
    }
)
