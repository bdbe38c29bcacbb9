"""What a text says in numbers, dates and sides, so that two languages can be compared."""

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from hospital.translations.rules.days import take_days
from hospital.translations.rules.text import unify_text
from hospital.translations.rules.units import DOSES, DURATIONS, read_unit


class Side(StrEnum):
    """Which side of the body."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A number with its unit, "" where none stands behind it."""

    value: Decimal
    unit: str = ""

    @property
    def is_dose(self) -> bool:
        """Whether it says how much of something."""
        return self.unit in DOSES

    @property
    def is_duration(self) -> bool:
        """Whether it says how long."""
        return self.unit in DURATIONS

    def __str__(self) -> str:
        return f"{self.value:f}{'' if self.unit in {'', '%', '/min'} else ' '}{self.unit}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says for certain, and what it may be saying (`once`, `a week`, `both`)."""

    quantities: Counter[Quantity] = field(default_factory=Counter)
    perhaps: Counter[Decimal] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    sides: tuple[Side, ...] = ()
    perhaps_both: bool = False


_NUMBER: Final = re.compile(
    r"(?:(?:^|(?<=[\s(（:：,，;；\u3400-\u9fff]))-)?(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d)"
)
_TEN_THOUSANDS: Final = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_MILLIONS: Final = re.compile(r"\s*(million|thousand)\b", re.IGNORECASE)
_HAN_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_NUMBER: Final = re.compile(
    r"(?<![第统同唯])(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    r"(?=(?:次(?!性)|天|日|周(?!围)|星期|个月|年|岁|小时|分钟|片|粒|滴|毫克|毫升|厘米|毫米|级))"
)
_WORDS: Final = {
    word: Decimal(value)
    for value, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {"fourteen": Decimal(14), "once": Decimal(1), "twice": Decimal(2), "thrice": Decimal(3)}
_WORD: Final = re.compile(r"\b(" + "|".join(_WORDS) + r")\b", re.IGNORECASE)
_ONE: Final = (
    r"\ban?\s+(?:single|day|week|month|year|hour|minute|tablet|capsule)\b"
    r"|\b(?:daily|weekly|monthly|single|every|each|per|qd)\b|每"
)
_PERHAPS: Final = (
    (re.compile(_ONE, re.IGNORECASE), 1),
    (re.compile(r"\b(?:bid|b\.i\.d\.?|both|double|pair)\b|双|两", re.IGNORECASE), 2),
    (re.compile(r"\b(?:tid|t\.i\.d\.?|triple)\b", re.IGNORECASE), 3),
    (re.compile(r"\b(?:qid|q\.i\.d\.?)\b", re.IGNORECASE), 4),
)
# Names of drugs that begin with a side of the light, not of the body, and 左右 (about).
_NO_SIDE: Final = re.compile(
    "左右|[左右](?=旋|氧氟|甲状腺素|乙拉|卡尼|炔诺|西替|美沙|美托|佐匹|布洛芬|酮洛|西孟|亚叶|多巴|沙丁|兰索|丙氧|雷佐)"
)
_ZH_SIDE: Final = re.compile(
    "(?P<both>双侧|两侧|双(?=[肺眼耳肾膝髋上下手足乳踝肩腕肘颈鼻])|两(?=肺))|(?P<left>左)|(?P<right>右)"
)
_EN_SIDE: Final = re.compile(
    r"\b(?:(?P<both>bilateral(?:ly)?)"
    r"|(?P<left>left(?:-sided)?)(?!\s+(?:the|hospital|untreated|against|without|over|for|on)\b)"
    r"|(?P<right>right(?:-sided)?)(?!\s+(?:away|now|after)\b))",
    re.IGNORECASE,
)
_EN_BOTH: Final = re.compile(r"\b(?:both|OU|each side|either side)\b")


def read_facts(text: str) -> Facts:
    """What a text in either language says in numbers with units, dates, and sides of the body."""
    plain = unify_text(text)
    days, rest = take_days(plain)
    quantities, rest = _read_digits(rest)
    said, perhaps = _read_words(rest)
    sides = _read_sides(plain)
    return Facts(
        quantities=quantities + said,
        perhaps=perhaps,
        days=Counter(days),
        sides=sides,
        perhaps_both=Side.BOTH in sides or _EN_BOTH.search(plain) is not None,
    )


def _read_digits(text: str) -> tuple[Counter[Quantity], str]:
    """The numbers in digits, and the text with blanks in their place."""
    found: Counter[Quantity] = Counter()
    pieces: list[str] = []
    last = 0
    for match in _NUMBER.finditer(text):
        if match.start() < last:
            continue
        value, end = _scaled(Decimal(match.group().replace(",", "")), text, match.end())
        unit, end = read_unit(text, at=end)
        found[Quantity(_plain(value), "" if _is_year(value, unit) else unit)] += 1
        pieces.append(text[last : match.start()] + " ")
        last = end
    return found, "".join(pieces) + text[last:]


def _scaled(value: Decimal, text: str, end: int) -> tuple[Decimal, int]:
    if text[end : end + 1] in _TEN_THOUSANDS:
        return value * _TEN_THOUSANDS[text[end]], end + 1
    word = _MILLIONS.match(text, end)
    if word is None:
        return value, end
    return value * (1_000_000 if word.group(1).lower() == "million" else 1_000), word.end()


def _is_year(value: Decimal, unit: str) -> bool:
    """Whether 2019年 is a year of the calendar, which English writes as a bare number."""
    return unit == "year" and value == int(value) and 1900 <= value < 2100


def _plain(value: Decimal) -> Decimal:
    """The value without zeros at its end, however long it is."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _read_words(text: str) -> tuple[Counter[Quantity], Counter[Decimal]]:
    """The numbers in words: before a unit they are certain, elsewhere they may be."""
    said: Counter[Quantity] = Counter()
    perhaps: Counter[Decimal] = Counter()
    for match in _HAN_NUMBER.finditer(text):
        unit, _ = read_unit(text, at=match.end())
        said[Quantity(_han_value(match.group()), unit)] += 1
    for match in _WORD.finditer(text):
        word = match.group().lower()
        unit, _ = read_unit(text, at=match.end())
        if word in {"once", "twice", "thrice"}:
            perhaps[_WORDS[word]] += 1
            said[Quantity(_WORDS[word], "time")] += 0 if word == "once" else 1
        elif unit:
            said[Quantity(_WORDS[word], unit)] += 1
        else:
            perhaps[_WORDS[word]] += 1
    for form, value in _PERHAPS:
        perhaps[Decimal(value)] += len(form.findall(text))
    return +said, +perhaps


def _han_value(text: str) -> Decimal:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return Decimal(_HAN_DIGITS[text])
    return Decimal(10 * (_HAN_DIGITS[tens] if tens else 1) + (_HAN_DIGITS[ones] if ones else 0))


def _read_sides(text: str) -> tuple[Side, ...]:
    """The sides in their order, each said twice in a row counted once."""
    plain = _NO_SIDE.sub("  ", text)
    found = [*_ZH_SIDE.finditer(plain), *_EN_SIDE.finditer(plain)]
    sides: list[Side] = []
    for match in sorted(found, key=lambda each: each.start()):
        side = Side(match.lastgroup or "")
        if not sides or sides[-1] is not side:
            sides.append(side)
    return tuple(sides)
