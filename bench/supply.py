"""Places, patients and signed-in accounts for the benchmarks of booking, written straight into the database.

They belong to a campus of their own, so that the pages of the demonstration hospital stay as they are.
"""

import os
import time
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import psycopg

CAMPUS = "BENCH"
PEOPLE = 8_000
SLOTS_A_SESSION = 10

_PEOPLE = """
INSERT INTO campuses_campus (code, name_zh, name_en, short_zh, short_en, address_zh, address_en, phone, position)
VALUES ('BENCH', '测试', 'Benchmark', '测试', 'Bench', '', '', '', 99);
INSERT INTO campuses_department (id, code, campus_id, specialty, name_zh, name_en, intro_zh, intro_en, symptoms_zh,
                                 symptoms_en, pinyin, floor, location_zh, location_en, position)
SELECT bench_id(n), 'BENCH-' || n, 'BENCH', 'BENCH', '测试', 'Benchmark', '', '', '', '', '', '', '', '', 99
FROM generate_series(0, 49) n;
INSERT INTO patients_person (id, family_name, given_names, printed_name, chinese_name, preferred_name, has_single_name,
    name_key, pinyin, sex, birth_date, nationality, languages, needs_interpreter, email, email_index, phone,
    phone_index, address, is_confidential, created_at, created_by)
SELECT bench_id(n), 'Bench', 'Number ' || n, 'BENCH', '', '', false, 'bench number ' || n, '', 'U', '1990-01-01', 'GBR',
       '[]', false, '', '', '', '', '', false, now(), 'bench'
FROM generate_series(0, %(people)s - 1) n;
INSERT INTO accounts_patientaccount (id, email, email_index, phone, phone_index, language, is_active, created_at)
SELECT bench_id(n), '', 'bench-' || n, '', '', 'en', true, now() FROM generate_series(0, %(people)s - 1) n;
INSERT INTO accounts_patientsession (id, account_id, token_hash, created_at, last_seen_at, expires_at, ends_at,
    user_agent)
SELECT bench_id(n), bench_id(n), sha256(convert_to('bench-' || n, 'UTF8')), now(), now(), now() + interval '1 day',
       now() + interval '1 day', ''
FROM generate_series(0, %(people)s - 1) n;
INSERT INTO patients_accountperson (id, account_id, person_id, relation, is_default, added_at)
SELECT bench_id(n), bench_id(n), bench_id(n), 'SELF', true, now() FROM generate_series(0, %(people)s - 1) n;
"""

# Each session needs a clinician of its own: one cannot sit in two places at a time. A patient may have two places of a
# department on a day and six in all: the sessions are dealt to fifty departments, and each call gets a day of its own.
_SESSIONS = """
WITH clinician AS (
    INSERT INTO campuses_clinician (id, staff_no, department_id, family_zh, given_zh, family_en, given_en, sex, title,
        languages, expertise_zh, expertise_en, pinyin, can_prescribe, is_active, position)
    SELECT gen_random_uuid(), 'B' || substr(gen_random_uuid()::text, 1, 18), bench_id(n %% 50),
           '测', '试', 'Bench', 'Mark', 'F', 'CHIEF', '[]', '', '', '', true, true, 0
    FROM generate_series(1, %(sessions)s) n RETURNING id, department_id
), session AS (
    INSERT INTO scheduling_rostersession (id, clinician_id, department_id, campus_id, held_on, part, starts_at, ends_at,
        service_type, service_line, registration_item_code, is_stopped)
    SELECT gen_random_uuid(), clinician.id, clinician.department_id, 'BENCH',
           (now() + %(days)s * interval '1 day')::date, 'AM', now() + %(days)s * interval '1 day',
           now() + %(days)s * interval '1 day' + interval '4 hours', 'INTL', 'INTL', 'BENCH', false
    FROM clinician RETURNING id, starts_at
)
INSERT INTO scheduling_slot (session_id, number, starts_at, ends_at, capacity, taken, pool, opens_at)
SELECT session.id, n, session.starts_at + n * interval '10 minutes',
       session.starts_at + (n + 1) * interval '10 minutes', %(capacity)s, 0, %(pool)s,
       coalesce(%(opens_at)s::timestamptz, now() - interval '1 day')
FROM session, generate_series(1, %(slots)s) n
ORDER BY session.id, n
RETURNING id, session_id::text
"""
_days = count(2)


