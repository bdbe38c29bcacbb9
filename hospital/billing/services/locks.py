"""Rows that a money move holds, always in the same order: settlements, then charges, each by id."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hospital.billing.errors import ChargeUnknown, SettlementUnknown
from hospital.billing.models import Charge, Settlement, SettlementLine
from hospital.billing.states import ChargeState, SettlementState
from hospital.billing.types import PAYMENT_REFERENCE
from hospital.kernel.money import ZERO
from hospital.kernel.queue import defer_task
from hospital.payments.api import list_bound_references


def lock_charges(charge_ids: Iterable[UUID]) -> list[Charge]:
    """The charges, locked. Refuses `ChargeUnknown` unless every one exists."""
    wanted = set(charge_ids)
    rows = list(Charge.objects.select_for_update().filter(id__in=wanted).order_by("id"))
    if len(rows) != len(wanted):
        raise ChargeUnknown
    return rows


def lock_settlement(settlement_id: UUID) -> Settlement:
    """The settlement, locked. Refuses `SettlementUnknown`."""
    row = Settlement.objects.select_for_update().filter(id=settlement_id).first()
    if row is None:
        raise SettlementUnknown
    return row


def free_expired(charge_ids: Iterable[UUID], now: datetime) -> None:
    """Gives back the lines of settlements that waited too long for their money and hold one of these charges.

    One whose payment has not ended keeps its lines however long the acquirer takes: who offered them again would let
    somebody pay twice. Money that comes after the end finds them again if nobody else took them, or goes back.
    """
    expired = Settlement.objects.select_for_update().filter(
        lines__charge_id__in=list(charge_ids),
        lines__is_live=True,
        state=SettlementState.OPEN,
        expires_at__lte=now,
    )
    rows = list(Settlement.objects.select_for_update().filter(id__in=expired.values("id")).order_by("id"))
    if not rows:
        return
    bound = list_bound_references(reference_kind=PAYMENT_REFERENCE, references=[str(row.id) for row in rows])
    for row in rows:
        if str(row.id) not in bound:
            free_lines(row, now)


def free_lines(settlement: Settlement, now: datetime) -> None:
    """OPEN becomes RELEASED and its lines pending again; the settlement is locked by the caller."""
    lock_charges(settlement.lines.values_list("charge_id", flat=True))
    SettlementLine.objects.filter(settlement=settlement).update(is_live=False)
    Charge.objects.filter(settlement=settlement, state=ChargeState.CONFIRMED).update(
        state=ChargeState.PENDING, settlement=None, discount=ZERO, to_adjudication=ZERO
    )
    Settlement.objects.filter(id=settlement.id, state=SettlementState.OPEN).update(
        state=SettlementState.RELEASED, released_at=now
    )
    settlement.refresh_from_db()
    if settlement.claim_number:
        defer_task("insurance.end_claim", number=settlement.claim_number)
