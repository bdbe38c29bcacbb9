"""The hot path of demand: one SQL statement takes a place (A04).

The row of the slot decides: `taken < capacity` is checked by the UPDATE that raises it, so no number of requests at once
can sell a place twice. The partial unique index on (person, session) refuses a double booking and, being part of the
same statement, gives the place back. Session, right to act for the person, care relation, event and audit row are parts
of that one statement too; a caller needs one round trip.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection

from hospital.appointments.errors import AlreadyBooked, SessionStopped, SlotFull, SlotPast, UnknownSlot
from hospital.kernel.ids import new_id

HOLD_LIFE = timedelta(minutes=15)

# The face proves who acts in the statement itself: `account` yields at most one row, `link` one if the account may act
# for the person. Both are needed before the place is touched.
_TAKE = """
WITH account AS (
    SELECT account_id AS id FROM accounts_patientsession
    WHERE token_hash = %(token_hash)s AND revoked_at IS NULL AND expires_at > %(now)s
), link AS (
    SELECT link.person_id, link.account_id FROM patients_accountperson link JOIN account ON account.id = link.account_id
    WHERE link.person_id = %(person_id)s AND link.removed_at IS NULL
), place AS (
    UPDATE scheduling_slot slot SET taken = slot.taken + 1
    FROM scheduling_rostersession session, link
    WHERE slot.id = %(slot_id)s AND session.id = slot.session_id AND slot.taken < slot.capacity
      AND slot.starts_at > %(now)s AND NOT session.is_stopped
    RETURNING slot.id, slot.session_id, session.campus_id
), booking AS (
    INSERT INTO appointments_appointment
        (id, slot_id, session_id, person_id, account_id, channel, state, held_until, created_at, booked_at, end_reason)
    SELECT %(id)s, place.id, place.session_id, link.person_id, link.account_id, 'APP', 'HELD', %(held_until)s, %(now)s,
           NULL, ''
    FROM place, link RETURNING id
), care AS (
    INSERT INTO patients_carerelation (person_id, campus_code, source, since)
    SELECT link.person_id, place.campus_id, %(id)s::text, %(now)s FROM place, link
), event AS (
    INSERT INTO kernel_event (at, kind, person_id, subject_id)
    SELECT %(now)s, 'appointments.held', link.person_id, %(id)s::text FROM place, link
), trace AS (
    INSERT INTO audit_entry (at, actor_kind, actor_id, actor_label, action, subject_kind, subject_id, person_id, ip,
                             request_id)
    SELECT %(now)s, 'PATIENT', link.account_id::text, 'patient account', 'appointments.hold', 'appointment',
           %(id)s::text, link.person_id, %(ip)s, %(request_id)s
    FROM place, link
)
SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM link), (SELECT count(*) FROM booking)
"""


@dataclass(frozen=True, slots=True)
class Hold:
    """What became of the attempt. `is_held` is false only when the caller may not act (the flags say why)."""

    id: UUID
    held_until: datetime
    is_signed_in: bool
    may_act: bool


def hold_slot(
    *, slot_id: int, person_id: UUID, token_hash: bytes, ip: str, request_id: str, now: datetime
) -> Hold:
    """Holds a place for 15 minutes for the signed-in account's person.

    Refusals: `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`, `AlreadyBooked`; nothing is changed by them. When
    the flags of the answer are false nothing was held either: the face turns them into its own refusals.
    """
    parameters = {
        "id": new_id(),
        "slot_id": slot_id,
        "person_id": person_id,
        "token_hash": token_hash,
        "now": now,
        "held_until": now + HOLD_LIFE,
        "ip": ip,
        "request_id": request_id,
    }
    try:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, parameters)
            accounts, links, bookings = cursor.fetchone()
    except IntegrityError as problem:
        if "one_active_booking_a_session" in str(problem):
            raise AlreadyBooked from None
        raise
    if accounts and links and not bookings:
        raise _why_not(slot_id=slot_id, now=now)
    return Hold(
        id=parameters["id"],  # type: ignore[arg-type]
        held_until=now + HOLD_LIFE,
        is_signed_in=bool(accounts),
        may_act=bool(links),
    )


def _why_not(*, slot_id: int, now: datetime) -> Exception:
    """The refusal for a place that was not given. Asked only after the statement has said no."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT slot.starts_at, session.is_stopped FROM scheduling_slot slot
               JOIN scheduling_rostersession session ON session.id = slot.session_id WHERE slot.id = %s""",
            [slot_id],
        )
        row = cursor.fetchone()
    if row is None:
        return UnknownSlot()
    starts_at, is_stopped = row
    if is_stopped:
        return SessionStopped()
    return SlotPast() if starts_at <= now else SlotFull()


