"""Articles for tests, made through the front door."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from PIL import Image

from hospital.encounters.tests.clinic import make_campus
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText
from hospital.publications.api import create_article, publish_article
from hospital.publications.types import ArticleKind, ArticleSubject, Content

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
_numbers = count(1)


def editor(*campuses: str, name: str = "SONG Jing") -> Actor:
    """An editor of these campuses, or of IMC."""
    campuses = campuses or ("IMC",)
    grants = frozenset((Role.EDITOR, campus) for campus in campuses)
    return Actor(kind=ActorKind.STAFF, id=name, label=name, grants=grants, campus_code=campuses[0])


def make_content(**changes: object) -> Content:
    """A reviewed little article."""
    content = Content(
        title=BilingualText("怎样取号", "How to take a number"),
        summary=BilingualText("到院后先取号", "Do this when you arrive"),
        body=BilingualText("先取号，再**候诊**。", "Take a number, then **wait**."),
    )
    return replace(content, **changes)  # type: ignore[arg-type]


def make_article(
    *,
    kind: ArticleKind = ArticleKind.GUIDE,
    slug: str = "",
    campus: str = "IMC",
    is_hospital_wide: bool = True,
    content: Content | None = None,
    is_confirmed: bool = True,
    now: datetime = NOON,
    shown: bool = False,
    shown_from: datetime | None = None,
    **subject: UUID,
) -> UUID:
    """An article; shown to readers at once or from an instant on when asked for."""
    make_campus(campus)
    article_id = create_article(
        actor=editor(campus),
        subject=ArticleSubject(
            kind=kind,
            slug=slug or f"article-{next(_numbers)}",
            campus_code=campus,
            is_hospital_wide=is_hospital_wide,
            **subject,
        ),
        content=content or make_content(),
        is_confirmed=is_confirmed,
        now=now,
    )
    if shown or shown_from:
        publish_article(
            actor=editor(campus), article_id=article_id, version=1, now=now, shown_from=shown_from, accepts_gap=True
        )
    return article_id


def picture_bytes(form: str = "PNG") -> bytes:
    """A small picture."""
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(target, form)
    return target.getvalue()
