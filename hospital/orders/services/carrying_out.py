"""What becomes of signed lines: carried out or cancelled. The conditional update decides."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.orders.errors import CancelReasonMissing, LineNotPending, UnknownOrder, WrongRole
from hospital.orders.models import Order, OrderLine
from hospital.orders.states import LINE_TRANSITIONS, LineState, OrderState
from hospital.orders.types import OrderKind

_CARRIERS = {
    OrderKind.PRESCRIPTION: (Role.PHARMACIST,),
    OrderKind.LAB: (Role.LAB_TECHNICIAN, Role.NURSE),
    OrderKind.EXAM: (Role.IMAGING_TECHNICIAN, Role.NURSE, Role.DOCTOR),  # an ECG is often done in the room
}
_CANCELLERS = (Role.DOCTOR, Role.CASHIER)


def execute_line(*, line_id: UUID, actor: Actor, now: datetime) -> None:
    """Marks a signed line as carried out: dispensed, received, examined.

    Refuses `UnknownOrder`, `WrongRole` (not a role of this kind of order at the visit's campus), `LineNotPending`.
    """
    line = _find_signed(line_id=line_id)
    _check_role(line=line, roles=_CARRIERS[OrderKind(line.order.kind)], actor=actor)
    with acting(actor=actor):
        _move(line=line, target=LineState.EXECUTED, changes={"executed_at": now, "executed_by_id": UUID(actor.id)})
        _record(line=line, action="orders.execute", actor=actor, now=now)


def cancel_line(*, line_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Cancels a signed line that was not carried out; with the last one its order is cancelled.

    The money of the line is the affair of whoever calls. Refuses `CancelReasonMissing`, `UnknownOrder`, `WrongRole`,
    `LineNotPending`.
    """
    if not reason.strip():
        raise CancelReasonMissing
    line = _find_signed(line_id=line_id)
    _check_role(line=line, roles=_CANCELLERS, actor=actor)
    with acting(actor=actor):
        Order.objects.select_for_update().get(pk=line.order_id)
        _move(line=line, target=LineState.CANCELLED, changes={"cancelled_at": now, "cancel_reason": reason.strip()})
        if not OrderLine.objects.filter(order_id=line.order_id).exclude(state=LineState.CANCELLED).exists():
            Order.objects.filter(pk=line.order_id, state=OrderState.SIGNED).update(
                state=OrderState.CANCELLED, cancelled_at=now, cancel_reason=reason.strip()
            )
        _record(line=line, action="orders.cancel", actor=actor, now=now, reason=reason.strip())


def _find_signed(*, line_id: UUID) -> OrderLine:
    line = OrderLine.objects.select_related("order").filter(pk=line_id).exclude(order__state=OrderState.DRAFT).first()
    if line is None:
        raise UnknownOrder
    return line


def _check_role(*, line: OrderLine, roles: tuple[Role, ...], actor: Actor) -> None:
    if actor.kind is ActorKind.SYSTEM:
        return
    campus_code = get_encounter(encounter_id=line.order.encounter_id).campus_code
    if campus_code not in actor.campuses_of(*roles):
        raise WrongRole


def _move(*, line: OrderLine, target: LineState, changes: dict[str, object]) -> None:
    movable = OrderLine.objects.filter(pk=line.pk, state__in=LINE_TRANSITIONS.allowed_from(target))
    if not movable.update(state=target, **changes):
        raise LineNotPending(item=line.name)


def _record(*, line: OrderLine, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="order_line",
        subject_id=str(line.id),
        person_id=line.order.person_id,
        reason=reason,
        now=now,
        details={"order": line.order.number, "item": line.item_code},
    )
