"""What an acquirer's answer means, and when to ask again: pure functions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from hospital.payments.ports import AcquirerOrder, AcquirerState
from hospital.payments.states import OPEN_STATES, PAID_STATES, PaymentState

# How long the payer may take on the acquirer's page.
CHECKOUT_LIFE = timedelta(minutes=30)
# How long the payer at a window may take: to type the wallet's password, to find the card and its PIN.
CODE_LIFE = timedelta(minutes=2)
TERMINAL_LIFE = timedelta(minutes=4)
# How long whoever reverses a payment keeps others from counting its money: longer than any call takes.
ENDING_LEASE = timedelta(minutes=1)
# How long a payment that looks over is still asked about: a declined payer may try another card until the page ends,
# and money of a closed checkout may come late.
FAILED_WATCH = timedelta(minutes=5)
CLOSED_WATCH = timedelta(hours=2)
SHORTEST_WAIT = timedelta(seconds=5)
USUAL_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


class Silence(StrEnum):
    """The acquirer gave no usable answer."""

    UNAVAILABLE = "UNAVAILABLE"
    REJECTED = "REJECTED"


class Finding(StrEnum):
    """What was found out about a payment."""

    PAID = "PAID"
    MISMATCH = "MISMATCH"
    PENDING = "PENDING"
    DECLINED = "DECLINED"
    NO_ATTEMPT = "NO_ATTEMPT"
    CLOSED = "CLOSED"
    SILENT = "SILENT"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`target` is the state to go to; None where the payment stays as it is."""

    finding: Finding
    target: PaymentState | None


def judge_answer(
    *,
    state: PaymentState,
    amount: Decimal,
    currency: str,
    expires_at: datetime,
    answer: AcquirerOrder | Silence | None,
    payer_is_back: bool,
    now: datetime,
    is_attended: bool = False,
) -> Verdict:
    """What `answer` to a retrieval means for a payment that is not paid yet (domain brief 6).

    Only money captured in the very amount and currency asked for is PAID. No answer, a pending one or a wrong amount
    is UNKNOWN, never FAILED. A declined payer who is still on the acquirer's page may try another card: FAILED is said
    when the payer is back or the checkout has expired. Without an attempt the payment closes when its checkout has
    expired, or when the acquirer says that nobody can pay it any more. At a window (`is_attended`) a pending answer is
    the payer who types a password or looks for the card: PAYING until the payment expires.
    """
    if answer is None:
        return Verdict(Finding.NO_ATTEMPT, _without_attempt(state, has_expired=now >= expires_at))
    finding = _find(answer, amount, currency)
    if finding is Finding.PAID:
        return Verdict(finding, PaymentState.PAID)
    if finding is Finding.CLOSED:
        return Verdict(finding, PaymentState.CLOSED if state in OPEN_STATES else None)
    if finding is Finding.DECLINED:
        may_try_again = state is PaymentState.PAYING and now < expires_at and not payer_is_back
        return Verdict(finding, PaymentState.FAILED if state in OPEN_STATES and not may_try_again else None)
    if finding is Finding.PENDING and is_attended and now < expires_at:
        return Verdict(finding, PaymentState.PAYING if state is PaymentState.UNKNOWN else None)
    return Verdict(finding, PaymentState.UNKNOWN if state is PaymentState.PAYING else None)


def _find(answer: AcquirerOrder | Silence, amount: Decimal, currency: str) -> Finding:
    if isinstance(answer, Silence):
        return Finding.SILENT
    if answer.captured > 0:
        return Finding.PAID if (answer.captured, answer.currency) == (amount, currency) else Finding.MISMATCH
    if answer.state is AcquirerState.SUCCEEDED:
        return Finding.MISMATCH
    return _UNPAID[answer.state]


_UNPAID = {
    AcquirerState.PENDING: Finding.PENDING,
    AcquirerState.CLOSED: Finding.CLOSED,
    AcquirerState.FAILED: Finding.DECLINED,
}


def _without_attempt(state: PaymentState, *, has_expired: bool) -> PaymentState | None:
    if state not in OPEN_STATES:
        return None
    if has_expired:
        return PaymentState.CLOSED
    return PaymentState.PAYING if state is PaymentState.UNKNOWN else None


def next_query_at(
    *,
    state: PaymentState,
    created_at: datetime,
    unknown_at: datetime | None,
    expires_at: datetime,
    now: datetime,
    is_attended: bool = False,
) -> datetime | None:
    """When to ask the acquirer again; None when there is nothing left to find out.

    The wait is half of how long the question has been open, from seconds to an hour. While somebody stands at a window
    (`is_attended`) it is a few seconds.
    """
    watched_until = {PaymentState.FAILED: expires_at + FAILED_WATCH, PaymentState.CLOSED: expires_at + CLOSED_WATCH}
    if state in PAID_STATES or now > watched_until.get(state, now):
        return None
    if is_attended and state in OPEN_STATES and now < expires_at:
        return now + SHORTEST_WAIT
    is_unknown = state is PaymentState.UNKNOWN and unknown_at is not None
    since = unknown_at if is_unknown and unknown_at else created_at
    at = now + growing_wait(since=since, now=now, shortest=SHORTEST_WAIT if is_unknown else USUAL_WAIT)
    if state in (PaymentState.CREATED, PaymentState.PAYING) and now < expires_at < at:
        return expires_at + SHORTEST_WAIT
    return at


def growing_wait(*, since: datetime, now: datetime, shortest: timedelta = SHORTEST_WAIT) -> timedelta:
    """Half of the time since `since`, at least `shortest`, at most an hour."""
    return min(max((now - since) / 2, shortest), LONGEST_WAIT)
