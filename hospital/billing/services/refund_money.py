"""A refund's way: the second person's word, the tenders it goes back by, its end (domain brief §1.6.12, §2)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from hospital.audit.api import acting, record_act
from hospital.billing.errors import RefundNeedsSecond, RefundNotWaiting, RefundReasonMissing, RefundUnknown
from hospital.billing.models import Allocation, Charge, RefundLine, RefundNote, RefundTender, Settlement
from hospital.billing.queries.refunds import refund_info_of
from hospital.billing.rules.tenders import Source, split_refund
from hospital.billing.rules.tills import require_cashier
from hospital.billing.services.locks import lock_charges
from hospital.billing.states import ChargeState, RefundState, TenderState
from hospital.billing.types import Payer, RefundInfo, RefundPart
from hospital.catalog.api import get_pricing_settings
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.events import record_event
from hospital.kernel.money import ZERO
from hospital.patients.api import require_access
from hospital.payments.api import list_payments, refund_payment
from hospital.payments.states import Channel

REJECTED = "REJECTED"
"""The failure code of a refund that the second person turned down."""


def let_note_go(note: RefundNote, *, approver: Actor, now: datetime) -> None:
    """Writes the second person down. Refuses `RefundNeedsSecond` (the first one again) and `NotCashier`."""
    if approver.id == note.requested_by:
        raise RefundNeedsSecond
    require_cashier(approver, note.campus_id)
    note.approved_by, note.approved_by_label, note.approved_at = approver.id, approver.label[:120], now
    note.save(update_fields=["approved_by", "approved_by_label", "approved_at"])


def approve_refund(*, refund_id: UUID, actor: Actor, now: datetime) -> RefundInfo:
    """The second person's yes: the money sets out. Approving again changes nothing (F47).

    Where the national insurance paid a part, the money waits for its bureau (`send_national_refund`).

    Refuses `RefundUnknown`, `NotCashier`, `RefundNeedsSecond` (whoever asked for it), `RefundNotWaiting` (rejected
    meanwhile), `UnknownPerson`, `NoCareRelation`, and those of payments.
    """
    with acting(actor=actor):
        note = _lock_note(refund_id, actor, now)
        if note.state == RefundState.WAITING:
            if not note.approved_by:
                let_note_go(note, approver=actor, now=now)
            if note.settlement.payer != Payer.NATIONAL:
                send_note(note, actor=actor, now=now)
            _record(note, "billing.approve_refund", actor, now)
        elif note.approved_by != actor.id:
            raise RefundNotWaiting
        return refund_info_of(note)


def reject_refund(*, refund_id: UUID, reason: str, actor: Actor, now: datetime) -> RefundInfo:
    """The second person's no, or the first one's withdrawal: the lines can be refunded again (F47).

    Refuses `RefundReasonMissing`, `RefundUnknown`, `NotCashier`, `RefundNotWaiting`, `UnknownPerson`, `NoCareRelation`.
    """
    if not reason.strip():
        raise RefundReasonMissing
    with acting(actor=actor):
        note = _lock_note(refund_id, actor, now)
        if note.state != RefundState.WAITING or note.approved_by:
            raise RefundNotWaiting
        _record(note, "billing.reject_refund", actor, now, reason=reason.strip())
        end_note(note, RefundState.FAILED, failure_code=REJECTED, actor=actor, now=now)
        return refund_info_of(note)


def _lock_note(refund_id: UUID, actor: Actor, now: datetime) -> RefundNote:
    note = RefundNote.objects.select_for_update(of=("self",)).filter(id=refund_id).first()
    if note is None:
        raise RefundUnknown
    require_cashier(actor, note.campus_id)
    require_access(actor=actor, person_id=note.person_id, now=now)
    return note


def _record(note: RefundNote, action: str, actor: Actor, now: datetime, *, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="refund_note",
        subject_id=str(note.id),
        person_id=note.person_id,
        now=now,
        reason=reason,
        details={"number": note.number, "amount": str(note.amount)},
    )


def send_note(note: RefundNote, *, actor: Actor, now: datetime) -> None:
    """Sends the note's money back through the tenders of its bill; one that moves no money ends at once."""
    lock_charges(note.lines.values_list("charge_id", flat=True))
    # One refund of a bill after the other. Not by the settlement's row: who settles a payment holds that the other way.
    list(Allocation.objects.select_for_update().filter(settlement_id=note.settlement_id).order_by("id"))
    parts, note.cash_rounding = _split(note, note.settlement)
    note.sent_by, note.sent_by_kind = actor.id, actor.kind.value
    if not parts:
        note.save(update_fields=["cash_rounding", "sent_by", "sent_by_kind"])
        end_note(note, RefundState.COMPLETED, failure_code="", actor=actor, now=now)
        return
    note.state, note.sent_at = RefundState.SENT, now
    note.save(update_fields=["cash_rounding", "state", "sent_at", "sent_by", "sent_by_kind"])
    for payment_id, amount in parts.items():
        _send_tender(note, payment_id, amount, actor=actor, now=now)
    end_if_done(note, actor=actor, now=now)


