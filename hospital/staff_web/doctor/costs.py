"""What a visit costs so far and who would pay it: charged lines as charged, drafts as they would be charged now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.api import LineAmounts, PayerEstimate, estimate_payers, preview_orders
from hospital.billing.states import PAID_STATES, ChargeState
from hospital.billing.types import ChargeLine, SourceKind
from hospital.catalog.types import FeeClass
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.money import ZERO
from hospital.orders.types import OrderView
from hospital.workflows.sign_visit import list_ordered_lines

_UNPAID = {ChargeState.PENDING, ChargeState.CONFIRMED}


@dataclass(slots=True)
class VisitMoney:
    """The money of each order line by its id, of each session of a treatment, of the registration, and the sums of the
    visit.

    `open_lines` are what nobody has paid yet, drafts among them; `paid` and `insured` are what was paid in all and
    the insurers' part of it.
    """

    amounts: dict[UUID, Decimal] = field(default_factory=dict)
    marks: dict[UUID, str] = field(default_factory=dict)
    unpaid: set[UUID] = field(default_factory=set)
    sessions: dict[UUID, Decimal] = field(default_factory=dict)
    registration: Decimal = ZERO
    surcharge: Decimal = ZERO
    paid: Decimal = ZERO
    insured: Decimal = ZERO
    open_lines: list[LineAmounts] = field(default_factory=list)

    def add(self, source_id: UUID, amount: Decimal, mark: str, surcharge: Decimal) -> None:
        """Counts an amount of a line."""
        self.amounts[source_id] = self.amounts.get(source_id, ZERO) + amount
        self.marks.setdefault(source_id, mark)
        self.surcharge += surcharge


@dataclass(frozen=True, slots=True)
class Payers:
    """Who pays: what is paid already and what is estimated of the rest. `share` is the insurer's, in hundredths."""

    estimate: PayerEstimate
    insurer: Decimal
    patient: Decimal
    discount: Decimal
    share: int


def read_money(
    *,
    visit: EncounterCard,
    uncharged: Sequence[OrderView],
    charges: Iterable[ChargeLine],
    actor: Actor,
    now: datetime,
) -> VisitMoney:
    """The money of a visit; `uncharged` are drafts and prescriptions in review. A fixed number of queries."""
    money = VisitMoney()
    if uncharged:
        lines = list_ordered_lines(orders=uncharged, signed_at=now)
        for priced in preview_orders(encounter_id=visit.id, lines=lines, actor=actor, now=now):
            money.add(priced.source_id, priced.total, priced.mark, priced.surcharge)
            money.open_lines.append(
                LineAmounts(priced.item_code, priced.total - priced.surcharge, priced.total, priced.is_exempt)
            )
    for charge in charges:
        if charge.state is not ChargeState.VOID:
            _add_charge(money, charge)
    return money


def read_payers(*, visit: EncounterCard, money: VisitMoney, actor: Actor, now: datetime) -> Payers:
    """Who would pay the open lines by the patient's insurance, and who paid the others. A fixed number of queries."""
    estimate = estimate_payers(
        person_id=visit.person_id, campus_code=visit.campus_code, lines=money.open_lines, actor=actor, now=now
    )
    insurer = money.insured + estimate.insurer
    patient = money.paid - money.insured + estimate.patient
    whole = insurer + patient
    return Payers(
        estimate=estimate,
        insurer=insurer,
        patient=patient,
        discount=estimate.discount,
        share=int(insurer * 100 / whole) if whole else 0,
    )


def _add_charge(money: VisitMoney, charge: ChargeLine) -> None:
    money.add(charge.source_id, charge.payable, charge.mark, charge.surcharge)
    if charge.source_kind is SourceKind.REGISTRATION:
        money.registration += charge.payable
    if charge.source_kind is SourceKind.ORDER_LINE and charge.fee_class is FeeClass.TREATMENT:
        money.sessions[charge.source_id] = money.sessions.get(charge.source_id, ZERO) + charge.payable
    if charge.state in _UNPAID:
        money.unpaid.add(charge.source_id)
    if charge.state in PAID_STATES:
        money.paid += charge.payable
        money.insured += charge.to_adjudication
    elif charge.state in _UNPAID:
        money.open_lines.append(
            LineAmounts(charge.item_code, charge.base, charge.total, is_exempt=bool(charge.exemptions))
        )
