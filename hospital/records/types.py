"""What the front door hands out: frozen, without a database behind it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.records.states import NoteState


@dataclass(frozen=True, slots=True, kw_only=True)
class Icd10Term:
    """One term to load: `pinyin` as syllables with spaces, `initials` their first letters."""

    code: str
    name: BilingualText
    chapter: str
    pinyin: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeHit:
    """One code found by a search; `pinyin` as syllables, `uses` how often the searcher signed it in 30 days."""

    code: str
    name: BilingualText
    pinyin: str
    uses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisView:
    """One diagnosis as written."""

    code: str
    name: BilingualText
    is_main: bool


@dataclass(frozen=True, slots=True)
class SaveMark:
    """Where a save comes from: a window of somebody's, and which of its saves it is, counted from 1."""

    window: str
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One version of a visit's note. `writer` saved it last; `signer` is empty while it is a draft."""

    id: UUID
    encounter_id: UUID
    person_id: UUID
    version: int
    revision: int
    state: NoteState
    complaint: str
    findings: str
    plan: str
    amend_reason: str
    writer_id: UUID
    writer: BilingualText
    written_at: datetime
    signed_at: datetime | None
    signer: BilingualText
    diagnoses: tuple[DiagnosisView, ...]

    @property
    def main_diagnosis(self) -> DiagnosisView | None:
        """The main diagnosis, if there is one yet."""
        return next((diagnosis for diagnosis in self.diagnoses if diagnosis.is_main), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """A note template; `is_shared` with the department."""

    id: UUID
    name: BilingualText
    complaint: str
    findings: str
    plan: str
    is_shared: bool
