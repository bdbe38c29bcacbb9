"""Who is called next (domain brief 2): priority, then the appointed time, late arrivals after the hour they came in.

`order_statement` says the same in SQL; a property test holds the two equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

LATE_AFTER: Final = timedelta(minutes=15)  # how long after the appointed time a patient still counts as on time
RETURNS_AFTER: Final = 3  # how many others are called before a patient who missed the call and came again
FIRST, PRIORITY, ORDINARY = 0, 1, 2  # ranks: emergencies and the green channel, those with a reason, everybody else
_HOUR: Final = timedelta(hours=1)
_JUST_BEFORE: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """Somebody who waits. `returns_after` is the number of calls of the doctor's day after which one who missed the
    call has their turn; None for everybody else."""

    id: UUID
    rank: int
    turn_at: datetime
    checked_in_at: datetime
    returns_after: int | None = None


def find_turn(*, due_at: datetime | None, checked_in_at: datetime) -> datetime:
    """The time by which a patient is ordered.

    On time (also early) it is the appointed time. Late, or without a time, it is the last instant of the hour in which
    they came: after everybody on time of that hour, before those of the next.
    """
    if due_at is not None and checked_in_at <= due_at + LATE_AFTER:
        return due_at
    hour = checked_in_at.replace(minute=0, second=0, microsecond=0)
    return hour + _HOUR - _JUST_BEFORE


def order_line(waiting: Iterable[InLine], *, calls_made: int) -> list[UUID]:
    """Everybody in the order in which they would be called if nobody came or went.

    Rank 0 first. Then whoever missed a call and whose `returns_after` calls have been made; then the others by rank,
    time and check-in. Where nobody else is left, those who missed a call do not wait for the number.
    """
    line = list(waiting)
    regular = sorted(
        (each for each in line if each.returns_after is None),
        key=lambda each: (each.rank, each.turn_at, each.checked_in_at, each.id),
    )
    returning = sorted(
        ((each.returns_after, each.checked_in_at, each.id) for each in line if each.returns_after is not None),
    )
    ordered: list[UUID] = []
    while regular or returning:
        is_due = bool(returning) and returning[0][0] <= calls_made + len(ordered)
        is_first = bool(regular) and regular[0].rank == FIRST
        if regular and (is_first or not is_due):
            ordered.append(regular.pop(0).id)
        else:
            ordered.append(returning.pop(0)[2])
    return ordered