# An account may hold five places that are not paid for.
_PAY_FOR_ALL = """
UPDATE appointments_appointment SET state = 'BOOKED', booked_at = now(), held_until = NULL, claim = NULL
WHERE state = 'HELD'
"""


@dataclass(frozen=True)
class Places:
    """The slots of some sessions; the numbers follow each other."""

    first: int
    count: int
    sessions: tuple[str, ...]


def connect() -> psycopg.Connection[tuple[object, ...]]:
    """A connection to the database of the running product."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def person_id(number: int) -> str:
    """The id of a patient, who shares it with the account; the function `bench_id` says the same."""
    return f"00000000-0000-7000-8000-{number:012x}"


PERSON_ID_SQL = "('00000000-0000-7000-8000-' || lpad(to_hex({}), 12, '0'))::uuid"


def add_people() -> None:
    """Patients with an account and a session each, once a database; the token of number n reads `bench-n`."""
    with connect() as connection:
        if connection.execute("SELECT 1 FROM campuses_campus WHERE code = %s", [CAMPUS]).fetchone():
            return
        connection.execute(
            "CREATE FUNCTION pg_temp.make_id(n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS "
            f"$$ SELECT {PERSON_ID_SQL.format('n')} $$"
        )
        for statement in _PEOPLE.replace("bench_id(", "pg_temp.make_id(").split(";\n"):
            connection.execute(statement.replace("%(people)s", str(PEOPLE)))
        connection.execute("ANALYZE")


def add_places(
    *,
    sessions: int,
    slots: int = SLOTS_A_SESSION,
    capacity: int = 30_000,
    pool: str = "OPEN",
    opens_at: datetime | None = None,
) -> Places:
    """New sessions of a day to come with so many slots each, for patients who owe nothing for earlier ones."""
    facts = {"sessions": sessions, "slots": slots, "capacity": capacity, "pool": pool, "opens_at": opens_at}
    with connect() as connection:
        connection.execute(_PAY_FOR_ALL)
        statement = _SESSIONS.replace("bench_id(n %% 50)", PERSON_ID_SQL.format("(n %% 50)"))
        rows = connection.execute(statement, {**facts, "days": next(_days)}).fetchall()
        connection.execute("VACUUM ANALYZE scheduling_slot, scheduling_rostersession, appointments_appointment")
    numbers = sorted(int(str(number)) for number, _ in rows)
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), "another writer took numbers in between"
    return Places(numbers[0], len(numbers), tuple(dict.fromkeys(str(session) for _, session in rows)))


def wait_until_quiet() -> None:
    """Until the web server has worked off what clients asked that have gone already."""
    with connect() as connection:
        seen = -1
        while seen != (now := connection.execute("SELECT count(*) FROM appointments_appointment").fetchall()[0][0]):
            seen = int(str(now))
            time.sleep(0.5)


def count_oversold() -> int:
    """Slots with more taken than there is, or with another number taken than there are living bookings."""
    with connect() as connection:
        row = connection.execute(
            """SELECT count(*) FROM scheduling_slot slot LEFT JOIN (
                   SELECT slot_id, count(*) AS bookings FROM appointments_appointment
                   WHERE state IN ('HELD', 'BOOKED', 'TAKEN') GROUP BY slot_id
               ) booked ON booked.slot_id = slot.id
               WHERE slot.taken > slot.capacity OR slot.taken <> coalesce(booked.bookings, 0)"""
        ).fetchone()
    assert row is not None
    return int(str(row[0]))
