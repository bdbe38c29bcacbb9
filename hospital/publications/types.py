"""Values of the publications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.publications.states import ArticleState, TranslationStatus


class ArticleKind(StrEnum):
    """What an article is about (A02, A15)."""

    HOSPITAL = "HOSPITAL"
    CAMPUS = "CAMPUS"
    ANNOUNCEMENT = "ANNOUNCEMENT"
    GUIDE = "GUIDE"
    HELP = "HELP"
    DEPARTMENT = "DEPARTMENT"
    DOCTOR = "DOCTOR"


class Audience(StrEnum):
    """Whom an article is written for."""

    EVERYONE = "EVERYONE"
    OVERSEAS = "OVERSEAS"
    FAMILIES = "FAMILIES"


class Symbol(StrEnum):
    """The picture sign that stands beside a title."""

    INFO = "info"
    TICKET = "ticket"
    WALLET = "wallet"
    SHIELD = "shield"
    ALERT = "alert"
    CHAT = "chat"
    BAG = "bag"
    PILL = "pill"
    REPORT = "report"
    LOCK = "lock"
    PASSPORT = "passport"
    CALENDAR = "calendar"
    PHONE = "phone"
    PEOPLE = "people"
    VISIT = "visit"
    MEGAPHONE = "megaphone"
    BUILDING = "building"
    HELP = "help"


# Texts in both languages that a kind has beside title, summary and body; coordinates go in as numbers in text.
FACT_TEXTS: Final[Mapping[ArticleKind, tuple[str, ...]]] = {
    ArticleKind.CAMPUS: ("hours", "emergency"),
    ArticleKind.DOCTOR: ("education",),
}
FACT_NUMBERS: Final[Mapping[ArticleKind, tuple[str, ...]]] = {ArticleKind.CAMPUS: ("latitude", "longitude")}


@dataclass(frozen=True, slots=True)
class Content:
    """What an editor writes: all of it goes into one revision.

    `texts` are the kind's further texts (`FACT_TEXTS`), `numbers` its numbers as text (`FACT_NUMBERS`). Bodies are
    written in the small language of `rules.body`.
    """

    title: BilingualText
    summary: BilingualText = field(default_factory=lambda: BilingualText(""))
    body: BilingualText = field(default_factory=lambda: BilingualText(""))
    texts: Mapping[str, BilingualText] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    audience: Audience = Audience.EVERYONE
    symbol: Symbol = Symbol.INFO
    is_pinned: bool = False
    position: int = 0
    picture_id: UUID | None = None
    picture_alt: BilingualText = field(default_factory=lambda: BilingualText(""))


@dataclass(frozen=True, slots=True)
class ArticleSubject:
    """What an article belongs to. `campus_code` owns it: the editors of that campus write it. One that is not
    `is_hospital_wide` is shown with its campus only."""

    kind: ArticleKind
    slug: str
    campus_code: str
    is_hospital_wide: bool = False
    department_id: UUID | None = None
    clinician_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """What readers see of an article now. `status` says what its English is worth."""

    id: UUID
    kind: ArticleKind
    slug: str
    campus_code: str
    is_hospital_wide: bool
    clinician_id: UUID | None
    department_id: UUID | None
    shown_from: datetime
    content: Content
    status: TranslationStatus


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in the editors' list."""

    id: UUID
    kind: ArticleKind
    slug: str
    campus_code: str
    is_hospital_wide: bool
    title: BilingualText
    state: ArticleState
    status: TranslationStatus
    has_unpublished_changes: bool
    scheduled_for: datetime | None
    is_pinned: bool
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class EditedArticle:
    """An article as its editors see it; `version` goes back with whatever is done to it."""

    row: ArticleRow
    version: int
    content: Content
    shown_version: int | None
    shown_from: datetime | None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One saved version; `shown_from` and `withdrawn_at` when it was released."""

    number: int
    saved_at: datetime
    saved_by: str
    title: BilingualText
    shown_from: datetime | None
    withdrawn_at: datetime | None
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved version in full."""

    number: int
    saved_at: datetime
    saved_by: str
    content: Content
    status: TranslationStatus


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A stored picture."""

    id: UUID
    media_type: str
    width: int
    height: int
    data: bytes
