"""Values of messages."""

from dataclasses import dataclass
from datetime import datetime
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
