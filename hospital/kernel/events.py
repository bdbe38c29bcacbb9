"""Writing and reading the event stream."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from hospital.kernel.models import DomainEvent
from hospital.kernel.queue import defer_task
from hospital.kernel.watching import CHANNEL


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` reads `context.happened` (`appointments.booked`); `subject_id` is the thing it happened to."""

    id: int
    at: datetime
    kind: str
    subject_id: str
    encounter_id: UUID | None
    facts: Mapping[str, Any]


_INSERT = """
    INSERT INTO kernel_event (at, kind, person_id, encounter_id, subject_id, facts)
    VALUES (%s, %s, %s, %s, %s, %s::jsonb)
"""
# In one statement with the event, delivered when its transaction commits. Whoever notifies commits in turn (PostgreSQL
# keeps the notices in order), so only what happens in a visit is told, never what happens in a rush for places.
_INSERT_AND_TELL = """
    WITH event AS (
        INSERT INTO kernel_event (at, kind, person_id, encounter_id, subject_id, facts)
        VALUES (%s, %s, %s, %s, %s, %s::jsonb) RETURNING id
    )
    SELECT pg_notify(%s, json_build_object('id', id, 'topics', %s::text[])::text) FROM event
"""


def record_event(
    *,
    kind: str,
    subject_id: str,
    now: datetime,
    person_id: UUID | None = None,
    encounter_id: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
    topics: Iterable[str] = (),
) -> None:
    """Appends one event in the caller's transaction. `facts` hold what JSON can say: amounts go in as text.

    An event of a visit is told at once to whoever watches its person (`person:<id>`) or one of `topics`.
    An event about a person that the settings name in `EVENT_JOBS` queues those jobs with it.
    """
    told = json.dumps(dict(facts or {}))
    row: list[Any] = [now, kind, person_id, encounter_id, subject_id, told]
    with connection.cursor() as cursor:
        if encounter_id is None:
            cursor.execute(_INSERT, row)
        else:
            cursor.execute(_INSERT_AND_TELL, [*row, CHANNEL, [f"person:{person_id}", *topics]])
    for job in settings.EVENT_JOBS.get(kind, ()) if person_id else ():
        defer_task(
            job,
            kind=kind,
            subject_id=subject_id,
            person_id=str(person_id),
            encounter_id=str(encounter_id or ""),
            facts=told,
            at=now.isoformat(),
        )


def list_events(
    *, subject_id: str | None = None, encounter_id: UUID | None = None, subject_ids: Iterable[str] | None = None
) -> list[Event]:
    """The events of one subject, several subjects or one encounter, oldest first. One of the three is needed."""
    chosen: dict[str, Any] = {}
    if subject_id is not None:
        chosen["subject_id"] = subject_id
    if subject_ids is not None:
        chosen["subject_id__in"] = list(subject_ids)
    if encounter_id is not None:
        chosen["encounter_id"] = encounter_id
    if not chosen:
        raise ValueError("list_events needs a subject or an encounter")
    return _events(DomainEvent.objects.filter(**chosen))


def list_visit_events(*, subject_ids: Iterable[str], encounter_ids: Iterable[UUID]) -> list[Event]:
    """The events of any of these bookings or of any of these visits, oldest first, in one statement."""
    chosen = Q(subject_id__in=list(subject_ids)) | Q(encounter_id__in=list(encounter_ids))
    return _events(DomainEvent.objects.filter(chosen))


def _events(rows: QuerySet[DomainEvent]) -> list[Event]:
    return [Event(row.id, row.at, row.kind, row.subject_id, row.encounter_id, row.facts) for row in rows.order_by("id")]
