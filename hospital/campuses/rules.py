"""What somebody types who looks for a doctor, and what a complaint is called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

LONGEST_SEARCH = 80
MOST_WORDS = 6
_SHORT = 3
_LONG_ENOUGH_TO_MISTYPE = 5
_LATIN = re.compile(r"[a-z0-9]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PARTED = re.compile(r"[^\w\u3400-\u9fff'’-]+")
# Words that say nothing about what is sought, so that a sentence finds as much as its nouns do.
_EMPTY = frozenset(
    "a an and at been bit can cannot can't doctor dr feel feeling feels for from got had has have having hospital i "
    "i'm i've in is it its me my need of on or our see some the there to very want when with".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sought:
    """A search as the statements take it. `text` is all of it in lower case, a space before and after."""

    text: str
    words: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.words


def read_search(text: str) -> Sought:
    """The words of what was typed: lower case, without punctuation and words that say nothing, six at most."""
    plain = " ".join(part for part in _PARTED.split(text[:LONGEST_SEARCH].lower()) if part)
    telling = [word for word in plain.split() if word not in _EMPTY]
    return Sought(text=f" {plain} ", words=tuple(dict.fromkeys(telling or plain.split()))[:MOST_WORDS])


def like_pattern(word: str) -> str:
    """What LIKE looks for: anywhere in a text, and initials or a short Latin word at the beginning of a word only."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"% {escaped}%" if len(word) <= _SHORT and _LATIN.match(word) else f"%{escaped}%"


def may_be_mistyped(word: str) -> bool:
    """Whether a word is long enough to be found by likeness too."""
    return len(word) >= _LONG_ENOUGH_TO_MISTYPE and not _CHINESE.search(word)


def anchor_phrases(phrases: Iterable[str]) -> list[str]:
    """Phrases as they are looked for in what was typed: Latin ones as whole words, Chinese ones anywhere."""
    anchored = []
    for phrase in phrases:
        plain = " ".join(part for part in _PARTED.split(phrase.lower()) if part)
        if plain:
            anchored.append(plain if _CHINESE.search(plain) else f" {plain} ")
    return list(dict.fromkeys(anchored))


def symptom_search_text(phrases: Iterable[str]) -> str:
    """Phrases with pinyin and initials of the Chinese ones, each after a space: ` 胸痛 xiongtong xt chest pain`."""
    parts = []
    for phrase in (phrase.strip() for phrase in phrases):
        parts.append(phrase)
        if _CHINESE.search(phrase):
            parts.append("".join(lazy_pinyin(phrase, errors="ignore")).lower())
            parts.append("".join(lazy_pinyin(phrase, style=Style.FIRST_LETTER, errors="ignore")).lower())
    return "".join(f" {part}" for part in dict.fromkeys(parts))


def has_chinese(text: str) -> bool:
    """Whether a word is written in Chinese."""
    return bool(_CHINESE.search(text))


def symptom_code(name: str) -> str:
    """`CHEST-PAIN` for Chest pain: what stands in addresses; empty where no Latin letter is."""
    return "-".join(re.findall(r"[A-Z0-9]+", name.upper()))[:40]
