"""The pure rules: reading values, choosing ranges, flags."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.kernel.types import BilingualText
from hospital.results.rules import (
    ParsedValue,
    choose_range,
    convert_value,
    count_days,
    flag_choice,
    flag_number,
    is_odd_change,
    is_same_value,
    parse_titer,
    parse_value,
    place_on_bar,
    word_range,
)
from hospital.results.types import Flag, Range, SecondUnit

ADULT = Range(low=Decimal("3.5"), high=Decimal("9.5"), critical_low=Decimal(1), critical_high=Decimal(30))


@pytest.mark.parametrize(
    ("typed", "text", "number", "sign"),
    [
        ("28", "28", "28", ""),
        (" 4.10 ", "4.10", "4.10", ""),
        ("< 0.01", "<0.01", "0.01", "<"),
        ("≥200", "≥200", "200", ">"),
        ("-2.5", "-2.5", "-2.5", ""),
        ("1 : 160", "1:160", None, ""),
        ("1：160", "1:160", None, ""),
        ("weakly  positive", "weakly positive", None, ""),
        ("4,1", "4,1", None, ""),
        ("1e5", "1e5", None, ""),
    ],
)
@pytest.mark.requirement("R56")
def test_a_value_keeps_its_text(typed, text, number, sign):
    value = parse_value(typed)
    assert (value.text, value.number, value.sign) == (text, None if number is None else Decimal(number), sign)


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        ("3.5", Flag.NORMAL),
        ("9.5", Flag.NORMAL),
        ("9.50", Flag.NORMAL),
        ("9.51", Flag.HIGH),
        ("3.49", Flag.LOW),
        ("1", Flag.CRITICAL_LOW),
        ("1.01", Flag.LOW),
        ("30", Flag.CRITICAL_HIGH),
        ("29.9", Flag.HIGH),
        ("<0.5", Flag.CRITICAL_LOW),
        ("<3.5", Flag.LOW),
        ("<5", Flag.NORMAL),
        (">30", Flag.CRITICAL_HIGH),
        (">9.5", Flag.HIGH),
        (">2", Flag.NORMAL),
    ],
)
@pytest.mark.requirement("R56")
def test_limits_are_normal_and_critical_limits_critical(typed, flag):
    assert flag_number(value=parse_value(typed), reference=ADULT) is flag


def test_without_a_range_nothing_is_flagged():
    assert flag_number(value=parse_value("999"), reference=None) is Flag.NORMAL
    assert flag_number(value=parse_value("999"), reference=Range()) is Flag.NORMAL
    assert flag_choice(code="POS", reference=Range()) is Flag.NORMAL


def test_a_choice_that_is_not_normal_is_abnormal():
    reference = Range(normal_choices=("PALE", "YELLOW"))
    assert flag_choice(code="YELLOW", reference=reference) is Flag.NORMAL
    assert flag_choice(code="RED", reference=reference) is Flag.ABNORMAL


@given(st.decimals(min_value=-50, max_value=100, places=2))
def test_a_flag_says_the_truth(number):
    flag = flag_number(value=parse_value(str(number)), reference=ADULT)
    assert (flag is Flag.NORMAL) == (ADULT.low <= number <= ADULT.high)
    assert (flag in {Flag.LOW, Flag.CRITICAL_LOW}) == (number < ADULT.low)
    assert (flag in {Flag.CRITICAL_LOW, Flag.CRITICAL_HIGH}) == (number <= 1 or number >= 30)


RANGES = (
    Range(sex="ANY", age_from_days=0, age_to_days=28, high=Decimal(1)),
    Range(sex="ANY", age_from_days=28, high=Decimal(2)),
    Range(sex="F", age_from_days=6570, high=Decimal(3)),
)


@pytest.mark.parametrize(
    ("sex", "age_days", "high"),
    [("F", 0, 1), ("F", 27, 1), ("F", 28, 2), ("F", 6569, 2), ("F", 6570, 3), ("M", 6570, 2), ("U", 9999, 2)],
)
@pytest.mark.requirement("R56")
def test_the_range_follows_sex_and_age(sex, age_days, high):
    assert choose_range(ranges=RANGES, sex=sex, age_days=age_days).high == high


def test_there_may_be_no_range():
    assert choose_range(ranges=[Range(sex="F")], sex="U", age_days=1) is None


def test_age_is_counted_in_days():
    assert count_days(born_on=date(2024, 2, 28), on=date(2024, 3, 1)) == 2
    assert count_days(born_on=date(2024, 3, 2), on=date(2024, 3, 1)) == 0


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        (ADULT, "3.5–9.5"),
        (Range(low=Decimal("3.5000"), high=Decimal("9.5000")), "3.5–9.5"),
        (Range(low=Decimal("0.350"), high=Decimal("0.45")), "0.35–0.45"),
        (Range(low=Decimal("1.0"), high=Decimal("3.25")), "1.00–3.25"),
        (Range(high=Decimal(8)), "≤ 8"),
        (Range(low=Decimal(60)), "≥ 60"),
        (Range(), ""),
        (None, ""),
    ],
)
def test_a_range_is_written_as_it_was_filed(reference, text):
    assert word_range(reference=reference) == BilingualText(text, text)


def test_a_range_is_at_least_as_precise_as_the_analyte():
    assert word_range(reference=Range(low=Decimal(5), high=Decimal(20)), decimals=1).en == "5.0–20.0"
    assert word_range(reference=Range(high=Decimal("0.05")), decimals=1).en == "≤ 0.05"


def test_a_range_in_words_stays_in_words():
    words = BilingualText("阴性", "Negative")
    assert word_range(reference=Range(text=words)) == words


@pytest.mark.parametrize(
    ("number", "place"), [("3.5", 25), ("9.5", 75), ("6.5", 50), ("0", 2), ("100", 98), (None, None)]
)
def test_the_bar_shows_the_range_in_its_middle(number, place):
    value = None if number is None else Decimal(number)
    assert place_on_bar(number=value, low=ADULT.low, high=ADULT.high) == place


@pytest.mark.parametrize(
    ("value", "read_back", "is_same"),
    [
        ("28", "28.0", True),
        ("28", "38", False),
        ("<0.01", "< 0.01", True),
        ("<0.01", "0.01", False),
        ("Found", "found", True),
    ],
)
def test_a_read_back_is_compared_as_a_value(value, read_back, is_same):
    assert is_same_value(value=value, read_back=read_back) is is_same


@pytest.mark.parametrize(
    ("typed", "flag"),
    [("1:80", "N"), ("1:160", "H"), ("<1:10", "N"), (">1:80", "H"), ("1：320", "H"), (">1:40", "N")],
)
@pytest.mark.requirement("R56")
def test_a_titer_is_judged_by_its_dilution(typed, flag):
    assert flag_number(value=parse_titer(typed), reference=Range(high=Decimal(80))) == flag


@pytest.mark.parametrize("typed", ["160", "1:0", "2:80", "strong", ""])
def test_what_is_no_titer_has_no_number(typed):
    assert parse_titer(typed).number is None


@pytest.mark.parametrize(
    ("typed", "factor", "offset", "decimals", "shown"),
    [
        ("5.50", "18.016", "0", 0, "99"),
        ("97", "0.011309", "0", 2, "1.10"),
        ("<0.3", "88.57", "0", 0, "<27"),
        ("6.5", "10.929", "-23.497", 0, "48"),
        ("-0.001", "1", "0", 1, "0.0"),
    ],
)
@pytest.mark.requirement("R56")
def test_the_second_unit_stands_beside_the_first(typed, factor, offset, decimals, shown):
    second = SecondUnit(unit="x", factor=Decimal(factor), offset=Decimal(offset), decimals=decimals)
    assert convert_value(value=parse_value(typed), second=second) == shown


@given(number=st.decimals(0, 10_000, places=3), factor=st.decimals("0.001", 1000, places=4), decimals=st.integers(0, 4))
def test_a_converted_value_is_never_further_off_than_half_a_step(number, factor, decimals):
    second = SecondUnit(unit="x", factor=factor, decimals=decimals)
    shown = Decimal(convert_value(value=ParsedValue(text="", number=number), second=second))
    assert abs(shown - number * factor) <= Decimal("0.5").scaleb(-decimals)


@given(
    now=st.decimals(0, 1000, places=2),
    before=st.decimals("0.01", 1000, places=2),
    percent=st.integers(1, 100),
    days=st.integers(0, 30),
)
def test_a_change_is_odd_by_its_size_and_only_for_a_while(now, before, percent, days):
    apart = timedelta(days=days)
    odd = is_odd_change(now=now, before=before, apart=apart, percent=percent, within_days=7)
    assert odd == (days <= 7 and abs(now - before) / before * 100 >= percent)


@given(
    ranges=st.lists(
        st.builds(
            Range,
            sex=st.sampled_from(["M", "F", "ANY"]),
            specimen=st.sampled_from(["", "血清", "尿"]),
            method=st.sampled_from(["", "A", "B"]),
        ),
        max_size=12,
    ),
    sex=st.sampled_from(["M", "F"]),
    specimen=st.sampled_from(["血清", "尿"]),
    method=st.sampled_from(["", "A"]),
)
def test_the_most_specific_range_that_fits_is_chosen(ranges, sex, specimen, method):
    chosen = choose_range(ranges=ranges, sex=sex, age_days=1, specimen=specimen, method=method)
    fits = [
        each
        for each in ranges
        if each.sex in {sex, "ANY"} and each.specimen in {"", specimen} and each.method in {"", method}
    ]
    if chosen is None:
        assert fits == []
        return
    assert chosen in fits
    if any(each.specimen for each in fits):
        assert chosen.specimen == specimen
