"""Refunds, and what can still be refunded."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.errors import RefundUnknown
from hospital.billing.models import Charge, RefundNote, RefundTender
from hospital.billing.queries.bills import get_bill
from hospital.billing.queries.lines import line_of
from hospital.billing.rules.tills import require_cashier
from hospital.billing.states import REFUNDABLE_STATES, ChargeState, RefundState, TenderState
from hospital.billing.types import (
    ChargeLine,
    NotRefundable,
    Payer,
    RefundableLine,
    RefundedLine,
    RefundInfo,
    RefundTenderInfo,
)
from hospital.kernel.actors import Actor
from hospital.kernel.money import ZERO, round_half_up
from hospital.patients.api import require_access


def list_refundable_lines(*, settlement_id: UUID, actor: Actor, now: datetime) -> tuple[RefundableLine, ...]:
    """Each line of a bill with the quantity and amount that can still be refunded, and why not where nothing can.

    Refuses `SettlementUnknown`, `UnknownPerson`, `NoCareRelation`.
    """
    bill = get_bill(settlement_id=settlement_id, actor=actor, now=now)
    return tuple(_refundable(line) for line in bill.lines)


def _refundable(line: ChargeLine) -> RefundableLine:
    why_not = _why_not(line)
    if why_not is not None:
        return RefundableLine(line=line, qty=ZERO, amount=ZERO, why_not=why_not)
    qty = line.left_qty - line.out_qty
    return RefundableLine(line=line, qty=qty, amount=_amount_of(line, qty), why_not=None)


def _amount_of(line: ChargeLine, qty: Decimal) -> Decimal:
    """What goes back for so much, by the cumulative formula of `rules.refunds`."""
    if qty == line.left_qty:
        return line.left_amount
    cumulative = line.refunded_qty + qty
    due = round_half_up(line.total * cumulative / line.qty) - round_half_up(line.discount * cumulative / line.qty)
    return max(ZERO, due - line.refunded_amount)


def _why_not(line: ChargeLine) -> NotRefundable | None:
    if line.state not in (*REFUNDABLE_STATES, ChargeState.REFUNDED):
        return NotRefundable.NOT_PAID
    if line.left_qty <= 0:
        return NotRefundable.NOTHING_LEFT
    if line.left_qty <= line.out_qty:
        return NotRefundable.EXECUTED
    return None


def get_refund(*, refund_id: UUID, actor: Actor, now: datetime) -> RefundInfo:
    """A refund with its lines as they were charged, as the notice prints them.

    Refuses `RefundUnknown`, `UnknownPerson`, `NoCareRelation`.
    """
    row = RefundNote.objects.select_related("settlement").filter(id=refund_id).first()
    if row is None:
        raise RefundUnknown
    require_access(actor=actor, person_id=row.person_id, now=now)
    return refund_info_of(row)


def list_refunds(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID | None = None,
    settlement_id: UUID | None = None,
    campus_code: str | None = None,
    limit: int = 50,
) -> list[RefundInfo]:
    """Refunds without their lines, newest first: of a person, or of a cashier's campus.

    Refuses `UnknownPerson`, `NoCareRelation`; a campus without a person refuses `NotCashier`.
    """
    rows = RefundNote.objects.select_related("settlement").order_by("-requested_at")
    if person_id is not None:
        require_access(actor=actor, person_id=person_id, now=now)
        rows = rows.filter(person_id=person_id)
    else:
        place = campus_code or actor.campus_code
        require_cashier(actor, place)
        rows = rows.filter(campus_id=place)
    if settlement_id is not None:
        rows = rows.filter(settlement_id=settlement_id)
    notes = list(rows[:limit])
    tenders = _list_tenders([note.id for note in notes])
    return [_info(note, tenders[note.id], ()) for note in notes]


def refund_info_of(row: RefundNote) -> RefundInfo:
    """One refund with its lines."""
    parts = list(row.lines.order_by("id"))
    charges = Charge.objects.in_bulk([part.charge_id for part in parts])
    lines = tuple(
        RefundedLine(
            line=line_of(charges[part.charge_id], number),
            qty=part.qty,
            base=part.base,
            surcharge=part.surcharge,
            total=part.total,
            discount=part.discount,
            paid_back=part.paid_back,
            to_adjudication=part.to_adjudication,
        )
        for number, part in enumerate(parts, start=1)
    )
    return _info(row, _list_tenders([row.id])[row.id], lines)


def _list_tenders(note_ids: list[UUID]) -> defaultdict[UUID, list[RefundTenderInfo]]:
    found: defaultdict[UUID, list[RefundTenderInfo]] = defaultdict(list)
    for row in RefundTender.objects.filter(note_id__in=note_ids).order_by("id"):
        found[row.note_id].append(
            RefundTenderInfo(
                payment_id=row.payment_id,
                payment_refund_id=row.payment_refund_id,
                amount=row.amount,
                state=TenderState(row.state),
                failure_code=row.failure_code,
            )
        )
    return found


def _info(row: RefundNote, tenders: list[RefundTenderInfo], lines: tuple[RefundedLine, ...]) -> RefundInfo:
    return RefundInfo(
        id=row.id,
        number=row.number,
        settlement_id=row.settlement_id,
        settlement_number=row.settlement.number,
        person_id=row.person_id,
        campus_code=row.campus_id,
        amount=row.amount,
        state=RefundState(row.state),
        reason=row.reason,
        cash_rounding=row.cash_rounding,
        tenders=tuple(tenders),
        requested_by=row.requested_by_label,
        requested_by_id=row.requested_by,
        approved_by=row.approved_by_label,
        approved_by_id=row.approved_by,
        requested_at=row.requested_at,
        ended_at=row.ended_at,
        failure_code=row.failure_code,
        lines=lines,
        covered_amount=row.covered_amount,
        account_amount=row.account_amount,
        payer=Payer(row.settlement.payer),
    )
