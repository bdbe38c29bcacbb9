"""Patients who agreed to news are told of an announcement (W20, N14).

Only an account whose consent to news stands is told at all. The inbox has it; mail and text message come over the
channels that the account has chosen for announcements, which are off until somebody turns them on.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hospital.accounts.api import get_account
from hospital.audit.api import acting
from hospital.consents.api import count_consenting_accounts, list_consenting_accounts
from hospital.consents.types import Purpose
from hospital.kernel.actors import Actor
from hospital.kernel.queue import defer_task
from hospital.notifications.api import list_untold, notify_account, post_messages
from hospital.notifications.types import NewMessage, Topic
from hospital.publications.api import begin_telling, get_shown
from hospital.publications.errors import UnknownArticle
from hospital.publications.types import ArticleKind, ShownArticle
from hospital.workflows.readers import in_script

BATCH: Final = 200
_FIRST: Final = UUID(int=0)


def tell_readers(*, article_id: UUID, actor: Actor, now: datetime) -> None:
    """Begins to tell; the worker goes through the accounts. Refusals: those of `publications.begin_telling`."""
    with acting(actor=actor):
        slug = begin_telling(actor=actor, article_id=article_id, now=now)
        _defer(slug, after=_FIRST)


def count_readers(*, now: datetime) -> int:
    """How many accounts agreed to news."""
    return count_consenting_accounts(purpose=Purpose.MARKETING, now=now)


def tell_batch(*, slug: str, after_id: UUID, now: datetime) -> None:
    """Tells the next accounts and queues the ones after them, in one transaction; repeated, it tells nobody twice.

    Who agreed is asked now and not when the editor pressed. An announcement that was taken back meanwhile is told to
    nobody else.
    """
    try:
        article = get_shown(now=now, kind=ArticleKind.ANNOUNCEMENT, slug=slug)
    except UnknownArticle:
        return
    with transaction.atomic():
        accounts = list_consenting_accounts(purpose=Purpose.MARKETING, now=now, after_id=after_id, limit=BATCH)
        message = _message_of(article)
        fresh = list_untold(account_ids=accounts, key=message.key)
        post_messages(account_ids=fresh, message=message, now=now)
        for account_id in fresh:
            _notify(account_id, article, now=now)
        if len(accounts) == BATCH:
            _defer(slug, after=accounts[-1])


def _defer(slug: str, *, after: UUID) -> None:
    defer_task("workflows.tell_readers", slug=slug, after_id=str(after))


def _message_of(article: ShownArticle) -> NewMessage:
    return NewMessage(
        kind="announcement",
        key=f"publications.told:{article.id}",
        title=article.content.title,
        body=article.content.summary,
        target_kind="announcement",
        target_id=article.slug,
    )


def _notify(account_id: UUID, article: ShownArticle, *, now: datetime) -> None:
    with translation.override(get_account(account_id=account_id).language):
        title, summary = in_script(article.content.title), in_script(article.content.summary)
        ending = _(
            "Read it in the app. You get this because you agreed to news from the hospital: under Me, Notifications, "
            "you can turn it off at any time."
        )
        notify_account(
            account_id=account_id,
            topic=Topic.ANNOUNCEMENTS,
            kind="announcement",
            subject=title[:200],
            body="\n\n".join(part for part in (summary, ending) if part),
            sms_values=(title[:40],),
            now=now,
        )
