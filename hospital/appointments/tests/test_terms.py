"""Until when a place is paid for, given back and changed (A04)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.appointments.api import compute_pay_by, compute_terms
from hospital.encounters.tests.clinic import TEN

pytestmark = pytest.mark.requirement("A04", "W22")
HOUR = timedelta(hours=1)
instants = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=365)).map(lambda since: TEN + since)


@pytest.mark.parametrize(
    ("starts_in", "due_in"),
    [
        (timedelta(days=5), 24 * HOUR),  # a day to pay
        (20 * HOUR, 18 * HOUR),  # two hours before it begins
        (HOUR, HOUR / 2),  # half an hour at least
        (HOUR / 3, HOUR / 3),  # and never longer than until it begins
    ],
)
def test_when_a_place_is_paid_for(starts_in, due_in):
    assert compute_pay_by(booked_at=TEN, starts_at=TEN + starts_in, now=TEN) == TEN + due_in


@given(instants, st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=30)))
def test_the_time_to_pay_is_never_over_at_once_nor_after_the_beginning(booked_at, ahead):
    starts_at = booked_at + ahead
    assert booked_at < compute_pay_by(booked_at=booked_at, starts_at=starts_at, now=booked_at) <= starts_at


def test_free_until_the_evening_before_and_half_an_hour_after_booking():
    nine_tomorrow = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    terms = compute_terms(booked_at=TEN, starts_at=nine_tomorrow)
    assert terms.free_until == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # 17:00 in Guangzhou
    assert terms.cancel_until == nine_tomorrow
    late = compute_terms(booked_at=TEN + 9 * HOUR, starts_at=nine_tomorrow)
    assert late.free_until == TEN + 9.5 * HOUR
    soon = compute_terms(booked_at=TEN, starts_at=TEN + HOUR / 4)
    assert soon.free_until == soon.cancel_until == TEN + HOUR / 4


@given(instants, st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=30)))
def test_the_free_time_is_within_the_time_to_cancel(booked_at, ahead):
    terms = compute_terms(booked_at=booked_at, starts_at=booked_at + ahead)
    assert booked_at < terms.free_until <= terms.cancel_until == booked_at + ahead
