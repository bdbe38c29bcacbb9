"""Writing articles: each save is a revision that stays as it is."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.publications.errors import ArticleChanged, SlugTaken, UnknownArticle
from hospital.publications.models import Article
from hospital.publications.rows import content_of, newest_revision, revision_row
from hospital.publications.rules.checks import check_content, check_slug
from hospital.publications.rules.editors import require_editor
from hospital.publications.rules.translation import settle_english
from hospital.publications.states import EnglishState
from hospital.publications.types import ArticleKind, ArticleSubject, Content


def create_article(
    *, actor: Actor, subject: ArticleSubject, content: Content, now: datetime, is_confirmed: bool = False
) -> UUID:
    """A new article with its first revision, a draft that no reader sees (A02). `is_confirmed` says that the English
    was reviewed. Refuses `NotEditor`, `UnfitText`, `SlugTaken`."""
    require_editor(actor=actor, campus_code=subject.campus_code)
    check_slug(subject.slug)
    check_content(kind=subject.kind, content=content)
    with acting(actor=actor):
        if Article.objects.filter(kind=subject.kind, slug=subject.slug).exists():
            raise SlugTaken(slug=subject.slug)
        article = Article.objects.create(
            kind=subject.kind,
            slug=subject.slug,
            campus_id=subject.campus_code,
            is_hospital_wide=subject.is_hospital_wide,
            department_id=subject.department_id,
            clinician_id=subject.clinician_id,
        )
        english = settle_english(
            content=content, is_confirmed=is_confirmed, before=None, state_before=EnglishState.MISSING, hash_before=""
        )
        revision_row(
            article_id=article.id, number=1, content=content, english=english, saved_at=now, saved_by=actor.label[:120]
        ).save(force_insert=True)
        _record(actor=actor, action="publications.create", article=article, now=now)
    return article.id


def save_article(
    *, actor: Actor, article_id: UUID, version: int, content: Content, now: datetime, is_confirmed: bool = False
) -> int:
    """Saves what an editor wrote on top of `version`; the number of the new revision.

    Readers see it when it is published. Refuses `UnknownArticle`, `NotEditor`, `UnfitText`, and `ArticleChanged` when
    somebody else saved in the meantime: nothing is overwritten.
    """
    article = get_owned(actor=actor, article_id=article_id)
    check_content(kind=ArticleKind(article.kind), content=content)
    with acting(actor=actor):
        claim_version(article=article, version=version, step=1)
        before = article.revisions.get(number=version)
        english = settle_english(
            content=content,
            is_confirmed=is_confirmed,
            before=content_of(before, kind=ArticleKind(article.kind)),
            state_before=EnglishState(before.english_state),
            hash_before=before.english_hash,
        )
        revision_row(
            article_id=article.id,
            number=version + 1,
            content=content,
            english=english,
            saved_at=now,
            saved_by=actor.label[:120],
        ).save(force_insert=True)
        _record(actor=actor, action="publications.save", article=article, now=now, version=version + 1)
    return version + 1


def get_owned(*, actor: Actor, article_id: UUID) -> Article:
    """The article, when `actor` edits for its campus."""
    article = Article.objects.filter(pk=article_id).first()
    if article is None:
        raise UnknownArticle
    require_editor(actor=actor, campus_code=article.campus_id)
    return article


def claim_version(*, article: Article, version: int, step: int) -> None:
    """Moves the article on by `step` when it still stands at `version`, and locks it until the transaction ends.

    The database decides between two editors: the second one's statement changes no row.
    """
    if Article.objects.filter(pk=article.pk, version=version).update(version=version + step):
        return
    newest = newest_revision(Article.objects.get(pk=article.pk))
    raise ArticleChanged(name=newest.saved_by, time=newest.saved_at.astimezone(SHANGHAI).strftime("%H:%M"))


def _record(*, actor: Actor, action: str, article: Article, now: datetime, version: int = 1) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="article",
        subject_id=str(article.id),
        now=now,
        details={"kind": article.kind, "slug": article.slug, "version": version},
    )
