"""What readers see now. All of it is public; the instant decides, so that nothing has to run to publish."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hospital.publications.errors import UnknownArticle
from hospital.publications.models import Release
from hospital.publications.rows import content_of, status_of
from hospital.publications.types import ArticleKind, Audience, ShownArticle


def list_shown(
    *,
    now: datetime,
    kind: ArticleKind,
    campus_code: str = "",
    audience: Audience | None = None,
    text: str = "",
    offset: int = 0,
    limit: int = 50,
) -> list[ShownArticle]:
    """Articles of a kind that are shown at `now`: pinned ones first, then by their place, the newest first.

    With `campus_code` those of that campus and of the whole hospital; with `audience` those for everyone too; with
    `text` those that contain every word, in either language.
    """
    rows = _matching(now=now, kind=kind, campus_code=campus_code, audience=audience, text=text)
    ordered = rows.order_by("-revision__is_pinned", "revision__position", "-shown_from", "article_id")
    return [_shown(row) for row in ordered[offset : offset + limit]]


def count_shown(
    *, now: datetime, kind: ArticleKind, campus_code: str = "", audience: Audience | None = None, text: str = ""
) -> int:
    """How many articles `list_shown` finds in all."""
    return _matching(now=now, kind=kind, campus_code=campus_code, audience=audience, text=text).count()


def get_shown(*, now: datetime, kind: ArticleKind, slug: str) -> ShownArticle:
    """One article that is shown at `now`; refuses `UnknownArticle`, also for one that is not shown yet or any more."""
    row = _at(now).filter(article__kind=kind, article__slug=slug).first()
    if row is None:
        raise UnknownArticle
    return _shown(row)


def get_shown_of(
    *,
    now: datetime,
    kind: ArticleKind,
    campus_code: str = "",
    department_id: UUID | None = None,
    clinician_id: UUID | None = None,
) -> ShownArticle | None:
    """The article about a campus, department or doctor that is shown at `now`, if there is one."""
    rows = _at(now).filter(article__kind=kind)
    if campus_code:
        rows = rows.filter(article__campus_id=campus_code)
    if department_id:
        rows = rows.filter(article__department_id=department_id)
    if clinician_id:
        rows = rows.filter(article__clinician_id=clinician_id)
    row = rows.order_by("article_id").first()
    return _shown(row) if row else None


def list_portraits(*, now: datetime, clinician_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The pictures of doctors by doctor, in one query; doctors without one are left out."""
    rows = _at(now).filter(article__clinician_id__in=list(clinician_ids), revision__picture__isnull=False)
    found = ((row.article.clinician_id, row.revision.picture_id) for row in rows)
    return {clinician_id: picture_id for clinician_id, picture_id in found if clinician_id and picture_id}


def _at(now: datetime) -> QuerySet[Release]:
    """The releases that are shown at `now`: of each article the latest that has begun and was not taken back."""
    begun = Release.objects.filter(withdrawn_at__isnull=True, shown_from__lte=now)
    later = begun.filter(article_id=OuterRef("article_id"), shown_from__gt=OuterRef("shown_from"))
    return begun.filter(~Exists(later)).select_related("article", "revision")


def _matching(
    *, now: datetime, kind: ArticleKind, campus_code: str, audience: Audience | None, text: str
) -> QuerySet[Release]:
    rows = _at(now).filter(article__kind=kind)
    if campus_code:
        rows = rows.filter(Q(article__campus_id=campus_code) | Q(article__is_hospital_wide=True))
    if audience:
        rows = rows.filter(revision__audience__in=[Audience.EVERYONE, audience])
    for word in text[:80].split()[:5]:
        found = Q()
        for column in ("title_zh", "title_en", "summary_zh", "summary_en", "body_zh", "body_en"):
            found |= Q(**{f"revision__{column}__icontains": word})
        rows = rows.filter(found)
    return rows


def _shown(row: Release) -> ShownArticle:
    article = row.article
    kind = ArticleKind(article.kind)
    return ShownArticle(
        id=article.id,
        kind=kind,
        slug=article.slug,
        campus_code=article.campus_id,
        is_hospital_wide=article.is_hospital_wide,
        clinician_id=article.clinician_id,
        department_id=article.department_id,
        shown_from=row.shown_from,
        content=content_of(row.revision, kind=kind),
        status=status_of(row.revision),
    )
