"""What others do in a whole visit: the last place is given back, the wall board calls, the technician examines."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
from playwright.sync_api import Page, expect

from tests.journeys.arriving import FLOOR
from tests.journeys.conftest import LiveProduct
from tests.journeys.patient import sign_up
from tests.journeys.roster import GUANGZHOU

SOON = timedelta(minutes=15)  # what comes back nearer to its time goes to everybody at once


@contextmanager
def somebody_elses_place(product: LiveProduct, username: str) -> Generator[None]:
    """The doctor's next session of today is full: another patient has the one place that was left, until the end.

    No other session of the doctor's day is full meanwhile, so that the app offers to wait for this one.
    """
    with psycopg.connect(product.database_url, autocommit=True) as connection:
        place, session, others = _find_last_place(connection, username)
        widened = [int(str(row[0])) for row in connection.execute(_WIDEN, {"session": session}).fetchall()]
        connection.execute("UPDATE scheduling_slot SET pool = 'VIP' WHERE id = ANY(%s)", [others])
        try:
            other = sign_up(product, family_name="Okafor", given_names="Chidi")
            theirs = other.book(place)
            yield
            other.post(f"/appointments/{theirs['id']}/cancel", reason="I feel better")
        finally:
            connection.execute("UPDATE scheduling_slot SET pool = 'OPEN' WHERE id = ANY(%s)", [others])
            connection.execute(
                "UPDATE scheduling_slot SET capacity = capacity - 1 WHERE id = ANY(%s) AND taken < capacity", [widened]
            )


# One more place late in each of the doctor's other sessions of the day.
_WIDEN = """
UPDATE scheduling_slot SET capacity = capacity + 1 WHERE id IN (
    SELECT DISTINCT ON (slot.session_id) slot.id FROM scheduling_slot slot
    JOIN scheduling_rostersession session ON session.id = slot.session_id
    JOIN scheduling_rostersession full_one ON full_one.clinician_id = session.clinician_id
    WHERE full_one.id = %(session)s AND session.id <> full_one.id AND session.held_on = full_one.held_on
      AND slot.starts_at > now() AND slot.pool = 'OPEN' AND NOT slot.is_extra
    ORDER BY slot.session_id, slot.starts_at DESC)
RETURNING id
"""


def _find_last_place(
    connection: psycopg.Connection[tuple[object, ...]], username: str
) -> tuple[int, object, list[int]]:
    """A free place of the doctor's next session of today, the session, and what else is free in it."""
    now = datetime.now(GUANGZHOU)
    rows = connection.execute(
        """SELECT slot.id, slot.session_id, slot.starts_at > %s AND slot.capacity - slot.taken = 1
           FROM scheduling_slot slot
           JOIN scheduling_rostersession session ON session.id = slot.session_id
           JOIN campuses_clinician clinician ON clinician.id = session.clinician_id
           JOIN accounts_user staff ON staff.id = clinician.user_id
           WHERE staff.username = %s AND session.held_on = %s AND slot.starts_at > %s AND slot.pool = 'OPEN'
             AND slot.opens_at <= now() AND slot.taken < slot.capacity AND NOT slot.is_extra
             AND NOT session.is_stopped
           ORDER BY slot.starts_at""",
        [now + SOON, username, now.date(), now],
    ).fetchall()
    place, session = next((int(str(row[0])), row[1]) for row in rows if row[2])
    return place, session, [int(str(row[0])) for row in rows if row[1] == session and row[0] != place]


def open_wall_board(nurse: Page) -> Page:
    """The board of the waiting area, which the nurse opens from the desk."""
    nurse.goto("/staff/triage/")
    board = nurse.context.new_page()
    board.goto(str(nurse.locator(f"a[href*='/wall/{FLOOR}/']").first.get_attribute("href")))
    expect(board.locator(".wall-calls")).to_be_visible()
    return board


def see_the_call(board: Page, product: LiveProduct, visit_id: str) -> None:
    """The board calls the patient's number."""
    with psycopg.connect(product.database_url) as connection:
        row = connection.execute("SELECT queue_number FROM encounters_encounter WHERE id = %s", [visit_id]).fetchone()
    assert row is not None
    expect(board.locator(".wall-call .wall-no", has_text=str(row[0]))).to_be_visible(timeout=15_000)
    board.close()


def examine(technician: Page, product: LiveProduct, visit_id: str) -> None:
    """The technician takes the booked examination of the visit from check-in to done."""
    with psycopg.connect(product.database_url) as connection:
        row = connection.execute(
            "SELECT id::text FROM examinations_exambooking WHERE encounter_id = %s AND state = 'BOOKED'", [visit_id]
        ).fetchone()
    assert row is not None, "the examination has no time"
    technician.goto("/staff/examinations/")
    mine = technician.locator(f"tr[data-booking='{row[0]}']")
    for step in ("check-in", "call", "start", "done"):
        mine.locator(f"button[value={step}]").click()
    expect(mine.locator("button")).to_have_count(0)
