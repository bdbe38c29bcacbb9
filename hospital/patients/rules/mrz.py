"""Machine-readable zones (ICAO Doc 9303-4 to -6; domain brief 8).

TD3, a passport: two lines of 44 characters. TD1, a card: three of 30. TD2, a larger card: two of 36.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class _Fields:
    """A zone of any form, cut: what each check digit stands for, and what the fields hold."""

    code: str
    issuer: str
    names: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str
    checks: tuple[tuple[str, str, "MrzWarning"], ...]  # field, digit given, warning when they do not agree


_UNREADABLE: Final = MrzReading(
    "", "", PersonName("", ""), "", "", None, "U", None, "", (MrzWarning.SHAPE_WRONG,)
)  # fmt: skip


def parse_mrz(text: str, *, on: date) -> MrzReading:
    """Reads a zone as scanned, typed or pasted, with or without its line breaks (A03, N10).

    Never refuses: what does not agree becomes a warning, and a text of another shape gives an empty reading with
    `SHAPE_WRONG`. `on` decides the century of the two-digit years and whether the document has expired.
    """
    characters = re.sub(r"\s+", "", text.upper().replace("«", "<<").replace("‹", "<"))
    cut = _FORMS.get(len(characters))
    if cut is None or not _ALLOWED.fullmatch(characters):
        return _UNREADABLE
    fields = cut(characters)
    surname, _, given = fields.names.rstrip("<").partition("<<")
    reading = MrzReading(
        document_code=fields.code.rstrip("<"),
        issuer=fields.issuer.rstrip("<"),
        name=name_from_mrz(surname=_words(surname), given=_words(given)),
        number=fields.number.rstrip("<"),
        nationality=fields.nationality.rstrip("<"),
        birth_on=_birth(fields.birth, on),
        sex=fields.sex if fields.sex in {"M", "F"} else "U",
        expires_on=_expiry(fields.expiry, on),
        personal_number=fields.optional.rstrip("<"),
        warnings=(),
    )
    wrong = [warning for field, given, warning in fields.checks if mrz_check(field) != given]
    return replace(reading, warnings=(*wrong, *_content_warnings(reading=reading, fields=fields, on=on)))


def parse_td3(text: str, *, on: date) -> MrzReading:
    """Reads a passport's zone; that of a card gives its reading with `NOT_A_PASSPORT`. Otherwise as `parse_mrz`."""
    reading = parse_mrz(text, on=on)
    if reading is _UNREADABLE or reading.document_code.startswith("P"):
        return reading
    return replace(reading, warnings=(MrzWarning.NOT_A_PASSPORT, *reading.warnings))


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


def compose_td1(
    *,
    code: str,
    issuer: str,
    family: str,
    given: str,
    number: str,
    nationality: str,
    birth_on: date,
    sex: str,
    expires_on: date,
) -> tuple[str, str, str]:
    """The three lines of a card with its check digits right; a number of more than nine characters runs on.

    Names as in `compose_td3`, cut at 30 characters. Raises `ValueError` for a number of more than 22 characters.
    """
    if len(number) > 22:
        raise ValueError("too long for the zone")
    names = "<<".join(part for part in (fold_mrz(family), fold_mrz(given)) if part)
    start, rest = number[:9].ljust(9, "<"), number[9:]
    # A long number has `<` for its check digit, and ends with that digit in the optional field (Doc 9303-5, 4.2.4).
    numbered = f"{start}<{rest}{mrz_check(number)}<" if rest else f"{start}{mrz_check(start)}"
    upper = f"{code:<2}{issuer:<3}{numbered:<25}".replace(" ", "<")
    birth, expiry = birth_on.strftime("%y%m%d"), expires_on.strftime("%y%m%d")
    sexed = sex if sex in {"M", "F"} else "<"
    middle = f"{birth}{mrz_check(birth)}{sexed}{expiry}{mrz_check(expiry)}{nationality:<3}{'':<11}".replace(" ", "<")
    return upper, middle + mrz_check(_composite_td1(upper, middle)), names[:30].ljust(30, "<")


def _composite(lower: str) -> str:
    return lower[:10] + lower[13:20] + lower[21:43]


