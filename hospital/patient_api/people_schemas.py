"""Shapes of people, their documents, proofs, cards and claims."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from hospital.patient_api.schemas import Language, Line, Text


class DocumentIn(Schema):
    """An identity document as printed."""

    type: Line = Field(max_length=20)
    number: Line = Field(min_length=1, max_length=40)
    issuer: Line = Field(default="", max_length=3)
    valid_to: date | None = None


class DocumentAdded(DocumentIn):
    """A further document."""

    is_primary: bool = False


class PersonIn(Schema):
    """A person to book for. Names as on the document; a single name goes into `given_names`.

    `guardian_notice` is the version of the text (`GET /notices/CHILD`) to which a parent or guardian agrees, which a
    child under 14 needs.
    """

    relation: Line = Field(default="SELF", max_length=20)
    family_name: Line = Field(default="", max_length=160)
    given_names: Line = Field(default="", max_length=160)
    chinese_name: Line = Field(default="", max_length=80)
    preferred_name: Line = Field(default="", max_length=120)
    sex: Line = Field(pattern="^[MFU]$")
    birth_date: date
    nationality: Line = Field(min_length=3, max_length=3)
    document: DocumentIn
    languages: list[Language] = Field(default_factory=list, max_length=8)
    needs_interpreter: bool = False
    email: Line = Field(default="", max_length=254)
    phone: Line = Field(default="", max_length=30)
    guardian_notice: int | None = Field(default=None, ge=1, le=1000)


class ContactIn(Schema):
    """A change of contact and wishes; what is left out stays as it is."""

    email: Line | None = Field(default=None, max_length=254)
    phone: Line | None = Field(default=None, max_length=30)
    preferred_name: Line | None = Field(default=None, max_length=120)
    languages: list[Language] | None = Field(default=None, max_length=8)
    needs_interpreter: bool | None = None


class DocumentWarningOut(Schema):
    """Something that looks wrong about a document; it never blocks care."""

    code: str
    text: str


class PersonCreated(Schema):
    """The new person."""

    id: UUID
    warnings: list[DocumentWarningOut]


class WarningsOut(Schema):
    """What looks wrong about the document that was added."""

    warnings: list[DocumentWarningOut]


class ProofOut(Schema):
    """A picture or PDF that was sent: `PENDING`, `ACCEPTED` or `REFUSED`, then with the reason."""

    id: UUID
    kind: str
    state: str
    reason: Text | None
    submitted_at: datetime
    decided_at: datetime | None


class DocumentOut(Schema):
    """A document, masked. `expiry`: UNKNOWN, VALID, SOON (within 180 days) or EXPIRED. `is_checked`: by the desk."""

    id: UUID
    type: str
    issuer: str
    masked_number: str
    valid_to: date | None
    expiry: str
    is_primary: bool
    is_checked: bool
    proof: ProofOut | None
    warnings: list[DocumentWarningOut]


class PersonOut(Schema):
    """A person one books for. `are_records_open`: whether reports may be read, for which an adult has to agree."""

    id: UUID
    relation: str
    is_default: bool
    family_name: str
    given_names: str
    chinese_name: str
    display_name: str
    sex: str
    birth_date: date
    nationality: str
    is_minor: bool
    has_guardian_consent: bool
    are_records_open: bool
    relation_proof: ProofOut | None
    documents: list[DocumentOut]
    record_numbers: dict[str, str]


class InsuranceCardIn(Schema):
    """A commercial insurer's card as printed."""

    insurer: Line = Field(min_length=1, max_length=120)
    member_number: Line = Field(min_length=1, max_length=60)
    plan: Line = Field(default="", max_length=120)
    valid_from: date | None = None
    valid_to: date | None = None


class InsuranceCardOut(Schema):
    """A card, its number masked."""

    id: UUID
    insurer: str
    plan: str
    masked_number: str
    valid_from: date | None
    valid_to: date | None
    expiry: str
    has_picture: bool


class CreatedOut(Schema):
    """What was made."""

    id: UUID


class PersonDetailOut(PersonOut):
    """A person with contact (masked), wishes and insurance cards."""

    preferred_name: str
    languages: list[str]
    needs_interpreter: bool
    email: str
    phone: str
    insurance_cards: list[InsuranceCardOut]


class HolderOut(Schema):
    """Another account that acts for me, masked."""

    id: UUID
    relation: str
    address: str
    since: datetime


class ClaimIn(Schema):
    """Which record is one's own or one's family's: the document, the birth date and the name as on file."""

    relation: Line = Field(default="SELF", max_length=20)
    document: DocumentIn
    family_name: Line = Field(default="", max_length=160)
    given_names: Line = Field(default="", max_length=160)
    chinese_name: Line = Field(default="", max_length=80)
    birth_date: date
    guardian_notice: int | None = Field(default=None, ge=1, le=1000)


class ClaimOut(Schema):
    """A request for a record. It shows what was typed, masked, and nothing of the record.

    `code_address` and `code_phone`: where a one-time code can go, masked; both empty where only the registration desk
    can verify. `code_sent_by`: over which of them the last code went, while it is good.
    """

    id: UUID
    state: Literal["OPEN", "VERIFIED", "REFUSED", "WITHDRAWN", "EXPIRED"]
    relation: str
    document_type: str
    masked_number: str
    name: str
    birth_date: date
    reason: Text | None
    opened_at: datetime
    expires_at: datetime
    code_address: str
    code_phone: str
    is_code_sent: bool
    code_sent_by: Literal["EMAIL", "PHONE"] | None
    person_id: UUID | None


class ClaimCodeRequest(Schema):
    """Over which of the ways on file the code shall come."""

    by: Literal["EMAIL", "PHONE"] = "EMAIL"


class ClaimCodeIn(Schema):
    """The code from the message."""

    code: Line = Field(min_length=4, max_length=12)


class DocumentCheckIn(Schema):
    """A document as far as it was typed; what else is known is compared with what the number says."""

    type: Line = Field(max_length=20)
    number: Line = Field(max_length=40)
    birth_date: date | None = None
    sex: Line = Field(default="", pattern="^[MFU]?$")
    nationality: Line = Field(default="", max_length=3)
    valid_to: date | None = None


class DocumentCheckOut(Schema):
    """What the number says and what looks wrong about it: a warning, never a refusal. Empty where it does not tell."""

    birth_date: date | None
    sex: str
    nationality: str
    issuer: str
    likely_type: str
    expiry: str
    warnings: list[DocumentWarningOut]


class CodeLineIn(Schema):
    """The code line of a document as typed or pasted, with or without line breaks."""

    text: str = Field(max_length=400)


class CodeLineOut(Schema):
    """What the code line says. `is_read` is false when it is not a whole code line: nothing else is filled then."""

    is_read: bool
    is_passport: bool
    family_name: str
    given_names: str
    number: str
    issuer: str
    nationality: str
    birth_date: date | None
    sex: str
    valid_to: date | None
    warnings: list[DocumentWarningOut]


class CountryOut(Schema):
    """A country or territory."""

    code: str
    name: Text
