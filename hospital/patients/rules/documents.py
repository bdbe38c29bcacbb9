"""Checks of identity documents: what a number says of its holder, and what looks wrong about it.

A check warns and never blocks: care is not refused over a mistyped or unusual number (domain brief 8). Where a number
tells a birth date or a sex, it is compared with what was entered.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from hospital.patients.rules.check_digits import hkid_check, resident_check
from hospital.patients.rules.countries import get_country


class DocumentType(StrEnum):
    """The identity documents of domain brief 8."""

    PRC_ID = "PRC_ID"
    HMT_RESIDENCE = "HMT_RESIDENCE"
    FOREIGN_PR = "FOREIGN_PR"
    HM_PERMIT = "HM_PERMIT"
    TW_PERMIT = "TW_PERMIT"
    HKID = "HKID"
    MACAU_ID = "MACAU_ID"
    PASSPORT = "PASSPORT"
    OTHER = "OTHER"


class DocumentWarning(StrEnum):
    """What looks wrong; the texts are in `warning_texts`."""

    NUMBER_MISSING = "NUMBER_MISSING"
    FORMAT_UNEXPECTED = "FORMAT_UNEXPECTED"
    CHECK_MISSING = "CHECK_MISSING"
    CHECK_WRONG = "CHECK_WRONG"
    OTHER_TYPE_LIKELY = "OTHER_TYPE_LIKELY"
    OLD_FORM = "OLD_FORM"
    REGION_UNKNOWN = "REGION_UNKNOWN"
    NATIONALITY_UNKNOWN = "NATIONALITY_UNKNOWN"
    BIRTH_IMPOSSIBLE = "BIRTH_IMPOSSIBLE"
    BIRTH_DIFFERS = "BIRTH_DIFFERS"
    SEX_DIFFERS = "SEX_DIFFERS"
    NATIONALITY_DIFFERS = "NATIONALITY_DIFFERS"


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """What a document number says. A field is None where the number does not tell it.

    `number` is the form to store and to index, so that two spellings of one number meet. `issuer` and `nationality` are
    ISO 3166-1 alpha-3; `birth_on` and `sex` (`M`, `F`) come from the number; `likely_type` comes with
    `OTHER_TYPE_LIKELY`.
    """

    type: DocumentType
    number: str
    issuer: str | None = None
    nationality: str | None = None
    birth_on: date | None = None
    sex: str | None = None
    likely_type: DocumentType | None = None
    warnings: tuple[DocumentWarning, ...] = ()

    @property
    def has_no_warning(self) -> bool:
        """Whether nothing looks wrong."""
        return not self.warnings

    def warned(self, *warnings: DocumentWarning) -> "DocumentCheck":
        """The same with further warnings, each once."""
        return replace(self, warnings=tuple(dict.fromkeys((*self.warnings, *warnings))))


# Health-industry code set CV02.01.101, as far as domain brief 8 gives it; the rest are 99, other.
INDUSTRY_CODES: Final[dict[DocumentType, str]] = {
    DocumentType.PRC_ID: "01",
    DocumentType.PASSPORT: "03",
    DocumentType.HM_PERMIT: "06",
    DocumentType.TW_PERMIT: "07",
}
_INDUSTRY_OTHER: Final = "99"

_PROVINCES: Final = frozenset(
    str(code)
    for region in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in region
)
_RESIDENCE_REGIONS: Final = {"810000": "HKG", "820000": "MAC", "830000": "TWN"}
_HM_REGIONS: Final = {"H": "HKG", "M": "MAC"}

_RESIDENT: Final = re.compile(r"\d{17}[\dX]")
_RESIDENT_OLD: Final = re.compile(r"\d{15}")
_PR_NEW: Final = re.compile(r"9\d{16}[\dX]")
_PR_OLD: Final = re.compile(r"([A-Z]{3})\d{12}")
_HM_PERMIT: Final = re.compile(r"([HM])([A-Z]\d{7}|\d{8})(\d{2})?")
_TW_PERMIT: Final = re.compile(r"\d{8}")
_TW_PERMIT_OLD: Final = re.compile(r"\d{10}[A-Z]?|\d{8}[A-Z]")
_HKID: Final = re.compile(r"([A-Z]{1,2})(\d{6})([\dA])?")
_MACAU_ID: Final = re.compile(r"([157]\d{6})(\d)?")
_PASSPORT: Final = re.compile(r"[A-Z]{0,3}\d[A-Z0-9]{4,11}")

_NOISE: Final = re.compile(r"[\s\-–—.()/·]+")


def industry_code(document_type: DocumentType) -> str:
    """The document's code in the health-industry code set CV02.01.101."""
    return INDUSTRY_CODES.get(document_type, _INDUSTRY_OTHER)


