"""Whether a phrase of staff renders in both languages alike: the same blanks, known ones, nothing else in braces."""

import re
from collections import Counter
from string import Formatter
from typing import Final

from hospital.results.errors.reading import PhraseNotAlike

BLANKS: Final = frozenset(
    """
    side lobe quantity length width size percent weeks months count distance grade rate margin
    """.split()
)
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def check_phrase(*, zh: str, en: str, en_both: str, is_normal: bool) -> None:
    """Refuses `PhraseNotAlike`: a language is missing or stands in the other's place, a blank is unknown or in one
    language only, the English for both sides names a side, a normal phrase has blanks."""
    if not _HAN.search(zh) or not en or _HAN.search(en + en_both):
        raise PhraseNotAlike
    chinese, english = count_blanks(zh), count_blanks(en)
    if chinese != english or (is_normal and chinese):
        raise PhraseNotAlike
    if en_both and (english["side"] != 1 or count_blanks(en_both) != english - Counter(["side"])):
        raise PhraseNotAlike


def count_blanks(text: str) -> Counter[str]:
    """How often each blank stands in a sentence. Refuses `PhraseNotAlike`."""
    found: Counter[str] = Counter()
    try:
        for literal, name, spec, conversion in Formatter().parse(text):
            if "{" in literal or "}" in literal or (name is not None and (name not in BLANKS or spec or conversion)):
                raise PhraseNotAlike
            found.update([name] if name else [])
    except ValueError as wrong:
        raise PhraseNotAlike from wrong
    return found
