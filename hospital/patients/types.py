"""Values about people."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.patients.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class AllergyCard:
    """One allergy; `group` matches a drug's allergy group."""

    group: str
    substance: BilingualText
    reaction: BilingualText
    is_severe: bool


@dataclass(frozen=True, slots=True)
class IdentifierCard:
    """One document, masked."""

    id: UUID
    type: str
    issuer: str
    masked_number: str
    valid_to: date | None
    verified_by: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as banners and papers show them. Document numbers are masked; contacts are left out."""

    id: UUID
    name: PersonName
    sex: str
    birth_date: date
    nationality: str
    languages: tuple[str, ...]
    needs_interpreter: bool
    mrns: dict[str, str]
    identifiers: tuple[IdentifierCard, ...]
    allergies: tuple[AllergyCard, ...]

    def mrn_at(self, campus_code: str) -> str:
        """The record number at a campus, or any other where there is none yet."""
        return self.mrns.get(campus_code) or next(iter(self.mrns.values()), "")


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    """A person an account may act for."""

    person: PersonCard
    relation: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class NewDocument:
    """An identity document as it was typed."""

    type: str
    number: str
    issuer: str = ""
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is needed to put a person into the index."""

    family_name: str
    given_names: str
    sex: str
    birth_date: date
    nationality: str
    document: NewDocument
    chinese_name: str = ""
    preferred_name: str = ""
    languages: tuple[str, ...] = ()
    needs_interpreter: bool = False
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyAccessCard:
    """One break-glass opening."""

    id: UUID
    person_id: UUID
    user_id: UUID
    reason: str
    opened_at: datetime
    expires_at: datetime
