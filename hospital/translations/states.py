"""The way of a translation from the request to the release by a second person (domain brief 4)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class TranslationState(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"  # with the second reader
    RETURNED = "RETURNED"  # by the second reader, with what is wrong
    REVIEWED = "REVIEWED"  # released, for good; a correction is a new edition
    OVERTAKEN = "OVERTAKEN"  # the source was amended before it was released
    CANCELLED = "CANCELLED"  # the source was voided before it was released


OPEN = (TranslationState.DRAFT, TranslationState.SUBMITTED, TranslationState.RETURNED)
WRITABLE = (TranslationState.DRAFT, TranslationState.RETURNED)
_LEAVING = frozenset({TranslationState.OVERTAKEN, TranslationState.CANCELLED})
TRANSITIONS = Transitions(
    {
        TranslationState.DRAFT: _LEAVING | {TranslationState.SUBMITTED},
        TranslationState.SUBMITTED: _LEAVING | {TranslationState.REVIEWED, TranslationState.RETURNED},
        TranslationState.RETURNED: _LEAVING | {TranslationState.SUBMITTED},
        TranslationState.REVIEWED: frozenset(),
        TranslationState.OVERTAKEN: frozenset(),
        TranslationState.CANCELLED: frozenset(),
    }
)


class Origin(StrEnum):
    """Where the text of a segment comes from."""

    NONE = "NONE"
    TYPED = "TYPED"
    EARLIER = "EARLIER"  # the released translation of an earlier version of the same document
    MEMORY = "MEMORY"  # the released translation of the same words elsewhere
    MACHINE = "MACHINE"  # a draft that nobody read yet
    READ = "READ"  # a machine's draft that the translator read and left as it is
    EDITED = "EDITED"  # a machine's draft that the translator changed


MACHINE_MADE = frozenset({Origin.MACHINE, Origin.READ, Origin.EDITED})
"""What came from a machine, whatever became of it."""
