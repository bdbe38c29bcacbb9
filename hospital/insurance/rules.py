"""Which transaction with the bureau is next (domain brief §1.1, §1.3)."""

from datetime import datetime, timedelta

from hospital.insurance.states import ClaimState, Step, Wanted

_FORWARD = {
    ClaimState.NEW: Step.UPLOAD,
    ClaimState.UPLOADED: Step.PRE_SETTLE,
    ClaimState.PRICED: Step.SETTLE,
}
_BACK = {
    ClaimState.SETTLED: Step.CANCEL_SETTLEMENT,
    ClaimState.PRICED: Step.CANCEL_UPLOAD,
    ClaimState.UPLOADED: Step.CANCEL_UPLOAD,
}
REACHED = {
    Step.UPLOAD: ClaimState.UPLOADED,
    Step.PRE_SETTLE: ClaimState.PRICED,
    Step.SETTLE: ClaimState.SETTLED,
    Step.CANCEL_SETTLEMENT: ClaimState.UPLOADED,
    Step.CANCEL_UPLOAD: ClaimState.CANCELLED,
}
FIRST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(minutes=30)


def next_step(state: ClaimState, wanted: Wanted) -> Step | None:
    """The next transaction towards what is wanted; None where it is reached or nothing leads there."""
    if state.value == wanted.value:
        return None
    if wanted is Wanted.CANCELLED:
        return _BACK.get(state)
    if wanted is Wanted.PRICED and state is ClaimState.SETTLED:
        return None
    return _FORWARD.get(state)


def wait_before(*, asked_first_at: datetime, now: datetime) -> timedelta:
    """How long to wait before an unanswered transaction is asked after: as long again as it has lasted."""
    return min(max(now - asked_first_at, FIRST_WAIT), LONGEST_WAIT)
