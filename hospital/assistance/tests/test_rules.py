"""Hours that an interpreter is paid for (N03)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.assistance.rules import count_paid_hours
from hospital.encounters.tests.clinic import TEN

pytestmark = pytest.mark.requirement("N03")


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(-30, "1.0"), (0, "1.0"), (60, "1.0"), (61, "1.5"), (90, "1.5"), (91, "2.0"), (720, "12.0"), (900, "12.0")],
)
def test_every_half_hour_begun_counts_and_one_hour_at_least(minutes, hours):
    paid = count_paid_hours(starts_at=TEN, ends_at=TEN + timedelta(minutes=minutes))
    assert (str(paid), paid) == (hours, Decimal(hours))


@given(st.integers(0, 43_200), st.integers(0, 43_200))
def test_more_time_never_costs_less(first, second):
    short, long = sorted((first, second))
    at = [count_paid_hours(starts_at=TEN, ends_at=TEN + timedelta(seconds=each)) for each in (short, long)]
    assert at[0] <= at[1]
    assert at[1] * 3600 >= long
    assert at[1] % Decimal("0.5") == 0
