"""Charges as lines of a bill."""

from collections.abc import Iterable, Sequence

from hospital.billing.explanations import load_reasons
from hospital.billing.models import Charge
from hospital.billing.rules.marks import choose_footnote, mark_line
from hospital.billing.states import ChargeState, Execution
from hospital.billing.types import ChargedAmounts, ChargeLine, RefundedAmounts, SourceKind, Totals
from hospital.catalog.types import (
    Exemption,
    FeeClass,
    InsuranceClass,
    Nature,
    ServiceLine,
    SurchargeMode,
    SurchargeSource,
)
from hospital.kernel.money import ZERO, round_half_up
from hospital.kernel.types import BilingualText

ORDER = ("occurred_at", "created_at", "position", "id")


def line_of(row: Charge, number: int) -> ChargeLine:
    """The line with its running number."""
    mode = SurchargeMode(row.mode) if row.mode else None
    payable = row.total - row.discount
    refunded = row.refunded_total - row.refunded_discount
    return ChargeLine(
        id=row.id,
        number=number,
        person_id=row.person_id,
        campus_code=row.campus_id,
        encounter_id=row.encounter_id,
        source_kind=SourceKind(row.source_kind),
        source_id=row.source_id,
        state=ChargeState(row.state),
        execution=Execution(row.execution),
        version=row.version,
        item_code=row.item_code,
        name=row.name,
        spec=BilingualText(row.spec_zh, row.spec_en),
        unit=BilingualText(row.unit_zh, row.unit_en),
        nature=Nature(row.nature),
        fee_class=FeeClass(row.fee_class),
        insurance_class=InsuranceClass(row.insurance_class),
        composites=tuple(row.composites),
        qty=row.qty,
        occurred_at=row.occurred_at,
        priced_at=row.priced_at,
        service_line=ServiceLine(row.service_line),
        base_u=round_half_up(row.base_u, row.decimals),
        standard_u=round_half_up(row.public_u, row.decimals),
        charged_u=round_half_up(row.charged_u, row.decimals),
        source=SurchargeSource(row.source),
        mode=mode,
        value=row.value,
        mark=mark_line(mode, row.value, is_below_public=row.is_below_public),
        footnote=choose_footnote(row.is_added),
        exemptions=tuple(Exemption(each) for each in row.exemptions),
        base=row.base,
        surcharge=row.surcharge,
        total=row.total,
        discount=row.discount,
        payable=payable,
        refunded_qty=row.refunded_qty,
        refunded_amount=refunded,
        left_qty=row.qty - row.refunded_qty,
        left_amount=payable - refunded,
        settlement_id=row.settlement_id,
        settled_at=row.settled_at,
        reasons=load_reasons(row.explanation),
        to_adjudication=row.to_adjudication,
        out_qty=row.out_qty,
    )


def charged_amounts_of(row: Charge) -> ChargedAmounts:
    """What a refund reads of the charge."""
    return ChargedAmounts(row.qty, row.base, row.total, row.discount, row.to_adjudication)


def refunded_amounts_of(row: Charge) -> RefundedAmounts:
    """What was given back of the charge so far."""
    return RefundedAmounts(
        row.refunded_qty,
        row.refunded_base,
        row.refunded_total,
        row.refunded_discount,
        row.refunded_to_adjudication,
    )


def lines_of(rows: Iterable[Charge]) -> tuple[ChargeLine, ...]:
    """Lines numbered from 1 in the order of `rows`."""
    return tuple(line_of(row, number) for number, row in enumerate(rows, start=1))


def sum_charges(rows: Sequence[Charge]) -> Totals:
    """The sums of charges as charged, refunds not taken off."""
    discount = sum((row.discount for row in rows), ZERO)
    total = sum((row.total for row in rows), ZERO)
    return Totals(
        base=sum((row.base for row in rows), ZERO),
        surcharge=sum((row.surcharge for row in rows), ZERO),
        total=total,
        discount=discount,
        payable=total - discount,
        to_adjudication=sum((row.to_adjudication for row in rows), ZERO),
    )
