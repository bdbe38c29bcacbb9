"""What the front door hands out about issued documents."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from hospital.documents.states import DocumentState
from hospital.documents.types.kinds import DocumentKind, PaperLanguage
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about, opaque to this context: the kind of thing and its id ("billing.bill", "…")."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """One issued document. `check_code` reads `7D2F-9A01`; `gaps` counts lines without English."""

    id: UUID
    number: str
    kind: DocumentKind
    title: BilingualText
    subject: Subject
    person_id: UUID | None
    language: PaperLanguage
    check_code: str
    verify_url: str
    content_hash: str
    template_version: str
    issued_at: datetime
    issued_by: str
    state: DocumentState
    state_reason: str
    printed_count: int
    gaps: int


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A document as PDF/A-2a. `reprint` is 0 for the electronic copy and the first print, n for the n-th reprint.

    `is_signed`: it carries the hospital's digital signature.
    """

    number: str
    language: PaperLanguage
    filename: str
    pdf: bytes
    reprint: int = 0
    is_signed: bool = False


class Authenticity(StrEnum):
    """The answer of the public check. UNKNOWN covers a number that does not exist and a wrong check code alike."""

    GENUINE = "GENUINE"
    SUPERSEDED = "SUPERSEDED"
    VOID = "VOID"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Verification:
    """All that the public check tells; nothing about the patient. Only `authenticity` when UNKNOWN.

    `issued_text` is the day of issue in words. `subject` is for the caller, who may say what became of it, and is shown
    to nobody.
    """

    authenticity: Authenticity
    number: str = ""
    title: BilingualText | None = None
    issued_on: date | None = None
    issued_text: BilingualText | None = None
    hospital: BilingualText | None = None
    subject: Subject | None = None
