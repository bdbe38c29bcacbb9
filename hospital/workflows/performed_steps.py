"""A device says that it has begun, ended or stopped an examination (domain brief 12, DICOM MPPS)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.encounters.api import list_encounters
from hospital.examinations.api import (
    begin_step,
    end_step,
    find_caller,
    find_studied_lines,
    list_bookings_of_lines,
)
from hospital.examinations.states import StepState
from hospital.examinations.types import StepAnswer
from hospital.kernel.actors import system_actor
from hospital.orders.api import list_lines, list_orders_by_id
from hospital.orders.states import LineState
from hospital.orders.types import OrderKind


def begin_performed_step(
    *,
    ae_title: str,
    address: str,
    step_uid: str,
    accessions: Collection[str],
    study_uids: Collection[str],
    now: datetime,
) -> StepAnswer:
    """The examinations of these accession numbers (without any, of these studies) are in progress.

    OK, UNKNOWN_EXAM (a number that is not ours, canceled, or of another campus than the device's; also a stranger),
    TAKEN. Every answer leaves a trace (N14).
    """
    caller = find_caller(ae_title=ae_title)
    lines = find_studied_lines(accessions=accessions, study_uids=study_uids)
    actor = system_actor(f"worklist {ae_title}".strip())
    with acting(actor=actor):
        answer = StepAnswer.UNKNOWN_EXAM
        if caller is not None and lines and _are_at(caller[1], lines, now=now):
            answer = begin_step(step_uid=step_uid, order_line_ids=lines, device_id=caller[0], actor=actor, now=now)
        details = {"accessions": sorted(accessions), "step": step_uid, "state": StepState.IN_PROGRESS.value}
        _trace(ae_title, answer, {**details, "address": address}, now=now)
    return answer


def end_performed_step(
    *, ae_title: str, address: str, step_uid: str, state: StepState, reason: str, now: datetime
) -> StepAnswer:
    """The step of this name has ended or was stopped for a reason; IN_PROGRESS says only that it goes on.

    OK, UNKNOWN_STEP (also another device's), OVER. Every answer leaves a trace (N14).
    """
    caller = find_caller(ae_title=ae_title)
    actor = system_actor(f"worklist {ae_title}".strip())
    with acting(actor=actor):
        answer = StepAnswer.UNKNOWN_STEP
        if caller is not None:
            answer = end_step(step_uid=step_uid, device_id=caller[0], state=state, reason=reason, actor=actor, now=now)
        details = {"step": step_uid, "state": state.value, "reason": reason[:64], "address": address}
        _trace(ae_title, answer, details, now=now)
    return answer


def trace_unread_step(*, ae_title: str, address: str, now: datetime) -> None:
    """Leaves in the trail that a device said something that cannot be read (N14)."""
    with acting(actor=system_actor(f"worklist {ae_title}".strip())):
        _trace(ae_title, None, {"address": address}, now=now)


def _are_at(campus_code: str, line_ids: Collection[UUID], *, now: datetime) -> bool:
    """Whether all of these are examinations that this campus does: ordered or booked there, not canceled."""
    lines = list_lines(line_ids=list(line_ids))
    orders = {order.id: order for order in list_orders_by_id(order_ids={line.order_id for line in lines.values()})}
    visits = list_encounters(encounter_ids={order.encounter_id for order in orders.values()})
    bookings = list_bookings_of_lines(line_ids=list(line_ids), now=now)
    if len(lines) != len(line_ids):
        return False
    for line in lines.values():
        order = orders[line.order_id]
        booking = bookings.get(line.id)
        campuses = {visits[order.encounter_id].campus_code, booking.device.campus_code if booking else ""}
        if order.kind is not OrderKind.EXAM or line.state is LineState.CANCELLED or campus_code not in campuses:
            return False
    return True


def _trace(ae_title: str, answer: StepAnswer | None, details: Mapping[str, object], *, now: datetime) -> None:
    record_act(
        actor=system_actor(f"worklist {ae_title}".strip()),
        action="examinations.performed_step",
        subject_kind="device",
        subject_id=ae_title,
        now=now,
        was_refused=answer is not StepAnswer.OK,
        details={**details, "answer": answer.value if answer else "NOT_READABLE"},
    )
