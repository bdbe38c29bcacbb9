"""The SQL that takes a place. It imports nothing, so that the benchmark can give it to PostgreSQL by itself."""

# Released, and of one of the channel's pools or folded back to everybody: all of it stands in the row of the slot, so
# that the UPDATE decides without another table.
_FOR_CHANNEL = """slot.opens_at <= %(now)s
      AND (slot.pool = ANY(%(pools)s::text[]) OR slot.folds_back_at <= %(now)s)"""

# What a person may have by app and machine on a day (`rules.MOST_A_DAY`, `rules.MOST_IN_DEPARTMENT_A_DAY`). Two
# requests at once may both find room: `confirm_hold` counts again, one after the other.
_OF_THE_DAY = """
    FROM appointments_appointment other
    JOIN scheduling_rostersession that ON that.id = other.session_id AND that.held_on = session.held_on
    WHERE other.person_id = %(person_id)s AND other.state IN ('HELD', 'BOOKED', 'TAKEN')"""
_HAS_ROOM = (
    "(SELECT count(*) < 6 AND count(*) FILTER (WHERE that.department_id = session.department_id) < 2"
    + _OF_THE_DAY
    + ")"
)
_IS_BLOCKED = """EXISTS (
        SELECT FROM appointments_bookingblock block
        WHERE block.person_id = %(person_id)s AND block.until > %(now)s AND block.lifted_at IS NULL)"""

# Who acts is proved in the statement itself: `account` yields one row for a living session of an open account, `link`
# one if that account may act for the person. Without them the place is not touched. `claim` is the first free number
# among the account's places that are not paid for (at most five, `rules.MOST_CLAIMS`); a unique key decides between two
# requests that found the same. As an array, because a join would read the places of everybody.
_TAKE = """
WITH account AS (
    SELECT account.id FROM accounts_patientsession session JOIN accounts_patientaccount account
        ON account.id = session.account_id AND account.is_active
    WHERE session.token_hash = %(token_hash)s AND session.revoked_at IS NULL AND session.expires_at > %(now)s
), link AS (
    SELECT link.person_id, link.account_id FROM patients_accountperson link JOIN account ON account.id = link.account_id
    WHERE link.person_id = %(person_id)s AND link.removed_at IS NULL
), claim AS (
    SELECT number FROM link, generate_series(1, 5) number
    WHERE number <> ALL (ARRAY(
        SELECT unpaid.claim FROM appointments_appointment unpaid
        WHERE unpaid.account_id = link.account_id AND unpaid.claim IS NOT NULL
          AND (unpaid.state = 'HELD' OR (unpaid.state = 'BOOKED' AND unpaid.pay_by IS NOT NULL))))
    LIMIT 1
), place AS (
    UPDATE scheduling_slot slot SET taken = slot.taken + 1
    FROM scheduling_rostersession session, claim
    WHERE slot.id = %(slot_id)s AND session.id = slot.session_id AND slot.taken < slot.capacity
      AND slot.starts_at > %(now)s AND NOT session.is_stopped AND {for_channel}
      AND (session.service_type = 'EMERGENCY' OR ({has_room} AND NOT {is_blocked}))
    RETURNING slot.id, slot.session_id, session.campus_id, claim.number
), booking AS (
    INSERT INTO appointments_appointment
        (id, slot_id, session_id, person_id, account_id, channel, state, held_until, claim, created_at, booked_at,
         end_reason)
    SELECT %(id)s, place.id, place.session_id, link.person_id, link.account_id, %(channel)s, 'HELD', %(held_until)s,
           place.number, %(now)s, NULL, ''
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
    SELECT %(now)s, 'PATIENT', link.account_id::text, 'patient account', 'appointments.held', 'appointment',
           %(id)s::text, link.person_id, %(ip)s, %(request_id)s
    FROM place, link
)
SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM link), (SELECT count(*) FROM claim),
       (SELECT count(*) FROM booking)
"""

_TAKE_AT_DESK = """
WITH place AS (
    UPDATE scheduling_slot slot SET taken = slot.taken + 1
    FROM scheduling_rostersession session
    WHERE slot.id = %(slot_id)s AND session.id = slot.session_id AND slot.taken < slot.capacity
      AND slot.ends_at > %(now)s AND NOT session.is_stopped AND {for_channel}
    RETURNING slot.id, slot.session_id, session.campus_id
), booking AS (
    INSERT INTO appointments_appointment
        (id, slot_id, session_id, person_id, channel, state, created_at, booked_at, end_reason)
    SELECT %(id)s, place.id, place.session_id, %(person_id)s, %(channel)s, 'BOOKED', %(now)s, %(now)s, '' FROM place
)
SELECT campus_id FROM place
"""

