"""The states of an issued document. A document is never edited: it is voided, or replaced by a newer one."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class DocumentState(StrEnum):
    VALID = "VALID"
    SUPERSEDED = "SUPERSEDED"
    VOIDED = "VOIDED"


TRANSITIONS = Transitions(
    {
        DocumentState.VALID: frozenset({DocumentState.SUPERSEDED, DocumentState.VOIDED}),
        DocumentState.SUPERSEDED: frozenset({DocumentState.VOIDED}),
        DocumentState.VOIDED: frozenset(),
    }
)
