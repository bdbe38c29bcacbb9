"""The shape of a kind: its sections and what each takes."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from hospital.kernel.types import BilingualText


class ClinicalKind(StrEnum):
    """The documents that a doctor writes beside the note of a visit (D55)."""

    ADMISSION_RECORD = "ADMISSION_RECORD"
    FIRST_PROGRESS_NOTE = "FIRST_PROGRESS_NOTE"
    DISCHARGE_SUMMARY = "DISCHARGE_SUMMARY"
    DIAGNOSIS_CERTIFICATE = "DIAGNOSIS_CERTIFICATE"
    SICK_LEAVE = "SICK_LEAVE"
    REFERRAL_LETTER = "REFERRAL_LETTER"
    FIT_TO_FLY = "FIT_TO_FLY"
    VACCINE_STATEMENT = "VACCINE_STATEMENT"
    INFORMED_CONSENT = "INFORMED_CONSENT"


class Input(StrEnum):
    """What a section takes. Only TEXT is written in one language and translated; the rest reads in both by itself."""

    TEXT = "TEXT"
    DATE = "DATE"  # 2026-11-26
    MOMENT = "MOMENT"  # 2026-11-26T09:05, hospital time
    DAYS = "DAYS"
    CODE = "CODE"  # a flight, a route of airports: Latin letters and digits, the same in both languages
    CHOICE = "CHOICE"
    DIAGNOSES = "DIAGNOSES"  # of the ICD-10 list in use
    DRUGS = "DRUGS"  # as prescribed
    VACCINES = "VACCINES"  # of the list of vaccines


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice."""

    key: str
    name: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec:
    """One section under its heading."""

    key: str
    heading: BilingualText
    input: Input
    is_required: bool = False
    choices: tuple[Choice, ...] = ()
    # The note's part that a new draft takes its text from: complaint, findings or plan.
    note_part: str = ""
    is_single_line: bool = False

    def choice(self, key: str) -> Choice | None:
        """The answer of a key."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """One kind of document.

    `due_after` counts from the moment in the section `due_from`. `is_certificate`: it has a number of the register.
    `needs_seal`: it is a certificate that holds once the medical affairs office has sealed it. `is_for_patient`: what
    holds is given to the patient. `one_of` names sections of which one at least is filled in.
    """

    kind: ClinicalKind
    title: BilingualText
    sections: tuple[SectionSpec, ...]
    due_after: timedelta | None = None
    due_from: str = ""
    is_certificate: bool = False
    needs_seal: bool = False
    is_for_patient: bool = False
    is_signed_by_patient: bool = False
    one_of: tuple[str, ...] = ()

    def section(self, key: str) -> SectionSpec | None:
        """The section of a key."""
        return next((section for section in self.sections if section.key == key), None)
