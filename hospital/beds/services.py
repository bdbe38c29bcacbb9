"""Beds are reserved, changed, occupied, given back and closed. The exclusion constraints decide who gets what."""

from datetime import date, datetime, timedelta
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.beds.access import require_bed_desk
from hospital.beds.errors import (
    BedDaysWrong,
    BedReasonMissing,
    BedTaken,
    NotArrivalDay,
    PatientHasBed,
    RoomOfOtherSex,
    StayChanged,
    StayStepImpossible,
    UnknownBed,
    UnknownStay,
)
from hospital.beds.models import Bed, BedStay
from hospital.beds.states import STAY_TRANSITIONS, StayState
from hospital.beds.types import AHEAD, LONGEST_STAY
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.conflicts import refusing
from hospital.kernel.errors import Refusal
from hospital.kernel.events import record_event
from hospital.patients.api import end_care_relation, get_person, grant_care_relation


def reserve_bed(*, bed_id: UUID, person_id: UUID, starts_on: date, nights: int, actor: Actor, now: datetime) -> UUID:
    """Reserves a bed of any campus for a patient; the reservation.

    Refusals: `NotBedDesk`, `UnknownPerson`, `UnknownBed`, `BedDaysWrong`, `BedTaken`, `RoomOfOtherSex`,
    `PatientHasBed`.
    """
    require_bed_desk(actor=actor)
    person = get_person(actor=actor, person_id=person_id, now=now)
    ends_on = _end(starts_on, nights, now)
    bed = _find_bed(bed_id)
    with acting(actor=actor):
        with refusing(_conflicts(bed)):
            row = BedStay.objects.create(
                bed=bed,
                room_id=bed.room_id,
                person_id=person_id,
                sex=person.sex,
                starts_on=starts_on,
                ends_on=ends_on,
                state=StayState.RESERVED,
                booked_by=actor.id,
                created_at=now,
            )
        _see(row, bed, now=now)
        _trace(row, bed, "beds.reserved", actor=actor, now=now)
    return row.id


def change_stay(
    *, stay_id: UUID, version: int, bed_id: UUID, starts_on: date, nights: int, actor: Actor, now: datetime
) -> None:
    """Another bed, day or length, in one statement: the old time is kept until the new one is taken.

    Who lies in a bed keeps the first day. Refusals: those of `reserve_bed`, `UnknownStay`, `StayChanged`,
    `StayStepImpossible`.
    """
    require_bed_desk(actor=actor)
    bed = _find_bed(bed_id)
    with acting(actor=actor):
        row = _lock(stay_id, version)
        if row.state not in {StayState.RESERVED, StayState.OCCUPIED}:
            raise StayStepImpossible
        if row.state == StayState.OCCUPIED:
            _require_ward(row, actor)
            starts_on = row.starts_on
        _unsee(row, now=now)
        row.ends_on = _end(starts_on, nights, now, has_begun=row.state == StayState.OCCUPIED)
        row.bed, row.room_id, row.starts_on, row.version = bed, bed.room_id, starts_on, row.version + 1
        with refusing(_conflicts(bed)):
            row.save(update_fields=["bed", "room", "starts_on", "ends_on", "version"])
        _see(row, bed, now=now)
        _trace(row, bed, "beds.changed", actor=actor, now=now)


def occupy_bed(*, stay_id: UUID, version: int, actor: Actor, now: datetime) -> None:
    """The patient lies in the bed. Refusals: `UnknownStay`, `NotBedDesk`, `StayChanged`, `StayStepImpossible`,
    `NotArrivalDay`."""
    with acting(actor=actor):
        row = _lock(stay_id, version)
        _require_ward(row, actor)
        if row.starts_on > local_day(now):
            raise NotArrivalDay(day=row.starts_on.isoformat())
        _move(row, StayState.OCCUPIED)
        row.arrived_at = now
        row.save(update_fields=["state", "version", "arrived_at"])
        _trace(row, row.bed, "beds.occupied", actor=actor, now=now)


def free_bed(*, stay_id: UUID, version: int, actor: Actor, now: datetime) -> None:
    """The patient has left, or a closed bed is in use again: it is free from today on.

    Refusals: `UnknownStay`, `NotBedDesk`, `StayChanged`, `StayStepImpossible`.
    """
    with acting(actor=actor):
        row = _lock(stay_id, version)
        _require_ward(row, actor)
        _move(row, StayState.ENDED)
        row.ends_on = max(min(row.ends_on, local_day(now)), row.starts_on + timedelta(days=1))
        row.ended_at = now
        row.save(update_fields=["state", "version", "ends_on", "ended_at"])
        _trace(row, row.bed, "beds.freed", actor=actor, now=now)


