"""Who stands on a paper: the hospital, the patient, those who sign."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hospital.kernel.types import BilingualText


class PaperSex(StrEnum):
    """Sex as printed."""

    MALE = "M"
    FEMALE = "F"
    UNKNOWN = "U"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The hospital with its campus in the head of a paper; `short_name` runs on the pages after the first."""

    name: BilingualText
    short_name: BilingualText
    address: BilingualText
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPatient:
    """The patient block. Names as in the identity document, family name apart; either script may be missing."""

    family_name: str = ""
    given_names: str = ""
    chinese_name: str = ""
    sex: PaperSex
    born_on: date | None
    record_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature: the role, the name (None leaves a line for the pen) and the instant of signing."""

    role: BilingualText
    name: BilingualText | None = None
    signed_at: datetime | None = None
