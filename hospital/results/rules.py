"""Pure rules of the laboratory: reading a value, choosing its range, judging it (domain brief 4)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hospital.kernel.types import BilingualText
from hospital.results.types import Direction, Flag, Range, SecondUnit

_NUMBER = re.compile(r"^\s*(?P<sign>[<>≤≥]?)\s*(?P<number>[+-]?\d{1,9}(?:\.\d{1,6})?)\s*$")
_TITER = re.compile(r"^\s*(?P<sign>[<>≤≥]?)\s*1\s*[:：]\s*(?P<dilution>\d{1,6})\s*$")
_PLAIN_LETTERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹µμ×", "0123456789uux")
_POWER = re.compile(r"^x?10(?:\*|\^|e)?(\d{1,2})(?=/|$)")
BAR_FROM, BAR_TO = 25, 75  # where the range stands on the bar of 0–100


@dataclass(frozen=True, slots=True)
class ParsedValue:
    """A value as typed: the text kept, and the number where it is one; `sign` is `<`, `>` or empty."""

    text: str
    number: Decimal | None = None
    sign: str = ""


def parse_value(text: str) -> ParsedValue:
    """Reads `28`, `<0.01`, `≥200`, `1:160`, `Negative`. What is no number stays a text; nothing is ever rounded."""
    clean = " ".join(text.split())
    if found := _NUMBER.match(clean):
        sign = {"≤": "<", "≥": ">"}.get(found["sign"], found["sign"])
        return ParsedValue(text=clean.replace(" ", ""), number=Decimal(found["number"]), sign=sign)
    if _TITER.match(clean):
        return ParsedValue(text=clean.replace(" ", "").replace("：", ":"))
    return ParsedValue(text=clean)


def parse_titer(text: str) -> ParsedValue:
    """Reads `1:160` and `<1:10`: the number is how often the specimen was diluted. No number where it is no titer."""
    clean = " ".join(text.split())
    found = _TITER.match(clean)
    if found is None or not int(found["dilution"]):
        return ParsedValue(text=clean)
    sign = {"≤": "<", "≥": ">"}.get(found["sign"], found["sign"])
    written = clean.replace(" ", "").replace("：", ":")
    return ParsedValue(text=written, number=Decimal(int(found["dilution"])), sign=sign)


def convert_value(*, value: ParsedValue, second: SecondUnit) -> str:
    """The value in the second unit, rounded half up, with its sign (`<0.3`); empty where it is no number."""
    if value.number is None:
        return ""
    converted = value.number * second.factor + second.offset
    rounded = converted.quantize(Decimal(1).scaleb(-second.decimals), rounding=ROUND_HALF_UP)
    return f"{value.sign}{abs(rounded) if rounded == 0 else rounded}"


def is_odd_change(
    *, now: Decimal, before: Decimal, apart: timedelta, percent: int = 50, within_days: int | None = None
) -> bool:
    """Whether a value differs so much from the last one that the specimen is looked at (delta check).

    A change by `percent` or more of the last value, where that is no older than `within_days`.
    """
    if before == 0 or (within_days is not None and apart > timedelta(days=within_days)):
        return False
    return abs(now - before) * 100 >= abs(before) * percent


def count_days(*, born_on: date, on: date) -> int:
    """The age in days; 0 on the day of birth and before it."""
    return max((on - born_on).days, 0)


def choose_range(
    *, ranges: Iterable[Range], sex: str, age_days: int, specimen: str = "", method: str = ""
) -> Range | None:
    """The range of the sex at the age, else the one of any sex; None where there is none.

    One that names the specimen or the method goes before one that holds for any, the specimen before the method.

    Of a person whose sex is not known only ranges of any sex are used.
    """
    fitting = [
        candidate
        for candidate in ranges
        if candidate.sex in {sex, "ANY"}
        and candidate.specimen in {"", specimen}
        and candidate.method in {"", method}
        and candidate.age_from_days <= age_days
        and (candidate.age_to_days is None or age_days < candidate.age_to_days)
    ]
    return min(
        fitting,
        key=lambda candidate: (not candidate.specimen, not candidate.method, candidate.sex == "ANY"),
        default=None,
    )


def flag_number(*, value: ParsedValue, reference: Range | None) -> Flag:
    """How a number stands to its range; limits themselves are normal, critical limits are critical.

    `<0.01` is below 0.01: low if even 0.01 would not be above the lower limit. What cannot be told is not flagged.
    """
    if value.number is None or reference is None:
        return Flag.NORMAL
    if value.sign != ">" and (low := _flag_low(value, reference)):
        return low
    return (_flag_high(value, reference) if value.sign != "<" else None) or Flag.NORMAL


def flag_choice(*, code: str, reference: Range | None) -> Flag:
    """A is a choice that is not among the normal ones of its range."""
    if reference is None or not reference.normal_choices:
        return Flag.NORMAL
    return Flag.NORMAL if code in reference.normal_choices else Flag.ABNORMAL


def is_critical(flag: Flag) -> bool:
    """Whether the value must be called back."""
    return flag in {Flag.CRITICAL_HIGH, Flag.CRITICAL_LOW}


def word_range(*, reference: Range | None, decimals: int = 0, is_titer: bool = False) -> BilingualText:
    """The range as printed: `3.5–9.5`, `≤ 5.0`, `≥ 60`, `≤ 1:80`, or its own words; at least as precise as the analyte
    is."""
    if reference is None:
        return BilingualText("")
    if reference.text.zh:
        return reference.text
    low, high = reference.low, reference.high
    if is_titer:
        text = f"≤ 1:{high:.0f}" if high is not None else ""
        return BilingualText(text, text)
    places = max(decimals, *(_count_decimals(limit) for limit in (low, high) if limit is not None), 0)
    if low is not None and high is not None:
        text = f"{low:.{places}f}–{high:.{places}f}"
    elif high is not None:
        text = f"≤ {high:.{places}f}"
    elif low is not None:
        text = f"≥ {low:.{places}f}"
    else:
        text = ""
    return BilingualText(text, text)


def place_on_bar(*, number: Decimal | None, low: Decimal | None, high: Decimal | None) -> int | None:
    """Where a value stands on a bar of 0–100 whose range lies between 25 and 75; clipped at both ends."""
    floor = low if low is not None else Decimal(0)
    if number is None or high is None or high <= floor:
        return None
    place = BAR_FROM + (BAR_TO - BAR_FROM) * (number - floor) / (high - floor)
    return int(min(max(place, Decimal(2)), Decimal(98)))


def compare_last(numbers: Sequence[Decimal | None]) -> Direction | None:
    """How the last of the values stands to the one before it; None where either is no number."""
    if len(numbers) < 2:
        return None
    before, last = numbers[-2], numbers[-1]
    if before is None or last is None:
        return None
    if last == before:
        return Direction.SAME
    return Direction.UP if last > before else Direction.DOWN


def is_same_value(*, value: str, read_back: str) -> bool:
    """Whether what was read back is the value: the same number however written (28, 28.0), or the same text."""
    first, second = parse_value(value), parse_value(read_back)
    if first.number is not None and second.number is not None:
        return (first.sign, first.number) == (second.sign, second.number)
    return first.text.casefold() == second.text.casefold()


def is_same_unit(first: str, second: str) -> bool:
    """Whether two spellings name one unit: `10*9/L`, `x10^9/L`, `10⁹/L`; `umol/L`, `µmol/L`. Nothing is converted."""
    return _spell_unit(first) == _spell_unit(second)


def _spell_unit(unit: str) -> str:
    clean = unit.translate(_PLAIN_LETTERS).replace(" ", "").lower()
    return _POWER.sub(r"10^\1", clean)


def _flag_low(value: ParsedValue, reference: Range) -> Flag | None:
    number = value.number
    assert number is not None
    if reference.critical_low is not None and number <= reference.critical_low:
        return Flag.CRITICAL_LOW
    if reference.low is None:
        return None
    return Flag.LOW if number < reference.low or (value.sign == "<" and number == reference.low) else None


def _flag_high(value: ParsedValue, reference: Range) -> Flag | None:
    number = value.number
    assert number is not None
    if reference.critical_high is not None and number >= reference.critical_high:
        return Flag.CRITICAL_HIGH
    if reference.high is None:
        return None
    return Flag.HIGH if number > reference.high or (value.sign == ">" and number == reference.high) else None


def _count_decimals(number: Decimal) -> int:
    """Decimals without the zeros that the column adds."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
