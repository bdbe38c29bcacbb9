"""The way of a translation from the request to the release by a second person (domain brief 4)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class TranslationState(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"  # with the second reader
    RETURNED = "RETURNED"  # by the second reader, with what is wrong
    REVIEWED = "REVIEWED"  # released, for good; a correction is a new edition
    OVERTAKEN = "OVERTAKEN"  # the source was amended before it was released


OPEN = (TranslationState.DRAFT, TranslationState.SUBMITTED, TranslationState.RETURNED)
WRITABLE = (TranslationState.DRAFT, TranslationState.RETURNED)
TRANSITIONS = Transitions(
    {
        TranslationState.DRAFT: frozenset({TranslationState.SUBMITTED, TranslationState.OVERTAKEN}),
        TranslationState.SUBMITTED: frozenset(
            {TranslationState.REVIEWED, TranslationState.RETURNED, TranslationState.OVERTAKEN}
        ),
        TranslationState.RETURNED: frozenset({TranslationState.SUBMITTED, TranslationState.OVERTAKEN}),
        TranslationState.REVIEWED: frozenset(),
        TranslationState.OVERTAKEN: frozenset(),
    }
)


class Origin(StrEnum):
    """Where the text of a segment comes from."""

    NONE = "NONE"
    TYPED = "TYPED"
    EARLIER = "EARLIER"  # the released translation of an earlier version of the same document
    MEMORY = "MEMORY"  # the released translation of the same words elsewhere
    MACHINE = "MACHINE"  # a draft that somebody must read
