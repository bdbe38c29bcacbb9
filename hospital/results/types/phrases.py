"""Phrases as staff keep them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.results.reporting.phrases import Phrase, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseDraft:
    """What is kept. An empty `code` begins a new phrase; `version` is 0 for one that nobody changed yet.

    `is_for_all`: offered to every department, which heads decide; else to the writer's own.
    """

    template_code: str
    where: Where
    zh: str
    en: str
    en_both: str = ""
    is_normal: bool = False
    is_for_all: bool = False
    code: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPhraseView:
    """A phrase with what the page of phrases shows of it. `row_id` is None for one as it was shipped."""

    phrase: Phrase
    row_id: UUID | None
    department: BilingualText
    is_for_all: bool
    is_shipped: bool
    is_retired: bool
    version: int
    changed_by: BilingualText
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTemplateView:
    """A template with all its phrases, the retired ones too."""

    code: str
    name: BilingualText
    modalities: frozenset[str]
    phrases: tuple[KeptPhraseView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseKeeper:
    """Who keeps phrases: of which department, and whether also those for everybody."""

    department_id: UUID
    department: BilingualText
    is_head: bool
