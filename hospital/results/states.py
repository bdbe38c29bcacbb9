"""States of a specimen and of its report (domain brief 4)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class SpecimenState(StrEnum):
    REQUESTED = "REQUESTED"
    COLLECTED = "COLLECTED"
    RECEIVED = "RECEIVED"
    RESULTED = "RESULTED"  # entered, waits for the second person
    VERIFIED = "VERIFIED"
    REJECTED = "REJECTED"  # not usable; a new specimen takes its place


class ReportState(StrEnum):
    DRAFT = "DRAFT"
    ENTERED = "ENTERED"
    VERIFIED = "VERIFIED"
    SUPERSEDED = "SUPERSEDED"  # a verified amendment took its place; both stay


SPECIMEN_TRANSITIONS = Transitions(
    {
        SpecimenState.REQUESTED: frozenset({SpecimenState.COLLECTED, SpecimenState.RECEIVED, SpecimenState.REJECTED}),
        SpecimenState.COLLECTED: frozenset({SpecimenState.RECEIVED, SpecimenState.REJECTED}),
        SpecimenState.RECEIVED: frozenset({SpecimenState.RESULTED, SpecimenState.REJECTED}),
        SpecimenState.RESULTED: frozenset({SpecimenState.VERIFIED, SpecimenState.REJECTED}),
        SpecimenState.VERIFIED: frozenset({SpecimenState.RECEIVED}),  # an amendment begins
        SpecimenState.REJECTED: frozenset(),
    }
)
REPORT_TRANSITIONS = Transitions(
    {
        ReportState.DRAFT: frozenset({ReportState.ENTERED}),
        ReportState.ENTERED: frozenset({ReportState.VERIFIED}),
        ReportState.VERIFIED: frozenset({ReportState.SUPERSEDED}),
        ReportState.SUPERSEDED: frozenset(),
    }
)
