"""Names: folding to ASCII and to passport letters, and the forms in which a name is shown (domain brief 8, Names).

A name is stored as its document prints it, with its diacritics. A person with a single name has no surname, and none is
invented.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hospital.kernel.types import BilingualText

# Letters that do not decompose, for search: what somebody without the key would type.
_PLAIN: Final = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
        "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N",
        "ŧ": "t", "Ŧ": "T", "ə": "e", "Ə": "E",
    }
)  # fmt: skip

# Letters that passports write as more than their base letter (ICAO Doc 9303-3, section 6, table A).
_PASSPORT: Final = str.maketrans(
    {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Æ": "AE", "Œ": "OE", "ẞ": "SS", "Þ": "TH", "Ĳ": "IJ"}
)

_APOSTROPHES: Final = "'’‘ʼʻʿʾ`´"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as a document prints it.

    `family` is empty for a person with a single name, whose one name is in `given`. `chinese` is the Chinese name if
    there is one.
    """

    family: str
    given: str
    middle: str = ""
    chinese: str = ""
    preferred: str = ""

    @property
    def is_single(self) -> bool:
        """Whether the person has one name alone."""
        return not (self.family and self.given)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name cut for display: the family name is marked (capitals, underlined), the given names follow."""

    family: str
    given: str

    @property
    def text(self) -> str:
        """The two in document order."""
        return f"{self.family} {self.given}".strip()


def fold_ascii(text: str) -> str:
    """Lower-case ASCII words for search: `Åsa Müller-Łoś` becomes `asa muller los`. Other scripts are left out."""
    plain = _without_marks(text.translate(_PLAIN).translate(str.maketrans("", "", _APOSTROPHES)))
    kept = "".join(character if character.isascii() and character.isalnum() else " " for character in plain)
    return " ".join(kept.lower().split())


def fold_mrz(text: str) -> str:
    """The letters a passport's machine-readable zone holds, words joined by `<`: `Müller-Łoś` becomes `MUELLER<LOS`.

    Apostrophes are left out (`O'Connor` becomes `OCONNOR`), hyphens and spaces become `<`. Letters of other scripts are
    left out.
    """
    capitals = unicodedata.normalize("NFC", text).upper().translate(_PASSPORT)
    letters = _without_marks(capitals.translate(_PLAIN).translate(str.maketrans("", "", _APOSTROPHES)))
    kept = "".join(character if character.isascii() and character.isalpha() else " " for character in letters)
    return "<".join(kept.split())


def search_key(name: PersonName) -> str:
    """What a search compares: every part folded, in both spellings of umlauts, each word once."""
    words: dict[str, None] = {}
    for part in (name.family, name.given, name.middle, name.preferred):
        for word in (*fold_ascii(part).split(), *fold_mrz(part).lower().split("<")):
            if word:
                words[word] = None
    return " ".join(words)


def is_same_name(one: PersonName, other: PersonName) -> bool:
    """Whether two entries of a name mean the same: every word of the Latin name, or the whole Chinese name.

    Order, case, marks and the two spellings of umlauts do not count; a word more or less does.
    """
    chinese = "".join(one.chinese.split())
    if chinese and chinese == "".join(other.chinese.split()):
        return True
    return any(
        (words := sorted(_words(one, fold))) and words == sorted(_words(other, fold))
        for fold in (fold_ascii, _fold_passport)
    )


def _fold_passport(text: str) -> str:
    return fold_mrz(text).lower().replace("<", " ")


def _words(name: PersonName, fold: Callable[[str], str]) -> list[str]:
    return fold(f"{name.family} {name.given} {name.middle}").split()


def sort_key(name: PersonName) -> str:
    """Family name first, folded; a single name sorts by itself."""
    return fold_ascii(f"{name.family} {name.given} {name.middle}")


def latin_parts(name: PersonName) -> NameParts:
    """The name in document order with the family name in capitals; a single name stands as given, nothing is added."""
    if name.is_single:
        return NameParts("", name.given or name.family)
    return NameParts(name.family.upper(), " ".join(part for part in (name.given, name.middle) if part))


def display_name(name: PersonName, *, language: str) -> str:
    """The name for a reader: document order for English, the Chinese name for Chinese where there is one."""
    if language.startswith("zh") and name.chinese:
        return name.chinese
    return latin_parts(name).text or name.chinese


def printed_name(name: PersonName) -> str:
    """The full name in capitals in passport order, `SMITH-JONES, OLIVER`; a single name alone."""
    given = " ".join(part for part in (name.given, name.middle) if part)
    return ", ".join(part.upper() for part in (name.family, given) if part)


def name_from_mrz(*, surname: str, given: str) -> PersonName:
    """The name of a machine-readable zone, in capitals; a zone without given names is a single name."""
    return PersonName(family=surname, given=given) if given else PersonName(family="", given=surname)


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def both_names(name: PersonName) -> BilingualText:
    """The name for readers of either language."""
    return BilingualText(display_name(name, language="zh"), display_name(name, language="en"))
