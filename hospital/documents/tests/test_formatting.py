"""How money, dates, ages and surcharges read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.documents import formatting
from hospital.documents.content.blocks import footnotes, surcharge_mark, surcharge_text
from hospital.documents.types import ChargedSurcharge, PublicAddition, SurchargeMode
from hospital.kernel.types import BilingualText

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1234.5", "1,234.50"), ("0", "0.00"), ("-12.345", "−12.35"), ("0.005", "0.01"), ("1000000", "1,000,000.00")],
)
def test_money(amount: str, text: str) -> None:
    assert formatting.format_money(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("price", "text"),
    [("3.4567", "3.4567"), ("3.45", "3.45"), ("3.450", "3.45"), ("3.456", "3.456"), ("300", "300.00")],
)
def test_unit_price_keeps_the_filed_places(price: str, text: str) -> None:
    assert formatting.format_unit_price(Decimal(price)) == text


@pytest.mark.requirement("N20")
def test_dates_in_both_languages() -> None:
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # already the next day at the hospital
    assert formatting.format_day(late) == BilingualText("2026年11月25日", "25 Nov 2026")
    assert formatting.format_moment(late) == BilingualText("2026年11月25日 00:30", "25 Nov 2026, 00:30")
    assert formatting.format_weekday(date(2026, 11, 24)) == BilingualText("2026年11月24日 星期二", "Tue, 24 Nov 2026")
    assert formatting.format_stamp(late) == "2026-11-25 00:30"


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), "2026年11月24日", "24 Nov 2026"),
        (date(2026, 2, 24), date(2026, 3, 10), "2026年2月24日至3月10日", "24 Feb to 10 Mar 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "2025年12月30日至2026年1月2日", "30 Dec 2025 to 2 Jan 2026"),
    ],
)
def test_period(first: date, last: date, zh: str, en: str) -> None:
    assert formatting.format_period(first, last) == BilingualText(zh, en)


@pytest.mark.parametrize(
    ("born_on", "on", "en"),
    [
        (date(2026, 11, 20), date(2026, 11, 24), "4 d"),
        (date(2026, 10, 1), date(2026, 11, 24), "1 mo"),
        (date(2023, 7, 5), date(2026, 11, 24), "3 y 4 mo"),
        (date(2019, 11, 24), date(2026, 11, 24), "7 y"),
        (date(2019, 11, 25), date(2026, 11, 24), "6 y 11 mo"),
        (date(2004, 2, 29), date(2026, 2, 28), "21 y"),
        (date(2004, 2, 29), date(2026, 3, 1), "22 y"),
    ],
)
def test_age(born_on: date, on: date, en: str) -> None:
    assert formatting.format_age(born_on, on).en.replace(NBSP, " ") == en


@pytest.mark.parametrize(
    ("amount", "zh"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("110.50", "壹佰壹拾元零伍角整"),
        ("1877.90", "壹仟捌佰柒拾柒元玖角整"),
        ("1001", "壹仟零壹元整"),
        ("10010.23", "壹万零壹拾元零贰角叁分"),
        ("100000", "壹拾万元整"),
        ("100010000", "壹亿零壹万元整"),
        ("-46.05", "负肆拾陆元零伍分"),
    ],
)
def test_amount_in_chinese_words(amount: str, zh: str) -> None:
    assert formatting.amount_in_words_zh(Decimal(amount)) == zh


@pytest.mark.parametrize(
    ("amount", "en"),
    [
        ("0", "Zero yuan and 00/100"),
        ("1877.90", "One thousand eight hundred seventy-seven yuan and 90/100"),
        ("1000013.05", "One million thirteen yuan and 05/100"),
        ("-1", "Minus one yuan and 00/100"),
    ],
)
def test_amount_in_english_words(amount: str, en: str) -> None:
    assert formatting.amount_in_words_en(Decimal(amount)) == en


DIGITS = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read_chinese_fen(words: str) -> int:
    """The amount of Chinese capital numerals in fen, read by the rules of a reader, not of the writer."""
    yuan, _, small = words.rstrip("整").partition("元") if "元" in words else ("", "", words.rstrip("整"))
    total = section = digit = 0
    for character in yuan:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            section, digit = section + digit * PLACES[character], 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
    fen = (total + section + digit) * 100
    for character in small:
        digit = DIGITS.get(character, digit)
        fen += {"角": digit * 10, "分": digit}.get(character, 0)
    return fen


@given(st.integers(min_value=0, max_value=10**11))
def test_chinese_words_are_read_back_as_the_amount(fen: int) -> None:
    words = formatting.amount_in_words_zh(Decimal(fen) / 100)
    assert read_chinese_fen(words) == fen
    assert "零零" not in words


@given(st.decimals(min_value="-9999999.99", max_value="9999999.99", places=2))
def test_printed_money_is_read_back_as_the_amount(amount: Decimal) -> None:
    assert Decimal(formatting.format_money(amount).replace(",", "").replace("−", "-")) == amount


@pytest.mark.requirement("F46", "F47")
@pytest.mark.parametrize(
    ("surcharge", "text"),
    [
        (ChargedSurcharge(mode=SurchargeMode.RATIO, value=Decimal("0.3000")), f"+30{NBSP}%"),
        (ChargedSurcharge(mode=SurchargeMode.RATIO, value=Decimal("0.1250")), f"+12.5{NBSP}%"),
        (ChargedSurcharge(mode=SurchargeMode.RATIO, value=Decimal(0)), f"0{NBSP}%"),
        (ChargedSurcharge(mode=SurchargeMode.NONE), f"0{NBSP}%"),
        (ChargedSurcharge(mode=SurchargeMode.AMOUNT, value=Decimal(20)), "+¥20.00"),
        (ChargedSurcharge(mode=SurchargeMode.FIXED_PRICE, value=Decimal(580)), {"zh": "固定价", "en": "fixed"}),
    ],
)
def test_surcharge_as_charged(surcharge: ChargedSurcharge, text: object) -> None:
    assert surcharge_text(surcharge) == text


@given(st.decimals(min_value=0, max_value=3, places=4))
def test_a_ratio_is_never_a_multiplier(ratio: Decimal) -> None:
    text = formatting.format_ratio(ratio)
    assert text.endswith(f"{NBSP}%")
    assert Decimal(text.removesuffix(f"{NBSP}%").removeprefix("+")) == ratio * 100


def test_footnotes_of_the_marks_that_occur() -> None:
    exempt = ChargedSurcharge(mode=SurchargeMode.NONE, is_exempt=True)
    child = ChargedSurcharge(mode=SurchargeMode.RATIO, value=Decimal("0.3"), public_addition=PublicAddition.NOT_ADDED)
    notes = footnotes([surcharge_mark(exempt), surcharge_mark(child), surcharge_mark(exempt)])
    assert [note["en"][0] for note in notes] == ["*", "b"]
    assert footnotes([]) == []
