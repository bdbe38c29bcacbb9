"""What a device says while it examines: begun, ended, stopped. The same said again changes nothing."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.examinations.models import ExamBooking, ExamStep, ExamStudy
from hospital.examinations.services.booking import leave_trace
from hospital.examinations.states import BOOKING_TRANSITIONS, TAKING, BookingState, StepState
from hospital.examinations.types import StepAnswer, StepView
from hospital.kernel.actors import Actor

_TO_PROGRESS = (BookingState.CHECKED_IN, BookingState.CALLED, BookingState.IN_PROGRESS)


def find_studied_lines(*, accessions: Collection[str], study_uids: Collection[str]) -> frozenset[UUID]:
    """The order lines that are known by these accession numbers; of a study without one, by its identifier."""
    if accessions:
        rows = ExamStudy.objects.filter(accession__in=accessions)
        return (
            frozenset(rows.values_list("order_line_id", flat=True))
            if len(rows) == len(set(accessions))
            else frozenset()
        )
    numbers = [int(uid[5:]) for uid in study_uids if uid.startswith("2.25.") and uid[5:].isdecimal()]
    ids = [UUID(int=number) for number in numbers if number < 2**128]
    return frozenset(ExamStudy.objects.filter(pk__in=ids).values_list("order_line_id", flat=True))


def begin_step(
    *, step_uid: str, order_line_ids: Collection[UUID], device_id: UUID, actor: Actor, now: datetime
) -> StepAnswer:
    """The device has begun: a booking is in progress from now on, wherever it stood. Who may is the caller's check.

    OK, also where the device says it again; TAKEN where the name of the step stands for something else.
    """
    with acting(actor=actor):
        made = [
            ExamStep(step_uid=step_uid, order_line_id=line_id, device_id=device_id, started_at=now)
            for line_id in order_line_ids
        ]
        standing = ExamStep.objects.select_for_update().filter(step_uid=step_uid)
        if standing:
            is_same = {(row.order_line_id, row.device_id) for row in standing} == {
                (row.order_line_id, row.device_id) for row in made
            }
            return StepAnswer.OK if is_same else StepAnswer.TAKEN
        ExamStep.objects.bulk_create(made, ignore_conflicts=True)  # the device may say it twice at once
        for row in _lock_bookings(order_line_ids):
            _begin(row, actor=actor, now=now)
    return StepAnswer.OK


def end_step(
    *, step_uid: str, device_id: UUID, state: StepState, reason: str, actor: Actor, now: datetime
) -> StepAnswer:
    """The device has ended or stopped. After a stop a booking waits again; after an end a technician looks at it.

    OK, also for the same end again; UNKNOWN_STEP; OVER where it ended in another way before.
    """
    with acting(actor=actor):
        steps = list(ExamStep.objects.select_for_update().filter(step_uid=step_uid, device_id=device_id))
        if not steps:
            return StepAnswer.UNKNOWN_STEP
        if any(row.state != StepState.IN_PROGRESS for row in steps):
            return StepAnswer.OK if all(row.state == state for row in steps) else StepAnswer.OVER
        if state is StepState.IN_PROGRESS:
            return StepAnswer.OK
        for step in steps:
            step.state, step.ended_at, step.reason = state, now, reason[:64]
            step.save(update_fields=["state", "ended_at", "reason"])
        if state is StepState.DISCONTINUED:
            for row in _lock_bookings([step.order_line_id for step in steps]):
                _stop(row, reason=reason, actor=actor, now=now)
    return StepAnswer.OK


def list_steps(*, order_line_ids: Collection[UUID]) -> dict[UUID, StepView]:
    """The newest step of each of these order lines that a device has begun. One statement."""
    rows = ExamStep.objects.filter(order_line_id__in=list(order_line_ids)).order_by("started_at")
    return {row.order_line_id: _view(row) for row in rows}


def list_device_steps(*, device_id: UUID, since: datetime) -> list[StepView]:
    """What a device has begun since then, the newest first."""
    return [
        _view(row)
        for row in ExamStep.objects.filter(device_id=device_id, started_at__gte=since).order_by("-started_at")
    ]


def _lock_bookings(order_line_ids: Collection[UUID]) -> list[ExamBooking]:
    rows = ExamBooking.objects.select_for_update(of=("self",)).select_related("device")
    return list(rows.filter(order_line_id__in=list(order_line_ids), state__in=TAKING).order_by("pk"))


def _begin(row: ExamBooking, *, actor: Actor, now: datetime) -> None:
    """The steps of the desk that nobody pressed are passed too: who is examined was there and was called."""
    if row.state == BookingState.IN_PROGRESS:
        return
    for target in _TO_PROGRESS[_TO_PROGRESS.index(BookingState(row.state)) + 1 if row.state in _TO_PROGRESS else 0 :]:
        BOOKING_TRANSITIONS.check(current=BookingState(row.state), target=target)
        row.state = target
    row.checked_in_at, row.called_at = row.checked_in_at or now, row.called_at or now
    row.started_at = now
    row.save(update_fields=["state", "checked_in_at", "called_at", "started_at"])
    leave_trace(row, "examinations.in_progress", actor=actor, now=now)


def _stop(row: ExamBooking, *, reason: str, actor: Actor, now: datetime) -> None:
    if row.state != BookingState.IN_PROGRESS:
        return
    row.state, row.started_at = BookingState.CHECKED_IN, None
    row.save(update_fields=["state", "started_at"])
    leave_trace(row, "examinations.stopped", actor=actor, now=now, reason=reason)


def _view(row: ExamStep) -> StepView:
    return StepView(
        order_line_id=row.order_line_id,
        state=StepState(row.state),
        started_at=row.started_at,
        ended_at=row.ended_at,
        reason=row.reason,
    )
