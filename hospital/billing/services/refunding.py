"""Refunds: by line and quantity, from the snapshot, back to where the money came from (domain brief §1.3, §2)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from hospital.audit.api import acting, record_act
from hospital.billing.errors import (
    ChargeNotPaid,
    IdempotencyKeyReused,
    NothingToRefund,
    RefundLinesMixed,
    RefundReasonMissing,
    RefundUnderWay,
)
from hospital.billing.models import Charge, RefundLine, RefundNote, Settlement
from hospital.billing.queries.lines import charged_amounts_of, refunded_amounts_of
from hospital.billing.queries.refunds import refund_info_of
from hospital.billing.queries.settlements import find_settlement
from hospital.billing.rules.refunds import compute_reduction, compute_refund_part
from hospital.billing.rules.tiers import needs_approval
from hospital.billing.rules.tills import require_cashier
from hospital.billing.services.locks import lock_charges
from hospital.billing.services.numbers import next_number
from hospital.billing.services.refund_money import count_refunded, let_note_go, send_note
from hospital.billing.states import REFUNDABLE_STATES, ChargeState, Execution, RefundState
from hospital.billing.types import (
    Payer,
    RefundInfo,
    RefundPart,
    RefundRequestLine,
)
from hospital.kernel.actors import Actor
from hospital.kernel.money import ZERO
from hospital.kernel.queue import defer_task
from hospital.patients.api import require_access


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
    """Asks back quantities of lines that were paid together; the money goes back through the tenders it came by.

    All lines or none. The same key again returns the same refund. The lines' rest is reserved at once, so that two
    refunds never give back more than was charged; the refund ends with `complete_refund`. Another day's, a large one or
    an insured one waits for a second person (`approve_refund`, `reject_refund`), unless the caller brings an `approver`
    along.

    Refuses `RefundReasonMissing`, `NothingToRefund`, `SettlementUnknown`, `NotCashier`, `UnknownPerson`,
    `NoCareRelation`, `ChargeUnknown`, `RefundLinesMixed`, `ChargeNotPaid`, `LineExecuted` (by name), `BadQuantity`,
    `RefundAboveRest`, `RefundNeedsSecond` (the approver asked for it too), `IdempotencyKeyReused`, and those of
    payments. Source: brief §1.3 (Refund), §2 (Cashier).
    """
    if not reason.strip():
        raise RefundReasonMissing
    wanted = _sum_wanted(lines)
    settlement = find_settlement(settlement_id)
    require_cashier(actor, settlement.campus_id)
    require_access(actor=actor, person_id=settlement.person_id, now=now)
    with acting(actor=actor, conflicts={"billing_refundnote_idempotency_key_key": IdempotencyKeyReused()}):
        rows = lock_charges(wanted)
        earlier = RefundNote.objects.filter(idempotency_key=idempotency_key).first()
        if earlier is not None:
            return _same_request(earlier, settlement, wanted)
        _check_none_under_way(settlement)
        return _start_refund(
            settlement=settlement,
            rows=rows,
            parts=_compute_parts(rows, settlement, wanted),
            reason=reason.strip(),
            idempotency_key=idempotency_key,
            actor=actor,
            approver=approver,
            now=now,
        )


def lower_price(
    *,
    charge_id: UUID,
    base: Decimal,
    total: Decimal,
    reason: str,
    actor: Actor,
    approver: Actor,
    now: datetime,
) -> RefundInfo | None:
    """Gives back what a paid line of one cost above `total` (of which `base` is the public price); None where nothing.

    The line stays, with its snapshot; the difference goes back through the tenders it came by. Lowering it to the same
    price again changes nothing, whatever became of the first. Refuses `RefundReasonMissing`, `ChargeUnknown`,
    `ChargeNotPaid`, `LineExecuted`, `BadQuantity`, `RefundUnderWay`, `RefundNeedsSecond`, and those of payments.
    """
    if not reason.strip():
        raise RefundReasonMissing
    with acting(actor=actor):
        (row,) = rows = lock_charges([charge_id])
        if row.settlement_id is None or row.state not in (*REFUNDABLE_STATES, ChargeState.REFUNDED):
            raise ChargeNotPaid(item=row.name)
        key = f"lowered:{charge_id}:{total}"
        if RefundNote.objects.filter(idempotency_key=key).exists() or row.total - row.refunded_total <= total:
            return None
        settlement = find_settlement(row.settlement_id)
        require_cashier(actor, settlement.campus_id)
        _check_none_under_way(settlement)
        part = compute_reduction(
            item=row.name,
            charged=charged_amounts_of(row),
            refunded=refunded_amounts_of(row),
            base=base,
            total=total,
            is_executed=row.execution == Execution.EXECUTED,
        )
        return _start_refund(
            settlement=settlement,
            rows=rows,
            parts={row.id: part},
            reason=reason.strip(),
            idempotency_key=key,
            actor=actor,
            approver=approver,
            now=now,
        )


def _start_refund(
    *,
    settlement: Settlement,
    rows: list[Charge],
    parts: dict[UUID, RefundPart],
    reason: str,
    idempotency_key: str,
    actor: Actor,
    approver: Actor | None,
    now: datetime,
) -> RefundInfo:
    """Writes the note, reserves its parts on the locked lines and sends the money, or lets it wait for somebody."""
    amount = _count_patient_part(settlement, parts)
    is_waiting = _needs_second_person(settlement, amount, now)
    whole = sum((part.paid_back for part in parts.values()), ZERO)
    note = _write_note(settlement, (amount, whole - amount), reason, idempotency_key, actor, now)
    _reserve(note, rows, parts)
    if not is_waiting:
        send_note(note, actor=actor, now=now)
    elif approver is None:
        note.state = RefundState.WAITING
        note.save(update_fields=["state"])
    else:
        let_note_go(note, approver=approver, now=now)
        _let_money_go(note, settlement, actor, now)
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


def _let_money_go(note: RefundNote, settlement: Settlement, actor: Actor, now: datetime) -> None:
    """At once, or once the national insurance has settled what is kept."""
    if settlement.payer != Payer.NATIONAL:
        send_note(note, actor=actor, now=now)
        return
    note.state = RefundState.WAITING
    note.save(update_fields=["state"])
    defer_task("workflows.resettle_refund", refund_id=str(note.id))


def _check_none_under_way(settlement: Settlement) -> None:
    """The national insurance settles what is kept after one refund before the next is asked for."""
    if settlement.payer == Payer.NATIONAL:
        ended = [RefundState.COMPLETED, RefundState.FAILED]
        if RefundNote.objects.filter(settlement=settlement).exclude(state__in=ended).exists():
            raise RefundUnderWay


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
            charged=charged_amounts_of(row),
            refunded=refunded_amounts_of(row),
            qty=wanted[row.id],
            out=row.out_qty,
        )
    return parts


def _count_patient_part(settlement: Settlement, parts: Mapping[UUID, RefundPart]) -> Decimal:
    """What goes back to the patient: what is due of all refunds so far less what went back before.

    Total, discount and insurer's share of a line are rounded each for itself, so that what they leave of a single part
    may be a fen below zero or above what the patient paid: it is kept within, and the next part makes it good.
    """
    if settlement.payer == Payer.SELF:
        return sum((part.patient for part in parts.values()), ZERO)
    due = ZERO
    for row in Charge.objects.filter(settlement=settlement):
        back = row.refunded_total - row.refunded_discount - row.refunded_to_adjudication
        back += parts[row.id].patient if row.id in parts else ZERO
        due += min(max(ZERO, back), row.total - row.discount - row.to_adjudication)
    return max(ZERO, due - sum_asked(settlement))


def _needs_second_person(settlement: Settlement, amount: Decimal, now: datetime) -> bool:
    if settlement.payer != Payer.SELF:
        return True
    amount += sum_asked(settlement)  # a large refund in small parts is a large refund
    return settlement.settled_at is not None and needs_approval(
        settled_at=settlement.settled_at, amount=amount, now=now
    )


def sum_asked(settlement: Settlement) -> Decimal:
    """What went or goes back to the patient by the notes of a bill."""
    asked = RefundNote.objects.filter(settlement=settlement).exclude(state=RefundState.FAILED)
    return asked.aggregate(sum=Sum("amount"))["sum"] or ZERO


def _write_note(
    settlement: Settlement,
    shares: tuple[Decimal, Decimal],
    reason: str,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
) -> RefundNote:
    return RefundNote.objects.create(
        number=next_number("R", now=now),
        settlement=settlement,
        person_id=settlement.person_id,
        campus_id=settlement.campus_id,
        amount=shares[0],
        covered_amount=shares[1],
        state=RefundState.REQUESTED,
        reason=reason[:200],
        idempotency_key=idempotency_key,
        requested_by=actor.id,
        requested_by_label=actor.label[:120],
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
            to_adjudication=parts[row.id].to_adjudication,
        )
        for row in rows
    )
    count_refunded(rows, parts, sign=1)
