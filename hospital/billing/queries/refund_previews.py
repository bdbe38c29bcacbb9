"""What a refund would give back, before it is asked for."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.models import Charge
from hospital.billing.queries.lines import charged_amounts_of, refunded_amounts_of
from hospital.billing.queries.settlements import find_settlement
from hospital.billing.rules.refunds import compute_refund_part
from hospital.kernel.actors import Actor
from hospital.patients.api import require_access


def preview_refund(
    *, settlement_id: UUID, quantities: Mapping[UUID, Decimal], actor: Actor, now: datetime
) -> Mapping[UUID, Decimal]:
    """What goes back to the patient by charge, by the formula that `request_refund` uses; nothing is written.

    Charges of other bills are left out. Refuses `SettlementUnknown`, `UnknownPerson`, `NoCareRelation`, `LineExecuted`,
    `BadQuantity`, `NothingToRefund`, `RefundAboveRest`.
    """
    settlement = find_settlement(settlement_id)
    require_access(actor=actor, person_id=settlement.person_id, now=now)
    rows = Charge.objects.filter(settlement_id=settlement.id, id__in=list(quantities))
    return {row.id: _paid_back(row, quantities[row.id]) for row in rows}


def _paid_back(row: Charge, qty: Decimal) -> Decimal:
    return compute_refund_part(
        item=row.name,
        charged=charged_amounts_of(row),
        refunded=refunded_amounts_of(row),
        qty=qty,
        out=row.out_qty,
    ).patient
