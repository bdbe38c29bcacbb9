"""Marking an announcement as told to patients, once."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.publications.errors import AlreadyTold, EnglishNotReady, NothingToTell, UnknownArticle
from hospital.publications.models import Article
from hospital.publications.queries.reading import get_shown
from hospital.publications.services.articles import get_owned
from hospital.publications.states import TranslationStatus
from hospital.publications.types import ArticleKind


def begin_telling(*, actor: Actor, article_id: UUID, now: datetime) -> str:
    """An editor wants patients to be told of an announcement that is shown, in the caller's transaction (W20).
    Returns its short name.

    It can be told once: the database decides. Refuses `UnknownArticle`, `NotEditor`, `NothingToTell` for what is no
    announcement or not shown, `EnglishNotReady` without English, `AlreadyTold`.
    """
    article = get_owned(actor=actor, article_id=article_id)
    try:
        shown = get_shown(now=now, kind=ArticleKind.ANNOUNCEMENT, slug=article.slug)
    except UnknownArticle:
        raise NothingToTell from None
    if article.kind != ArticleKind.ANNOUNCEMENT:
        raise NothingToTell
    if shown.status is TranslationStatus.MISSING:
        raise EnglishNotReady(status=shown.status.value)
    with acting(actor=actor):
        if not Article.objects.filter(pk=article.pk, told_at=None).update(told_at=now):
            raise AlreadyTold
        record_act(
            actor=actor,
            action="publications.tell",
            subject_kind="article",
            subject_id=str(article.id),
            now=now,
            details={"slug": article.slug},
        )
    return article.slug
