"""A pharmacist reviews a prescription before it is charged; the doctor answers what was given back (D52, N08)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import charge_orders
from hospital.encounters.api import get_encounter
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor
from hospital.orders.api import Handling, Piece, add_drug, cancel_line, list_orders_by_id
from hospital.orders.types import Directions, LineView, OrderView
from hospital.pharmacy import api as pharmacy
from hospital.workflows.rewrite_decoction import RewrittenDecoction
from hospital.workflows.sign_visit import list_ordered_lines


def pass_and_charge(*, prescription_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, ...]:
    """Passes a prescription and charges its drugs as of the doctor's signature; returns the charges' ids.

    Refusals: `UnknownPrescription`, `NotPharmacist`, `PrescriptionMoved`, `PriceNotInForce`.
    """
    with acting(actor=actor):
        order = _order_of(pharmacy.pass_prescription(prescription_id=prescription_id, actor=actor, now=now))
        lines = list_ordered_lines(orders=[order], signed_at=order.signed_at or now)
        return tuple(charge_orders(encounter_id=order.encounter_id, lines=lines, actor=actor, now=now))


def withdraw_and_rewrite(*, prescription_id: UUID, reason: str, actor: Actor, now: datetime) -> int:
    """The doctor takes a prescription back; while the consultation goes on its drugs become drafts again, to be changed
    and signed anew. Returns how many.

    Refusals: `ReasonMissing`, `UnknownPrescription`, `NotPrescriber`, `PrescriptionMoved`, and those of `add_drug` for
    what may not be written any more.
    """
    with acting(actor=actor):
        order_id = pharmacy.withdraw_prescription(prescription_id=prescription_id, reason=reason, actor=actor, now=now)
        order = _order_of(order_id)
        for line in order.lines:
            cancel_line(line_id=line.id, reason=reason, actor=actor, now=now)
        if get_encounter(encounter_id=order.encounter_id).state is not EncounterState.IN_CONSULT:
            return 0
        if order.formula is not None:
            decoction = RewrittenDecoction(order.encounter_id, order.formula, gfr=None, actor=actor, now=now)
            for line in order.lines:
                decoction.add(line.item_code, _piece(line))
            return len(order.lines)
        for line in order.lines:
            add_drug(
                encounter_id=order.encounter_id,
                item_code=line.item_code,
                directions=_directions(line),
                actor=actor,
                now=now,
            )
        return len(order.lines)


def _order_of(order_id: UUID) -> OrderView:
    (order,) = list_orders_by_id(order_ids=[order_id])
    return order


def _piece(line: LineView) -> Piece:
    assert line.dose is not None  # every piece has its grams
    return Piece(
        grams=line.dose,
        handling=line.handling or Handling.USUAL,
        remark=line.remark,
        allergy_reason=line.allergy_reason,
        safety_reason=line.safety_reason,
    )


def _directions(line: LineView) -> Directions:
    assert line.dose is not None  # every drug has its directions
    assert line.route is not None
    assert line.frequency is not None
    return Directions(
        dose=line.dose,
        dose_unit=line.dose_unit,
        route=line.route,
        frequency=line.frequency,
        days=line.days or 1,
        quantity=None if line.is_quantity_computed else line.quantity,
        remark=line.remark,
        days_reason=line.days_reason,
        allergy_reason=line.allergy_reason,
        safety_reason=line.safety_reason,
    )
