"""States of a note and who may follow whom (domain brief 10: signed content is immutable)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class NoteState(StrEnum):
    DRAFT = "DRAFT"
    SIGNED = "SIGNED"  # for good; an amendment is a new version


NOTE_TRANSITIONS = Transitions(
    {
        NoteState.DRAFT: frozenset({NoteState.SIGNED}),
        NoteState.SIGNED: frozenset(),
    }
)
