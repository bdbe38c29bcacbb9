"""What differs between a text and its translation: numbers, doses, dates, sides, terms, Chinese left over (D55).

Negation and sense are for the second reader; these are the differences that a tired eye passes over.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hospital.translations.rules.facts import Facts, Quantity, Side, read_facts
from hospital.translations.rules.terms import Term, find_terms, has_words, says_term
from hospital.translations.rules.text import CHINESE_MARKS, HAN
from hospital.translations.rules.units import UNSAID


class FindingKind(StrEnum):
    """What a finding is about."""

    EMPTY = "EMPTY"
    NUMBER = "NUMBER"
    DOSE = "DOSE"
    DURATION = "DURATION"
    DATE = "DATE"
    SIDE = "SIDE"
    TERM = "TERM"
    CHINESE = "CHINESE"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference in one segment: what the translation lacks and what it says beyond the source."""

    segment: str
    kind: FindingKind
    missing: str = ""
    extra: str = ""

    @property
    def code(self) -> str:
        """What tells it from the others of its segment; an acceptance holds for this very difference only."""
        return f"{self.kind}:{self.missing}:{self.extra}"[:400]


def check_segment(
    *,
    segment: str,
    source: str,
    target: str,
    is_english: bool,
    terms: Iterable[Term] = (),
    names: Iterable[str] = (),
) -> list[Finding]:
    """The differences of one segment, in a fixed order. `is_english` tells the language of the translation, `names`
    are Chinese names and addresses that an English text may hold. An empty source needs no translation."""
    if not source.strip():
        return []
    if not target.strip():
        return [Finding(segment, FindingKind.EMPTY, missing=source.strip()[:80])]
    said, told = read_facts(source), read_facts(target)
    return [
        *_compare_quantities(segment, said, told),
        *_compare_days(segment, said, told),
        *_compare_sides(segment, said, told),
        *_check_terms(segment, source, target, is_english=is_english, terms=tuple(terms)),
        *(_find_chinese(segment, target, names=names) if is_english else ()),
    ]


def _compare_quantities(segment: str, said: Facts, told: Facts) -> list[Finding]:
    missing = list((said.quantities - told.quantities).elements())
    extra = list((told.quantities - said.quantities).elements())
    for quantity in list(missing):
        same = [each for each in extra if each.value == quantity.value]
        unsaid = [each for each in same if _may_differ(quantity.unit, each.unit)]
        if unsaid:
            missing.remove(quantity)
            extra.remove(unsaid[0])
    missing = _without(missing, told.perhaps)
    extra = _without(extra, said.perhaps)
    findings = []
    for quantity in sorted(missing):
        other = _partner(quantity, extra)
        if other is not None:
            extra.remove(other)
        findings.append(Finding(segment, _kind_of(quantity), str(quantity), str(other) if other else ""))
    return findings + [Finding(segment, _kind_of(each), extra=str(each)) for each in sorted(extra)]


def _may_differ(one: str, other: str) -> bool:
    """Whether two units say the same where one of them is left unsaid."""
    return "" in (one, other) and (one or other) in UNSAID | {""}


def _without(quantities: list[Quantity], perhaps: Counter[Decimal]) -> list[Quantity]:
    """What is not said in words on the other side either; a unit that must be written is not said by a word."""
    left = Counter(perhaps)
    rest = []
    for quantity in quantities:
        if left[quantity.value] > 0 and (not quantity.unit or quantity.unit in UNSAID):
            left[quantity.value] -= 1
        else:
            rest.append(quantity)
    return rest


def _partner(quantity: Quantity, extra: list[Quantity]) -> Quantity | None:
    """What most likely stands there instead: the same number, else the same unit."""
    same_value = [each for each in extra if each.value == quantity.value]
    same_unit = [each for each in extra if each.unit == quantity.unit]
    return next(iter([*same_value, *same_unit]), None)


def _kind_of(quantity: Quantity) -> FindingKind:
    if quantity.is_dose:
        return FindingKind.DOSE
    return FindingKind.DURATION if quantity.is_duration else FindingKind.NUMBER


def _compare_days(segment: str, said: Facts, told: Facts) -> list[Finding]:
    missing = sorted((said.days - told.days).elements())
    extra = sorted((told.days - said.days).elements())
    longest = max(len(missing), len(extra))
    pairs = zip(missing + [""] * (longest - len(missing)), extra + [""] * (longest - len(extra)), strict=True)
    return [Finding(segment, FindingKind.DATE, lacks, has) for lacks, has in pairs]


def _compare_sides(segment: str, said: Facts, told: Facts) -> list[Finding]:
    if said.sides == told.sides:
        return []
    lacking = [side for side in Side if side in said.sides and side not in told.sides]
    beyond = [side for side in Side if side in told.sides and side not in said.sides]
    if Side.BOTH in lacking and told.perhaps_both:
        lacking.remove(Side.BOTH)
    if Side.BOTH in beyond and said.perhaps_both:
        beyond.remove(Side.BOTH)
    if lacking or beyond:
        return [Finding(segment, FindingKind.SIDE, _name_sides(lacking), _name_sides(beyond))]
    if sorted(said.sides) == sorted(told.sides):
        return [Finding(segment, FindingKind.SIDE, _name_sides(said.sides), _name_sides(told.sides))]
    return []


def _name_sides(sides: Iterable[Side]) -> str:
    return ", ".join(sides)


def _check_terms(segment: str, source: str, target: str, *, is_english: bool, terms: tuple[Term, ...]) -> list[Finding]:
    findings = []
    for term in find_terms(source, terms=terms, is_english=not is_english):
        wrong = term.not_en if is_english and term.not_en and has_words(target, term.not_en) else ""
        if wrong or not says_term(target, term=term, is_english=is_english):
            findings.append(Finding(segment, FindingKind.TERM, f"{term.zh} = {term.en}", wrong))
    return findings


def _find_chinese(segment: str, target: str, *, names: Iterable[str]) -> list[Finding]:
    rest = target
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "") if name else rest
    left = [*HAN.findall(rest), *CHINESE_MARKS.findall(rest)]
    return [Finding(segment, FindingKind.CHINESE, extra=" ".join(dict.fromkeys(left)))] if left else []
