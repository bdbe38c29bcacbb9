"""Whether anything has changed for an account: one statement that the app asks every second or two (A16).

The version changes with every event about one of its people, with every act in a queue in which one of them waits,
with the people it acts for and with its unread messages. Session and right to see are parts of the statement.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from hospital.accounts.errors import NotSignedIn
from hospital.kernel.clock import local_day
from hospital.kernel.watching import watch_address

LOOKS_BACK = timedelta(days=60)

# Events are counted beside their highest number: one with a lower number may be committed later.
_VERSION = """
WITH account AS (
    SELECT account.id FROM accounts_patientsession session JOIN accounts_patientaccount account
        ON account.id = session.account_id AND account.is_active
    WHERE session.token_hash = %(token_hash)s AND session.revoked_at IS NULL AND session.expires_at > %(now)s
), people AS (
    SELECT link.person_id FROM patients_accountperson link JOIN account ON account.id = link.account_id
    WHERE link.removed_at IS NULL
), happened AS (
    SELECT count(*) AS events, max(event.id) AS last
    FROM kernel_event event WHERE event.person_id IN (SELECT person_id FROM people) AND event.at > %(since)s
), queue AS (
    SELECT count(*) AS waiting, sum(other.version) AS moves, array_agg(DISTINCT mine.clinician_id::text) AS lines
    FROM people JOIN encounters_encounter mine ON mine.person_id = people.person_id AND mine.queue_on = %(today)s
        AND mine.state IN ('CHECKED_IN', 'WAITING')
    JOIN encounters_encounter other ON other.clinician_id = mine.clinician_id AND other.queue_on = %(today)s
), inbox AS (
    SELECT count(*) AS unread FROM notifications_inboxmessage message JOIN account ON account.id = message.account_id
    WHERE message.read_at IS NULL
)
SELECT account.id, (SELECT count(*) FROM people), happened.events, happened.last, queue.waiting, queue.moves,
       inbox.unread, queue.lines, (SELECT array_agg(person_id::text) FROM people)
FROM account, happened, queue, inbox
"""


@dataclass(frozen=True, slots=True)
class LiveVersion:
    """`version` is a short text to compare; `unread` counts the messages nobody has opened.

    `watch` is where the live process tells of changes, empty where there is none.
    """

    version: str
    unread: int
    watch: str


def read_live_version(*, token_hash: bytes, now: datetime) -> LiveVersion:
    """The version of everything that an account follows. Refuses with `NotSignedIn`."""
    with connection.cursor() as cursor:
        cursor.execute(
            _VERSION, {"token_hash": token_hash, "now": now, "since": now - LOOKS_BACK, "today": local_day(now)}
        )
        row = cursor.fetchone()
    if row is None:
        raise NotSignedIn
    *known, unread, lines, people = row
    topics = [f"line:{line}" for line in lines or ()] + [f"person:{person}" for person in people or ()]
    return LiveVersion(
        version=hashlib.sha256(repr((*known, unread, sorted(topics))).encode()).hexdigest()[:20],
        unread=unread,
        watch=watch_address(topics=topics, now=now) if topics else "",
    )
