"""Glossary terms: where one is used, the text in the other language says it the approved way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class Term:
    """One term in both languages; `also_en` are other English writings that are taken, `not_en` one that is not."""

    zh: str
    en: str
    also_en: tuple[str, ...] = ()
    not_en: str = ""

    @property
    def name(self) -> BilingualText:
        """Both languages."""
        return BilingualText(self.zh, self.en)


def has_words(text: str, words: str) -> bool:
    """Whether an English text has these words, whatever the case, also in the plural."""
    return re.search(rf"(?<![A-Za-z]){re.escape(words)}(?:s|es)?(?![A-Za-z])", text, re.IGNORECASE) is not None


def find_terms(text: str, *, terms: Iterable[Term], is_english: bool) -> list[Term]:
    """The terms that a text uses, the longest where one holds another, in the order of the text."""
    found: list[tuple[int, Term]] = []
    rest = text
    for term in sorted(terms, key=lambda each: -len(each.en if is_english else each.zh)):
        words = term.en if is_english else term.zh
        if not words:
            continue
        form = rf"(?<![A-Za-z]){re.escape(words)}(?:s|es)?(?![A-Za-z])" if is_english else re.escape(words)
        match = re.search(form, rest, re.IGNORECASE)
        if match is not None:
            found.append((match.start(), term))
            rest = re.sub(form, lambda each: "\0" * len(each.group()), rest, flags=re.IGNORECASE)
    return [term for _, term in sorted(found, key=lambda each: each[0])]


def says_term(text: str, *, term: Term, is_english: bool) -> bool:
    """Whether a translation says a term the approved way."""
    if not is_english:
        return term.zh in text
    return any(has_words(text, words) for words in (term.en, *term.also_en) if words)
