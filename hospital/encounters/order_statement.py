"""The order of a doctor's line in one statement; what it says is written in `rules/order.py`.

A patient who missed the call stands behind as many of the others as calls are still to be made before their turn, less
the returning ones before them; a running maximum keeps returning patients in their own order.
"""

from datetime import date
from uuid import UUID

from django.db import connection

_ORDER = """
WITH line AS (
    SELECT id, queue_rank, coalesce(turn_at, due_at, checked_in_at) AS turn_at, checked_in_at, returns_after
    FROM encounters_encounter
    WHERE clinician_id = %(clinician)s AND queue_on = %(day)s AND state IN ('CHECKED_IN', 'WAITING')
), regular AS (
    SELECT id, row_number() OVER (ORDER BY queue_rank, turn_at, checked_in_at, id) - 1 AS place
    FROM line WHERE returns_after IS NULL
), bounds AS (
    SELECT (SELECT count(*) FROM regular) AS others,
        (SELECT count(*) FROM line WHERE returns_after IS NULL AND queue_rank = 0) AS urgent,
        coalesce((SELECT calls FROM encounters_doctorline
                  WHERE clinician_id = %(clinician)s AND day = %(day)s), 0) AS made
), missed AS (
    SELECT id, returns_after, row_number() OVER (ORDER BY returns_after, checked_in_at, id) - 1 AS turn
    FROM line WHERE returns_after IS NOT NULL
), placed AS (
    SELECT id, place, 1 AS kind, 0 AS turn FROM regular
    UNION ALL
    SELECT missed.id,
        least(others, max(greatest(urgent, returns_after - made) - turn) OVER (ORDER BY turn)), 0, turn
    FROM missed, bounds
)
SELECT id FROM placed ORDER BY place, kind, turn
"""


def list_line(*, clinician_id: UUID, day: date) -> list[UUID]:
    """The visits that wait for a doctor on a day, who is next first."""
    with connection.cursor() as cursor:
        cursor.execute(_ORDER, {"clinician": clinician_id, "day": day})
        return [row[0] for row in cursor.fetchall()]
