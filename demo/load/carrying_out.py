"""Carrying out what was ordered in a visit."""

from datetime import datetime
from uuid import UUID

from demo.load.actors import staff_actor
from hospital.audit.api import acting
from hospital.billing.api import mark_executed
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.orders.api import execute_line, list_orders
from hospital.orders.states import LineState
from hospital.orders.types import OrderKind
from hospital.workflows.finish_exam import finish_exam


def examine(*, encounter_id: UUID, now: datetime) -> None:
    """Does the examinations that were paid."""
    actor = staff_actor("xie.junkai")
    for line_id in _pending(encounter_id=encounter_id, kind=OrderKind.EXAM, actor=actor, now=now):
        finish_exam(line_id=line_id, actor=actor, now=now)


def dispense(*, encounter_id: UUID, person_id: UUID, now: datetime) -> None:
    """Hands out the drugs. The pharmacy's own desk does not exist yet; what it will leave behind does."""
    actor = staff_actor("jin.siyu")
    lines = _pending(encounter_id=encounter_id, kind=OrderKind.PRESCRIPTION, actor=actor, now=now)
    if not lines:
        return
    with acting(actor=actor):
        for line_id in lines:
            execute_line(line_id=line_id, actor=actor, now=now)
        mark_executed(source_ids=lines, actor=actor, now=now)
        record_event(
            kind="pharmacy.dispensed",
            subject_id=str(encounter_id),
            person_id=person_id,
            encounter_id=encounter_id,
            now=now,
        )


def _pending(*, encounter_id: UUID, kind: OrderKind, actor: Actor, now: datetime) -> list[UUID]:
    return [
        line.id
        for order in list_orders(encounter_id=encounter_id, actor=actor, now=now)
        if order.kind is kind
        for line in order.lines
        if line.state is LineState.PENDING
    ]
