"""Showing articles to readers, and taking them back."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.publications.errors import EnglishNotReady, NothingPublished, ShownFromPast
from hospital.publications.models import Release
from hospital.publications.rows import status_of
from hospital.publications.services.articles import claim_version, get_owned
from hospital.publications.states import TranslationStatus


def publish_article(
    *,
    actor: Actor,
    article_id: UUID,
    version: int,
    now: datetime,
    shown_from: datetime | None = None,
    accepts_gap: bool = False,
) -> UUID:
    """Shows the revision `version` to readers, at once or from `shown_from` on; the release (A02).

    No worker is needed for the latter: readers' queries compare with their own instant. A release that was planned and
    has not come yet is replaced; what is shown stays until the new one begins. Refuses `UnknownArticle`, `NotEditor`,
    `ArticleChanged`, `ShownFromPast`, and `EnglishNotReady` unless the editor says that the gap is known.
    """
    article = get_owned(actor=actor, article_id=article_id)
    if shown_from is not None and shown_from <= now:
        raise ShownFromPast
    begins = shown_from or now
    with acting(actor=actor):
        claim_version(article=article, version=version, step=0)
        revision = article.revisions.get(number=version)
        status = status_of(revision)
        if status is not TranslationStatus.REVIEWED and not accepts_gap:
            raise EnglishNotReady(status=status.value)
        # What was to begin later is replaced; on publishing now also what begins at this very instant.
        article.releases.filter(withdrawn_at=None, shown_from__gte=now).update(withdrawn_at=now)
        release = Release.objects.create(
            article=article,
            revision=revision,
            shown_from=begins,
            released_at=now,
            released_by=actor.label[:120],
        )
        record_act(
            actor=actor,
            action="publications.schedule" if shown_from else "publications.publish",
            subject_kind="article",
            subject_id=str(article.id),
            now=now,
            details={"version": version, "shown_from": begins.isoformat(), "english": status.value},
        )
    return release.id


def withdraw_article(*, actor: Actor, article_id: UUID, version: int, now: datetime, reason: str) -> None:
    """Takes back what is shown and what is scheduled. The versions stay and can be published again.

    Refuses `UnknownArticle`, `NotEditor`, `ArticleChanged`, `NothingPublished`.
    """
    article = get_owned(actor=actor, article_id=article_id)
    with acting(actor=actor):
        claim_version(article=article, version=version, step=0)
        if not article.releases.filter(withdrawn_at=None).update(withdrawn_at=now):
            raise NothingPublished
        record_act(
            actor=actor,
            action="publications.withdraw",
            subject_kind="article",
            subject_id=str(article.id),
            now=now,
            reason=reason[:200],
            details={"version": version},
        )
