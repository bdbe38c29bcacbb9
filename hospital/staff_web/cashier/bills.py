"""Bills as the desk shows them: lines in classes, what waits, what is being paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from hospital.billing.api import get_settlement, list_pending_charges, speak_reason
from hospital.billing.states import ChargeState
from hospital.billing.types import ChargeLine
from hospital.catalog.types import FeeClass
from hospital.kernel.actors import Actor, ActorKind
from hospital.payments.api import get_open_payment
from hospital.payments.types import PaymentOrderInfo
from hospital.staff_web.cashier.words import AT_COST, FEE_CLASSES
from hospital.workflows.pay_bill import SETTLEMENT


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of one fee class."""

    name: Promise
    is_at_cost: bool
    lines: tuple[ChargeLine, ...]


@dataclass(frozen=True, slots=True)
class OpenLines:
    """What a person has to pay at the desk's campus.

    `payment` is the one under way in the patient's own hands, `collecting` the settlement that a window collects.
    """

    pending: tuple[ChargeLine, ...]
    confirmed: tuple[ChargeLine, ...]
    payment: PaymentOrderInfo | None
    collecting: UUID | None


def read_open_lines(*, person_id: UUID, actor: Actor, now: datetime) -> OpenLines:
    """The open lines of the actor's campus. Refusals: `UnknownPerson`, `NoCareRelation`."""
    lines = [
        line
        for line in list_pending_charges(person_id=person_id, actor=actor, now=now)
        if line.campus_code == actor.campus_code
    ]
    confirmed = tuple(line for line in lines if line.state is ChargeState.CONFIRMED)
    payment, collecting = None, None
    if confirmed and confirmed[0].settlement_id is not None:
        settlement = get_settlement(settlement_id=confirmed[0].settlement_id)
        if settlement.started_by_kind is ActorKind.STAFF:
            collecting = settlement.id
        else:
            payment = get_open_payment(reference_kind=SETTLEMENT, reference=str(settlement.id))
    pending = tuple(line for line in lines if line.state is ChargeState.PENDING)
    return OpenLines(pending, confirmed, payment, collecting)


def group_lines(lines: Iterable[ChargeLine]) -> list[LineGroup]:
    """Lines by fee class, in the order of the fiscal receipt."""
    found: dict[FeeClass, list[ChargeLine]] = {}
    for line in lines:
        found.setdefault(line.fee_class, []).append(line)
    return [LineGroup(FEE_CLASSES[each], each in AT_COST, tuple(found[each])) for each in FeeClass if each in found]


def explain(line: ChargeLine) -> str:
    """Why this price, in the page's language."""
    return " ".join(speak_reason(reason) for reason in line.reasons)
