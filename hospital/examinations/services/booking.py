"""Who gets which time on which device. Rules of spacing are checked by the workflow, overlaps by the database."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting, record_act
from hospital.examinations.devices import hold_devices
from hospital.examinations.errors import (
    ExamBegun,
    ExamBookedAlready,
    ExamStepImpossible,
    ExamTimeTaken,
    PatientElsewhere,
    UnknownExamBooking,
)
from hospital.examinations.models import ExamBooking
from hospital.examinations.states import BOOKING_TRANSITIONS, BookingState
from hospital.examinations.types import NewBooking
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.conflicts import refusing
from hospital.kernel.errors import Refusal
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText
from hospital.patients.api import end_care_relation, grant_care_relation


def hold_patient(*, person_id: UUID) -> None:
    """Whoever plans for the same patient waits until the caller's transaction ends: two plans do not break a rule
    between them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 24))", [str(person_id)])


def book_exams(*, bookings: Sequence[NewBooking], actor: Actor, now: datetime) -> list[UUID]:
    """Books all of these or none. Access, payment, answers and spacing are the caller's checks.

    Refusals: `UnknownDevice`, `DeviceClosed`, `DeviceOutOfOrder`, `ExamBookedAlready`, `ExamTimeTaken`,
    `PatientElsewhere`.
    """
    with acting(actor=actor):
        hold_devices(times=[(each.device_id, each.starts_at, each.ends_at) for each in bookings])
        made = []
        for each in bookings:
            with refusing(_conflicts(each.name)):
                row = ExamBooking.objects.create(
                    order_line_id=each.order_line_id,
                    order_number=each.order_number,
                    encounter_id=each.encounter_id,
                    person_id=each.person_id,
                    device_id=each.device_id,
                    item_code=each.item_code,
                    name_zh=each.name.zh,
                    name_en=each.name.en,
                    preparation_zh=each.preparation.zh,
                    preparation_en=each.preparation.en,
                    starts_at=each.starts_at,
                    ends_at=each.ends_at,
                    answers={question.value: answer for question, answer in each.answers.items()},
                    cleared=each.cleared[:300],
                    booked_by=actor.id,
                    created_at=now,
                )
            made.append(row)
            _see(row, now=now)
            leave_trace(row, "examinations.booked", actor=actor, now=now, reason=each.cleared)
    return [row.id for row in made]


def move_booking(
    *, booking_id: UUID, device_id: UUID, starts_at: datetime, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Moves a booking in one statement: it keeps its time until the new one is taken. It keeps its id and its order.

    Refusals: `UnknownExamBooking`, `ExamStepImpossible`, to a patient `ExamBegun`, and those of `book_exams`.
    """
    with acting(actor=actor):
        row = lock_booking(booking_id)
        if row.state != BookingState.BOOKED:
            raise ExamStepImpossible
        check_not_begun(row, actor=actor, now=now)
        ends_at = starts_at + (row.ends_at - row.starts_at)
        hold_devices(times=[(device_id, starts_at, ends_at)])
        _unsee(row, now=now)
        row.device_id, row.starts_at, row.ends_at = device_id, starts_at, ends_at
        row.revision += 1
        with refusing(_conflicts(row.name)):
            row.save(update_fields=["device_id", "starts_at", "ends_at", "revision"])
        row = lock_booking(booking_id)
        _see(row, now=now)
        leave_trace(row, "examinations.moved", actor=actor, now=now, reason=reason)


def cancel_booking(*, booking_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Gives the time back; the order stays and can be booked again. Canceling again changes nothing.

    Refusals: `UnknownExamBooking`, `ExamStepImpossible`, to a patient `ExamBegun`.
    """
    with acting(actor=actor):
        row = lock_booking(booking_id)
        if row.state == BookingState.CANCELLED:
            return
        if row.state not in BOOKING_TRANSITIONS.allowed_from(BookingState.CANCELLED):
            raise ExamStepImpossible
        check_not_begun(row, actor=actor, now=now)
        row.state, row.ended_at, row.end_reason = BookingState.CANCELLED, now, reason[:200]
        row.save(update_fields=["state", "ended_at", "end_reason"])
        _unsee(row, now=now)
        leave_trace(row, "examinations.cancelled", actor=actor, now=now, reason=reason)


def mark_reminded(*, booking_id: UUID, actor: Actor, now: datetime) -> None:
    """The patient is told of the time to come, once for each time. Again changes nothing."""
    with acting(actor=actor):
        row = lock_booking(booking_id)
        if row.state != BookingState.BOOKED or row.reminded_for == row.starts_at:
            return
        row.reminded_for = row.starts_at
        row.save(update_fields=["reminded_for"])
        leave_event(row, "examinations.reminded", now=now)


def lock_booking(booking_id: UUID) -> ExamBooking:
    """The row, locked for the caller's transaction; refuses with `UnknownExamBooking`."""
    rows = ExamBooking.objects.select_for_update(of=("self",)).select_related("device")
    row = rows.filter(pk=booking_id).first()
    if row is None:
        raise UnknownExamBooking
    return row


def check_not_begun(row: ExamBooking, *, actor: Actor, now: datetime) -> None:
    """Refuses a patient with `ExamBegun` once the time has begun or they have checked in."""
    if actor.kind is ActorKind.PATIENT and (row.starts_at <= now or row.state != BookingState.BOOKED):
        raise ExamBegun


def leave_trace(row: ExamBooking, kind: str, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """The event and the audit entry of a step of a booking."""
    leave_event(row, kind, now=now)
    record_act(
        actor=actor,
        action=kind,
        subject_kind="exam_booking",
        subject_id=str(row.id),
        person_id=row.person_id,
        reason=reason,
        now=now,
        details={"order": row.order_number, "item": row.item_code, "at": row.starts_at.isoformat()},
    )


def leave_event(row: ExamBooking, kind: str, *, now: datetime) -> None:
    """The event of a step of a booking."""
    record_event(
        kind=kind,
        subject_id=str(row.id),
        person_id=row.person_id,
        encounter_id=row.encounter_id,
        now=now,
        facts={"line": str(row.order_line_id), "at": row.starts_at.isoformat(), "revision": row.revision},
    )


def _conflicts(name: BilingualText) -> dict[str, Refusal]:
    return {
        "one_booking_an_examination": ExamBookedAlready(exam=name),
        "device_examines_one": ExamTimeTaken(exam=name),
        "patient_in_one_examination": PatientElsewhere(exam=name),
    }


def _see(row: ExamBooking, *, now: datetime) -> None:
    """The campus of the device sees the person, from now on: another campus than the doctor's may examine."""
    grant_care_relation(person_id=row.person_id, campus_code=row.device.campus_id, source=_source(row), now=now)


def _unsee(row: ExamBooking, *, now: datetime) -> None:
    end_care_relation(person_id=row.person_id, source=_source(row), now=now)


def _source(row: ExamBooking) -> str:
    return f"exam:{row.id}/{row.revision}"
