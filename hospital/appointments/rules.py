"""When a place is paid for, given back and changed. Instants are aware; days are Guangzhou's.

The times are the product's proposal; the hospital confirms them before release. What a patient is told beforehand is
made of the same functions.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from hospital.kernel.clock import SHANGHAI, local_day

MOST_CLAIMS = 5
"""Places that an account may hold at once without having paid for them."""

PAY_WITHIN = timedelta(hours=24)
PAY_BEFORE_START = timedelta(hours=2)
PAY_AT_LEAST = timedelta(minutes=30)
FREE_UNTIL = time(17, 0)
FREE_AT_LEAST = timedelta(minutes=30)

MOST_A_DAY = 6
"""Places that a person may have by app and machine on one day."""

MOST_IN_DEPARTMENT_A_DAY = 2
MISSED_BEFORE_BLOCK = 3
"""Places that were missed within `MISSED_WITHIN` and close booking by app for `BLOCKED_FOR`. Never emergencies, never
the window."""

MISSED_WITHIN = timedelta(days=90)
BLOCKED_FOR = timedelta(days=30)
MOST_WAITS = 5
"""Waitlists that a person may be on at once."""

MOST_WAIT_DAYS = 31
OFFER_LIFE = timedelta(minutes=30)
NIGHT_BEGINS, NIGHT_ENDS = time(22, 0), time(7, 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """Until when the patient may pay, give back for nothing, and change; each exclusive."""

    free_until: datetime
    change_until: datetime
    cancel_until: datetime


def compute_pay_by(*, booked_at: datetime, starts_at: datetime, now: datetime) -> datetime:
    """When a place that is not paid for goes back: a day after booking, or two hours before it begins if sooner.

    Whoever books or changes later than that has half an hour, and never longer than until the place begins.
    """
    due = min(booked_at + PAY_WITHIN, starts_at - PAY_BEFORE_START)
    return min(max(due, now + PAY_AT_LEAST), starts_at)


def compute_terms(*, booked_at: datetime, starts_at: datetime) -> Terms:
    """The terms of a booking: free until 17:00 of the day before, and for half an hour after booking.

    Afterwards it can still be given back until it begins, and the fee is kept. It can be changed while it is free.
    """
    evening_before = datetime.combine(local_day(starts_at) - timedelta(days=1), FREE_UNTIL, SHANGHAI).astimezone(UTC)
    free_until = min(max(evening_before, booked_at + FREE_AT_LEAST), starts_at)
    return Terms(free_until=free_until, change_until=free_until, cancel_until=starts_at)


def compute_offer_until(*, now: datetime, starts_at: datetime) -> datetime:
    """Until when a place is kept for one who waits: half an hour, counted from seven where it is offered at night.

    Never longer than until the place begins.
    """
    local = now.astimezone(SHANGHAI)
    begins = now
    if local.time() >= NIGHT_BEGINS or local.time() < NIGHT_ENDS:
        morning = local.date() + timedelta(days=1 if local.time() >= NIGHT_BEGINS else 0)
        begins = datetime.combine(morning, NIGHT_ENDS, SHANGHAI).astimezone(UTC)
    return min(begins + OFFER_LIFE, starts_at)
