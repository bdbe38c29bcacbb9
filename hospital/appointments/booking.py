"""The hot path of demand: one SQL statement takes a place (A04).

The row of the slot decides: `taken < capacity` is checked by the UPDATE that raises it, so no number of requests at
once can sell a place twice. The partial unique index on (person, session) refuses a double booking and, being part of
the same statement, gives the place back. Session, right to act for the person, care relation, event and audit row are
parts of that one statement too; a caller needs one round trip.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection

from hospital.accounts.errors import NotSignedIn
from hospital.appointments.errors import (
    AlreadyBooked,
    BookingBlocked,
    ExtraPlaceEnded,
    KeptForOthers,
    NotReleased,
    SessionStopped,
    SlotFull,
    SlotPast,
    TooManyInDepartment,
    TooManyThatDay,
    TooManyUnpaid,
    UnknownSlot,
)
from hospital.appointments.rules import MOST_A_DAY, MOST_CLAIMS, MOST_IN_DEPARTMENT_A_DAY
from hospital.appointments.statements import (
    COUNT_UNPAID_AT_MACHINES,
    HOLD_AT_MACHINE,
    TAKE,
    TAKE_AT_DESK,
    TAKE_EXTRA,
    WAIT_FOR_MACHINES,
    WHY_NOT,
)
from hospital.appointments.traces import leave_trace
from hospital.appointments.types import Hold
from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.conflicts import constraint_of, refusing
from hospital.kernel.errors import Refusal
from hospital.kernel.hot_statements import fetch_row
from hospital.kernel.ids import new_id
from hospital.patients.api import grant_care_relation
from hospital.patients.errors import UnknownPerson
from hospital.scheduling.api import may_take, pools_of
from hospital.scheduling.types import Channel, Pool

HOLD_LIFE = timedelta(minutes=15)
_ONE_BOOKING = "one_active_booking_a_session"
_ONE_CLAIM = "one_place_a_claim"


def hold_slot(
    *,
    slot_id: int,
    person_id: UUID,
    token_hash: bytes,
    ip: str,
    request_id: str,
    now: datetime,
    channel: Channel = Channel.APP,
) -> Hold:
    """Holds a place for 15 minutes for a person of the signed-in account.

    Refusals: `NotSignedIn`, `UnknownPerson`, `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`, `NotReleased`,
    `KeptForOthers`, `AlreadyBooked`, `TooManyUnpaid` (five places of the account are not paid for), and where it is no
    emergency `TooManyThatDay`, `TooManyInDepartment`, `BookingBlocked`; nothing is changed by them. Not to be called
    inside a transaction: the statement is one.
    """
    facts: dict[str, Any] = {
        "slot_id": slot_id,
        "person_id": person_id,
        "token_hash": token_hash,
        "ip": ip,
        "request_id": request_id,
        "channel": channel.value,
        "pools": pools_of(channel),
    }
    held_until = now + HOLD_LIFE
    for _ in range(MOST_CLAIMS):
        appointment_id = new_id()
        try:
            is_signed_in, may_act, has_claim, is_held = fetch_row(
                TAKE, facts | {"id": appointment_id, "now": now, "held_until": held_until}
            )
        except IntegrityError as problem:
            if constraint_of(problem) == _ONE_BOOKING:
                raise AlreadyBooked from None
            if constraint_of(problem) == _ONE_CLAIM:
                continue  # the same account took the same number at this moment; the next one may be free
            raise
        if not is_signed_in:
            raise NotSignedIn
        if not may_act:
            raise UnknownPerson
        if not is_held:
            raise _why_not(slot_id=slot_id, person_id=person_id, now=now, channel=channel, has_claim=bool(has_claim))
        return Hold(id=appointment_id, held_until=held_until)
    raise TooManyUnpaid(most=MOST_CLAIMS)


def take_place_at_desk(
    *, slot_id: int, person_id: UUID, actor: Actor, now: datetime, channel: Channel = Channel.WINDOW
) -> UUID:
    """Books a place at once, up to the end of its time; returns the booking. The caller leaves the trace.

    Refusals: `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`, `NotReleased`, `KeptForOthers`, `AlreadyBooked`.
    """
    return _take(TAKE_AT_DESK, {"slot_id": slot_id, "person_id": person_id, "now": now}, channel=channel, actor=actor)


def take_extra_place(*, extra_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Books the extra place that a doctor granted to this person; returns the booking. The caller leaves the trace.

    Refusals: `ExtraPlaceEnded` (not granted to them, used, taken back, expired, called off), `AlreadyBooked`.
    """
    appointment_id = new_id()
    facts: dict[str, Any] = {"id": appointment_id, "extra_id": extra_id, "person_id": person_id, "now": now}
    with acting(actor=actor):
        with refusing({_ONE_BOOKING: AlreadyBooked()}), connection.cursor() as cursor:
            cursor.execute(TAKE_EXTRA, facts)
            place = cursor.fetchone()
        if place is None:
            raise ExtraPlaceEnded
        grant_care_relation(person_id=person_id, campus_code=place[0], source=str(appointment_id), now=now)
    return appointment_id


