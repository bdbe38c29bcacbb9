"""Treatments from the doctor's order to the last session: charged, paid, given, stopped (D54)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import charge_orders, list_unpaid_sources, mark_executed, reverse_execution, void_orders
from hospital.billing.types import OrderedLine
from hospital.encounters.api import get_encounter, list_green
from hospital.kernel.actors import Actor
from hospital.treatments.api import (
    Reaction,
    can_strike_out,
    get_session_treatment,
    order_treatment,
    record_session,
    stop_treatment,
    strike_out_session,
)
from hospital.treatments.states import TreatmentState
from hospital.treatments.types import NewTreatment, Plan, TreatmentView
from hospital.workflows.errors import TreatmentUnpaid


def order_and_charge(*, encounter_id: UUID, item_code: str, plan: Plan, actor: Actor, now: datetime) -> NewTreatment:
    """Orders a treatment and charges each of its sessions by itself: all or nothing.

    Refusals: those of `order_treatment` (`BadPlan`, `NotTreatment`, `TreatmentVisitClosed`, `NotYourPatient`), of
    pricing (`PriceNotInForce`).
    """
    with acting(actor=actor):
        new = order_treatment(encounter_id=encounter_id, item_code=item_code, plan=plan, actor=actor, now=now)
        lines = [
            OrderedLine(source_id=session_id, item_code=item_code, qty=Decimal(1), signed_at=now, is_emergency=False)
            for session_id in new.session_ids
        ]
        charge_orders(encounter_id=encounter_id, lines=lines, actor=actor, now=now)
    return new


def give_session(*, session_id: UUID, reaction: Reaction, note: str, actor: Actor, now: datetime) -> None:
    """Records a session that was given now; from then on it is not refunded.

    Refusals: `TreatmentUnpaid` (unless an emergency or green channel), those of `record_session`, `LineNotExecutable`
    (its money is on the way back).
    """
    treatment = get_session_treatment(session_id=session_id)
    is_free = treatment.is_emergency or bool(list_green(encounter_ids=[treatment.encounter_id]))
    if list_unpaid_sources(source_ids=[session_id]) and not is_free:
        raise TreatmentUnpaid
    with acting(actor=actor):
        record_session(session_id=session_id, reaction=reaction, note=note, actor=actor, now=now)
        mark_executed(source_ids=[session_id], actor=actor, now=now)


def strike_out_and_reverse(*, session_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Strikes out a session that was recorded by mistake; its charge counts as not carried out, so that it is given
    later or refunded. Where the treatment was stopped and the session never paid, it is charged no more.

    Refusals: those of `strike_out_session`.
    """
    with acting(actor=actor):
        strike_out_session(session_id=session_id, reason=reason, actor=actor, now=now)
        reverse_execution(source_ids=[session_id], reason=reason.strip(), actor=actor, now=now)
        is_stopped = get_session_treatment(session_id=session_id).state is TreatmentState.STOPPED
        if is_stopped and list_unpaid_sources(source_ids=[session_id]):
            void_orders(source_ids=[session_id], reason=reason.strip(), actor=actor, now=now)


def list_strikable(*, treatment: TreatmentView, actor: Actor, now: datetime) -> frozenset[UUID]:
    """The sessions whose record the actor may strike out. The caller has checked the access."""
    doctor_id = str(get_encounter(encounter_id=treatment.encounter_id).clinician_user_id)
    return frozenset(
        each.id
        for each in treatment.sessions
        if each.done_at
        and can_strike_out(
            executor_id=str(each.executor_id), doctor_id=doctor_id, done_at=each.done_at, actor=actor, now=now
        )
    )


def stop_and_void(*, treatment_id: UUID, reason: str, actor: Actor, now: datetime) -> int:
    """Stops a treatment; what was not paid yet is charged no more. Returns how many paid sessions can be refunded.

    Refusals: those of `stop_treatment`.
    """
    with acting(actor=actor):
        cancelled = stop_treatment(treatment_id=treatment_id, reason=reason, actor=actor, now=now)
        unpaid = list_unpaid_sources(source_ids=cancelled) if cancelled else frozenset()
        if unpaid:
            void_orders(source_ids=sorted(unpaid), reason=reason.strip(), actor=actor, now=now)
    return len(cancelled) - len(unpaid)


def list_unpaid_treatments(*, treatments: Sequence[TreatmentView]) -> frozenset[UUID]:
    """Those whose next session waits for a payment, in two queries; an emergency and the green channel wait for none.

    The caller has checked the access.
    """
    coming = {view.next_session.id: view for view in treatments if view.next_session and not view.is_emergency}
    unpaid = list_unpaid_sources(source_ids=coming) if coming else frozenset()
    green = list_green(encounter_ids=[coming[each].encounter_id for each in unpaid]) if unpaid else frozenset()
    return frozenset(coming[each].id for each in unpaid if coming[each].encounter_id not in green)
