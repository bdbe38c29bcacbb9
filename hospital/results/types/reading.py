"""What waits in the reading room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.results.reporting.kinds import ExamKind

EMERGENCY, URGENT, ROUTINE = 0, 1, 2


class ReadingStage(StrEnum):
    """What is waited for: the first reader, the second one, or the signature of an amendment."""

    FIRST = "FIRST"
    SECOND = "SECOND"
    AMENDING = "AMENDING"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReading:
    """An examination that was carried out. `haste`: 0 an emergency, 1 urgent, 2 routine."""

    order_line_id: UUID
    person_id: UUID
    encounter_id: UUID
    campus_code: str
    kind: ExamKind
    modality: str
    name: BilingualText
    haste: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFilter:
    """Which of what waits; empty means all."""

    kind: ExamKind | None = None
    modality: str = ""
    stage: ReadingStage | None = None
    campus_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One examination of the list. `reader_id` is empty unless somebody has it now."""

    order_line_id: UUID
    person_id: UUID
    encounter_id: UUID
    campus_code: str
    kind: ExamKind
    modality: str
    name: BilingualText
    haste: int
    waits_since: datetime
    stage: ReadingStage
    first_reader: BilingualText
    first_reader_id: str
    reader: BilingualText
    reader_id: str
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingCount:
    """How many of a kind wait, how many of them urgently or for a second reader, and since when the oldest."""

    kind: ExamKind
    waiting: int
    hasty: int
    second: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage:
    """A part of the list beside what the actor has taken; `counts` by kind and `modalities` ignore the filter."""

    mine: tuple[ReadingView, ...]
    rows: tuple[ReadingView, ...]
    total: int
    page: int
    pages: int
    counts: tuple[ReadingCount, ...]
    modalities: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFinding:
    """A critical finding that no clinician has taken over."""

    order_line_id: UUID
    person_id: UUID
    name: BilingualText
    finding: BilingualText
    raised_at: datetime
    level: int
    was_called: bool
