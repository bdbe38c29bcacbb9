"""Drugs are picked, handed over, brought back, or not collected; billing and orders follow (N08)."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import (
    list_charges_of_sources,
    list_unpaid_sources,
    mark_executed,
    reverse_part,
    void_orders,
)
from hospital.billing.errors import ChargeNotVoidable
from hospital.billing.states import ChargeState
from hospital.encounters.api import list_green
from hospital.kernel.actors import Actor, system_actor
from hospital.orders.api import cancel_line, execute_line, list_lines, list_orders_by_id
from hospital.orders.states import LineState
from hospital.orders.types import Urgency
from hospital.pharmacy import api as pharmacy
from hospital.pharmacy.types import PrescriptionView, ReturnedPart
from hospital.workflows.errors import DrugsUnpaid

logger = logging.getLogger(__name__)


def prepare_drugs(*, prescription_id: UUID, actor: Actor, now: datetime) -> None:
    """Picks a prescription that is paid, an emergency or in the green channel; what was refunded is left
    out.

    Refusals: `DrugsUnpaid`, `UnknownPrescription`, `NotPharmacist`, `PrescriptionMoved`, `PrescriptionOver`,
    `OutOfStock`.
    """
    view = pharmacy.get_prescription(prescription_id=prescription_id, actor=actor)
    if list_unpaid_prescriptions([view]):
        raise DrugsUnpaid
    pharmacy.prepare_prescription(prescription_id=prescription_id, left=_list_reduced(view), actor=actor, now=now)


def hand_over_drugs(*, prescription_id: UUID, recipient: str, actor: Actor, now: datetime) -> None:
    """A second person checks and hands over; from then on the drugs are not refunded before they are brought back.

    Refusals: `UnknownPrescription`, `NotPharmacist`, `SamePerson`, `RecipientMissing`, `PrescriptionMoved`,
    `LineNotExecutable` (the money of a line is on its way back: put it back on the shelf and prepare again).
    """
    with acting(actor=actor):
        line_ids = pharmacy.dispense_prescription(
            prescription_id=prescription_id, recipient=recipient, actor=actor, now=now
        )
        for line_id in line_ids:
            execute_line(line_id=line_id, actor=actor, now=now)
        mark_executed(source_ids=line_ids, actor=actor, now=now)


def take_back_drugs(
    *,
    prescription_id: UUID,
    parts: Sequence[ReturnedPart],
    reason: str,
    is_restocked: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Takes drugs back, whole or in part, which makes that much of their charges refundable at the cashier's desk
    (domain brief §1.3, Refund).

    Refusals: `ReasonMissing`, `UnknownPrescription`, `NotPharmacist`, `NothingToTakeBack`, `BrokenPack`,
    `ControlledDestroyed`, `BatchExpired`.
    """
    with acting(actor=actor):
        back = pharmacy.take_back_parts(
            prescription_id=prescription_id,
            parts=parts,
            reason=reason,
            is_restocked=is_restocked,
            actor=actor,
            now=now,
        )
        reverse_part(quantities=back, reason=reason, actor=actor, now=now)


def expire_uncollected(*, now: datetime) -> int:
    """Ends the prescriptions whose time is over: picked drugs go back on the shelf, open charges are voided, paid ones
    can be refunded at the cashier's desk. Returns how many. One that is being paid just now waits for the next time.
    """
    actor = system_actor("expire_prescriptions")
    ended = 0
    for prescription_id in pharmacy.list_lapsed(now=now):
        try:
            ended += _expire(prescription_id, actor=actor, now=now)
        except ChargeNotVoidable:
            logger.info("prescription %s is being paid and expires later", prescription_id)
    return ended


def list_unpaid_prescriptions(views: Sequence[PrescriptionView]) -> frozenset[UUID]:
    """The ids of those that wait for a payment, in three queries; emergencies and the green channel wait for none."""
    unpaid = list_unpaid_sources(source_ids=[line.order_line_id for view in views for line in view.lines])
    waiting = [view for view in views if any(line.order_line_id in unpaid for line in view.lines)]
    if not waiting:
        return frozenset()
    green = list_green(encounter_ids=[view.encounter_id for view in waiting])
    orders = list_orders_by_id(order_ids=[view.order_id for view in waiting])
    urgent = {order.id for order in orders if order.urgency is Urgency.EMERGENCY}
    return frozenset(view.id for view in waiting if view.encounter_id not in green and view.order_id not in urgent)


def _list_reduced(view: PrescriptionView) -> dict[UUID, Decimal]:
    """How much is left of the order lines whose charge was voided, or refunded in part or in whole."""
    charges = list_charges_of_sources(source_ids=[line.order_line_id for line in view.lines])
    return {
        source_id: sum((row.left_qty for row in rows if row.state is not ChargeState.VOID), Decimal(0))
        for source_id, rows in charges.items()
        if any(row.state is ChargeState.VOID or row.refunded_qty for row in rows)
    }


def _expire(prescription_id: UUID, *, actor: Actor, now: datetime) -> bool:
    with acting(actor=actor):
        sources = pharmacy.expire_prescription(prescription_id=prescription_id, actor=actor, now=now)
        unpaid = list_unpaid_sources(source_ids=sources)
        if unpaid:
            void_orders(source_ids=sorted(unpaid), reason="prescription expired", actor=actor, now=now)
        _cancel(sources, actor=actor, now=now)
    return bool(sources)


def _cancel(line_ids: Iterable[UUID], *, actor: Actor, now: datetime) -> None:
    for line in list_lines(line_ids=line_ids).values():
        if line.state is LineState.PENDING:
            cancel_line(line_id=line.id, reason="prescription expired", actor=actor, now=now)