def _composite_td1(upper: str, middle: str) -> str:
    return upper[5:30] + middle[:7] + middle[8:15] + middle[18:29]


def _words(field: str) -> str:
    return " ".join(field.replace("<", " ").split())


def _cut_td3(characters: str) -> _Fields:
    upper, lower = characters[:LINE_LENGTH], characters[LINE_LENGTH:]
    # An empty personal number may carry `<` for its check digit.
    personal = "0" if not lower[28:43].strip("<") else lower[42]
    return _Fields(
        code=upper[:2],
        issuer=upper[2:5],
        names=upper[5:],
        number=lower[:9],
        nationality=lower[10:13],
        birth=lower[13:19],
        sex=lower[20],
        expiry=lower[21:27],
        optional=lower[28:42],
        checks=(
            (lower[:9], lower[9], MrzWarning.NUMBER_CHECK_WRONG),
            (lower[13:19], lower[19], MrzWarning.BIRTH_CHECK_WRONG),
            (lower[21:27], lower[27], MrzWarning.EXPIRY_CHECK_WRONG),
            (lower[28:42], personal, MrzWarning.PERSONAL_CHECK_WRONG),
            (_composite(lower), lower[43], MrzWarning.COMPOSITE_CHECK_WRONG),
        ),
    )


def _cut_td2(characters: str) -> _Fields:
    upper, lower = characters[:36], characters[36:]
    return _Fields(
        code=upper[:2],
        issuer=upper[2:5],
        names=upper[5:],
        number=lower[:9],
        nationality=lower[10:13],
        birth=lower[13:19],
        sex=lower[20],
        expiry=lower[21:27],
        optional=lower[28:35],
        checks=(
            (lower[:9], lower[9], MrzWarning.NUMBER_CHECK_WRONG),
            (lower[13:19], lower[19], MrzWarning.BIRTH_CHECK_WRONG),
            (lower[21:27], lower[27], MrzWarning.EXPIRY_CHECK_WRONG),
            (lower[:10] + lower[13:20] + lower[21:35], lower[35], MrzWarning.COMPOSITE_CHECK_WRONG),
        ),
    )


def _cut_td1(characters: str) -> _Fields:
    upper, middle, lower = characters[:30], characters[30:60], characters[60:]
    number, digit, optional = upper[5:14], upper[14], upper[15:]
    runs_on, _, after = optional.partition("<")
    if digit == "<" and runs_on:
        number, digit, optional = number + runs_on[:-1], runs_on[-1], after
    return _Fields(
        code=upper[:2],
        issuer=upper[2:5],
        names=lower,
        number=number,
        nationality=middle[15:18],
        birth=middle[:6],
        sex=middle[7],
        expiry=middle[8:14],
        optional=optional.strip("<") or middle[18:29],
        checks=(
            (number, digit, MrzWarning.NUMBER_CHECK_WRONG),
            (middle[:6], middle[6], MrzWarning.BIRTH_CHECK_WRONG),
            (middle[8:14], middle[14], MrzWarning.EXPIRY_CHECK_WRONG),
            (_composite_td1(upper, middle), middle[29], MrzWarning.COMPOSITE_CHECK_WRONG),
        ),
    )


_FORMS: Final[dict[int, Callable[[str], _Fields]]] = {88: _cut_td3, 90: _cut_td1, 72: _cut_td2}


def _content_warnings(*, reading: MrzReading, fields: _Fields, on: date) -> list[MrzWarning]:
    found = {
        MrzWarning.ISSUER_UNKNOWN: not is_passport_code(reading.issuer),
        MrzWarning.NATIONALITY_UNKNOWN: not is_passport_code(reading.nationality),
        MrzWarning.BIRTH_INCOMPLETE: reading.birth_on is None,
        MrzWarning.EXPIRY_INCOMPLETE: reading.expires_on is None,
        MrzWarning.EXPIRED: reading.expires_on is not None and reading.expires_on < on,
        # A name field filled to its last place may have been cut: the printed page has the whole name.
        MrzWarning.NAME_CUT: fields.names[-1] != "<",
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
