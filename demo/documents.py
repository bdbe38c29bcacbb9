"""Identity documents for invented people, each with its check digits right."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from hospital.patients.rules.check_digits import hkid_check, resident_check
from hospital.patients.rules.countries import get_country
from hospital.patients.rules.documents import DocumentType
from hospital.patients.rules.mrz import compose_td3

# Area codes of Guangzhou's districts, for mainland cards and permanent resident cards.
_AREAS: Final = ("440103", "440104", "440105", "440106", "440111", "440112", "440113", "440114")
_RESIDENCE_PREFIX: Final = {"HKG": "810000", "MAC": "820000", "TWN": "830000"}
_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
# Passports of a few countries print their own code instead of ISO's.
_PASSPORT_CODE: Final = {"DEU": "D"}
_UNDER_SIXTEEN: Final = 16 * 365


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A document as it would be entered; `mrz` holds the two lines of a passport, else it is empty."""

    type: DocumentType
    issuer: str
    number: str
    valid_from: date
    valid_to: date
    mrz: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a document is made for."""

    family: str
    given: str
    sex: str
    birth_on: date
    nationality: str
    passport_pattern: str


def fill_pattern(random: Random, pattern: str) -> str:
    """The pattern with a digit for each `#` and a letter for each `@`."""
    choices = {"#": "0123456789", "@": _LETTERS}
    return "".join(random.choice(choices.get(character, character)) for character in pattern)


def documents_of(random: Random, *, holder: Holder, on: date, place: int) -> tuple[DemoDocument, ...]:
    """The documents this person carries; `place` in the list decides which of the rarer ones are among them."""
    region = holder.nationality
    if region == "CHN":
        return (_mainland_card(random, holder, on),)
    if region in {"HKG", "MAC"}:
        return _of_hong_kong_or_macau(random, holder, on, place)
    if region == "TWN":
        permit = _permit(random, on, DocumentType.TW_PERMIT, f"{random.randrange(10**7, 10**8)}")
        return (permit, _residence_permit(random, holder, on)) if place % 3 == 0 else (permit,)
    documents = [_passport(random, holder, on)]
    if place % 9 == 0:
        documents.append(_permanent_resident_card(random, holder, on, is_old=place % 27 == 0))
    if place % 23 == 0:
        # Settled in Hong Kong without being a Chinese national: an HKID, and a permit with a letter in place 2.
        documents += [
            _hkid(random, on),
            _permit(random, on, DocumentType.HM_PERMIT, f"H{_letter(random)}{_digits(random, 7)}"),
        ]
    return tuple(documents)


def _of_hong_kong_or_macau(random: Random, holder: Holder, on: date, place: int) -> tuple[DemoDocument, ...]:
    is_macau = holder.nationality == "MAC"
    letter = "M" if is_macau else "H"
    documents = [_permit(random, on, DocumentType.HM_PERMIT, f"{letter}{_digits(random, 8)}")]
    documents.append(_macau_card(random, on) if is_macau else _hkid(random, on))
    if place % 4 == 0:
        documents.append(_residence_permit(random, holder, on))
    return tuple(documents)


def _digits(random: Random, count: int) -> str:
    return f"{random.randrange(10**count):0{count}d}"


def _letter(random: Random) -> str:
    return random.choice(_LETTERS)


def _sequence(random: Random, sex: str) -> str:
    return f"{random.randrange(1, 999, 2) + (0 if sex == 'M' else 1):03d}"


def _validity(random: Random, on: date, years: int) -> tuple[date, date]:
    issued = on - timedelta(days=random.randrange(20, int(years * 365 * 0.95)))
    return issued, issued + timedelta(days=years * 365)


def _resident_number(random: Random, holder: Holder, area: str) -> str:
    first = f"{area}{holder.birth_on:%Y%m%d}{_sequence(random, holder.sex)}"
    return first + resident_check(first)


def _mainland_card(random: Random, holder: Holder, on: date) -> DemoDocument:
    number = _resident_number(random, holder, random.choice(_AREAS))
    return DemoDocument(DocumentType.PRC_ID, "CHN", number, *_validity(random, on, 20))


def _residence_permit(random: Random, holder: Holder, on: date) -> DemoDocument:
    number = _resident_number(random, holder, _RESIDENCE_PREFIX[holder.nationality])
    return DemoDocument(DocumentType.HMT_RESIDENCE, "CHN", number, *_validity(random, on, 5))


def _permanent_resident_card(random: Random, holder: Holder, on: date, *, is_old: bool) -> DemoDocument:
    if is_old:
        number = f"{holder.nationality}4401{_digits(random, 8)}"
        return DemoDocument(DocumentType.FOREIGN_PR, "CHN", number, *_validity(random, on, 10))
    country = get_country(holder.nationality)
    assert country is not None
    first = f"944{country.numeric}{holder.birth_on:%Y%m%d}{_sequence(random, holder.sex)}"
    return DemoDocument(DocumentType.FOREIGN_PR, "CHN", first + resident_check(first), *_validity(random, on, 10))


def _permit(random: Random, on: date, document_type: DocumentType, number: str) -> DemoDocument:
    return DemoDocument(document_type, "CHN", number, *_validity(random, on, 10))


def _hkid(random: Random, on: date) -> DemoDocument:
    prefix, digits = _letter(random), _digits(random, 6)
    number = f"{prefix}{digits}({hkid_check(prefix, digits)})"
    return DemoDocument(DocumentType.HKID, "HKG", number, *_validity(random, on, 30))


def _macau_card(random: Random, on: date) -> DemoDocument:
    number = f"{random.choice('157')}{_digits(random, 6)}({_digits(random, 1)})"
    return DemoDocument(DocumentType.MACAU_ID, "MAC", number, *_validity(random, on, 10))


def _passport(random: Random, holder: Holder, on: date) -> DemoDocument:
    number = fill_pattern(random, holder.passport_pattern)
    is_child = (on - holder.birth_on).days < _UNDER_SIXTEEN
    issued, expires = _validity(random, on, 5 if is_child else 10)
    issued = max(issued, holder.birth_on)
    code = _PASSPORT_CODE.get(holder.nationality, holder.nationality)
    mrz = compose_td3(
        issuer=code, family=holder.family, given=holder.given, number=number, nationality=code,
        birth_on=holder.birth_on, sex=holder.sex, expires_on=expires,
    )  # fmt: skip
    return DemoDocument(DocumentType.PASSPORT, holder.nationality, number, issued, expires, mrz)