# The doctor's word is used in the statement that takes the place: its row decides, once, for the named patient, until
# it expires. The place is a row of its own beside the numbered ones, so that the limit of the session stays as it is.
TAKE_EXTRA = """
WITH word AS (
    UPDATE scheduling_extraplace extra SET state = 'USED', used_at = %(now)s
    FROM scheduling_rostersession session
    WHERE extra.id = %(extra_id)s AND extra.person_id = %(person_id)s AND extra.state = 'GRANTED'
      AND extra.expires_at > %(now)s AND session.id = extra.session_id AND NOT session.is_stopped
    RETURNING extra.session_id, extra.number, session.campus_id, session.starts_at, session.ends_at
), place AS (
    INSERT INTO scheduling_slot (session_id, number, starts_at, ends_at, capacity, taken, is_extra)
    SELECT word.session_id, word.number, word.starts_at, word.ends_at, 1, 1, true FROM word
    RETURNING id, session_id
), booking AS (
    INSERT INTO appointments_appointment
        (id, slot_id, session_id, person_id, channel, state, created_at, booked_at, end_reason)
    SELECT %(id)s, place.id, place.session_id, %(person_id)s, 'WINDOW', 'BOOKED', %(now)s, %(now)s, '' FROM place
)
SELECT campus_id FROM word
"""

# One after the other for a person, so that two machines at once count right: the count is a statement of its own, which
# sees what the one before it committed.
WAIT_FOR_MACHINES = """
SELECT pg_advisory_xact_lock(hashtextextended('appointments/' || %(person_id)s::text, 45))
"""
COUNT_UNPAID_AT_MACHINES = """
SELECT count(*) FROM appointments_appointment unpaid
WHERE unpaid.person_id = %(person_id)s AND unpaid.channel = 'PARTNER'
  AND ((unpaid.state = 'HELD' AND unpaid.held_until > %(now)s)
       OR (unpaid.state = 'BOOKED' AND unpaid.pay_by IS NOT NULL))
"""

# A machine of a partner keeps a place while its customer decides. Who stands there was proved by the caller.
_HOLD_AT_MACHINE = """
WITH place AS (
    UPDATE scheduling_slot slot SET taken = slot.taken + 1
    FROM scheduling_rostersession session
    WHERE slot.id = %(slot_id)s AND session.id = slot.session_id AND slot.taken < slot.capacity
      AND slot.starts_at > %(now)s AND NOT session.is_stopped AND {for_channel}
      AND (session.service_type = 'EMERGENCY' OR {has_room})
    RETURNING slot.id, slot.session_id, session.campus_id
), booking AS (
    INSERT INTO appointments_appointment
        (id, slot_id, session_id, person_id, channel, state, held_until, created_at, end_reason)
    SELECT %(id)s, place.id, place.session_id, %(person_id)s, %(channel)s, 'HELD', %(held_until)s, %(now)s, ''
    FROM place
)
SELECT campus_id FROM place
"""

# Asked only after a place was not given.
_WHY_NOT = """
SELECT slot.starts_at, slot.ends_at, session.is_stopped, EXISTS (
           SELECT FROM appointments_appointment booking
           WHERE booking.session_id = session.id AND booking.person_id = %(person_id)s
             AND booking.state IN ('HELD', 'BOOKED', 'TAKEN')),
       slot.taken >= slot.capacity, slot.pool, slot.opens_at, slot.folds_back_at, slot.is_returning,
       session.service_type, (SELECT count(*) {of_the_day}),
       (SELECT count(*) {of_the_day} AND that.department_id = session.department_id),
       (SELECT max(block.until) FROM appointments_bookingblock block
        WHERE block.person_id = %(person_id)s AND block.until > %(now)s AND block.lifted_at IS NULL)
FROM scheduling_slot slot JOIN scheduling_rostersession session ON session.id = slot.session_id
WHERE slot.id = %(slot_id)s
"""

WHY_NOT = _WHY_NOT.format(of_the_day=_OF_THE_DAY)
TAKE = _TAKE.format(for_channel=_FOR_CHANNEL, has_room=_HAS_ROOM, is_blocked=_IS_BLOCKED)
TAKE_AT_DESK = _TAKE_AT_DESK.format(for_channel=_FOR_CHANNEL)
HOLD_AT_MACHINE = _HOLD_AT_MACHINE.format(for_channel=_FOR_CHANNEL, has_room=_HAS_ROOM)
