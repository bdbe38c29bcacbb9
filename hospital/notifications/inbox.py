"""The inbox of an account: written with its cause, read by its owner only."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from hospital.kernel.actors import Actor, ActorKind
from hospital.notifications.errors import UnknownMessage
from hospital.notifications.models import InboxMessage
from hospital.notifications.types import InboxCard, NewMessage


def post_messages(*, account_ids: Iterable[UUID], message: NewMessage, now: datetime) -> None:
    """Puts a message into these inboxes, in the caller's transaction; a cause that was told already changes nothing."""
    InboxMessage.objects.bulk_create(
        [
            InboxMessage(
                account_id=account_id,
                kind=message.kind,
                key=message.key[:160],
                person_id=message.person_id,
                title_zh=message.title.zh[:120],
                title_en=message.title.en[:200],
                body_zh=message.body.zh[:400],
                body_en=message.body.en[:600],
                target_kind=message.target_kind,
                target_id=message.target_id,
                created_at=now,
            )
            for account_id in account_ids
        ],
        ignore_conflicts=True,
    )


def list_untold(*, account_ids: Sequence[UUID], key: str) -> list[UUID]:
    """Of these accounts the ones whose inbox does not have the cause `key` yet, in the same order."""
    told = set(
        InboxMessage.objects.filter(account_id__in=account_ids, key=key[:160]).values_list("account_id", flat=True)
    )
    return [account_id for account_id in account_ids if account_id not in told]


def list_messages(*, actor: Actor, before_id: UUID | None = None, limit: int = 30) -> list[InboxCard]:
    """The messages of the account, newest first; after `before_id`, the older ones. Refuses `UnknownMessage`."""
    rows = InboxMessage.objects.filter(account_id=_account_id(actor))
    if before_id is not None:
        last = rows.filter(pk=before_id).first()
        if last is None:
            raise UnknownMessage
        rows = rows.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, id__lt=last.id))
    return [_card(row) for row in rows.order_by("-created_at", "-id")[:limit]]


def get_message(*, message_id: UUID, actor: Actor) -> InboxCard:
    """One message of the account. Refuses `UnknownMessage`."""
    row = InboxMessage.objects.filter(account_id=_account_id(actor), pk=message_id).first()
    if row is None:
        raise UnknownMessage
    return _card(row)


def count_unread(*, actor: Actor) -> int:
    """How many messages of the account are not read."""
    return InboxMessage.objects.filter(account_id=_account_id(actor), read_at=None).count()


def mark_read(*, actor: Actor, now: datetime, message_id: UUID | None = None) -> None:
    """Marks one message of the account as read, or all of them; a second time changes nothing."""
    rows = InboxMessage.objects.filter(account_id=_account_id(actor), read_at=None)
    if message_id is not None:
        rows = rows.filter(pk=message_id)
    rows.update(read_at=now)


def _account_id(actor: Actor) -> UUID:
    """Only an account has an inbox."""
    if actor.kind is not ActorKind.PATIENT:
        raise UnknownMessage
    return UUID(actor.id)


def _card(row: InboxMessage) -> InboxCard:
    return InboxCard(
        id=row.id,
        kind=row.kind,
        title=row.title,
        body=row.body,
        person_id=row.person_id,
        target_kind=row.target_kind,
        target_id=row.target_id,
        created_at=row.created_at,
        read_at=row.read_at,
    )
