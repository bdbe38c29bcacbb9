"""The order of doctors' lines in one statement; what it says is written in `rules/order.py`.

A patient who missed the call stands behind as many of the others as calls are still to be made before their turn, less
the returning ones before them; a running maximum keeps returning patients in their own order.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection

_ORDER = """
WITH line AS (
    SELECT id, clinician_id AS doctor, queue_rank, coalesce(turn_at, due_at, checked_in_at) AS turn_at, checked_in_at,
        returns_after
    FROM encounters_encounter
    WHERE clinician_id = ANY(%(clinicians)s) AND queue_on = %(day)s AND state IN ('CHECKED_IN', 'WAITING')
), regular AS (
    SELECT id, doctor,
        row_number() OVER (PARTITION BY doctor ORDER BY queue_rank, turn_at, checked_in_at, id) - 1 AS place
    FROM line WHERE returns_after IS NULL
), bounds AS (
    SELECT doctor, count(*) FILTER (WHERE returns_after IS NULL) AS others,
        count(*) FILTER (WHERE returns_after IS NULL AND queue_rank = 0) AS urgent,
        coalesce((SELECT calls FROM encounters_doctorline made
                  WHERE made.clinician_id = doctor AND made.day = %(day)s), 0) AS made
    FROM line GROUP BY doctor
), missed AS (
    SELECT id, doctor, returns_after,
        row_number() OVER (PARTITION BY doctor ORDER BY returns_after, checked_in_at, id) - 1 AS turn
    FROM line WHERE returns_after IS NOT NULL
), placed AS (
    SELECT id, doctor, place, 1 AS kind, 0 AS turn FROM regular
    UNION ALL
    SELECT missed.id, missed.doctor,
        least(others, max(greatest(urgent, returns_after - made) - turn)
              OVER (PARTITION BY missed.doctor ORDER BY turn)), 0, turn
    FROM missed JOIN bounds USING (doctor)
)
SELECT doctor, id FROM placed ORDER BY doctor, place, kind, turn
"""


def list_lines(*, clinician_ids: Iterable[UUID], day: date) -> dict[UUID, list[UUID]]:
    """The visits that wait for each doctor on a day, who is next first; doctors for whom nobody waits are left out."""
    lines: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ORDER, {"clinicians": list(clinician_ids), "day": day})
        for doctor, visit in cursor.fetchall():
            lines.setdefault(doctor, []).append(visit)
    return lines


def list_line(*, clinician_id: UUID, day: date) -> list[UUID]:
    """The visits that wait for a doctor on a day, who is next first."""
    return list_lines(clinician_ids=[clinician_id], day=day).get(clinician_id, [])
