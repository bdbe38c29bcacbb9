"""The steps at the device: check in, call, start, done, did not come. The conditional update decides."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.examinations.devices import require_device_staff
from hospital.examinations.errors import ExamStepImpossible
from hospital.examinations.models import ExamBooking
from hospital.examinations.services.booking import leave_trace, lock_booking
from hospital.examinations.states import BOOKING_TRANSITIONS, TAKING, BookingState
from hospital.kernel.actors import Actor


def check_in_exam(*, booking_id: UUID, actor: Actor, now: datetime) -> None:
    """BOOKED → CHECKED_IN. Refusals: `UnknownExamBooking`, `NotDeviceStaff`, `ExamStepImpossible`."""
    _step(booking_id, BookingState.CHECKED_IN, BookingState.BOOKED, actor=actor, now=now, stamp="checked_in_at")


def call_exam(*, booking_id: UUID, actor: Actor, now: datetime) -> None:
    """CHECKED_IN → CALLED. Refusals: `UnknownExamBooking`, `NotDeviceStaff`, `ExamStepImpossible`."""
    _step(booking_id, BookingState.CALLED, BookingState.CHECKED_IN, actor=actor, now=now, stamp="called_at")


def put_back_exam(*, booking_id: UUID, actor: Actor, now: datetime) -> None:
    """CALLED → CHECKED_IN: nobody answered, the patient waits on. Refusals: as `call_exam`."""
    _step(booking_id, BookingState.CHECKED_IN, BookingState.CALLED, actor=actor, now=now, kind="examinations.passed")


def start_exam(*, booking_id: UUID, actor: Actor, now: datetime) -> None:
    """CALLED → IN_PROGRESS. Refusals: `UnknownExamBooking`, `NotDeviceStaff`, `ExamStepImpossible`."""
    _step(booking_id, BookingState.IN_PROGRESS, BookingState.CALLED, actor=actor, now=now, stamp="started_at")


def mark_no_show(*, booking_id: UUID, actor: Actor, now: datetime) -> None:
    """The patient did not come: the time is over for this booking, the order can be booked again.

    Refusals: `UnknownExamBooking`, `NotDeviceStaff`, `ExamStepImpossible` (also before the time began).
    """
    with acting(actor=actor):
        row = lock_booking(booking_id)
        if row.starts_at > now:
            raise ExamStepImpossible
        _step(booking_id, BookingState.NO_SHOW, None, actor=actor, now=now, stamp="ended_at")


def close_booking(*, order_line_id: UUID, actor: Actor, now: datetime) -> None:
    """The examination of an order line was done, wherever: its booking, if there is one, is DONE.

    In the caller's transaction, which has checked who may do this.
    """
    rows = ExamBooking.objects.select_for_update(of=("self",)).select_related("device")
    row = rows.filter(order_line_id=order_line_id, state__in=TAKING).first()
    if row is not None:
        row.state, row.ended_at = BookingState.DONE, now
        row.save(update_fields=["state", "ended_at"])
        leave_trace(row, "examinations.done", actor=actor, now=now)


def _step(
    booking_id: UUID,
    target: BookingState,
    current: BookingState | None,
    *,
    actor: Actor,
    now: datetime,
    stamp: str = "",
    kind: str = "",
) -> None:
    with acting(actor=actor):
        row = lock_booking(booking_id)
        require_device_staff(actor=actor, campus_code=row.device.campus_id)
        state = BookingState(row.state)
        if state not in BOOKING_TRANSITIONS.allowed_from(target) or (current is not None and state is not current):
            raise ExamStepImpossible
        row.state = target
        changed = ["state"]
        if stamp:
            setattr(row, stamp, now)
            changed.append(stamp)
        row.save(update_fields=changed)
        leave_trace(row, kind or f"examinations.{target.lower()}", actor=actor, now=now)
