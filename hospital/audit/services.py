"""Writing the audit trail."""

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from hospital.audit.models import AuditEntry, AuditSeal, SealMark
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing
from hospital.kernel.errors import Refusal

logger = logging.getLogger(__name__)
_INSERT = """
    INSERT INTO audit_entry (at, actor_kind, actor_id, actor_label, campus_code, action, subject_kind, subject_id,
                             person_id, was_refused, reason, details, ip, request_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s)
"""
# Whom the innermost `acting` of this connection told the database; a rolled back savepoint takes both back alike.
_TOLD = "imc_told_actor"
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
                json.dumps(dict(details or {})),
                actor.ip,
                actor.request_id,
            ],
        )


def record_refusal(
    *,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str,
    reason: str,
    now: datetime,
    person_id: UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Appends an entry about an act that was refused with the code `reason` (N14).

    For the faces, which answer a refusal after its transaction was rolled back: called inside that transaction the
    entry would be lost with it.
    """
    record_act(
        actor=actor,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id[:64],
        now=now,
        person_id=person_id,
        was_refused=True,
        reason=reason,
        details=details,
    )


@contextmanager
def acting(*, actor: Actor, conflicts: Mapping[str, Refusal] | None = None) -> Iterator[None]:
    """A transaction in which the version triggers know who acts (N19). Nests as a savepoint, with any actor.

    The same actor inside itself is told to the database once. Violating a constraint named in `conflicts` raises its
    refusal, as `refusing` does, without a savepoint of its own.
    """
    label = f"{actor.kind}:{actor.id}:{actor.label}"[:180]
    with refusing(conflicts or {}):
        around = getattr(connection, _TOLD, "")
        if around == label:
            yield
            return
        outer = _set_actor(label)
        setattr(connection, _TOLD, label)
        try:
            yield
            if outer not in {"", label}:
                _set_actor(outer)
        finally:
            setattr(connection, _TOLD, around)


def _set_actor(label: str) -> str:
    """Tells the triggers who acts until the transaction ends; returns whom they knew before."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH outer_actor AS MATERIALIZED (SELECT coalesce(current_setting('imc.actor', true), '') AS label)
               SELECT label, set_config('imc.actor', %s, true) FROM outer_actor""",
            [label],
        )
        (outer, _) = cursor.fetchone()
    return str(outer)


def seal_entries(*, now: datetime, limit: int = 10_000) -> int:
    """Adds complete stretches of entries to the hash chain; returns how many entries were added.

    An entry takes its number before its transaction commits, so a smaller number may appear after a greater one. Each
    call therefore notes the greatest number given so far together with its own transaction; a later call seals up to
    that number once every transaction older than that has ended. An entry is sealed by the second call after it at the
    earliest, and none is passed over, however long its transaction took. Not to be called inside a transaction.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK])
        last = AuditSeal.objects.order_by("-last_id").first()
        upto_id = _complete_upto()
        rows = list(
            AuditEntry.objects.filter(id__gt=last.last_id if last else 0, id__lte=upto_id).order_by("id")[:limit]
        )
        if len(rows) < limit:
            _mark()
        if rows:
            _add_link(rows=rows, previous=last.hash if last else GENESIS, now=now)
    return len(rows)


def _complete_upto() -> int:
    """The number up to which no entry can appear any more; 0 while that is not known."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT upto_id FROM audit_sealmark
               WHERE txid <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY id DESC LIMIT 1"""
        )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def _mark() -> None:
    """Notes the greatest number and this transaction, unless a note still waits for its transactions to end.

    The number is read before this transaction has its own: whoever has a number up to it has an older transaction. A
    note from the future comes with a restored database, whose count of transactions began anew, and is replaced.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM audit_entry_id_seq")
        (upto_id,) = cursor.fetchone()
        cursor.execute(
            "SELECT pg_current_xact_id()::text::bigint, pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        own, oldest = cursor.fetchone()
        if SealMark.objects.filter(txid__gt=oldest, txid__lt=own).exists():
            return
        SealMark.objects.all().delete()
        SealMark.objects.create(upto_id=upto_id, txid=own)


def _add_link(*, rows: list[AuditEntry], previous: str, now: datetime) -> None:
    link = AuditSeal.objects.create(
        first_id=rows[0].id,
        last_id=rows[-1].id,
        entries=len(rows),
        previous_hash=previous,
        hash=chain_hash(previous=previous, rows=rows),
        sealed_at=now,
    )
    # The log is copied to another machine (domain brief 10), so whoever rewrites the whole chain is found out as well.
    logger.info("audit entries %s to %s sealed: %s", link.first_id, link.last_id, link.hash)


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
