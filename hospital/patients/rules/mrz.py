"""The machine-readable zone of a passport, TD3: two lines of 44 characters (ICAO Doc 9303-4; domain brief 8)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from hospital.patients.rules.check_digits import mrz_check
from hospital.patients.rules.countries import is_passport_code
from hospital.patients.rules.names import PersonName, fold_mrz, name_from_mrz

LINE_LENGTH: Final = 44
_NAME_LENGTH: Final = 39
_ALLOWED: Final = re.compile(r"[A-Z0-9<]*")


class MrzWarning(StrEnum):
    """What looks wrong about a zone; the texts are in `warning_texts`."""

    SHAPE_WRONG = "MRZ_SHAPE_WRONG"
    NOT_A_PASSPORT = "MRZ_NOT_A_PASSPORT"
    NUMBER_CHECK_WRONG = "MRZ_NUMBER_CHECK_WRONG"
    BIRTH_CHECK_WRONG = "MRZ_BIRTH_CHECK_WRONG"
    EXPIRY_CHECK_WRONG = "MRZ_EXPIRY_CHECK_WRONG"
    PERSONAL_CHECK_WRONG = "MRZ_PERSONAL_CHECK_WRONG"
    COMPOSITE_CHECK_WRONG = "MRZ_COMPOSITE_CHECK_WRONG"
    ISSUER_UNKNOWN = "MRZ_ISSUER_UNKNOWN"
    NATIONALITY_UNKNOWN = "MRZ_NATIONALITY_UNKNOWN"
    BIRTH_INCOMPLETE = "MRZ_BIRTH_INCOMPLETE"
    EXPIRY_INCOMPLETE = "MRZ_EXPIRY_INCOMPLETE"
    EXPIRED = "MRZ_EXPIRED"
    NAME_CUT = "MRZ_NAME_CUT"


@dataclass(frozen=True, slots=True)
class MrzReading:
    """What the zone says. `None` and empty texts stand for what cannot be read; `sex` is `M`, `F` or `U`."""

    document_code: str
    issuer: str
    name: PersonName
    number: str
    nationality: str
    birth_on: date | None
    sex: str
    expires_on: date | None
    personal_number: str
    warnings: tuple[MrzWarning, ...]


_UNREADABLE: Final = MrzReading(
    "", "", PersonName("", ""), "", "", None, "U", None, "", (MrzWarning.SHAPE_WRONG,)
)  # fmt: skip


def parse_td3(text: str, *, on: date) -> MrzReading:
    """Reads a passport's zone as scanned or typed: two lines, or 88 characters in one (A03, N10).

    Never refuses: what does not agree becomes a warning, and a text of another shape gives an empty reading with
    `SHAPE_WRONG`. `on` decides the century of the two-digit years and whether the document has expired.
    """
    characters = re.sub(r"\s+", "", text.upper().replace("«", "<<").replace("‹", "<"))
    if len(characters) != 2 * LINE_LENGTH or not _ALLOWED.fullmatch(characters):
        return _UNREADABLE
    upper, lower = characters[:LINE_LENGTH], characters[LINE_LENGTH:]
    surname, _, given = upper[5:].rstrip("<").partition("<<")
    birth_on, expires_on = _birth(lower[13:19], on), _expiry(lower[21:27], on)
    reading = MrzReading(
        document_code=upper[:2].rstrip("<"),
        issuer=upper[2:5].rstrip("<"),
        name=name_from_mrz(surname=_words(surname), given=_words(given)),
        number=lower[:9].rstrip("<"),
        nationality=lower[10:13].rstrip("<"),
        birth_on=birth_on,
        sex=lower[20] if lower[20] in "MF" else "U",
        expires_on=expires_on,
        personal_number=lower[28:42].rstrip("<"),
        warnings=(),
    )
    warnings = (*_check_warnings(lower), *_content_warnings(reading=reading, upper=upper, on=on))
    return MrzReading(**{**{name: getattr(reading, name) for name in MrzReading.__slots__}, "warnings": warnings})


def compose_td3(
    *,
    issuer: str,
    family: str,
    given: str,
    number: str,
    nationality: str,
    birth_on: date,
    sex: str,
    expires_on: date,
    personal_number: str = "",
) -> tuple[str, str]:
    """The two lines of a passport with its check digits right. A single name is given in `given` with `family` empty.

    Names are folded to passport letters and cut at 39 characters. Raises `ValueError` for a number of more than nine
    characters, or a personal number of more than fourteen.
    """
    if len(number) > 9 or len(personal_number) > 14:
        raise ValueError("too long for the zone")
    names = "<<".join(part for part in (fold_mrz(family), fold_mrz(given)) if part)
    upper = f"P<{issuer:<3}{names[:_NAME_LENGTH]:<39}".replace(" ", "<")
    number_field = number.ljust(9, "<")
    birth, expiry = birth_on.strftime("%y%m%d"), expires_on.strftime("%y%m%d")
    personal = personal_number.ljust(14, "<")
    # An empty personal number may carry `<` for its check digit (ICAO Doc 9303-4, 4.2.2).
    personal += mrz_check(personal) if personal_number else "<"
    sexed = sex if sex in {"M", "F"} else "<"
    lower = (
        f"{number_field}{mrz_check(number_field)}{nationality.ljust(3, '<')}"
        f"{birth}{mrz_check(birth)}{sexed}{expiry}{mrz_check(expiry)}{personal}"
    )
    return upper, lower + mrz_check(_composite(lower))


def _composite(lower: str) -> str:
    return lower[:10] + lower[13:20] + lower[21:43]


def _words(field: str) -> str:
    return " ".join(field.replace("<", " ").split())


def _check_warnings(lower: str) -> list[MrzWarning]:
    personal_is_empty = not lower[28:42].strip("<")
    fields = (
        (lower[:9], lower[9], MrzWarning.NUMBER_CHECK_WRONG),
        (lower[13:19], lower[19], MrzWarning.BIRTH_CHECK_WRONG),
        (lower[21:27], lower[27], MrzWarning.EXPIRY_CHECK_WRONG),
        (lower[28:42], "0" if personal_is_empty and lower[42] == "<" else lower[42], MrzWarning.PERSONAL_CHECK_WRONG),
        (_composite(lower), lower[43], MrzWarning.COMPOSITE_CHECK_WRONG),
    )
    return [warning for field, given, warning in fields if mrz_check(field) != given]


def _content_warnings(*, reading: MrzReading, upper: str, on: date) -> list[MrzWarning]:
    found = {
        MrzWarning.NOT_A_PASSPORT: not reading.document_code.startswith("P"),
        MrzWarning.ISSUER_UNKNOWN: not is_passport_code(reading.issuer),
        MrzWarning.NATIONALITY_UNKNOWN: not is_passport_code(reading.nationality),
        MrzWarning.BIRTH_INCOMPLETE: reading.birth_on is None,
        MrzWarning.EXPIRY_INCOMPLETE: reading.expires_on is None,
        MrzWarning.EXPIRED: reading.expires_on is not None and reading.expires_on < on,
        # A name field filled to its last place may have been cut: the printed page has the whole name.
        MrzWarning.NAME_CUT: upper[-1] != "<",
    }
    return [warning for warning, is_so in found.items() if is_so]


def _date_in(century: int, digits: str) -> date | None:
    if not digits.isdigit():
        return None
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _birth(digits: str, on: date) -> date | None:
    """The latest such day that is not ahead."""
    this_century = on.year // 100 * 100
    candidates = (_date_in(this_century, digits), _date_in(this_century - 100, digits))
    return next((day for day in candidates if day is not None and day <= on), None)


def _expiry(digits: str, on: date) -> date | None:
    """The such day nearest to `on`: passports run for ten years, and old ones are shown too."""
    this_century = on.year // 100 * 100
    candidates = [_date_in(century, digits) for century in (this_century - 100, this_century, this_century + 100)]
    return min((day for day in candidates if day), key=lambda day: abs(day - on), default=None)
