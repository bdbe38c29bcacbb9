"""Shapes of what the hospital says about itself."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from hospital.patient_api.schemas import CampusOut, DepartmentOut, DoctorOut, Text
from hospital.publications.api import BlockKind


class SpanOut(Schema):
    """A run of text in one style. `href` is empty or begins with https:, tel:, mailto:, guide: or help:."""

    text: str
    strong: bool
    href: str


class BlockOut(Schema):
    """One block of an article. Lists have `items`; a picture has `picture` and the text in its place in `spans`."""

    kind: BlockKind
    level: int
    spans: list[SpanOut]
    items: list[list[SpanOut]]
    picture: str


class BodyOut(Schema):
    """A text in blocks, in both languages; `en` is empty where nobody has translated it yet."""

    zh: list[BlockOut]
    en: list[BlockOut]


class ArticleCard(Schema):
    """An article in a list. `campus` is empty for one of the whole hospital; `translation` says what its English is
    worth: `stale` when the Chinese changed after it."""

    kind: Literal["hospital", "campus", "announcement", "guide", "help", "department", "doctor"]
    slug: str
    campus: str
    title: Text
    summary: Text
    symbol: str
    audience: Literal["everyone", "overseas", "families"]
    is_pinned: bool
    published_at: datetime
    translation: Literal["missing", "draft", "stale", "reviewed"]


class ArticleOut(ArticleCard):
    """An article."""

    body: BodyOut
    picture: str
    picture_alt: Text


class ArticlePage(Schema):
    """One page of a list; `count` articles in all on `pages` pages."""

    items: list[ArticleCard]
    page: int
    pages: int
    count: int


class RoomOut(Schema):
    """A room, and the department it belongs to if there is one."""

    name: Text
    department: Text | None


class FloorOut(Schema):
    """One floor: the departments that see patients there, and the rooms."""

    floor: str
    departments: list[DepartmentOut]
    rooms: list[RoomOut]


class CampusPage(Schema):
    """A campus with everything that leads there. `latitude` and `longitude` are numbers as text in GCJ-02, the system
    of maps in China, or empty; `hours` and `emergency` are lines of text."""

    campus: CampusOut
    latitude: str
    longitude: str
    hours: Text
    emergency: Text
    floors: list[FloorOut]
    article: ArticleOut | None


class DepartmentPage(Schema):
    """A department with what is written about it and who works there."""

    department: DepartmentOut
    campus: CampusOut
    doctors: list[DoctorOut]
    article: ArticleOut | None


class DoctorPage(Schema):
    """A doctor as content: the portrait's address (or empty), education, and what is written about them."""

    id: UUID
    doctor: DoctorOut
    campus: CampusOut
    portrait: str
    portrait_alt: Text
    education: Text
    article: ArticleOut | None
