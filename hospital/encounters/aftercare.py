"""After the visit: the patient rates it, the doctor asks to see them again (A16, W31)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.encounters.aftercare_models import FollowUp, VisitRating
from hospital.encounters.errors import (
    FollowUpNotPossible,
    NotYourPatient,
    RatingClosed,
    RatingIncomplete,
    RatingNotYet,
    UnknownEncounter,
)
from hospital.encounters.models import Encounter
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.clock import local_day
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText

RATED_WITHIN: Final = timedelta(days=14)  # of the end of the visit
CHANGED_WITHIN: Final = timedelta(days=1)  # of the rating
STARS: Final = range(1, 6)
LONGEST_WORDS: Final = 500
FARTHEST: Final = timedelta(days=366)
_ORDERS_BACK: Final = (EncounterState.IN_CONSULT, EncounterState.AWAY, EncounterState.DONE)


@dataclass(frozen=True, slots=True)
class RatingCard:
    """What the patient said, and until when it can be changed."""

    stars: int
    words: str
    rated_at: datetime
    can_change_until: datetime


@dataclass(frozen=True, slots=True)
class FollowUpCard:
    """When the doctor wants to see the patient again, and who; without a doctor, any of the department."""

    due_on: date
    department_id: UUID
    department_name: BilingualText
    clinician_id: UUID | None
    clinician_name: BilingualText | None
    ordered_at: datetime


def rate_visit(*, encounter_id: UUID, stars: int, words: str, actor: Actor, now: datetime) -> RatingCard:
    """Keeps a patient's rating of a finished visit; within a day it can be changed. Access is the caller's check.

    Refusals: `UnknownEncounter`, `RatingNotYet` (the visit is not over), `RatingIncomplete`, `RatingClosed` (two weeks
    after the visit, or a day after the rating).
    """
    words = words.strip()
    if actor.kind is not ActorKind.PATIENT or stars not in STARS or len(words) > LONGEST_WORDS:
        raise RatingIncomplete
    with acting(actor=actor):
        visit = Encounter.objects.select_for_update(no_key=True).filter(pk=encounter_id).first()
        if visit is None:
            raise UnknownEncounter
        if visit.state != EncounterState.DONE or visit.done_at is None:
            raise RatingNotYet
        row = VisitRating.objects.filter(encounter=visit).first()
        if now >= (row.rated_at + CHANGED_WITHIN if row else visit.done_at + RATED_WITHIN):
            raise RatingClosed
        if row is None:
            row = VisitRating(encounter=visit, rated_by=actor.id, rated_at=now)
            _tell("encounters.rated", visit, now=now)
        else:
            row.changed_at = now
        row.stars, row.words = stars, words
        row.save()
        record_act(
            actor=actor,
            action="encounters.rate",
            subject_kind="encounter",
            subject_id=str(visit.id),
            person_id=visit.person_id,
            now=now,
        )
    return _rating(row)


def find_rating(*, encounter_id: UUID) -> RatingCard | None:
    """What the patient said of the visit, if anything. Access is the caller's check."""
    row = VisitRating.objects.filter(encounter_id=encounter_id).first()
    return _rating(row) if row else None


def order_follow_up(*, encounter_id: UUID, due_on: date, with_me: bool, actor: Actor, now: datetime) -> FollowUpCard:
    """The doctor of a visit wants to see the patient again, `with_me` or by any doctor of the department.

    Asking again takes the place of what was asked before. Refusals: `UnknownEncounter`, `NotYourPatient`,
    `FollowUpNotPossible` (before the consultation, or not within a year from tomorrow on).
    """
    with acting(actor=actor):
        visit = _lock_mine(encounter_id, actor=actor)
        if visit.state not in _ORDERS_BACK or not local_day(now) < due_on <= local_day(now) + FARTHEST:
            raise FollowUpNotPossible
        row, _is_new = FollowUp.objects.update_or_create(
            encounter=visit,
            defaults={
                "department_id": visit.department_id,
                "clinician_id": visit.clinician_id if with_me else None,
                "due_on": due_on,
                "ordered_by": actor.id,
                "ordered_at": now,
                "withdrawn_at": None,
            },
        )
        _tell("encounters.follow_up_ordered", visit, now=now, due_on=due_on.isoformat())
        _record("encounters.order_follow_up", visit, actor=actor, now=now, due_on=due_on.isoformat())
    return _follow_up(FollowUp.objects.select_related("department", "clinician").get(pk=row.pk))


def withdraw_follow_up(*, encounter_id: UUID, actor: Actor, now: datetime) -> None:
    """The patient need not come back. Again changes nothing. Refusals: `UnknownEncounter`, `NotYourPatient`."""
    with acting(actor=actor):
        visit = _lock_mine(encounter_id, actor=actor)
        if FollowUp.objects.filter(encounter=visit, withdrawn_at=None).update(withdrawn_at=now):
            _tell("encounters.follow_up_withdrawn", visit, now=now)
            _record("encounters.withdraw_follow_up", visit, actor=actor, now=now)


def find_follow_up(*, encounter_id: UUID) -> FollowUpCard | None:
    """When the patient of the visit is to come back, if at all; one statement. Access is the caller's check."""
    rows = FollowUp.objects.filter(encounter_id=encounter_id, withdrawn_at=None)
    row = rows.select_related("department", "clinician").first()
    return _follow_up(row) if row else None


def _lock_mine(encounter_id: UUID, *, actor: Actor) -> Encounter:
    rows = Encounter.objects.select_for_update(no_key=True, of=("self",)).select_related("clinician")
    visit = rows.filter(pk=encounter_id).first()
    if visit is None:
        raise UnknownEncounter
    if str(visit.clinician.user_id) != actor.id:
        raise NotYourPatient
    return visit


def _rating(row: VisitRating) -> RatingCard:
    return RatingCard(row.stars, row.words, row.rated_at, row.rated_at + CHANGED_WITHIN)


def _follow_up(row: FollowUp) -> FollowUpCard:
    return FollowUpCard(
        due_on=row.due_on,
        department_id=row.department_id,
        department_name=row.department.name,
        clinician_id=row.clinician_id,
        clinician_name=row.clinician.name if row.clinician else None,
        ordered_at=row.ordered_at,
    )


def _tell(kind: str, visit: Encounter, *, now: datetime, **facts: str) -> None:
    """What was said stays out of the event."""
    record_event(
        kind=kind,
        subject_id=str(visit.appointment_id or visit.id),
        person_id=visit.person_id,
        encounter_id=visit.id,
        facts=facts,
        now=now,
    )


def _record(action: str, visit: Encounter, *, actor: Actor, now: datetime, **details: str) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="encounter",
        subject_id=str(visit.id),
        person_id=visit.person_id,
        now=now,
        details=details,
    )