def _split(note: RefundNote, settlement: Settlement) -> tuple[dict[UUID, Decimal], Decimal]:
    sources = list_sources(settlement)
    if not sources:
        return {}, ZERO
    earlier = RefundNote.objects.filter(
        settlement=settlement, state__in=[RefundState.SENT, RefundState.COMPLETED]
    ).exclude(id=note.id)
    before = earlier.aggregate(sum=Sum("amount"))["sum"] or ZERO
    return split_refund(
        note.amount,
        sources,
        refunded_before=before,
        waived=max(ZERO, -settlement.cash_rounding),
        step=get_pricing_settings().cash_rounding if settlement.payer == Payer.SELF else None,
        is_last=before + note.amount >= settlement.amount,
    )


def list_sources(settlement: Settlement) -> list[Source]:
    """The tenders of a bill in the order in which they came, with what of each went or goes back. Three queries.

    A part that its channel refused goes back still, while others of its refund did: no later refund takes its room.
    """
    kept = _sum_kept(settlement)
    ids = list(settlement.allocations.order_by("allocated_at", "id").values_list("payment_id", flat=True))
    payments = list_payments(order_ids=ids)
    return [
        Source(
            payment_id=each,
            paid=payments[each].paid,
            returned=max(payments[each].paid - payments[each].refundable, kept.get(each, ZERO)),
            is_cash=payments[each].channel is Channel.CASH,
        )
        for each in sorted(ids, key=lambda one: (payments[one].paid_at is None, payments[one].paid_at, one))
    ]


def _sum_kept(settlement: Settlement) -> Mapping[UUID, Decimal]:
    """What refunds that stand gave back or still have to give back, by payment."""
    standing = RefundTender.objects.filter(
        note__settlement=settlement, note__state__in=[RefundState.SENT, RefundState.COMPLETED]
    )
    newest = {(each.note_id, each.payment_id): each.amount for each in standing.order_by("id")}
    kept: defaultdict[UUID, Decimal] = defaultdict(lambda: ZERO)
    for (_note_id, payment_id), amount in newest.items():
        kept[payment_id] += amount
    return kept


def _send_tender(note: RefundNote, payment_id: UUID, amount: Decimal, *, actor: Actor, now: datetime) -> None:
    tries = RefundTender.objects.filter(note=note, payment_id=payment_id).count()
    refund = refund_payment(
        order_id=payment_id,
        amount=amount,
        idempotency_key=f"refund-note:{note.id}:{payment_id}:{tries}",
        actor=actor,
        now=now,
        reason=note.reason,
    )
    is_done = refund.ended_at is not None
    RefundTender.objects.create(
        note=note,
        payment_id=payment_id,
        payment_refund_id=refund.id,
        amount=amount,
        state=TenderState.COMPLETED if is_done else TenderState.SENT,
        ended_at=now if is_done else None,
    )


def retry_refund(*, refund_id: UUID, actor: Actor, now: datetime) -> RefundInfo:
    """Sends again the parts that their channel refused while others went back (F47).

    Refuses `RefundUnknown`, `NotCashier`, `UnknownPerson`, `NoCareRelation`, and those of payments.
    """
    with acting(actor=actor):
        note = _lock_note(refund_id, actor, now)
        for tender in _list_refused(note) if note.state == RefundState.SENT else ():
            _send_tender(note, tender.payment_id, tender.amount, actor=actor, now=now)
        end_if_done(note, actor=actor, now=now)
        return refund_info_of(note)


def send_national_refund(*, refund_id: UUID, covered_left: Decimal, account_left: Decimal, now: datetime) -> RefundInfo:
    """The bureau settled what is kept: what the patient paid too much for it goes back. Again changes nothing (F47).

    `covered_left` is what fund and account pay of what is kept. The patient keeps paying the rest of it, surcharge
    included (brief §1.3). It is the approver who lets it go. Refuses `RefundUnknown`, `RefundNotWaiting` (no approval).
    """
    found = RefundNote.objects.filter(id=refund_id).first()
    if found is None:
        raise RefundUnknown
    if not found.approved_by:
        raise RefundNotWaiting
    kind = ActorKind.STAFF if _is_id(found.approved_by) else ActorKind.SYSTEM
    actor = Actor(kind=kind, id=found.approved_by, label=found.approved_by_label, campus_code=found.campus_id)
    with acting(actor=actor):
        note = RefundNote.objects.select_for_update(of=("self",)).select_related("settlement").get(id=refund_id)
        if note.state == RefundState.WAITING:
            _set_shares(note, covered_left, account_left)
            send_note(note, actor=actor, now=now)
        return refund_info_of(note)