def hold_at_machine(*, slot_id: int, person_id: UUID, actor: Actor, now: datetime) -> Hold:
    """Holds a place for 15 minutes for a person who stands at a partner's machine (X49).

    Who they are is the caller's check. Refusals: `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`,
    `NotReleased`, `KeptForOthers`, `AlreadyBooked`, `TooManyThatDay`, `TooManyInDepartment`, `TooManyUnpaid` (five
    places of the person, taken at machines, are not paid for).
    """
    held_until = now + HOLD_LIFE
    facts: dict[str, Any] = {"slot_id": slot_id, "person_id": person_id, "now": now, "held_until": held_until}
    with acting(actor=actor):
        with connection.cursor() as cursor:
            cursor.execute(WAIT_FOR_MACHINES, facts)
            cursor.execute(COUNT_UNPAID_AT_MACHINES, facts)
            (unpaid,) = cursor.fetchone()
        if unpaid >= MOST_CLAIMS:
            raise TooManyUnpaid(most=MOST_CLAIMS)
        appointment_id = _take(HOLD_AT_MACHINE, facts, channel=Channel.PARTNER, actor=actor)
        leave_trace(appointment_id=appointment_id, person_id=person_id, kind="appointments.held", actor=actor, now=now)
    return Hold(id=appointment_id, held_until=held_until)


def _take(statement: str, facts: Mapping[str, Any], *, channel: Channel, actor: Actor) -> UUID:
    """A place for a person whom the caller has checked; the campus's desks see them from now on."""
    appointment_id = new_id()
    slot_id, person_id, now = facts["slot_id"], facts["person_id"], facts["now"]
    with acting(actor=actor):
        with refusing({_ONE_BOOKING: AlreadyBooked()}), connection.cursor() as cursor:
            cursor.execute(
                statement, {**facts, "id": appointment_id, "channel": channel.value, "pools": pools_of(channel)}
            )
            place = cursor.fetchone()
        if place is None:
            raise _why_not(slot_id=slot_id, person_id=person_id, now=now, channel=channel, has_claim=True)
        grant_care_relation(person_id=person_id, campus_code=place[0], source=str(appointment_id), now=now)
    return appointment_id


def refuse_place(*, slot_id: int, channel: Channel, now: datetime) -> Refusal:
    """Why a place was not given to somebody who has a booking to change."""
    return _why_not(slot_id=slot_id, person_id=None, now=now, channel=channel, has_claim=True)


def _why_not(*, slot_id: int, person_id: UUID | None, now: datetime, channel: Channel, has_claim: bool) -> Refusal:
    """The refusal for a place that was not given. Asked only after the statement has said no."""
    with connection.cursor() as cursor:
        cursor.execute(WHY_NOT, {"person_id": person_id, "slot_id": slot_id, "now": now})
        row = cursor.fetchone()
    if row is None:
        return UnknownSlot()
    starts_at, ends_at, is_stopped, has_booking = row[:4]
    if is_stopped:
        return SessionStopped()
    # A window gives a place out until its time ends.
    if (starts_at if channel in {Channel.APP, Channel.MINI, Channel.PARTNER} else ends_at) <= now:
        return SlotPast()
    kept = _why_kept(*row[4:9], channel=channel, now=now)
    if has_booking or kept is not None:
        return AlreadyBooked() if has_booking else kept or SlotFull()
    broken = None if row[4] else _which_rule(*row[9:], channel=channel)
    if broken is not None:
        return broken
    return SlotFull() if has_claim else TooManyUnpaid(most=MOST_CLAIMS)


def _why_kept(
    is_full: bool,
    pool: str,
    opens_at: datetime,
    folds_back_at: datetime | None,
    is_returning: bool,
    *,
    channel: Channel,
    now: datetime,
) -> Refusal | None:
    """Why a place that is left is not for this channel now. When a returned place comes back is nobody's to know."""
    facts: dict[str, Any] = {"channel": channel, "pool": Pool(pool), "folds_back_at": folds_back_at}
    if is_full or (is_returning and opens_at > now) or may_take(opens_at=opens_at, now=now, **facts):
        return None
    if pool not in pools_of(channel):
        return KeptForOthers()
    return NotReleased(opens=f"{opens_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")


def _which_rule(
    service_type: str, on_that_day: int, in_department: int, blocked_until: datetime | None, *, channel: Channel
) -> Refusal | None:
    """The rule of demand that stands against a place that is free. None binds emergencies or the window."""
    if service_type == "EMERGENCY" or channel not in {Channel.APP, Channel.MINI, Channel.PARTNER}:
        return None
    if blocked_until is not None and channel is not Channel.PARTNER:
        return BookingBlocked(until=f"{blocked_until.astimezone(SHANGHAI):%Y-%m-%d}")
    if in_department >= MOST_IN_DEPARTMENT_A_DAY:
        return TooManyInDepartment(most=MOST_IN_DEPARTMENT_A_DAY)
    return TooManyThatDay(most=MOST_A_DAY) if on_that_day >= MOST_A_DAY else None
