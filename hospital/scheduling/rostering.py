"""One session is added, moved to another time, room or doctor (A04, N12).

The exclusion constraints decide whether a doctor or room is free; who is refused is told what is in the way. What
patients have booked is not moved under them: it gets another doctor (`substitute_clinician`) or is stopped.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db.models import Q

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.conflicts import refusing
from hospital.kernel.types import BilingualText
from hospital.scheduling.errors import (
    DoctorHasSession,
    RoomHasSession,
    SessionHasBookings,
    SessionOver,
    UnknownSession,
)
from hospital.scheduling.generation import session_row, slot_rows
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.roster_access import require_roster_clerk
from hospital.scheduling.roster_rules import place_plan
from hospital.scheduling.stops import close_places
from hospital.scheduling.templates import check_plan
from hospital.scheduling.types import OPEN_SINCE_EVER, SessionPlan


def add_session(*, plan: SessionPlan, day: date, actor: Actor, now: datetime) -> UUID:
    """Opens one session that no template asks for; returns its id.

    Refusals: `NotRosterClerk`, `NoSuchHours`, `NoPlaceInSession`, `PoolsDoNotFit`, `SessionOver` (it would end before
    now), `DoctorHasSession`, `RoomHasSession`.
    """
    require_roster_clerk(actor=actor, campus_code=plan.campus_code)
    check_plan(plan)
    planned = place_plan(plan, day=day)
    if planned.ends_at <= now:
        raise SessionOver
    row = session_row(planned)
    with acting(actor=actor), _naming_clash(row):
        row.save(force_insert=True)
        Slot.objects.bulk_create(slot_rows(row, planned))
        _record("scheduling.add_session", row.id, actor=actor, now=now)
    return row.id


def move_session(
    *,
    session_id: UUID,
    clinician_id: UUID,
    room_id: UUID | None,
    day: date,
    starts: time,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Gives a session another day, time, room or doctor; its length, places and pools go along. Returns its id then.

    A session with bookings takes another room only. One that changes its time is a new one, so that bookings of the
    past keep the time that they had. Refusals: `UnknownSession`, `NotRosterClerk`, `SessionOver`,
    `SessionHasBookings`, `DoctorHasSession`, `RoomHasSession`.
    """
    starts_at = datetime.combine(day, starts, SHANGHAI).astimezone(UTC)
    with acting(actor=actor):
        row = _lock_session(session_id, actor=actor, now=now)
        is_moved = row.starts_at != starts_at
        if is_moved and starts_at <= now:
            raise SessionOver
        if is_moved or row.clinician_id != clinician_id:
            _require_unbooked(row)
        places = list(Slot.objects.filter(session=row, is_extra=False).order_by("number"))
        moved = _place_anew(row, starts_at=starts_at, actor=actor, now=now) if is_moved else row
        moved.clinician_id, moved.room_id = clinician_id, room_id
        with _naming_clash(moved):
            moved.save(force_insert=is_moved)
        if is_moved:
            _copy_places(places, before=row, after=moved)
        _record("scheduling.move_session", moved.id, actor=actor, now=now)
    return moved.id


def substitute_clinician(
    *, session_id: UUID, clinician_id: UUID, actor: Actor, now: datetime, registration_item_code: str = ""
) -> bool:
    """Another doctor holds the session (替诊), for the same places; whether this changed it.

    Whoever books from now on pays the item given; without one the fee stays. The workflow tells those who have booked,
    who may give their places back, and lowers their fees. Refusals: `UnknownSession`, `NotRosterClerk`,
    `SessionOver`, `DoctorHasSession`.
    """
    with acting(actor=actor):
        row = _lock_session(session_id, actor=actor, now=now)
        if row.clinician_id == clinician_id:
            return False
        planned = row.planned_clinician_id or row.clinician_id
        row.clinician_id = clinician_id
        row.planned_clinician_id = None if planned == clinician_id else planned
        row.substituted_at = now if row.planned_clinician_id else None
        row.registration_item_code = registration_item_code or row.registration_item_code
        with _naming_clash(row):
            row.save(update_fields=["clinician_id", "planned_clinician_id", "substituted_at", "registration_item_code"])
        _record("scheduling.substitute", row.id, actor=actor, now=now)
    return True


