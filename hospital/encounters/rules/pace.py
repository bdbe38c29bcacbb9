"""How long somebody waits: the doctor's own pace of today, and a range that is meant to hold four times in five."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final

RECENT: Final = 12  # consultations of today that say how fast the doctor is now
_WEIGHT: Final = 3  # so many consultations is the usual length worth
_USUAL_SPREAD: Final = 0.5  # of the usual length
_FOUR_IN_FIVE: Final = 1.2816  # standard deviations to either side
_STEP: Final = 5  # minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitEstimate:
    """`before` are called first; the wait is about `minutes`, four times in five between the other two."""

    before: int
    minutes: int
    minutes_from: int
    minutes_to: int


def estimate_wait(
    *, before: int, recent: Sequence[float], usual: float, in_room: float | None = None, starts_in: float = 0
) -> WaitEstimate:
    """The wait in minutes of somebody with `before` others first.

    `recent` are the minutes of the doctor's consultations of today, from the call to the end; `usual` is the length of
    a place, which counts while there are few. `in_room` is for how long the present consultation has gone on, None
    without one; `starts_in` how long until the doctor begins. The ends of the range are rounded outward to 5 minutes.
    """
    seen = list(recent)[-RECENT:]
    weight = _WEIGHT + len(seen)
    mean = (_WEIGHT * usual + sum(seen)) / weight
    spread = _WEIGHT * ((_USUAL_SPREAD * usual) ** 2 + (usual - mean) ** 2) + sum((each - mean) ** 2 for each in seen)
    variance = spread / weight
    rest = 0.0 if in_room is None else max(mean - in_room, 0.3 * mean)
    middle = starts_in + rest + before * mean
    # The sum of the consultations varies, and so does what is known of their mean.
    deviation = sqrt(variance * (before + before**2 / weight + (in_room is not None)))
    lowest = max(middle - _FOUR_IN_FIVE * deviation, starts_in)
    highest = middle + _FOUR_IN_FIVE * deviation
    return WaitEstimate(
        before=before,
        minutes=round(middle),
        minutes_from=floor(lowest / _STEP) * _STEP,
        minutes_to=max(ceil(highest / _STEP), 1) * _STEP,
    )
