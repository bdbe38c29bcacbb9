"""States of an enquiry."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class EnquiryState(StrEnum):
    RECEIVED = "RECEIVED"
    ANSWERING = "ANSWERING"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"


ENQUIRY_TRANSITIONS = Transitions(
    {
        EnquiryState.RECEIVED: frozenset(
            {EnquiryState.RECEIVED, EnquiryState.ANSWERING, EnquiryState.ANSWERED, EnquiryState.CLOSED}
        ),
        EnquiryState.ANSWERING: frozenset({EnquiryState.RECEIVED, EnquiryState.ANSWERED, EnquiryState.CLOSED}),
        EnquiryState.ANSWERED: frozenset({EnquiryState.RECEIVED, EnquiryState.ANSWERED, EnquiryState.CLOSED}),
        EnquiryState.CLOSED: frozenset({EnquiryState.RECEIVED}),
    }
)
