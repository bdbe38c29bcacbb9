"""Refunds: by line and quantity, from the snapshot, back to where the money came from (domain brief §1.3, §2)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from hospital.audit.api import acting, record_act
from hospital.billing.errors import (
    ChargeNotPaid,
    IdempotencyKeyReused,
    NothingToRefund,
    RefundLinesMixed,
    RefundNeedsApproval,
    RefundReasonMissing,
)
from hospital.billing.models import Allocation, Charge, RefundLine, RefundNote, Settlement
from hospital.billing.queries.refunds import refund_info_of
from hospital.billing.queries.settlements import find_settlement
from hospital.billing.rules.refunds import compute_refund_part
from hospital.billing.rules.tiers import needs_approval
from hospital.billing.rules.tills import require_cashier
from hospital.billing.services.locks import lock_charges
from hospital.billing.services.numbers import next_number
from hospital.billing.states import REFUNDABLE_STATES, ChargeState, Execution, RefundState
from hospital.billing.types import (
    ChargedAmounts,
    RefundedAmounts,
    RefundInfo,
    RefundPart,
    RefundRequestLine,
)
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing
from hospital.kernel.events import record_event
from hospital.kernel.money import ZERO
from hospital.patients.api import require_access
from hospital.payments.api import refund_payment


def request_refund(
    *,
    settlement_id: UUID,
    lines: Sequence[RefundRequestLine],
    reason: str,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
    approver: Actor | None = None,
) -> RefundInfo:
    """Asks back quantities of lines that were paid together; the money is queued back to the payment it came from.

    All lines or none. The same key again returns the same refund. The lines' rest is reserved at once, so that two
    refunds never give back more than was charged; the refund ends with `complete_refund`.

    Refuses `RefundReasonMissing`, `NothingToRefund`, `SettlementUnknown`, `NotCashier`, `UnknownPerson`,
    `NoCareRelation`, `ChargeUnknown`, `RefundLinesMixed`, `ChargeNotPaid`, `LineExecuted` (by name), `BadQuantity`,
    `RefundAboveRest`, `RefundNeedsApproval` (another day's or a large one without `approver`), `IdempotencyKeyReused`,
    and those of payments. Source: brief §1.3 (Refund), §2 (Cashier).
    """
    if not reason.strip():
        raise RefundReasonMissing
    wanted = _sum_wanted(lines)
    settlement = find_settlement(settlement_id)
    require_cashier(actor, settlement.campus_id)
    require_access(actor=actor, person_id=settlement.person_id, now=now)
    with acting(actor=actor), refusing({"billing_refundnote_idempotency_key_key": IdempotencyKeyReused()}):
        rows = lock_charges(wanted)
        earlier = RefundNote.objects.filter(idempotency_key=idempotency_key).first()
        if earlier is not None:
            return _same_request(earlier, settlement, wanted)
        parts = _compute_parts(rows, settlement, wanted)
        amount = sum((part.paid_back for part in parts.values()), ZERO)
        approver = _check_tier(settlement, amount, actor, approver, now)
        note = _write_note(settlement, amount, reason.strip(), idempotency_key, actor, approver, now)
        _reserve(note, rows, parts)
        _send(note, actor=actor, now=now)
        record_act(
            actor=actor,
            action="billing.refund",
            subject_kind="refund_note",
            subject_id=str(note.id),
            person_id=note.person_id,
            now=now,
            reason=note.reason,
            details={"number": note.number, "amount": str(amount), "settlement": settlement.number},
        )
        return refund_info_of(note)


def _sum_wanted(lines: Sequence[RefundRequestLine]) -> Mapping[UUID, Decimal]:
    if not lines:
        raise NothingToRefund
    wanted: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    for line in lines:
        wanted[line.charge_id] += line.qty
    return wanted


def _same_request(earlier: RefundNote, settlement: Settlement, wanted: Mapping[UUID, Decimal]) -> RefundInfo:
    asked = dict(earlier.lines.values_list("charge_id", "qty"))
    if earlier.settlement_id != settlement.id or asked != wanted:
        raise IdempotencyKeyReused
    return refund_info_of(earlier)


def _compute_parts(
    rows: list[Charge], settlement: Settlement, wanted: Mapping[UUID, Decimal]
) -> dict[UUID, RefundPart]:
    parts = {}
    for row in rows:
        if row.state not in (*REFUNDABLE_STATES, ChargeState.REFUNDED):
            raise ChargeNotPaid(item=row.name)
        if row.settlement_id != settlement.id:
            raise RefundLinesMixed
        parts[row.id] = compute_refund_part(
            item=row.name,
            charged=ChargedAmounts(row.qty, row.base, row.total, row.discount),
            refunded=RefundedAmounts(row.refunded_qty, row.refunded_base, row.refunded_total, row.refunded_discount),
            qty=wanted[row.id],
            is_executed=row.execution == Execution.EXECUTED,
        )
    return parts


def _check_tier(
    settlement: Settlement, amount: Decimal, actor: Actor, approver: Actor | None, now: datetime
) -> Actor | None:
    settled_at = settlement.settled_at
    asked = RefundNote.objects.filter(settlement=settlement).exclude(state=RefundState.FAILED)
    amount += asked.aggregate(sum=Sum("amount"))["sum"] or ZERO  # a large refund in small parts is a large refund
    if settled_at is None or not needs_approval(settled_at=settled_at, amount=amount, now=now):
        return None
    if approver is None or approver.id == actor.id:
        raise RefundNeedsApproval
    require_cashier(approver, settlement.campus_id)
    return approver


def _write_note(
    settlement: Settlement,
    amount: Decimal,
    reason: str,
    idempotency_key: str,
    actor: Actor,
    approver: Actor | None,
    now: datetime,
) -> RefundNote:
    return RefundNote.objects.create(
        number=next_number("R", now=now),
        settlement=settlement,
        person_id=settlement.person_id,
        campus_id=settlement.campus_id,
        amount=amount,
        state=RefundState.REQUESTED,
        reason=reason[:200],
        idempotency_key=idempotency_key,
        requested_by=actor.id,
        requested_by_label=actor.label[:120],
        approved_by=approver.id if approver else "",
        approved_by_label=approver.label[:120] if approver else "",
        requested_at=now,
    )


def _reserve(note: RefundNote, rows: list[Charge], parts: Mapping[UUID, RefundPart]) -> None:
    """The rows are locked; the check constraint on the charge holds the sum whatever happens."""
    RefundLine.objects.bulk_create(
        RefundLine(
            note=note,
            charge=row,
            qty=parts[row.id].qty,
            base=parts[row.id].base,
            surcharge=parts[row.id].surcharge,
            total=parts[row.id].total,
            discount=parts[row.id].discount,
            paid_back=parts[row.id].paid_back,
        )
        for row in rows
    )
    _count(rows, parts, sign=1)


def _count(rows: list[Charge], parts: Mapping[UUID, RefundPart | RefundLine], *, sign: int) -> None:
    for row in rows:
        part = parts[row.id]
        row.refunded_qty += sign * part.qty
        row.refunded_base += sign * part.base
        row.refunded_total += sign * part.total
        row.refunded_discount += sign * part.discount
    Charge.objects.bulk_update(rows, ["refunded_qty", "refunded_base", "refunded_total", "refunded_discount"])


def _send(note: RefundNote, *, actor: Actor, now: datetime) -> None:
    allocation = Allocation.objects.filter(settlement_id=note.settlement_id).first()
    if allocation is None or note.amount == 0:
        _end(note, RefundState.COMPLETED, failure_code="", actor=actor, now=now)
        return
    refund = refund_payment(
        order_id=allocation.payment_id,
        amount=note.amount,
        idempotency_key=f"refund-note:{note.id}",
        actor=actor,
        now=now,
        reason=note.reason,
    )
    note.state, note.payment_refund_id, note.sent_at = RefundState.SENT, refund.id, now
    note.save(update_fields=["state", "payment_refund_id", "sent_at"])


def complete_refund(
    *, payment_refund_id: UUID, has_succeeded: bool, actor: Actor, now: datetime, failure_code: str = ""
) -> RefundInfo | None:
    """Ends a refund as its payment channel ended it; None where the channel's refund is no refund of a bill.

    Success takes the lines to PART_REFUNDED or REFUNDED; failure frees what was reserved, so that it can be asked
    again. Telling it again changes nothing.
    """
    with acting(actor=actor):
        note = RefundNote.objects.select_for_update().filter(payment_refund_id=payment_refund_id).first()
        if note is None:
            return None
        if note.state == RefundState.SENT:
            target = RefundState.COMPLETED if has_succeeded else RefundState.FAILED
            _end(note, target, failure_code=failure_code, actor=actor, now=now)
        return refund_info_of(note)


def _end(note: RefundNote, target: RefundState, *, failure_code: str, actor: Actor, now: datetime) -> None:
    note.state, note.ended_at, note.failure_code = target, now, failure_code[:60]
    note.save(update_fields=["state", "ended_at", "failure_code"])
    parts = {part.charge_id: part for part in note.lines.all()}
    rows = lock_charges(parts)
    if target is RefundState.FAILED:
        _count(rows, parts, sign=-1)
    else:
        _mark_refunded(rows)
    record_act(
        actor=actor,
        action=f"billing.refund_{target.value.lower()}",
        subject_kind="refund_note",
        subject_id=str(note.id),
        person_id=note.person_id,
        now=now,
        details={"number": note.number, "amount": str(note.amount), "failure": failure_code},
    )
    record_event(
        kind=f"billing.refund_{target.value.lower()}",
        subject_id=str(note.id),
        person_id=note.person_id,
        encounter_id=rows[0].encounter_id,
        now=now,
        facts={"number": note.number, "amount": str(note.amount)},
    )


def _mark_refunded(rows: list[Charge]) -> None:
    done = Q(note__state=RefundState.COMPLETED)
    sums = dict(
        RefundLine.objects.filter(done, charge__in=rows)
        .values("charge_id")
        .annotate(qty=Sum("qty"))
        .values_list("charge_id", "qty")
    )
    whole = [row.id for row in rows if sums[row.id] >= row.qty]
    partial = [row.id for row in rows if sums[row.id] < row.qty]
    Charge.objects.filter(id__in=whole).update(state=ChargeState.REFUNDED)
    Charge.objects.filter(id__in=partial).update(state=ChargeState.PART_REFUNDED)
