"""Phrases of reports: one choice gives the Chinese sentence and the English one, with the same side and measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from string import Formatter
from typing import Final

from hospital.kernel.types import BilingualText
from hospital.results.errors import PhraseIncomplete


class Side(StrEnum):
    """Where of two."""

    RIGHT = "RIGHT"
    LEFT = "LEFT"
    BOTH = "BOTH"


class Where(StrEnum):
    """Into which part of the report a phrase goes."""

    FINDINGS = "findings"
    IMPRESSION = "impression"
    TECHNIQUE = "technique"


SIDES: Final = {
    Side.RIGHT: BilingualText("右", "right"),
    Side.LEFT: BilingualText("左", "left"),
    Side.BOTH: BilingualText("双", "both"),
}
# What may stand in a blank that is a choice.
LOBES: Final = {
    "UPPER": BilingualText("上叶", "upper"),
    "MIDDLE": BilingualText("中叶", "middle"),
    "LOWER": BilingualText("下叶", "lower"),
}
QUANTITIES: Final = {
    "SMALL": BilingualText("少量", "small"),
    "MODERATE": BilingualText("中等量", "moderate"),
    "LARGE": BilingualText("大量", "large"),
}
_CHOICES: Final[Mapping[str, Mapping[str, BilingualText]]] = {"lobe": LOBES, "quantity": QUANTITIES}
_MOST_MEASURE: Final = 1000


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence in both languages. `{side}`, `{lobe}`, `{quantity}` are chosen; any other blank is a number.

    `en_both` is the English for both sides, whose grammar is another; without it a side is the right or the left one.
    """

    code: str
    is_normal: bool
    where: Where
    zh: str
    en: str
    en_both: str = ""

    @property
    def blanks(self) -> tuple[str, ...]:
        """What has to be filled in, in the order of the Chinese sentence."""
        return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(self.zh) if name))

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that may be chosen."""
        if "side" not in self.blanks:
            return ()
        return (Side.RIGHT, Side.LEFT, Side.BOTH) if self.en_both else (Side.RIGHT, Side.LEFT)


@dataclass(frozen=True, slots=True)
class Template:
    """The phrases of a body part; its normal ones together are a whole normal report."""

    code: str
    name: BilingualText
    modalities: frozenset[str]
    phrases: tuple[Phrase, ...]

    def find(self, code: str) -> Phrase:
        """A phrase by its code. Refuses `PhraseIncomplete`."""
        found = next((phrase for phrase in self.phrases if phrase.code == code), None)
        if found is None:
            raise PhraseIncomplete
        return found


def list_choices(blank: str) -> Mapping[str, BilingualText]:
    """What may stand in a blank; empty for a number."""
    return _CHOICES.get(blank, {})


def render_phrase(phrase: Phrase, values: Mapping[str, str]) -> BilingualText:
    """The sentence in both languages. Refuses `PhraseIncomplete`: a blank without its value, a number or choice that is
    none."""
    filled: dict[str, BilingualText] = {}
    for blank in phrase.blanks:
        filled[blank] = _fill(phrase, blank, values.get(blank, "").strip())
    if values.get("side") == Side.LEFT and values.get("lobe") == "MIDDLE":
        raise PhraseIncomplete  # the left lung has none
    is_both = values.get("side") == Side.BOTH and bool(phrase.en_both)
    english = phrase.en_both if is_both else phrase.en
    return BilingualText(
        phrase.zh.format(**{name: text.zh for name, text in filled.items()}),
        english.format(**{name: text.en for name, text in filled.items()}),
    )


def render_normal(template: Template) -> dict[Where, BilingualText]:
    """A whole normal report: the normal phrases, by part, a paragraph each."""
    parts: dict[Where, BilingualText] = {}
    for where in Where:
        texts = [render_phrase(phrase, {}) for phrase in template.phrases if phrase.is_normal and phrase.where is where]
        parts[where] = join_texts(texts)
    return parts


def join_texts(texts: Sequence[BilingualText]) -> BilingualText:
    """Sentences as paragraphs, as many of one language as of the other."""
    return BilingualText("\n".join(text.zh for text in texts), "\n".join(text.en for text in texts))


def _fill(phrase: Phrase, blank: str, value: str) -> BilingualText:
    if blank == "side":
        if value not in phrase.sides:
            raise PhraseIncomplete
        return SIDES[Side(value)]
    choices = _CHOICES.get(blank)
    if choices is not None:
        if value not in choices:
            raise PhraseIncomplete
        return choices[value]
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise PhraseIncomplete from None
    if not number.is_finite() or not 0 < number <= _MOST_MEASURE:
        raise PhraseIncomplete
    text = f"{number.normalize():f}"
    return BilingualText(text, text)
