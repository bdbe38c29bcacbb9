"""States of a fiscal receipt and of its paper (domain brief §2, Receipts)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class ReceiptKind(StrEnum):
    """BLUE tells that money was taken, RED takes a blue one back as a whole."""

    BLUE = "BLUE"
    RED = "RED"


class ReceiptState(StrEnum):
    """How far a receipt is with the finance authority's platform."""

    REQUESTED = "REQUESTED"  # written down, not sent yet
    SENT = "SENT"  # sent; without an answer it is asked after until it is known
    ISSUED = "ISSUED"  # has its number
    FAILED = "FAILED"  # refused, so that nothing was issued; waits for a person
    REVERSED = "REVERSED"  # a blue one that a red one took back
    DROPPED = "DROPPED"  # refused, and by then no longer wanted: our number was never used


class PaperState(StrEnum):
    """The paper that stands in for an electronic receipt."""

    SENT = "SENT"  # not answered yet: whether the paper counts is asked after
    PRINTED = "PRINTED"  # counts; the electronic receipt is locked
    VOID = "VOID"  # came back or was spoiled; the electronic receipt counts again
    FAILED = "FAILED"  # the platform refused it: the paper never counted


_S = ReceiptState
RECEIPT_TRANSITIONS = Transitions(
    {
        _S.REQUESTED: frozenset({_S.SENT}),
        _S.SENT: frozenset({_S.SENT, _S.ISSUED, _S.FAILED}),
        _S.FAILED: frozenset({_S.REQUESTED, _S.DROPPED}),
        _S.ISSUED: frozenset({_S.REVERSED}),
        _S.REVERSED: frozenset(),
        _S.DROPPED: frozenset(),
    }
)
PAPER_TRANSITIONS = Transitions(
    {
        PaperState.SENT: frozenset({PaperState.PRINTED, PaperState.FAILED}),
        PaperState.PRINTED: frozenset({PaperState.VOID}),
        PaperState.VOID: frozenset(),
        PaperState.FAILED: frozenset(),
    }
)
OPEN_STATES = (ReceiptState.REQUESTED, ReceiptState.SENT)
NUMBERED_STATES = (ReceiptState.ISSUED, ReceiptState.REVERSED)
