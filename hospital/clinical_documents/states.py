"""States of a document and of its versions (domain brief 10: signed content is immutable)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class ClinicalState(StrEnum):
    """A document as a whole."""

    DRAFT = "DRAFT"
    SIGNED = "SIGNED"  # at least one version is; an amendment may be in the making
    WITHDRAWN = "WITHDRAWN"  # given up before anybody signed it
    VOIDED = "VOIDED"  # was signed and does not hold any more


class VersionState(StrEnum):
    """One version of it."""

    DRAFT = "DRAFT"
    SIGNED = "SIGNED"  # for good
    WITHDRAWN = "WITHDRAWN"


class SealOutcome(StrEnum):
    """What the medical affairs office decided about one signed version, for good."""

    SEALED = "SEALED"
    RETURNED = "RETURNED"  # with a reason; the doctor amends or voids


class SealState(StrEnum):
    """How far the newest signed version of a document is with the office."""

    NONE = "NONE"  # nothing is signed, or the kind takes no seal
    WAITING = "WAITING"
    SEALED = "SEALED"
    RETURNED = "RETURNED"


CLINICAL_TRANSITIONS = Transitions(
    {
        ClinicalState.DRAFT: frozenset({ClinicalState.SIGNED, ClinicalState.WITHDRAWN}),
        ClinicalState.SIGNED: frozenset({ClinicalState.VOIDED}),
        ClinicalState.WITHDRAWN: frozenset(),
        ClinicalState.VOIDED: frozenset(),
    }
)
VERSION_TRANSITIONS = Transitions(
    {
        VersionState.DRAFT: frozenset({VersionState.SIGNED, VersionState.WITHDRAWN}),
        VersionState.SIGNED: frozenset(),
        VersionState.WITHDRAWN: frozenset(),
    }
)