def _is_id(text: str) -> bool:
    """Whether it is somebody's key; the product itself acts under a name."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _set_shares(note: RefundNote, covered_left: Decimal, account_left: Decimal) -> None:
    settlement = note.settlement
    kept = sum(
        (
            row.total - row.discount - row.refunded_total + row.refunded_discount
            for row in Charge.objects.filter(settlement=settlement)
        ),
        ZERO,
    )
    before = RefundNote.objects.filter(settlement=settlement, state=RefundState.COMPLETED).aggregate(
        amount=Sum("amount"), account=Sum("account_amount")
    )
    whole = note.amount + note.covered_amount
    paid_too_much = settlement.amount - (before["amount"] or ZERO) - (kept - covered_left)
    note.amount = min(max(ZERO, paid_too_much), whole)
    note.covered_amount = whole - note.amount
    account_less = settlement.account_amount - (before["account"] or ZERO) - account_left
    note.account_amount = min(max(ZERO, account_less), note.covered_amount)
    note.save(update_fields=["amount", "covered_amount", "account_amount"])


def _list_refused(note: RefundNote) -> list[RefundTender]:
    """The newest refusal of each payment that has nothing under way and nothing done."""
    tenders = list(note.tenders.order_by("id"))
    settled = {each.payment_id for each in tenders if each.state != TenderState.FAILED}
    refused = {each.payment_id: each for each in tenders if each.payment_id not in settled}
    return list(refused.values())


def complete_refund(
    *, payment_refund_id: UUID, has_succeeded: bool, actor: Actor, now: datetime, failure_code: str = ""
) -> RefundInfo | None:
    """Ends one tender of a refund as its channel ended it; None where the channel's refund is no refund of a bill.

    The refund is COMPLETED once every part is. Where every part was refused it is FAILED and what was reserved is
    free; where only some were, it stays open for a person (`retry_refund`). Telling it again changes nothing.
    """
    with acting(actor=actor):
        found = RefundTender.objects.filter(payment_refund_id=payment_refund_id).first()
        if found is None:
            return None
        note = RefundNote.objects.select_for_update().get(id=found.note_id)
        tender = RefundTender.objects.select_for_update().get(id=found.id)
        if tender.state == TenderState.SENT:
            tender.state = TenderState.COMPLETED if has_succeeded else TenderState.FAILED
            tender.ended_at, tender.failure_code = now, failure_code[:60]
            tender.save(update_fields=["state", "ended_at", "failure_code"])
            end_if_done(note, actor=actor, now=now)
        return refund_info_of(note)


def end_if_done(note: RefundNote, *, actor: Actor, now: datetime) -> None:
    """Ends a note whose tenders have all ended alike."""
    if note.state != RefundState.SENT or note.tenders.filter(state=TenderState.SENT).exists():
        return
    refused = _list_refused(note)
    if not refused:
        end_note(note, RefundState.COMPLETED, failure_code="", actor=actor, now=now)
    elif not note.tenders.filter(state=TenderState.COMPLETED).exists():
        end_note(note, RefundState.FAILED, failure_code=refused[0].failure_code, actor=actor, now=now)


def count_refunded(rows: list[Charge], parts: Mapping[UUID, RefundPart | RefundLine], *, sign: int) -> None:
    """Adds the parts to what the locked lines gave back, or takes them off again."""
    for row in rows:
        part = parts[row.id]
        row.refunded_qty += sign * part.qty
        row.refunded_base += sign * part.base
        row.refunded_total += sign * part.total
        row.refunded_discount += sign * part.discount
        row.refunded_to_adjudication += sign * part.to_adjudication
    columns = ("qty", "base", "total", "discount", "to_adjudication")
    Charge.objects.bulk_update(rows, [f"refunded_{name}" for name in columns])


def end_note(note: RefundNote, target: RefundState, *, failure_code: str, actor: Actor, now: datetime) -> None:
    """Success takes the lines to PART_REFUNDED or REFUNDED; failure frees what was reserved."""
    note.state, note.ended_at, note.failure_code = target, now, failure_code[:60]
    note.save(update_fields=["state", "ended_at", "failure_code"])
    parts = {part.charge_id: part for part in note.lines.all()}
    rows = lock_charges(parts)
    if target is RefundState.FAILED:
        count_refunded(rows, parts, sign=-1)
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
