"""Values of messages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message for an inbox. `key` names its cause, which is told once; `target_kind` is a page of the app."""

    kind: str
    key: str
    title: BilingualText
    body: BilingualText = BilingualText("")
    person_id: UUID | None = None
    target_kind: str = ""
    target_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCard:
    """A message as the app shows it."""

    id: UUID
    kind: str
    title: BilingualText
    body: BilingualText
    person_id: UUID | None
    target_kind: str
    target_id: str
    created_at: datetime
    read_at: datetime | None


class Topic(StrEnum):
    """What a message is about. Codes and warnings about one's own account are no topic: they always come."""

    APPOINTMENTS = "APPOINTMENTS"
    RESULTS = "RESULTS"
    PAYMENTS = "PAYMENTS"
    REQUESTS = "REQUESTS"
    ANNOUNCEMENTS = "ANNOUNCEMENTS"


class Channel(StrEnum):
    """Over what it comes. The inbox of the app holds everything anyway."""

    EMAIL = "EMAIL"
    SMS = "SMS"


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a topic comes over a channel."""

    topic: Topic
    channel: Channel
    is_wanted: bool
