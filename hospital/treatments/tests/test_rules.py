"""When a session is due, and which plans make sense."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.treatments.errors import BadPlan
from hospital.treatments.rules import is_due
from hospital.treatments.services.ordering import check_plan
from hospital.treatments.tests.factories import make_plan
from hospital.treatments.vocabulary import DOSE_UNITS, PAIRED_SITES, SITES, Frequency, Laterality

pytestmark = pytest.mark.requirement("D54")
TODAY = date(2026, 11, 25)
DAYS = st.lists(st.integers(min_value=0, max_value=40).map(lambda days: TODAY - timedelta(days=days)), max_size=8)


@pytest.mark.parametrize(
    ("frequency", "days_ago", "due"),
    [
        (Frequency.QD, [], True),
        (Frequency.QD, [1], True),
        (Frequency.QD, [0], False),
        (Frequency.BID, [0], True),
        (Frequency.BID, [0, 0], False),
        (Frequency.QOD, [1], False),
        (Frequency.QOD, [2], True),
        (Frequency.BIW, [2], False),
        (Frequency.BIW, [3], True),
        (Frequency.QW, [6], False),
        (Frequency.QW, [7, 14], True),
    ],
)
def test_a_session_is_due_from_its_day_on(frequency, days_ago, due):
    assert is_due(frequency=frequency, done_on=[TODAY - timedelta(days=each) for each in days_ago], on=TODAY) is due


@given(st.sampled_from(list(Frequency)), DAYS, st.integers(min_value=0, max_value=30))
def test_what_is_due_stays_due_until_it_is_given(frequency, done_on, later):
    day = TODAY + timedelta(days=later)
    if is_due(frequency=frequency, done_on=done_on, on=TODAY) and TODAY not in done_on:
        assert is_due(frequency=frequency, done_on=done_on, on=day)


@given(st.sampled_from(list(Frequency)), DAYS)
def test_never_more_sessions_a_day_than_the_frequency_says(frequency, done_on):
    most = 2 if frequency is Frequency.BID else 1
    if done_on.count(TODAY) >= most:
        assert not is_due(frequency=frequency, done_on=done_on, on=TODAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"site": "ELSEWHERE"},
        {"laterality": Laterality.NONE},
        {"site": "BACK"},  # has no side
        {"sessions": 0},
        {"sessions": 31},
        {"frequency": Frequency.ONCE},  # and three sessions
        {"dose": Decimal(0)},
        {"dose": None},
        {"dose_unit": "spoon"},
        {"dose_unit": ""},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(wrong):
    check_plan(make_plan())
    check_plan(make_plan(site="BACK", laterality=Laterality.NONE, dose=None, dose_unit=""))
    with pytest.raises(BadPlan):
        check_plan(make_plan(**wrong))


def test_every_word_is_in_both_languages():
    assert set(SITES) > PAIRED_SITES
    for words in (SITES, DOSE_UNITS):
        assert all(each.zh and each.en for each in words.values())
