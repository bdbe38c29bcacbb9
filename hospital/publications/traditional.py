"""Traditional Chinese, made from the simplified text by OpenCC and corrected by our own list."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from opencc import OpenCC

# Hong Kong's forms: most readers of Traditional Chinese here come from across the border.
_STANDARD: Final = "s2hk"
_TERMS: Final = Path(__file__).resolve().parent / "traditional_terms.tsv"


def to_traditional(text: str) -> str:
    """`text` in Traditional Chinese. What is not Chinese stays."""
    return _convert(text) if text else text


@lru_cache(maxsize=4096)
def _convert(text: str) -> str:
    converted = _converter().convert(text)
    terms = _terms()
    pattern = _pattern()
    return pattern.sub(lambda match: terms[match.group()], converted) if pattern else converted


@cache
def _converter() -> OpenCC:
    return OpenCC(_STANDARD)


@cache
def _terms() -> dict[str, str]:
    """What OpenCC writes, and what we write instead."""
    rows = [line.split("\t") for line in _TERMS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {row[0]: row[1] for row in rows}


@cache
def _pattern() -> re.Pattern[str] | None:
    terms = sorted(_terms(), key=len, reverse=True)
    return re.compile("|".join(re.escape(term) for term in terms)) if terms else None
