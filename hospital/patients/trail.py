"""Entries of the audit trail about people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from hospital.audit.api import record_act
from hospital.kernel.actors import Actor


def trace(
    *,
    actor: Actor,
    action: str,
    person_id: UUID | None,
    now: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    subject: tuple[str, UUID] | None = None,
) -> None:
    """Appends one entry in the caller's transaction; its subject is the person unless another is named."""
    kind, subject_id = subject or ("person", person_id)
    record_act(
        actor=actor,
        action=action,
        subject_kind=kind,
        subject_id=str(subject_id),
        person_id=person_id,
        reason=reason,
        now=now,
        details=details,
    )
