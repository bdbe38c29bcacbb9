"""Open bills, paid bills and statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.errors import SettlementUnknown
from hospital.billing.models import Charge, SettlementLine
from hospital.billing.queries.lines import ORDER, lines_of, sum_charges
from hospital.billing.queries.settlements import find_settlement, settlement_info_of
from hospital.billing.states import PAID_STATES, ChargeState
from hospital.billing.types import Bill, ChargeLine, SourceKind, Statement
from hospital.catalog.types import FeeClass
from hospital.kernel.actors import Actor
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.patients.api import require_access

_OPEN = (ChargeState.PENDING, ChargeState.CONFIRMED)


def list_pending_charges(
    *, person_id: UUID, actor: Actor, now: datetime, encounter_id: UUID | None = None, source_id: UUID | None = None
) -> tuple[ChargeLine, ...]:
    """What a person still has to pay: all of it, of one visit, or of one source (a booking). Prices as last shown.

    CONFIRMED lines are being paid right now. Refuses `UnknownPerson`, `NoCareRelation`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    rows = Charge.objects.filter(person_id=person_id, state__in=_OPEN)
    if encounter_id is not None:
        rows = rows.filter(encounter_id=encounter_id)
    if source_id is not None:
        rows = rows.filter(source_id=source_id)
    return lines_of(rows.order_by(*ORDER))


def list_charges(*, person_id: UUID, encounter_id: UUID, actor: Actor, now: datetime) -> tuple[ChargeLine, ...]:
    """All charges of a visit, voided ones included. Refuses `UnknownPerson`, `NoCareRelation`."""
    require_access(actor=actor, person_id=person_id, now=now)
    return lines_of(Charge.objects.filter(person_id=person_id, encounter_id=encounter_id).order_by(*ORDER))


def list_charges_of_sources(
    *, source_ids: Iterable[UUID], source_kind: SourceKind = SourceKind.ORDER_LINE
) -> Mapping[UUID, tuple[ChargeLine, ...]]:
    """The charges of order lines or bookings by source, in one query. The caller has checked access to them."""
    found: defaultdict[UUID, list[Charge]] = defaultdict(list)
    rows = Charge.objects.filter(source_kind=source_kind, source_id__in=list(source_ids))
    for row in rows.order_by("source_part"):
        found[row.source_id].append(row)
    return {source_id: lines_of(rows) for source_id, rows in found.items()}


def list_titles_of_settlements(*, settlement_ids: Iterable[UUID]) -> Mapping[UUID, tuple[BilingualText, ...]]:
    """The names of the lines of settlements, in one query. The caller has checked access."""
    found: dict[UUID, list[BilingualText]] = {settlement_id: [] for settlement_id in settlement_ids}
    lines = SettlementLine.objects.filter(settlement_id__in=list(found)).select_related("charge")
    for line in lines.order_by(*(f"charge__{name}" for name in ORDER)):
        found[line.settlement_id].append(line.charge.name)
    return {settlement_id: tuple(names) for settlement_id, names in found.items()}


def list_lines_of_settlement(*, settlement_id: UUID) -> tuple[ChargeLine, ...]:
    """The lines of a settlement, for a caller who took it and so has checked access. One query."""
    return lines_of(Charge.objects.filter(settled_by__settlement_id=settlement_id).order_by(*ORDER))


def get_bill(*, settlement_id: UUID, actor: Actor, now: datetime) -> Bill:
    """A settlement with its lines. Refuses `SettlementUnknown`, `UnknownPerson`, `NoCareRelation`."""
    settlement = find_settlement(settlement_id)
    require_access(actor=actor, person_id=settlement.person_id, now=now)
    rows = list(Charge.objects.filter(settled_by__settlement=settlement).order_by(*ORDER))
    return Bill(settlement=settlement_info_of(settlement), lines=lines_of(rows), totals=sum_charges(rows))


def get_statement(
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
    encounter_id: UUID | None = None,
    settlement_id: UUID | None = None,
    occurred_from: datetime | None = None,
    occurred_to: datetime | None = None,
) -> Statement:
    """The itemized fee statement of a visit, of one settlement or of a period (half-open), voided lines left out.

    Three queries whatever the number of lines. Refuses `UnknownPerson`, `NoCareRelation`, `SettlementUnknown` (another
    person's). Source: brief §1.4.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    rows = Charge.objects.filter(person_id=person_id).exclude(state=ChargeState.VOID)
    if settlement_id is not None:
        if find_settlement(settlement_id).person_id != person_id:
            raise SettlementUnknown
        rows = rows.filter(settlement_id=settlement_id)
    if encounter_id is not None:
        rows = rows.filter(encounter_id=encounter_id)
    if occurred_from is not None:
        rows = rows.filter(occurred_at__gte=occurred_from)
    if occurred_to is not None:
        rows = rows.filter(occurred_at__lt=occurred_to)
    return _statement_of(list(rows.order_by(*ORDER)))


def _statement_of(charges: list[Charge]) -> Statement:
    by_class: defaultdict[FeeClass, Decimal] = defaultdict(lambda: ZERO)
    paid = refunded = covered = ZERO
    for row in charges:
        by_class[FeeClass(row.fee_class)] += row.total
        if row.state in PAID_STATES:
            covered += row.to_adjudication
            paid += row.total - row.discount - row.to_adjudication
            refunded += row.refunded_total - row.refunded_discount - row.refunded_to_adjudication
    totals = sum_charges(charges)
    return Statement(
        lines=lines_of(charges),
        totals=totals,
        by_fee_class=dict(by_class),
        paid=paid,
        unpaid=totals.payable - paid - covered,
        refunded=refunded,
        covered=covered,
    )
