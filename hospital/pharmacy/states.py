"""States of a prescription in the pharmacy (domain brief 4)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class PrescriptionState(StrEnum):
    """Whether a PASSED one is paid, billing knows."""

    SIGNED = "SIGNED"  # waits for the pharmacist's review
    REJECTED = "REJECTED"  # back with the doctor, with a reason
    PASSED = "PASSED"
    PREPARED = "PREPARED"  # picked from the shelf, waits for the second person
    DISPENSED = "DISPENSED"
    RETURNED = "RETURNED"  # all of it came back
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


PRESCRIPTION_TRANSITIONS = Transitions(
    {
        PrescriptionState.SIGNED: frozenset(
            {
                PrescriptionState.PASSED,
                PrescriptionState.REJECTED,
                PrescriptionState.EXPIRED,
                PrescriptionState.CANCELLED,
            }
        ),
        PrescriptionState.REJECTED: frozenset(
            {
                PrescriptionState.SIGNED,  # the doctor stands by it with a second signature
                PrescriptionState.EXPIRED,
                PrescriptionState.CANCELLED,
            }
        ),
        PrescriptionState.PASSED: frozenset({PrescriptionState.PREPARED, PrescriptionState.EXPIRED}),
        PrescriptionState.PREPARED: frozenset(
            {
                PrescriptionState.DISPENSED,
                PrescriptionState.PASSED,  # put back on the shelf
                PrescriptionState.EXPIRED,
            }
        ),
        PrescriptionState.DISPENSED: frozenset({PrescriptionState.RETURNED}),
        PrescriptionState.RETURNED: frozenset(),
        PrescriptionState.EXPIRED: frozenset(),
        PrescriptionState.CANCELLED: frozenset(),
    }
)
OPEN = (
    PrescriptionState.SIGNED,
    PrescriptionState.REJECTED,
    PrescriptionState.PASSED,
    PrescriptionState.PREPARED,
)
"""What is still to be done something about."""
