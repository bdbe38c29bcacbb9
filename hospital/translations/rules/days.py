"""Dates and times of day as both languages write them, taken out of a text."""

import re
from collections.abc import Callable
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<name>Jan(?=uary|\b)|Feb(?=ruary|\b)|Mar(?=ch|\b)|Apr(?=il|\b)|May\b|Jun(?=e|\b)|Jul(?=y|\b)|Aug(?=ust|\b)"
    r"|Sep(?=t|\b)|Oct(?=ober|\b)|Nov(?=ember|\b)|Dec(?=ember|\b))[a-z]*\.?"
)
_DAY: Final = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_HALF: Final = r"(?P<half>上午|下午|晚上|凌晨)?\s*"
_AM_PM: Final = r"(?P<ampm>[ap]\.?m\b\.?)"
_YEAR: Final = r"(?P<y>(?:19|20)\d\d)"


def _month_of(parts: dict[str, str | None]) -> int:
    return _MONTHS.index((parts["name"] or "").lower()) + 1 if parts.get("name") else int(parts.get("m") or 0)


def _date(parts: dict[str, str | None]) -> str:
    year, month, day = parts.get("y"), _month_of(parts), parts.get("d")
    text = f"{year or '-'}-{month:02d}"
    return f"{text}-{int(day):02d}" if day else text


def _time(parts: dict[str, str | None]) -> str:
    hour, half = int(parts["h"] or 0), (parts.get("half") or parts.get("ampm") or "").lower()[:2]
    is_late = half in {"pm", "p.", "下午", "晚上"}
    if is_late and hour < 12:
        hour += 12
    elif half in {"am", "a."} and hour == 12:
        hour = 0
    return f"{hour:02d}:{int(parts.get('min') or 0):02d}"


# The longer forms first: what one of them took is no longer there for the next.
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[dict[str, str | None]], str]], ...]] = (
    (re.compile(_YEAR + r"\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]"), _date),
    (re.compile(r"(?<!\d)" + _YEAR + r"(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"), _date),
    (re.compile(r"(?<!\d)" + _DAY + r"\s+(?:of\s+)?" + _MONTH + r",?\s+" + _YEAR, re.IGNORECASE), _date),
    (re.compile(_MONTH + r"\s+" + _DAY + r",?\s+" + _YEAR, re.IGNORECASE), _date),
    (re.compile(_YEAR + r"\s*年\s*(?P<m>\d{1,2})\s*月(?:份)?"), _date),
    (re.compile(r"\b" + _MONTH + r",?\s+" + _YEAR, re.IGNORECASE), _date),
    (re.compile(r"(?<!\d)(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]"), _date),
    (re.compile(r"(?<![\d.])" + _DAY + r"\s+(?:of\s+)?" + _MONTH + r"(?![a-z])"), _date),
    (re.compile(r"\b" + _MONTH + r"\s+" + _DAY + r"(?![\d.])"), _date),
    (re.compile(_HALF + r"(?<![\d:])(?P<h>\d{1,2}):(?P<min>\d\d)(?![\d:])\s*" + _AM_PM + "?", re.IGNORECASE), _time),
    (re.compile(_HALF + r"(?<!\d)(?P<h>\d{1,2})\s*(?:时|点)(?:\s*(?P<min>\d{1,2})\s*分(?!钟))?(?!间)"), _time),
    (re.compile(r"(?<!\d)(?P<h>\d{1,2})\s*" + _AM_PM, re.IGNORECASE), _time),
)


def take_days(text: str) -> tuple[list[str], str]:
    """The dates (`2026-11-24`, `2026-11`, `--11-24`) and times (`14:30`) of a text, and the text without them."""
    found: list[tuple[int, str]] = []
    rest = text
    for form, read in _FORMS:
        found.extend((match.start(), read(match.groupdict())) for match in form.finditer(rest))
        rest = form.sub(lambda match: "\0" * len(match.group()), rest)
    return [value for _, value in sorted(found)], rest.replace("\0", " ")