def normalize_number(number: str) -> str:
    """Capitals without spaces, brackets, hyphens or full-width forms: one spelling for one number."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", number)).upper()


def check_document(
    *,
    document_type: DocumentType,
    number: str,
    on: date,
    birth_on: date | None = None,
    sex: str | None = None,
    nationality: str | None = None,
) -> DocumentCheck:
    """What the number of this document says and what looks wrong about it on the day `on` (A03, N10; domain brief 8).

    Never refuses. With `birth_on`, `sex` (`M`, `F`, `U`) or `nationality` (alpha-3) as entered, warns where the number
    says something else.
    """
    cleaned = normalize_number(number)
    if not cleaned:
        return DocumentCheck(document_type, "", warnings=(DocumentWarning.NUMBER_MISSING,))
    check = _CHECKS[document_type](cleaned, on)
    return check.warned(*_differences(check=check, birth_on=birth_on, sex=sex, nationality=nationality))


def _differences(
    *, check: DocumentCheck, birth_on: date | None, sex: str | None, nationality: str | None
) -> list[DocumentWarning]:
    differing = []
    if birth_on and check.birth_on and birth_on != check.birth_on:
        differing.append(DocumentWarning.BIRTH_DIFFERS)
    if sex in {"M", "F"} and check.sex and sex != check.sex:
        differing.append(DocumentWarning.SEX_DIFFERS)
    if nationality and check.nationality and nationality != check.nationality:
        differing.append(DocumentWarning.NATIONALITY_DIFFERS)
    return differing


def _date_of(digits: str, on: date) -> date | None:
    """The date `YYYYMMDD` says, None where there is no such day or it lies ahead or too far back."""
    try:
        birth_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return birth_on if on.year - 150 <= birth_on.year and birth_on <= on else None


def _with_birth(check: DocumentCheck, digits: str, on: date) -> DocumentCheck:
    birth_on = _date_of(digits, on)
    if birth_on is None:
        return check.warned(DocumentWarning.BIRTH_IMPOSSIBLE)
    return replace(check, birth_on=birth_on)


def _with_resident_check(check: DocumentCheck) -> DocumentCheck:
    if resident_check(check.number[:17]) == check.number[17]:
        return check
    return check.warned(DocumentWarning.CHECK_WRONG)


def _sex_of(sequence: str) -> str:
    return "M" if int(sequence) % 2 else "F"


def _resident_number(check: DocumentCheck, on: date) -> DocumentCheck:
    known = replace(check, sex=_sex_of(check.number[14:17]))
    return _with_resident_check(_with_birth(known, check.number[6:14], on))


def _likely_resident_type(number: str) -> DocumentType:
    if number[:6] in _RESIDENCE_REGIONS:
        return DocumentType.HMT_RESIDENCE
    return DocumentType.FOREIGN_PR if number[0] == "9" else DocumentType.PRC_ID


def _unexpected(check: DocumentCheck) -> DocumentCheck:
    likely = _recognize(check.number)
    if likely is not None and likely is not check.type:
        return replace(check, likely_type=likely).warned(
            DocumentWarning.FORMAT_UNEXPECTED, DocumentWarning.OTHER_TYPE_LIKELY
        )
    return check.warned(DocumentWarning.FORMAT_UNEXPECTED)


def _recognize(number: str) -> DocumentType | None:
    """The type whose format the number has, where only one has it."""
    if _RESIDENT.fullmatch(number):
        return _likely_resident_type(number)
    for document_type, pattern in (
        (DocumentType.FOREIGN_PR, _PR_OLD),
        (DocumentType.HM_PERMIT, _HM_PERMIT),
        (DocumentType.HKID, _HKID),
    ):
        if pattern.fullmatch(number):
            return document_type
    return None


def _check_prc_id(number: str, on: date) -> DocumentCheck:
    check = DocumentCheck(DocumentType.PRC_ID, number, issuer="CHN", nationality="CHN")
    if _RESIDENT_OLD.fullmatch(number):
        old = replace(check, sex=_sex_of(number[12:15]))
        return _with_birth(old, "19" + number[6:12], on).warned(DocumentWarning.OLD_FORM)
    if not _RESIDENT.fullmatch(number):
        return _unexpected(replace(check, nationality=None))
    likely = _likely_resident_type(number)
    if likely is not DocumentType.PRC_ID:
        other = _CHECKS[likely](number, on)
        return replace(other, type=DocumentType.PRC_ID, likely_type=likely).warned(DocumentWarning.OTHER_TYPE_LIKELY)
    checked = _resident_number(check, on)
    return checked if number[:2] in _PROVINCES else checked.warned(DocumentWarning.REGION_UNKNOWN)


def _check_hmt_residence(number: str, on: date) -> DocumentCheck:
    check = DocumentCheck(DocumentType.HMT_RESIDENCE, number, issuer="CHN")
    if not _RESIDENT.fullmatch(number):
        return _unexpected(check)
    checked = _resident_number(check, on)
    region = _RESIDENCE_REGIONS.get(number[:6])
    if region is None:
        likely = _likely_resident_type(number)
        return replace(checked, likely_type=likely).warned(DocumentWarning.OTHER_TYPE_LIKELY)
    return replace(checked, nationality=region)


def _check_foreign_pr(number: str, on: date) -> DocumentCheck:
    check = DocumentCheck(DocumentType.FOREIGN_PR, number, issuer="CHN")
    old = _PR_OLD.fullmatch(number)
    if old:
        return _with_nationality(check, old.group(1)).warned(DocumentWarning.OLD_FORM)
    if not _PR_NEW.fullmatch(number):
        return _unexpected(check)
    checked = _with_birth(_with_nationality(check, number[3:6]), number[6:14], on)
    if number[1:3] not in _PROVINCES:
        checked = checked.warned(DocumentWarning.REGION_UNKNOWN)
    return _with_resident_check(checked)


def _with_nationality(check: DocumentCheck, code: str) -> DocumentCheck:
    country = get_country(code)
    if country is None:
        return check.warned(DocumentWarning.NATIONALITY_UNKNOWN)
    return replace(check, nationality=country.alpha3)


def _check_hm_permit(number: str, _on: date) -> DocumentCheck:
    check = DocumentCheck(DocumentType.HM_PERMIT, number, issuer="CHN")
    found = _HM_PERMIT.fullmatch(number)
    if not found:
        return _unexpected(check)
    letter, holder, reissue = found.groups()
    if reissue:
        # The last two digits of an old card count its re-issues; the nine places before them are the holder's for life.
        check = replace(check, number=letter + holder).warned(DocumentWarning.OLD_FORM)
    # A letter in the second place marks a holder who is not a Chinese national (cards since 2024).
    return check if holder[0].isalpha() else replace(check, nationality=_HM_REGIONS[letter])


def _check_tw_permit(number: str, _on: date) -> DocumentCheck:
    check = DocumentCheck(DocumentType.TW_PERMIT, number, issuer="CHN", nationality="TWN")
    if _TW_PERMIT.fullmatch(number):
        return check
    if _TW_PERMIT_OLD.fullmatch(number):
        return check.warned(DocumentWarning.OLD_FORM)
    return _unexpected(replace(check, nationality=None))


def _check_hkid(number: str, _on: date) -> DocumentCheck:
    check = DocumentCheck(DocumentType.HKID, number, issuer="HKG")
    found = _HKID.fullmatch(number)
    if not found:
        return _unexpected(check)
    prefix, digits, given = found.groups()
    if given is None:
        return check.warned(DocumentWarning.CHECK_MISSING)
    written = replace(check, number=f"{prefix}{digits}({given})")
    return written if hkid_check(prefix, digits) == given else written.warned(DocumentWarning.CHECK_WRONG)


def _check_macau_id(number: str, _on: date) -> DocumentCheck:
    check = DocumentCheck(DocumentType.MACAU_ID, number, issuer="MAC")
    found = _MACAU_ID.fullmatch(number)
    if not found:
        return _unexpected(check)
    digits, given = found.groups()
    if given is None:
        return check.warned(DocumentWarning.CHECK_MISSING)
    # The algorithm of the check digit is not published: the format is all that can be checked.
    return replace(check, number=f"{digits}({given})")


def _check_passport(number: str, _on: date) -> DocumentCheck:
    check = DocumentCheck(DocumentType.PASSPORT, number)
    if _RESIDENT.fullmatch(number):
        return _unexpected(check)
    return check if _PASSPORT.fullmatch(number) else check.warned(DocumentWarning.FORMAT_UNEXPECTED)


def _check_other(number: str, _on: date) -> DocumentCheck:
    return DocumentCheck(DocumentType.OTHER, number)


_CHECKS: Final[dict[DocumentType, Callable[[str, date], DocumentCheck]]] = {
    DocumentType.PRC_ID: _check_prc_id,
    DocumentType.HMT_RESIDENCE: _check_hmt_residence,
    DocumentType.FOREIGN_PR: _check_foreign_pr,
    DocumentType.HM_PERMIT: _check_hm_permit,
    DocumentType.TW_PERMIT: _check_tw_permit,
    DocumentType.HKID: _check_hkid,
    DocumentType.MACAU_ID: _check_macau_id,
    DocumentType.PASSPORT: _check_passport,
    DocumentType.OTHER: _check_other,
}
