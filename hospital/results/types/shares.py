"""Links to a report, as the front door hands them out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.results.types.laboratory import PatientReportKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShare:
    """A link that was just made; `token` is told this once and kept nowhere."""

    id: UUID
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningView:
    """One look by a link. `network` is an address without its last part."""

    opened_at: datetime
    is_paper: bool
    network: str
    user_agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    """A link with its looks, the newest first."""

    id: UUID
    created_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    is_working: bool
    is_own: bool
    opened: int
    openings: tuple[OpeningView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedShare:
    """What a link leads to, for workflows: read it as the account that made the link."""

    id: UUID
    kind: PatientReportKind
    report_id: UUID
    account_id: UUID
    person_id: UUID
    expires_at: datetime
