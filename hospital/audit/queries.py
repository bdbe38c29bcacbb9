"""Reading the audit trail."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from hospital.audit.models import AuditEntry, AuditSeal, RowVersion
from hospital.audit.services import GENESIS, chain_hash


def list_entries(
    *,
    person_id: UUID | None = None,
    actor_id: str = "",
    action: str = "",
    before_id: int | None = None,
    since: datetime | None = None,
    is_refused: bool | None = None,
    limit: int = 50,
) -> QuerySet[AuditEntry]:
    """Entries newest first, one page of `limit`; `before_id` is the last id of the page before."""
    rows = AuditEntry.objects.order_by("-id")
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if actor_id:
        rows = rows.filter(actor_id=actor_id)
    if action:
        rows = rows.filter(action__startswith=action)
    if before_id is not None:
        rows = rows.filter(id__lt=before_id)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if is_refused is not None:
        rows = rows.filter(was_refused=is_refused)
    return rows[:limit]


def get_entry(*, entry_id: int) -> AuditEntry | None:
    """One entry by its number."""
    return AuditEntry.objects.filter(id=entry_id).first()


def list_versions(*, table_name: str, row_id: str) -> list[RowVersion]:
    """Every version of one row, oldest first (N19)."""
    return list(RowVersion.objects.filter(table_name=table_name, row_id=row_id).order_by("id"))


def find_broken_seal() -> int | None:
    """The first number of the earliest link whose entries no longer give its hash; None when the chain is whole."""
    previous = GENESIS
    for seal in AuditSeal.objects.order_by("first_id"):
        rows = list(AuditEntry.objects.filter(id__gte=seal.first_id, id__lte=seal.last_id).order_by("id"))
        intact = seal.previous_hash == previous and len(rows) == seal.entries
        if not intact or chain_hash(previous=previous, rows=rows) != seal.hash:
            return seal.first_id
        previous = seal.hash
    return None
