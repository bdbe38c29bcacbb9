"""Which receipt a bill needs next, from those it has and what is left of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.receipts.states import OPEN_STATES, ReceiptKind, ReceiptState

SHORTEST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(hours=1)


class Step(StrEnum):
    """What has to be done."""

    SEND = "SEND"  # one that is written down: send it, or ask after it
    DROP = "DROP"  # a refused one that is no longer wanted
    REVERSE = "REVERSE"  # the one in force says something else than what is left
    HOLD = "HOLD"  # it would have to be reversed, but its paper is out
    ISSUE = "ISSUE"  # there is none in force


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A receipt as far as the next step depends on it."""

    id: UUID
    kind: ReceiptKind
    state: ReceiptState
    digest: str
    has_paper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is left of the bill: its total in CNY and what it covers."""

    total: Decimal
    digest: str


def next_step(known: Sequence[Known], wanted: Wanted) -> tuple[Step, UUID | None] | None:
    """The one step that comes next, and the receipt it concerns; None when all is said, or a person has to look.

    A bill is reversed as a whole and a new receipt is issued over what is left: however many refunds end meanwhile,
    following these steps ends with blue less red = paid less refunded (brief §2, Receipts).
    """
    waiting = next((each for each in known if each.state in OPEN_STATES), None)
    if waiting is not None:
        return Step.SEND, waiting.id
    failed = next((each for each in known if each.state is ReceiptState.FAILED), None)
    if failed is not None:
        is_stale = failed.kind is ReceiptKind.BLUE and failed.digest != wanted.digest
        return (Step.DROP, failed.id) if is_stale else None
    in_force = next(
        (each for each in known if each.kind is ReceiptKind.BLUE and each.state is ReceiptState.ISSUED), None
    )
    if in_force is None:
        return (Step.ISSUE, None) if wanted.total > 0 else None
    if in_force.digest == wanted.digest:
        return None
    return (Step.HOLD if in_force.has_paper else Step.REVERSE), in_force.id


def wait_before(*, sent_first_at: datetime, now: datetime) -> timedelta:
    """Until an unanswered receipt is asked after again: half of the time it has waited, twenty seconds to an hour."""
    return min(max((now - sent_first_at) / 2, SHORTEST_WAIT), LONGEST_WAIT)
