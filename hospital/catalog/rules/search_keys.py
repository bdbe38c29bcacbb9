"""Keys by which catalog rows are found and sorted: Chinese, pinyin, pinyin initials, English, code."""

import re
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

_KEPT = re.compile(r"[^a-z0-9]+")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """`pinyin` also sorts (the embedded database has no Chinese collation)."""

    pinyin: str
    initials: str
    text: str


def make_search_keys(*, code: str, name_zh: str, name_en: str, other: str = "") -> SearchKeys:
    """The keys of one row, in lower case. A character with several readings takes its commonest in the phrase."""
    pinyin = _KEPT.sub("", "".join(lazy_pinyin(name_zh)).lower())[:LONGEST]
    initials = _KEPT.sub("", "".join(lazy_pinyin(name_zh, style=Style.FIRST_LETTER)).lower())[:LONGEST]
    text = "|".join(part for part in (code, name_zh, name_en, other, initials, pinyin) if part).lower()
    return SearchKeys(pinyin=pinyin, initials=initials, text=text)
