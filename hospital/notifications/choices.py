"""Who wants to be told what, and over which channel (A17)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hospital.accounts.api import get_account
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.notifications.models import NoticeChoice
from hospital.notifications.types import Channel, Choice, Topic

# News of the hospital is asked for, everything else comes by mail until somebody says no.
_BY_MAIL = frozenset({Topic.APPOINTMENTS, Topic.RESULTS, Topic.PAYMENTS, Topic.REQUESTS})


def list_choices(*, account_id: UUID) -> list[Choice]:
    """Every topic over every channel, chosen or by default.

    By default an account without an e-mail address gets by text message what others get by mail.
    """
    chosen = {(row.topic, row.channel): row.is_wanted for row in NoticeChoice.objects.filter(account_id=account_id)}
    has_email = bool(get_account(account_id=account_id).email)
    return [
        Choice(topic, channel, chosen.get((topic.value, channel.value), _default(topic, channel, has_email=has_email)))
        for topic in Topic
        for channel in Channel
    ]


def is_wanted(*, account_id: UUID, topic: Topic, channel: Channel) -> bool:
    """Whether the account wants `topic` over `channel`."""
    return Choice(topic, channel, is_wanted=True) in list_choices(account_id=account_id)


def set_choices(*, account_id: UUID, choices: Iterable[Choice], actor: Actor, now: datetime) -> None:
    """Keeps what was chosen; topics and channels that are not named stay as they are."""
    rows = [
        NoticeChoice(
            account_id=account_id,
            topic=choice.topic.value,
            channel=choice.channel.value,
            is_wanted=choice.is_wanted,
            changed_at=now,
        )
        for choice in choices
    ]
    with acting(actor=actor):
        NoticeChoice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["account", "topic", "channel"],
            update_fields=["is_wanted", "changed_at"],
        )
        record_act(
            actor=actor,
            action="notifications.set_choices",
            subject_kind="account",
            subject_id=str(account_id),
            now=now,
            details={f"{row.topic}.{row.channel}": row.is_wanted for row in rows},
        )


def _default(topic: Topic, channel: Channel, *, has_email: bool) -> bool:
    return topic in _BY_MAIL and (channel is Channel.EMAIL or not has_email)
