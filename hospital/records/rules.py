"""Pure rules of the record."""

import re

CODE_SHAPE = re.compile(r"^[A-Za-z]\d{0,2}(\.\d{0,4})?$")
_SPACES = re.compile(r"\s+")


def build_search_text(*, code: str, name_zh: str, name_en: str, pinyin: str, initials: str) -> str:
    """What a search looks through: code, both names, pinyin with and without spaces, initials; in small letters."""
    parts = (code, name_zh, name_en, pinyin, pinyin.replace(" ", ""), initials)
    return " ".join(part for part in parts if part).lower()


def split_query(text: str) -> list[str]:
    """The words of a search, in small letters; every one must be found."""
    return [word for word in _SPACES.split(text.strip().lower()) if word]


def looks_like_code(text: str) -> bool:
    """Whether the searcher types a code (`j18`, `J18.9`) rather than a term."""
    return bool(CODE_SHAPE.match(text.strip()))
