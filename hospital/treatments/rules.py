"""When a session is due (domain brief 4: frequency by a coded list)."""

from collections.abc import Sequence
from datetime import date

from hospital.treatments.vocabulary import Frequency

MOST_SESSIONS = 30
# How many sessions a day, and how many days lie between the days of sessions.
_A_DAY = {Frequency.BID: 2}
_APART = {Frequency.QOD: 2, Frequency.BIW: 3, Frequency.QW: 7}


def is_due(*, frequency: Frequency, done_on: Sequence[date], on: date) -> bool:
    """Whether a session may be given on this day, after those that were done.

    It is due from its day on: a patient who comes late is not turned away.
    """
    if done_on.count(on) >= _A_DAY.get(frequency, 1):
        return False
    earlier = [day for day in done_on if day < on]
    return not earlier or on in done_on or (on - max(earlier)).days >= _APART.get(frequency, 1)
