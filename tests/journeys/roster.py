"""A clinic session for stories that run when the day's last one is over."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

Connection = psycopg.Connection[tuple[object, ...]]
GUANGZHOU = ZoneInfo("Asia/Shanghai")
MINUTES = 10
PLACES = 18  # several stories share the doctor and the day
ENOUGH = 6


def open_late_session(database_url: str, username: str) -> None:
    """Gives the doctor places until midnight when there are too few left today."""
    now = datetime.now(GUANGZHOU)
    if now.hour == 23 and now.minute > 35:
        pytest.skip("the day in Guangzhou is over in a few minutes: there is no place to book today")
    with psycopg.connect(database_url) as connection:
        if _count_free(connection, username, now) >= ENOUGH:
            return
        _open(connection, username, now)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _count_free(connection: Connection, username: str, now: datetime) -> int:
    row = connection.execute(
        """SELECT count(*) FROM scheduling_slot slot
           JOIN scheduling_rostersession session ON session.id = slot.session_id
           JOIN campuses_clinician clinician ON clinician.id = session.clinician_id
           JOIN accounts_user staff ON staff.id = clinician.user_id
           WHERE staff.username = %s AND session.held_on = %s AND slot.starts_at > %s AND slot.starts_at < %s
             AND slot.taken < slot.capacity""",
        [username, now.date(), now + timedelta(minutes=5), _midnight(now)],
    ).fetchone()
    assert row is not None
    return int(str(row[0]))


def _open(connection: Connection, username: str, now: datetime) -> None:
    """A session like one of the doctor's others, after the last of today and over by midnight."""
    left = (_midnight(now) - now - timedelta(minutes=7)) / PLACES
    minutes = min(timedelta(minutes=MINUTES), timedelta(minutes=left // timedelta(minutes=1)))
    connection.execute(
        """WITH model AS (
               SELECT session.* FROM scheduling_rostersession session
               JOIN campuses_clinician clinician ON clinician.id = session.clinician_id
               JOIN accounts_user staff ON staff.id = clinician.user_id
               WHERE staff.username = %(username)s ORDER BY session.held_on LIMIT 1
           ), start AS (
               SELECT greatest(max(session.ends_at), %(earliest)s) AS at FROM scheduling_rostersession session, model
               WHERE session.clinician_id = model.clinician_id AND session.held_on = %(today)s
           ), late AS (
               INSERT INTO scheduling_rostersession (id, clinician_id, department_id, campus_id, room_id, held_on, part,
                   starts_at, ends_at, service_type, service_line, registration_item_code, is_stopped)
               SELECT gen_random_uuid(), clinician_id, department_id, campus_id, room_id, %(today)s, 'LATE', start.at,
                   start.at + %(length)s, service_type, service_line, registration_item_code, false
               FROM model, start RETURNING id, starts_at
           )
           INSERT INTO scheduling_slot (session_id, number, starts_at, ends_at, capacity, taken)
           SELECT late.id, number, late.starts_at + (number - 1) * %(minutes)s, late.starts_at + number * %(minutes)s,
               1, 0
           FROM late, generate_series(1, %(places)s) AS number""",
        {
            "username": username,
            "today": now.date(),
            "earliest": now + timedelta(minutes=6),
            "minutes": minutes,
            "length": minutes * PLACES,
            "places": PLACES,
        },
    )
