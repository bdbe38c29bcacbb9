"""What the front door takes and hands out: frozen, without a database behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.clinical_documents.kinds import KINDS, VACCINES, Choice, ClinicalKind, Input, KindSpec, SectionSpec
from hospital.clinical_documents.states import ClinicalState, SealOutcome, SealState, VersionState
from hospital.kernel.types import BilingualText

__all__ = [
    "KINDS",
    "VACCINES",
    "Choice",
    "ClinicalKind",
    "ClinicalLanguage",
    "DiagnosisRow",
    "DocumentCard",
    "DocumentView",
    "DrugRow",
    "Input",
    "KindSpec",
    "OwnDraft",
    "Problem",
    "ReadSection",
    "RegisterRow",
    "ReturnedCertificate",
    "SealOutcome",
    "SealState",
    "SealView",
    "SectionSpec",
    "SectionValue",
    "Segment",
    "SignatureLine",
    "SignedVersion",
    "Standing",
    "VaccineRow",
    "Values",
    "VersionView",
    "WaitingCertificate",
]

ClinicalLanguage = str
"""The language that a document is written in: `zh` or `en`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisRow:
    """One diagnosis by its code, with the names of the day."""

    code: str
    name: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugRow:
    """One drug as prescribed; `line_id` is the line of the prescription."""

    line_id: str
    name: BilingualText
    spec: BilingualText
    directions: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class VaccineRow:
    """One vaccination: a key of `VACCINES`, the day as 2026-11-26, which dose, the lot. As typed until it is signed."""

    vaccine: str
    given_on: str
    dose: str = ""
    lot: str = ""


SectionValue = str | tuple[DiagnosisRow, ...] | tuple[DrugRow, ...] | tuple[VaccineRow, ...]
Values = Mapping[str, SectionValue]
"""What stands in each section: text (dates, days, codes and choices as text too) or rows, by the section's input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """One doctor's signature under a version."""

    name: BilingualText
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SealView:
    """What the office decided about a version; `reason` where it was sent back."""

    outcome: SealOutcome
    by: BilingualText
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What keeps a draft from being signed: the section and why, in the language of the moment."""

    key: str
    heading: BilingualText
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """A section to be read. `paragraphs` in the language of the document; `lines` and `table` in both languages.

    Exactly one of the three is filled.
    """

    key: str
    heading: BilingualText
    input: Input
    paragraphs: tuple[str, ...] = ()
    lines: tuple[BilingualText, ...] = ()
    table: tuple[tuple[BilingualText, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One paragraph of free text to be translated; `key` is the section and the paragraph's number: `course.2`."""

    key: str
    heading: BilingualText
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedVersion:
    """One signed version as those see it who translate or print it.

    `source_hash` changes with any change of content, so that a translation of another version is known as stale.
    `segments` hold what needs translating and nothing else; `sections` the whole, with dates, drugs and diagnoses in
    both languages. `is_current`: no newer version is signed and the document is not void.
    """

    document_id: UUID
    version_id: UUID
    version: int
    kind: ClinicalKind
    title: BilingualText
    language: ClinicalLanguage
    source_hash: str
    segments: tuple[Segment, ...]
    sections: tuple[ReadSection, ...]
    encounter_id: UUID
    person_id: UUID
    campus_code: str
    number: str
    asks_patient: bool
    signer: BilingualText
    signed_at: datetime
    signatures: tuple[SignatureLine, ...]
    seal: SealView | None
    amend_reason: str
    is_current: bool
    is_voided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version with who, when and why. `signer` is empty while it is a draft.

    `reviews` is the number of the version that a superior doctor read with this one, 0 for none; `signatures` has the
    author's then too, first.
    """

    id: UUID
    version: int
    revision: int
    state: VersionState
    values: Values
    sections: tuple[ReadSection, ...]
    amend_reason: str
    writer: BilingualText
    written_at: datetime
    signer: BilingualText
    signer_id: str
    signed_at: datetime | None
    content_hash: str
    reviews: int
    signatures: tuple[SignatureLine, ...]
    seal: SealView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDraft:
    """A draft to its writer: what it is and what stands in it."""

    kind: ClinicalKind
    person_id: UUID
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCard:
    """One document in a list. `due_at` is when it has to be signed, None where nothing says so.

    `source_hash` is that of the newest signed version, and `needs_translation` whether it holds free text.
    `seal_state` is that of the newest signed version, `return_reason` why it was sent back.
    """

    id: UUID
    encounter_id: UUID
    person_id: UUID
    campus_code: str
    kind: ClinicalKind
    title: BilingualText
    language: ClinicalLanguage
    state: ClinicalState
    number: str
    version: int
    has_draft: bool
    writer: BilingualText
    written_at: datetime
    signer: BilingualText
    signed_at: datetime | None
    first_signed_at: datetime | None
    due_at: datetime | None
    void_reason: str
    voided_at: datetime | None
    source_hash: str
    needs_translation: bool
    seal_state: SealState
    return_reason: str

    @property
    def holds(self) -> bool:
        """Whether a paper of it holds: signed, sealed where the kind takes a seal, not void."""
        return self.state is ClinicalState.SIGNED and (bool(self.number) or not self.spec.needs_seal)

    @property
    def spec(self) -> KindSpec:
        """What its kind says."""
        return KINDS[self.kind]

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been signed by now."""
        return self.state is ClinicalState.DRAFT and self.due_at is not None and now > self.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One document with every version, oldest first."""

    card: DocumentCard
    versions: tuple[VersionView, ...]

    @property
    def newest(self) -> VersionView:
        """The newest version that was not withdrawn; of a withdrawn document the last."""
        kept = [version for version in self.versions if version.state is not VersionState.WITHDRAWN]
        return (kept or list(self.versions))[-1]

    @property
    def draft(self) -> VersionView | None:
        """The version in the making, if there is one."""
        return self.newest if self.newest.state is VersionState.DRAFT else None

    @property
    def signed(self) -> VersionView | None:
        """The newest signed version."""
        signed = [version for version in self.versions if version.state is VersionState.SIGNED]
        return signed[-1] if signed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One certificate of the register, by the version that holds; nothing of what it says. `sealer` is empty for a kind
    without a seal."""

    id: UUID
    number: str
    kind: ClinicalKind
    title: BilingualText
    person_id: UUID
    campus_code: str
    version: int
    signer: BilingualText
    signed_at: datetime
    sealer: BilingualText
    sealed_at: datetime | None
    is_voided: bool
    void_reason: str
    voided_at: datetime | None
    voided_by: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What may be told to whoever holds a paper of a certificate or letter: nothing of what it says, nor of whom.

    `version` is the one that holds, from `since` on.
    """

    number: str
    version: int
    since: datetime
    is_voided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCertificate:
    """A signed version that waits for the seal. `is_own`: the reader signed it, so somebody else decides."""

    document_id: UUID
    version: int
    kind: ClinicalKind
    title: BilingualText
    language: ClinicalLanguage
    number: str
    encounter_id: UUID
    person_id: UUID
    signatures: tuple[SignatureLine, ...]
    signed_at: datetime
    amend_reason: str
    sections: tuple[ReadSection, ...]
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedCertificate:
    """A certificate that the office sent back, to its doctor."""

    document_id: UUID
    title: BilingualText
    person_id: UUID
    returned_at: datetime
    reason: str
