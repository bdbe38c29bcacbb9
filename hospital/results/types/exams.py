"""Examination reports and their versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.results.reporting.kinds import ExamFact, ExamKind, list_facts

_NOTHING = BilingualText("")


class AmendmentKind(StrEnum):
    """Why there is another version: the text was changed, or something was added to a text that stays."""

    AMENDMENT = "AMENDMENT"
    ADDENDUM = "ADDENDUM"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamText:
    """What an examination report says, in both languages. `addendum`: what this version adds to the ones before."""

    technique: BilingualText = _NOTHING
    findings: BilingualText = _NOTHING
    impression: BilingualText = _NOTHING
    advice: BilingualText = _NOTHING
    addendum: BilingualText = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamVersion:
    """One signed version of an examination report: who signed it, when, and why it came (N19)."""

    id: UUID
    version: int
    kind: AmendmentKind | None
    reason: BilingualText
    addendum: BilingualText
    signer: BilingualText
    signed_at: datetime
    released_at: datetime | None
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyImage:
    """An image that was chosen for a report; its picture is fetched by its id."""

    id: UUID
    caption: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingAlert:
    """A critical finding of a report: told on the telephone, taken over by a clinician."""

    id: UUID
    finding: BilingualText
    raised_at: datetime
    level: int
    answered_by: str
    called_at: datetime | None
    acknowledged_by: BilingualText
    acknowledged_at: datetime | None
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamReportView:
    """One version of an examination report. `versions` are the signed ones, oldest first; a patient's holds those that
    were opened to them. `is_current`: signed, and no newer version is."""

    id: UUID
    number: str
    version: int
    kind: AmendmentKind | None
    reason: BilingualText
    is_current: bool
    versions: tuple[ExamVersion, ...]
    order_line_id: UUID
    person_id: UUID
    encounter_id: UUID
    campus_code: str
    name: BilingualText
    body_part: BilingualText
    text: ExamText
    is_signed: bool
    is_sensitive: bool
    examined_at: datetime
    written_at: datetime
    writer: BilingualText
    signed_at: datetime | None
    signer: BilingualText
    released_at: datetime | None
    recognition: BilingualText = _NOTHING
    exam_kind: ExamKind = ExamKind.OTHER
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    first_reader: BilingualText = _NOTHING
    first_reader_id: str = ""
    first_read_at: datetime | None = None
    key_images: tuple[KeyImage, ...] = ()

    @property
    def is_preliminary(self) -> bool:
        """Whether one doctor has read it and a second is waited for."""
        return self.first_read_at is not None and not self.is_signed

    @property
    def facts(self) -> tuple[ExamFact, ...]:
        """What its kind has beside the text, in both languages."""
        return list_facts(self.exam_kind, self.fields)

    @property
    def addenda(self) -> tuple[ExamVersion, ...]:
        """What was added up to this version, oldest first."""
        return tuple(each for each in self.versions if each.version <= self.version and each.addendum.zh)

    @property
    def overtaken_by(self) -> ExamVersion | None:
        """The current version where this is an earlier one."""
        return next((each for each in self.versions if each.is_current and each.version > self.version), None)
