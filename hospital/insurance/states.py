"""How far the bureau is with a bill, and how far we want it to be."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class ClaimState(StrEnum):
    """What the bureau has done, as far as it told us."""

    NEW = "NEW"
    UPLOADED = "UPLOADED"
    PRICED = "PRICED"
    SETTLED = "SETTLED"
    CANCELLED = "CANCELLED"


class Wanted(StrEnum):
    """What is to become of a claim. A claim is never wanted back: who wants it again opens another."""

    PRICED = "PRICED"
    SETTLED = "SETTLED"
    CANCELLED = "CANCELLED"


class Step(StrEnum):
    """The bureau's transactions by their numbers."""

    UPLOAD = "2204"
    PRE_SETTLE = "2206"
    SETTLE = "2207"
    CANCEL_SETTLEMENT = "2208"
    CANCEL_UPLOAD = "2205"


_S = ClaimState
CLAIM_TRANSITIONS = Transitions(
    {
        _S.NEW: frozenset({_S.UPLOADED, _S.CANCELLED}),
        _S.UPLOADED: frozenset({_S.PRICED, _S.CANCELLED}),
        _S.PRICED: frozenset({_S.SETTLED, _S.CANCELLED}),
        _S.SETTLED: frozenset({_S.UPLOADED}),
        _S.CANCELLED: frozenset(),
    }
)
