"""Writing the audit trail."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from hospital.audit.models import AuditEntry, AuditSeal
from hospital.kernel.actors import Actor

_INSERT = """
    INSERT INTO audit_entry (at, actor_kind, actor_id, actor_label, campus_code, action, subject_kind, subject_id,
                             person_id, was_refused, reason, details, ip, request_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_SEAL_LOCK = 7_310_001
GENESIS = "0" * 64


def record_act(
    *,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str,
    now: datetime,
    person_id: UUID | None = None,
    was_refused: bool = False,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Appends one entry in the caller's transaction (N14).

    `action` reads `context.verb` (`patients.view`, `billing.refund`). A refusal is recorded outside the transaction
    that it rolls back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                now,
                actor.kind,
                actor.id,
                actor.label[:120],
                actor.campus_code,
                action,
                subject_kind,
                subject_id,
                person_id,
                was_refused,
                reason,
                Jsonb(dict(details or {})),
                actor.ip,
                actor.request_id,
            ],
        )


@contextmanager
def acting(*, actor: Actor) -> Iterator[None]:
    """A transaction in which the version triggers know who acts (N19). Nests as a savepoint."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('imc.actor', %s, true)", [f"{actor.kind}:{actor.id}:{actor.label}"[:180]])
        yield


def seal_entries(*, now: datetime, limit: int = 10_000) -> int:
    """Adds the entries that are not sealed yet to the hash chain; returns how many.

    Entries get their number before their transaction commits, so only those older than a minute are sealed: none with
    a smaller number can still appear.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK])
        last = AuditSeal.objects.order_by("-last_id").first()
        rows = list(
            AuditEntry.objects.filter(id__gt=last.last_id if last else 0)
            .extra(where=["at < %s - interval '1 minute'"], params=[now])
            .order_by("id")[:limit]
        )
        if not rows:
            return 0
        previous = last.hash if last else GENESIS
        AuditSeal.objects.create(
            first_id=rows[0].id,
            last_id=rows[-1].id,
            entries=len(rows),
            previous_hash=previous,
            hash=chain_hash(previous=previous, rows=rows),
            sealed_at=now,
        )
        return len(rows)


def chain_hash(*, previous: str, rows: list[AuditEntry]) -> str:
    """SHA-256 over the previous link and the canonical text of `rows` in order."""
    digest = hashlib.sha256(previous.encode())
    for row in rows:
        digest.update(
            json.dumps(
                [
                    row.id,
                    row.at.isoformat(),
                    row.actor_kind,
                    row.actor_id,
                    row.actor_label,
                    row.campus_code,
                    row.action,
                    row.subject_kind,
                    row.subject_id,
                    str(row.person_id or ""),
                    row.was_refused,
                    row.reason,
                    row.details,
                    row.ip,
                    row.request_id,
                ],
                ensure_ascii=False,
                sort_keys=True,
            ).encode()
        )
    return digest.hexdigest()
