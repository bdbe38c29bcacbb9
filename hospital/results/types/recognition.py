"""Mutual recognition, as the front door takes and hands it out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.results.types.laboratory import PatientReportKind

NATIONAL_MARK = BilingualText("全国HR", "National HR")


class RecognitionScope(StrEnum):
    """How far a result is recognized."""

    NATIONAL = "NATIONAL"
    REGIONAL = "REGIONAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionMark:
    """What a campus says of an item. `region` is empty for the whole country; `days` a result spares another test."""

    item_code: str
    name: BilingualText
    scope: RecognitionScope
    region: BilingualText
    valid_from: date
    valid_to: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionRow:
    """A mark in the list, with how it is printed."""

    mark: BilingualText
    facts: RecognitionMark


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideValue:
    """One value on the paper of another hospital, with the unit and the range that stand there."""

    code: str
    name: BilingualText
    text: str
    unit: str = ""
    reference: str = ""

    def in_words(self, language: str) -> str:
        """`Hemoglobin 128 g/L (115–150)`."""
        measured = " ".join(part for part in (self.name.in_language(language), self.text, self.unit) if part)
        return f"{measured} ({self.reference})" if self.reference else measured


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelAnalyte:
    """What a catalog item measures, with our unit and the range of somebody's sex and age."""

    code: str
    name: BilingualText
    unit: str
    reference: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentResult:
    """A recognized result that may spare a test. `kind` is None for one of another hospital, which says `text`."""

    id: UUID
    kind: PatientReportKind | None
    name: BilingualText
    done_on: date
    place: BilingualText
    mark: BilingualText
    flagged: int = 0
    text: BilingualText = BilingualText("")
