"""Ages, relations, expiry and phones: pure rules (A03)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.patients.rules.contacts import normalize_phone
from hospital.patients.rules.expiry import Expiry, expiry_of
from hospital.patients.rules.relations import (
    Relation,
    age_on,
    are_records_open,
    is_minor,
    is_relation_possible,
    needs_guardian_consent,
)

ON = date(2026, 11, 25)
pytestmark = pytest.mark.requirement("A03")


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(2012, 11, 25), ON, 14),
        (date(2012, 11, 26), ON, 13),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (ON, ON, 0),
    ],
)
def test_a_year_is_over_on_the_birthday(born_on, on, age):
    assert age_on(born_on, on) == age


def test_consent_ends_at_14_and_childhood_at_18():
    assert needs_guardian_consent(date(2012, 11, 26), on=ON)
    assert not needs_guardian_consent(date(2012, 11, 25), on=ON)
    assert is_minor(date(2008, 11, 26), on=ON)
    assert not is_minor(date(2008, 11, 25), on=ON)


@pytest.mark.parametrize("relation", Relation)
def test_a_minor_is_nobodys_self_spouse_or_parent(relation):
    assert is_relation_possible(relation, date(1980, 1, 1), on=ON)
    assert is_relation_possible(relation, date(2015, 1, 1), on=ON) == (relation in {"CHILD", "OTHER"})


def test_an_adults_records_open_when_the_adult_agreed():
    adult = date(1990, 1, 1)
    assert are_records_open(Relation.SELF, adult, proved_on=None, on=ON)
    assert not are_records_open(Relation.SPOUSE, adult, proved_on=None, on=ON)
    assert are_records_open(Relation.SPOUSE, adult, proved_on=ON, on=ON)


def test_a_childs_records_close_on_the_eighteenth_birthday():
    born_on, proved_on = date(2009, 6, 1), date(2020, 1, 1)
    assert are_records_open(Relation.CHILD, born_on, proved_on=None, on=date(2027, 5, 31))
    assert not are_records_open(Relation.CHILD, born_on, proved_on=proved_on, on=date(2027, 6, 1))
    assert are_records_open(Relation.CHILD, born_on, proved_on=date(2027, 6, 1), on=date(2027, 6, 2))


@pytest.mark.parametrize(
    ("days", "expiry"),
    [(-1, Expiry.EXPIRED), (0, Expiry.SOON), (180, Expiry.SOON), (181, Expiry.VALID)],
)
def test_a_document_holds_through_its_last_day(days, expiry):
    assert expiry_of(ON + timedelta(days=days), on=ON) is expiry
    assert expiry_of(None, on=ON) is Expiry.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+44 (7700) 900-123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("＋234 803 123 4567", "+2348031234567"),
        ("138 0013 8000", "13800138000"),
        ("", ""),
        ("+0 12345", None),
        ("call me", None),
        ("+1234567890123456", None),
        ("12", None),
    ],
)
def test_a_phone_of_any_country_is_kept_in_one_spelling(typed, kept):
    assert normalize_phone(typed) == kept


@given(st.text(max_size=40))
def test_a_phone_that_is_kept_stays_the_same(text):
    kept = normalize_phone(text)
    assert kept is None or normalize_phone(kept) == kept
