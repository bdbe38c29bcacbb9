"""What editors see: the articles of the campuses for which they write."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText
from hospital.publications.errors import UnknownArticle
from hospital.publications.models import Article, ArticleRevision, Release
from hospital.publications.rows import content_of, status_of
from hospital.publications.states import ArticleState, TranslationStatus, state_at
from hospital.publications.types import ArticleKind, ArticleRow, EditedArticle, HistoryEntry, Revision


def list_articles(
    *,
    actor: Actor,
    now: datetime,
    kind: ArticleKind | None = None,
    state: ArticleState | None = None,
    status: TranslationStatus | None = None,
    text: str = "",
) -> list[ArticleRow]:
    """The newest revision of each article that `actor` may write, by kind and place; two queries.

    A hospital has some hundred articles, so states, which depend on the instant, are told here and not in SQL.
    """
    revisions = ArticleRevision.objects.filter(number=F("article__version"), article__in=_visible(actor))
    if kind:
        revisions = revisions.filter(article__kind=kind)
    for word in text[:80].split()[:5]:
        found = Q(article__slug__icontains=word)
        for column in ("title_zh", "title_en", "body_zh", "body_en"):
            found |= Q(**{f"{column}__icontains": word})
        revisions = revisions.filter(found)
    rows = list(
        revisions.select_related("article").order_by("article__kind", "-is_pinned", "position", "-saved_at", "id")
    )
    releases = _releases_by_article([row.article_id for row in rows])
    found_rows = [_row(row, releases=releases[row.article_id], now=now) for row in rows]
    return [
        row for row in found_rows if (state is None or row.state is state) and (status is None or row.status is status)
    ]


def get_article(*, actor: Actor, article_id: UUID, now: datetime) -> EditedArticle:
    """One article with its newest revision; refuses `UnknownArticle`, also for one of another campus."""
    article = _visible(actor).filter(pk=article_id).first()
    if article is None:
        raise UnknownArticle
    revision = article.revisions.select_related("article").get(number=article.version)
    releases = _releases_by_article([article.id])[article.id]
    shown = _shown_release(releases, now=now)
    return EditedArticle(
        row=_row(revision, releases=releases, now=now),
        version=article.version,
        content=content_of(revision, kind=ArticleKind(article.kind)),
        shown_version=shown.revision.number if shown else None,
        shown_from=shown.shown_from if shown else None,
        told_at=article.told_at,
    )


def list_history(*, actor: Actor, article_id: UUID, now: datetime) -> list[HistoryEntry]:
    """All saved versions of an article, the newest first; refuses `UnknownArticle`."""
    if not _visible(actor).filter(pk=article_id).exists():
        raise UnknownArticle
    releases = _releases_by_article([article_id])[article_id]
    shown = _shown_release(releases, now=now)
    by_number = {release.revision.number: release for release in sorted(releases, key=lambda row: row.released_at)}
    entries = []
    for row in ArticleRevision.objects.filter(article_id=article_id).order_by("-number"):
        release = by_number.get(row.number)
        entries.append(
            HistoryEntry(
                number=row.number,
                saved_at=row.saved_at,
                saved_by=row.saved_by,
                title=BilingualText(row.title_zh, row.title_en),
                shown_from=release.shown_from if release else None,
                withdrawn_at=release.withdrawn_at if release else None,
                is_shown=bool(shown and shown.revision_id == row.pk),
            )
        )
    return entries


def get_revision(*, actor: Actor, article_id: UUID, number: int) -> Revision:
    """One saved version in full; refuses `UnknownArticle`."""
    article = _visible(actor).filter(pk=article_id).first()
    row = article.revisions.filter(number=number).first() if article else None
    if article is None or row is None:
        raise UnknownArticle
    return Revision(
        number=row.number,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        content=content_of(row, kind=ArticleKind(article.kind)),
        status=status_of(row),
    )


def _visible(actor: Actor) -> QuerySet[Article]:
    rows = Article.objects.all()
    return rows if actor.kind is ActorKind.SYSTEM else rows.filter(campus_id__in=actor.campuses_of(Role.EDITOR))


def _releases_by_article(article_ids: list[UUID]) -> dict[UUID, list[Release]]:
    found: dict[UUID, list[Release]] = defaultdict(list)
    for row in Release.objects.filter(article_id__in=article_ids).select_related("revision"):
        found[row.article_id].append(row)
    return found


def _live(releases: list[Release]) -> list[Release]:
    return [release for release in releases if release.withdrawn_at is None]


def _shown_release(releases: list[Release], *, now: datetime) -> Release | None:
    begun = [release for release in _live(releases) if release.shown_from <= now]
    return max(begun, key=lambda release: release.shown_from, default=None)


def _row(revision: ArticleRevision, *, releases: list[Release], now: datetime) -> ArticleRow:
    article = revision.article
    live = _live(releases)
    ahead = [release.shown_from for release in live if release.shown_from > now]
    newest = max(live, key=lambda release: release.shown_from, default=None)
    return ArticleRow(
        id=article.id,
        kind=ArticleKind(article.kind),
        slug=article.slug,
        campus_code=article.campus_id,
        is_hospital_wide=article.is_hospital_wide,
        title=BilingualText(revision.title_zh, revision.title_en),
        state=state_at(shown_from=[release.shown_from for release in live], was_released=bool(releases), now=now),
        status=status_of(revision),
        has_unpublished_changes=newest is not None and newest.revision.number != revision.number,
        scheduled_for=min(ahead, default=None),
        is_pinned=revision.is_pinned,
        saved_at=revision.saved_at,
        saved_by=revision.saved_by,
    )