def give_back_bed(*, stay_id: UUID, version: int, reason: str, actor: Actor, now: datetime) -> None:
    """The reservation is not needed any more, or the closing was a mistake.

    Refusals: `UnknownStay`, `NotBedDesk`, `BedReasonMissing`, `StayChanged`, `StayStepImpossible`.
    """
    require_bed_desk(actor=actor)
    if not reason.strip():
        raise BedReasonMissing
    with acting(actor=actor):
        row = _lock(stay_id, version)
        if row.state == StayState.CLOSED:
            _require_ward(row, actor)
        _unsee(row, now=now)
        _move(row, StayState.CANCELLED)
        row.ended_at, row.end_reason = now, reason.strip()[:200]
        row.save(update_fields=["state", "version", "ended_at", "end_reason"])
        _trace(row, row.bed, "beds.given_back", actor=actor, now=now, reason=row.end_reason)


def close_bed(*, bed_id: UUID, starts_on: date, nights: int, reason: str, actor: Actor, now: datetime) -> UUID:
    """Takes a bed out of service for days: cleaning, repair, isolation of the room. Reservations are not displaced.

    Refusals: `UnknownBed`, `NotBedDesk`, `BedReasonMissing`, `BedDaysWrong`, `BedTaken`.
    """
    bed = _find_bed(bed_id)
    require_bed_desk(actor=actor, campus_code=bed.room.ward.campus_id)
    if not reason.strip():
        raise BedReasonMissing
    ends_on = _end(starts_on, nights, now)
    with acting(actor=actor):
        with refusing(_conflicts(bed)):
            row = BedStay.objects.create(
                bed=bed,
                room_id=bed.room_id,
                starts_on=starts_on,
                ends_on=ends_on,
                state=StayState.CLOSED,
                reason=reason.strip()[:200],
                booked_by=actor.id,
                created_at=now,
            )
        _trace(row, bed, "beds.closed", actor=actor, now=now, reason=row.reason)
    return row.id


def _end(starts_on: date, nights: int, now: datetime, *, has_begun: bool = False) -> date:
    today = local_day(now)
    is_right = 1 <= nights <= LONGEST_STAY and (has_begun or today <= starts_on <= today + timedelta(days=AHEAD))
    ends_on = starts_on + timedelta(days=nights) if is_right else starts_on
    if not is_right or ends_on <= today:
        raise BedDaysWrong(ahead=AHEAD, longest=LONGEST_STAY)
    return ends_on


def _find_bed(bed_id: UUID) -> Bed:
    row = Bed.objects.select_related("room__ward").filter(pk=bed_id, is_active=True).first()
    if row is None:
        raise UnknownBed
    return row


def _lock(stay_id: UUID, version: int) -> BedStay:
    row = BedStay.objects.select_for_update(of=("self",)).select_related("bed__room__ward").filter(pk=stay_id).first()
    if row is None:
        raise UnknownStay
    if row.version != version:
        raise StayChanged
    return row


def _move(row: BedStay, target: StayState) -> None:
    if row.state not in STAY_TRANSITIONS.allowed_from(target):
        raise StayStepImpossible
    row.state = target
    row.version += 1


def _require_ward(row: BedStay, actor: Actor) -> None:
    require_bed_desk(actor=actor, campus_code=row.bed.room.ward.campus_id)


def _see(row: BedStay, bed: Bed, *, now: datetime) -> None:
    """The ward's campus sees the person, from now on: it may be another than the one that reserved."""
    if row.person_id:
        grant_care_relation(person_id=row.person_id, campus_code=bed.room.ward.campus_id, source=_source(row), now=now)


def _unsee(row: BedStay, *, now: datetime) -> None:
    if row.person_id:
        end_care_relation(person_id=row.person_id, source=_source(row), now=now)


def _source(row: BedStay) -> str:
    return f"bed:{row.id}/{row.version}"


def _conflicts(bed: Bed) -> dict[str, Refusal]:
    return {
        "bed_holds_one": BedTaken(bed=bed.label),
        "room_has_one_sex": RoomOfOtherSex(room=bed.room.label),
        "patient_in_one_bed": PatientHasBed(),
    }


def _trace(row: BedStay, bed: Bed, kind: str, *, actor: Actor, now: datetime, reason: str = "") -> None:
    facts = {"bed": bed.label, "ward": bed.room.ward.code, "from": str(row.starts_on), "until": str(row.ends_on)}
    if row.person_id:
        record_event(kind=kind, subject_id=str(row.id), person_id=row.person_id, now=now, facts=facts)
    record_act(
        actor=actor,
        action=kind,
        subject_kind="bed_stay",
        subject_id=str(row.id),
        person_id=row.person_id,
        reason=reason,
        now=now,
        details=facts,
    )
