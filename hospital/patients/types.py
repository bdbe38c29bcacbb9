"""Values about people."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
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
    recorded_at: datetime | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllergyEntry:
    """One line of a person's list with its history; struck out where `struck_out_at` is set."""

    id: UUID
    substance: BilingualText
    reaction: BilingualText
    is_severe: bool
    recorded_at: datetime
    recorded_by: BilingualText | None
    struck_out_at: datetime | None
    struck_out_by: BilingualText | None
    struck_out_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAllergy:
    """What is recorded: codes of `rules.allergens`; `other` is the substance where the list has none (`substance`
    is empty then).
    """

    substance: str = ""
    other: BilingualText = BilingualText("", "")
    reaction: str = ""
    is_severe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFactsCard:
    """What is known of a body today: a weight that is not too old, the due day and the week of a pregnancy; who said
    so, and when."""

    weight_kg: Decimal | None = None
    weighed_on: date | None = None
    weighed_by: BilingualText = BilingualText("", "")
    due_on: date | None = None
    pregnant_week: int | None = None
    due_noted_on: date | None = None
    due_noted_by: BilingualText = BilingualText("", "")


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
    is_primary: bool = False


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
    no_allergies_at: datetime | None = None  # when the person was asked and knew of none; None: never asked

    def mrn_at(self, campus_code: str) -> str:
        """The record number at a campus, or any other where there is none yet."""
        return self.mrns.get(campus_code) or next(iter(self.mrns.values()), "")


class ProofKind(StrEnum):
    """What a proof shows."""

    DOCUMENT = "DOCUMENT"  # the identity document itself
    RELATION = "RELATION"  # a birth or marriage certificate
    AGREEMENT = "AGREEMENT"  # an adult's signed agreement


class ProofState(StrEnum):
    """How far a proof is."""

    PENDING = "PENDING"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    REPLACED = "REPLACED"


class ClaimState(StrEnum):
    """How far a claim is; `EXPIRED` is an open one whose time ran out."""

    OPEN = "OPEN"
    VERIFIED = "VERIFIED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


class RefusalReason(StrEnum):
    """Why the desk refused a proof or a claim."""

    UNREADABLE = "UNREADABLE"
    OTHER_PERSON = "OTHER_PERSON"
    NOT_ENOUGH = "NOT_ENOUGH"
    OUT_OF_DATE = "OUT_OF_DATE"
    COME_TO_DESK = "COME_TO_DESK"


@dataclass(frozen=True, slots=True)
class ProofCard:
    """One proof without its file."""

    id: UUID
    kind: ProofKind
    identifier_id: UUID | None
    state: ProofState
    reason: RefusalReason | None
    submitted_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class PendingProof:
    """A proof that waits for the desk, with the person and what they are to the account that sent it."""

    proof: ProofCard
    person: PersonCard
    relation: str
    content_type: str


@dataclass(frozen=True, slots=True)
class PendingClaim:
    """An open claim as the desk sees it: what was typed, and the records that may be meant.

    `matching_id` is the record with which document, birth date and name agree.
    """

    id: UUID
    relation: str
    document_type: str
    issuer: str
    masked_number: str
    name: PersonName
    birth_date: date
    opened_at: datetime
    expires_at: datetime
    matching_id: UUID | None
    candidates: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    """A person an account may act for. `are_records_open`: whether it may read the person's reports too."""

    person: PersonCard
    relation: str
    is_default: bool
    is_minor: bool
    has_guardian_consent: bool
    are_records_open: bool
    proofs: tuple[ProofCard, ...]


@dataclass(frozen=True, slots=True)
class ContactCard:
    """How the hospital reaches a person, masked."""

    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class NewContact:
    """A change of contact and wishes; None leaves a field as it is."""

    email: str | None = None
    phone: str | None = None
    preferred_name: str | None = None
    languages: tuple[str, ...] | None = None
    needs_interpreter: bool | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Another account that acts for the same person, masked."""

    link_id: UUID
    relation: str
    masked_address: str
    since: datetime


@dataclass(frozen=True, slots=True)
class InsuranceCardView:
    """A commercial insurer's card, its number masked."""

    id: UUID
    insurer: str
    plan: str
    masked_number: str
    valid_from: date | None
    valid_to: date | None
    has_picture: bool


@dataclass(frozen=True, slots=True)
class NewInsuranceCard:
    """A card as it was typed."""

    insurer: str
    member_number: str
    plan: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as its account sees it: what it typed, masked, and nothing of the record.

    `masked_email` and `masked_phone` are where a code can go: filled only when document, birth date and name agreed
    with one record. `code_sent_by` says over which of them the last one went, while it is good.
    """

    id: UUID
    relation: str
    document_type: str
    masked_number: str
    name: PersonName
    birth_date: date
    state: ClaimState
    reason: RefusalReason | None
    opened_at: datetime
    expires_at: datetime
    masked_email: str
    masked_phone: str
    is_code_sent: bool
    code_sent_by: str  # EMAIL, PHONE, empty
    person_id: UUID | None  # of a verified claim


@dataclass(frozen=True, slots=True)
class Decision:
    """What the desk decided about a claim or proof: whom to tell, about whom, and why not."""

    account_id: UUID
    person_id: UUID | None
    name: BilingualText
    reason: RefusalReason | None = None


@dataclass(frozen=True, slots=True)
class GuardianConsent:
    """A guardian's consent that came with a claim: who, for whom, to which version of the text, in which language."""

    account_id: UUID
    person_id: UUID
    notice: int
    language: str


@dataclass(frozen=True, slots=True)
class NewClaim:
    """Which record an account says is its own or its family's."""

    document: "NewDocument"
    family_name: str
    given_names: str
    birth_date: date
    relation: str
    chinese_name: str = ""
    guardian_notice: int | None = None  # the version of the text to which a guardian agreed
    language: str = "en"


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
    guardian_notice: int | None = None  # the version of the text to which a guardian agreed
    language: str = "en"  # in which it was read


@dataclass(frozen=True, slots=True)
class EmergencyAccessCard:
    """One break-glass opening."""

    id: UUID
    person_id: UUID
    user_id: UUID
    reason: str
    opened_at: datetime
    expires_at: datetime