def get_planned_clinician(*, session_id: UUID) -> BilingualText | None:
    """Whom the session was planned for before a substitute took it; None without one."""
    row = RosterSession.objects.select_related("planned_clinician").filter(pk=session_id).first()
    return row.planned_clinician.name if row and row.planned_clinician else None


def _lock_session(session_id: UUID, *, actor: Actor, now: datetime) -> RosterSession:
    row = RosterSession.objects.select_for_update(no_key=True).filter(pk=session_id).first()
    if row is None:
        raise UnknownSession
    require_roster_clerk(actor=actor, campus_code=row.campus_id)
    if row.is_stopped or row.ends_at <= now:
        raise SessionOver
    return row


def _require_unbooked(row: RosterSession) -> None:
    """Nobody has a place, and nobody takes one until the caller's transaction ends."""
    places = Slot.objects.select_for_update().filter(session=row).order_by("pk")
    taken = sum(place.taken for place in places)
    if taken:
        raise SessionHasBookings(count=taken)


def _place_anew(row: RosterSession, *, starts_at: datetime, actor: Actor, now: datetime) -> RosterSession:
    facts = {
        field.attname: getattr(row, field.attname)
        for field in RosterSession._meta.concrete_fields
        if field.name != "id"
    }
    facts |= {"starts_at": starts_at, "ends_at": starts_at + (row.ends_at - row.starts_at)}
    facts |= {"held_on": local_day(starts_at), "part": _part_of(starts_at)}
    close_places(session_id=row.id, actor=actor, now=now)
    RosterSession.objects.filter(pk=row.pk).update(is_stopped=True, template=None, planned_on=None)
    return RosterSession(**facts)


def _part_of(starts_at: datetime) -> str:
    hour = starts_at.astimezone(SHANGHAI).hour
    return "AM" if hour < 12 else "PM" if hour < 18 else "EVENING"


def _copy_places(places: Iterable[Slot], *, before: RosterSession, after: RosterSession) -> None:
    shift, days = after.starts_at - before.starts_at, after.held_on - before.held_on
    Slot.objects.bulk_create(
        Slot(
            session=after,
            number=place.number,
            starts_at=place.starts_at + shift,
            ends_at=place.ends_at + shift,
            capacity=place.capacity,
            pool=place.pool,
            opens_at=place.opens_at + days if place.opens_at > OPEN_SINCE_EVER else OPEN_SINCE_EVER,
            folds_back_at=place.folds_back_at and place.folds_back_at + days,
        )
        for place in places
    )


@contextmanager
def _naming_clash(row: RosterSession) -> Iterator[None]:
    """A session in the way of this one becomes the refusal that names it."""
    try:
        with refusing({"clinician_in_one_place": DoctorHasSession(), "room_used_once": RoomHasSession()}):
            yield
    except (DoctorHasSession, RoomHasSession) as clash:
        mine = Q(clinician_id=row.clinician_id) if isinstance(clash, DoctorHasSession) else Q(room_id=row.room_id)
        other = (
            RosterSession.objects.select_related("clinician", "room", "department")
            .filter(mine, is_stopped=False, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at)
            .exclude(pk=row.pk)
            .first()
        )
        if other is None:
            raise
        local = [each.astimezone(SHANGHAI) for each in (other.starts_at, other.ends_at)]
        raise type(clash)(
            doctor=other.clinician.name,
            room=other.room.name if other.room else other.department.name,
            when=f"{local[0]:%Y-%m-%d %H:%M}–{local[1]:%H:%M}",
        ) from clash


def _record(action: str, session_id: UUID, *, actor: Actor, now: datetime) -> None:
    record_act(actor=actor, action=action, subject_kind="clinic_session", subject_id=str(session_id), now=now)
