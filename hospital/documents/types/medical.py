"""The data of medical documents and certificates: one shape for every kind."""

from dataclasses import dataclass
from datetime import date

from hospital.documents.types.kinds import PaperLanguage
from hospital.documents.types.people import Letterhead, PaperPatient, Signature
from hospital.kernel.types import BilingualText

PaperParagraph = str | BilingualText
"""A paragraph in the language of the document alone, or with its translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperField:
    """One value with its caption."""

    title: BilingualText
    value: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSection:
    """One section under its heading: paragraphs, a numbered list, or a table; one of them is filled."""

    title: BilingualText
    paragraphs: tuple[PaperParagraph, ...] = ()
    items: tuple[BilingualText, ...] = ()
    head: tuple[BilingualText, ...] = ()
    rows: tuple[tuple[BilingualText, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTranslation:
    """Who put the document into the other language, and who read it after them."""

    translator: BilingualText
    reviewer: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalDocument:
    """A medical document as it was signed (D55).

    `source` is the language it was signed in; with paragraphs in that one alone it prints in no other. `source_hash` is
    that of the signed version. `asks_patient`: lines for the pens of the patient and a witness.
    """

    letterhead: Letterhead
    patient: PaperPatient
    title: BilingualText
    department: BilingualText
    visit_number: str
    seen_on: date
    fields: tuple[PaperField, ...]
    sections: tuple[PaperSection, ...]
    source: PaperLanguage
    source_hash: str
    version: int
    signatures: tuple[Signature, ...]
    translation: PaperTranslation | None = None
    asks_patient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalCertificate(MedicalDocument):
    """A certificate or letter that leaves the house (N05): with its number of the register, and who the patient is by
    nationality and identity document. `sealed_on` is the day of the seal; a letter from doctor to doctor has none."""

    register_number: str
    nationality: BilingualText
    identity: BilingualText
    sealed_on: date | None = None
