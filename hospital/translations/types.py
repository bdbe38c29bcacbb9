"""What the front door of translations takes and hands out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.translations.rules.checking import Finding, FindingKind
from hospital.translations.rules.terms import Term
from hospital.translations.states import MACHINE_MADE, Origin, TranslationState

__all__ = [
    "Finding",
    "FindingKind",
    "FindingView",
    "Language",
    "ReleasedTranslation",
    "SegmentView",
    "SourceSegment",
    "SourceText",
    "Subject",
    "Term",
    "TermView",
    "TranslationCard",
    "TranslationView",
]

Language = str
"""`zh` or `en`."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is translated, opaque to this context: the kind of thing and its id; the same for all its versions."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class SourceSegment:
    """A paragraph or sentence of the source under its heading; `key` is unique in the source."""

    key: str
    heading: BilingualText
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A signed text to be translated. `digest` changes with any change of the source; `names` are Chinese names that
    an English text may hold."""

    subject: Subject
    version: int
    digest: str
    language: Language
    title: BilingualText
    segments: tuple[SourceSegment, ...]
    person_id: UUID | None
    person_name: str
    campus_code: str
    signed_by: BilingualText
    signed_at: datetime
    names: tuple[str, ...] = ()

    @property
    def target_language(self) -> Language:
        """The other language."""
        return "en" if self.language == "zh" else "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTranslation:
    """A released translation of exactly the source that was asked for: the texts by the keys of its segments."""

    id: UUID
    edition: int
    language: Language
    texts: Mapping[str, str]
    translator: BilingualText
    reviewer: BilingualText
    reviewed_at: datetime
    source_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationCard:
    """A translation in a list. Names are None until there is somebody."""

    id: UUID
    subject: Subject
    source_version: int
    source_digest: str
    source_language: Language
    edition: int
    title: BilingualText
    person_name: str
    campus_code: str
    state: TranslationState
    is_urgent: bool
    requested_at: datetime
    translator_id: UUID | None
    translator: BilingualText | None
    reviewer: BilingualText | None
    segments: int
    written: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A difference, with the reason if somebody accepted it."""

    finding: Finding
    accepted_because: str = ""
    accepted_by: BilingualText | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be mended or accepted."""
        return not self.accepted_because


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """One segment, both languages, its differences and the glossary terms that its source uses."""

    position: int
    key: str
    heading: BilingualText
    source: str
    target: str
    origin: Origin
    findings: tuple[FindingView, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationView:
    """One translation whole."""

    card: TranslationCard
    signed_by: BilingualText
    signed_at: datetime
    segments: tuple[SegmentView, ...]
    return_reason: str
    end_reason: str
    edition_reason: str
    submitted_at: datetime | None
    reviewed_at: datetime | None

    @property
    def open_findings(self) -> int:
        """How many differences are neither mended nor accepted."""
        return sum(each.is_open for segment in self.segments for each in segment.findings)

    @property
    def unread(self) -> int:
        """How many machine's drafts nobody confirmed or changed yet."""
        return sum(segment.origin is Origin.MACHINE for segment in self.segments)

    @property
    def machine_made(self) -> int:
        """How many segments came from a machine, whatever became of them."""
        return sum(segment.origin in MACHINE_MADE for segment in self.segments)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The glossary terms of the whole text, each once, in its order."""
        return tuple({term.zh: term for segment in self.segments for term in segment.terms}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A glossary term; `revision` counts its saves."""

    id: UUID
    term: Term
    note: str
    is_retired: bool
    revision: int
    changed_at: datetime
    changed_by: BilingualText | None

    @property
    def is_gap(self) -> bool:
        """Whether the approved English is still missing."""
        return not self.term.en
