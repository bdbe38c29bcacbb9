"""An examination was carried out; its report comes later."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import list_unpaid_sources, mark_executed
from hospital.encounters.api import get_encounter, list_green
from hospital.examinations.api import close_booking
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.orders.api import execute_line, list_lines, list_orders_by_id
from hospital.orders.errors import UnknownOrder
from hospital.orders.types import LineView, OrderKind, OrderView, Urgency
from hospital.results.api import await_reading, reading_topic
from hospital.results.types import NewReading
from hospital.results.types.reading import EMERGENCY, ROUTINE, URGENT
from hospital.workflows.errors import ExaminationUnpaid
from hospital.workflows.exam_kinds import exam_kind_of, modality_of

_HASTE = {Urgency.EMERGENCY: EMERGENCY, Urgency.URGENT: URGENT, Urgency.ROUTINE: ROUTINE}


def finish_exam(*, line_id: UUID, actor: Actor, now: datetime) -> None:
    """Marks an examination as done, and its booking if it has one; from then on it is not refunded.

    Refusals: `UnknownOrder`, `ExaminationUnpaid` (unless an emergency or green channel), `WrongRole`, `LineNotPending`,
    `LineNotExecutable` (its money is on the way back).
    """
    line = list_lines(line_ids=[line_id]).get(line_id)
    if line is None:
        raise UnknownOrder
    (order,) = list_orders_by_id(order_ids=[line.order_id])
    if order.kind is not OrderKind.EXAM:
        raise UnknownOrder
    if list_unpaid_sources(source_ids=[line_id]) and not _goes_before_paying(order):
        raise ExaminationUnpaid
    visit = get_encounter(encounter_id=order.encounter_id)
    with acting(actor=actor):
        execute_line(line_id=line_id, actor=actor, now=now)
        mark_executed(source_ids=[line_id], actor=actor, now=now)
        close_booking(order_line_id=line_id, actor=actor, now=now)
        await_reading(reading=_reading(order, line, campus_code=visit.campus_code, now=now), now=now)
        record_event(
            kind="exams.done",
            subject_id=str(line_id),
            person_id=order.person_id,
            encounter_id=order.encounter_id,
            now=now,
            facts={"order": order.number},
            topics=(reading_topic(visit.campus_code),),
        )


def _reading(order: OrderView, line: LineView, *, campus_code: str, now: datetime) -> NewReading:
    return NewReading(
        order_line_id=line.id,
        person_id=order.person_id,
        encounter_id=order.encounter_id,
        campus_code=campus_code,
        kind=exam_kind_of(item_code=line.item_code, now=now),
        modality=modality_of(item_code=line.item_code, now=now),
        name=line.name,
        haste=_HASTE[order.urgency],
    )


def _goes_before_paying(order: OrderView) -> bool:
    return order.urgency is Urgency.EMERGENCY or bool(list_green(encounter_ids=[order.encounter_id]))
