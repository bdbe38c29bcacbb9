"""The reading room: who reads what. The conditional update decides between two who press at once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText
from hospital.results.errors import NotExamReporter, SameReader
from hospital.results.errors.reading import ExamClaimed, NothingToRead
from hospital.results.models import Reading
from hospital.results.types import NewReading, ReadingFilter, ReadingStage

KEPT_FOR = timedelta(minutes=30)
"""How long an examination stays with its reader, counted anew each time the draft is kept."""
_FREE: dict[str, Any] = {"reader_id": None, "claimed_until": None}


def await_reading(*, reading: NewReading, now: datetime) -> None:
    """An examination was carried out: it waits to be read. In the caller's transaction; again changes nothing."""
    Reading.objects.bulk_create(
        [
            Reading(
                order_line_id=reading.order_line_id,
                person_id=reading.person_id,
                encounter_id=reading.encounter_id,
                campus_id=reading.campus_code,
                exam_kind=reading.kind,
                modality=reading.modality,
                name_zh=reading.name.zh,
                name_en=reading.name.en,
                haste=reading.haste,
                waits_since=now,
            )
        ],
        ignore_conflicts=True,
    )


def claim_reading(*, order_line_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes an examination to read for `KEPT_FOR`; again takes it for longer.

    Refuses `NothingToRead` (it does not wait), `NotExamReporter`, `SameReader` (the first of two), `ExamClaimed`.
    """
    row = Reading.objects.select_related("reader").filter(pk=order_line_id, closed_at=None).first()
    if row is None:
        raise NothingToRead
    _require_reader(actor=actor, campus_code=row.campus_id)
    if row.stage == ReadingStage.SECOND and str(row.first_reader_id) == actor.id:
        raise SameReader
    with acting(actor=actor):
        if not _claimable(actor=actor, now=now).filter(pk=order_line_id).update(**_taken(actor=actor, now=now)):
            raise _claimed(order_line_id)
        if str(row.reader_id) != actor.id:
            _record(row, action="results.claim_reading", actor=actor, now=now)


def claim_next_reading(*, wanted: ReadingFilter, actor: Actor, now: datetime) -> UUID:
    """Takes what waits first among what is `wanted`: emergencies before urgent ones, then by waiting. Two at once get
    two different ones. Returns the order line. Refuses `NothingToRead`."""
    with acting(actor=actor):
        rows = filter_readings(wanted=wanted, actor=actor).exclude(reader_id=UUID(actor.id), claimed_until__gt=now)
        free = rows.filter(Q(reader=None) | Q(claimed_until__lte=now)).exclude(
            stage=ReadingStage.SECOND, first_reader_id=UUID(actor.id)
        )
        row = free.select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            raise NothingToRead
        Reading.objects.filter(pk=row.pk).update(**_taken(actor=actor, now=now))
        _record(row, action="results.claim_reading", actor=actor, now=now)
    return row.order_line_id


def give_back_reading(*, order_line_id: UUID, actor: Actor, now: datetime) -> None:
    """Gives an examination back unread: it waits where it waited before. What is not the actor's stays as it is."""
    with acting(actor=actor):
        row = Reading.objects.filter(pk=order_line_id, reader_id=UUID(actor.id)).first()
        if row is not None and Reading.objects.filter(pk=order_line_id, reader_id=UUID(actor.id)).update(**_FREE):
            _record(row, action="results.give_back_reading", actor=actor, now=now)


def filter_readings(*, wanted: ReadingFilter, actor: Actor) -> QuerySet[Reading]:
    """What waits at the actor's campuses, the most urgent and oldest first; nothing for whoever reads nowhere."""
    campuses = reading_campuses(actor)
    if wanted.campus_code:
        campuses &= {wanted.campus_code}
    rows = Reading.objects.filter(closed_at=None, campus_id__in=campuses)
    asked = {"exam_kind": wanted.kind, "modality": wanted.modality, "stage": wanted.stage}
    return rows.filter(**{name: value for name, value in asked.items() if value}).order_by(
        "haste", "waits_since", "order_line_id"
    )


def reading_campuses(actor: Actor) -> frozenset[str]:
    """Where the actor reads and signs."""
    return actor.campuses_of(Role.DOCTOR) if actor.kind is ActorKind.STAFF else frozenset()


def check_reading(*, order_line_id: UUID, actor: Actor, now: datetime) -> None:
    """Refuses `ExamClaimed` while somebody else has it; the actor's own is kept for longer. In the caller's
    transaction, which locks it."""
    row = Reading.objects.select_for_update(of=("self",)).filter(pk=order_line_id).first()
    if row is None or row.reader_id is None or row.claimed_until is None or row.claimed_until <= now:
        return
    if str(row.reader_id) != actor.id:
        raise _claimed(order_line_id)
    Reading.objects.filter(pk=order_line_id).update(claimed_until=now + KEPT_FOR)


def turn_reading(*, order_line_id: UUID, stage: ReadingStage, actor: Actor, now: datetime) -> None:
    """What is waited for changed: a second reader after the first, or the signature of an amendment of the actor's. In
    the caller's transaction."""
    changes: dict[str, Any] = {"stage": stage, "waits_since": now, "closed_at": None}
    taken = _taken(actor=actor, now=now) if stage is ReadingStage.AMENDING else {"first_reader_id": UUID(actor.id)}
    if Reading.objects.filter(pk=order_line_id).update(**changes | _FREE | taken):
        _tell(Reading.objects.get(pk=order_line_id), now=now)


def return_to_first(*, order_line_id: UUID) -> None:
    """The first reader writes on: nobody waits for a second any more. In the caller's transaction."""
    Reading.objects.filter(pk=order_line_id, stage=ReadingStage.SECOND).update(
        stage=ReadingStage.FIRST, first_reader=None
    )


def close_reading(*, order_line_id: UUID, now: datetime) -> None:
    """The report is signed, or the amendment given up. In the caller's transaction."""
    Reading.objects.filter(pk=order_line_id, closed_at=None).update(**_FREE, closed_at=now)


def reading_topic(campus_code: str) -> str:
    """What the reading room of a campus watches."""
    return f"reading:{campus_code}"


def _claimable(*, actor: Actor, now: datetime) -> QuerySet[Reading]:
    own = Q(reader_id=UUID(actor.id))
    rows = Reading.objects.filter(closed_at=None).filter(Q(reader=None) | Q(claimed_until__lte=now) | own)
    return rows.exclude(stage=ReadingStage.SECOND, first_reader_id=UUID(actor.id))


def _taken(*, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"reader_id": UUID(actor.id), "claimed_until": now + KEPT_FOR}


def _claimed(order_line_id: UUID) -> ExamClaimed | NothingToRead:
    row = Reading.objects.select_related("reader").filter(pk=order_line_id, closed_at=None).first()
    if row is None or row.reader is None:
        return NothingToRead()
    return ExamClaimed(reader=BilingualText(row.reader.name_zh, row.reader.name_en))


def _require_reader(*, actor: Actor, campus_code: str) -> None:
    if campus_code not in reading_campuses(actor):
        raise NotExamReporter


def _tell(row: Reading, *, now: datetime) -> None:
    """To whoever watches the list of the campus."""
    record_event(
        kind="exams.reader_changed",
        subject_id=str(row.order_line_id),
        person_id=row.person_id,
        encounter_id=row.encounter_id,
        now=now,
        topics=(reading_topic(row.campus_id),),
    )


def _record(row: Reading, *, action: str, actor: Actor, now: datetime) -> None:
    _tell(row, now=now)
    record_act(
        actor=actor,
        action=action,
        subject_kind="examination",
        subject_id=str(row.order_line_id),
        person_id=row.person_id,
        now=now,
        details={"exam": row.name_zh, "stage": row.stage},
    )
