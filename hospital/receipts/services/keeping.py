"""Keeping the receipts of a bill up with its money: issue, ask after, reverse, issue anew (F46, F47, F48)."""

import json
import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hospital.audit.api import acting, record_act
from hospital.billing.api import get_refund
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.kernel.queue import defer_task
from hospital.kernel.types import BilingualText
from hospital.receipts.models import FiscalReceipt
from hospital.receipts.ports import (
    OUTPATIENT,
    FiscalDone,
    FiscalRejected,
    FiscalUnavailable,
    IssuedNumber,
    IssueRequest,
    ReverseRequest,
    fiscal_platform,
)
from hospital.receipts.rules.contents import dump_content, load_content
from hospital.receipts.rules.steps import Known, Step, next_step, wait_before
from hospital.receipts.services.bills import (
    SYSTEM,
    KeptBill,
    compose_receipt,
    find_payer_document,
    read_kept_bill,
)
from hospital.receipts.services.numbers import hold_bill, next_business_number
from hospital.receipts.states import RECEIPT_TRANSITIONS, PaperState, ReceiptKind, ReceiptState

log = logging.getLogger(__name__)
_REFUNDED = BilingualText("退费", "Refund")
_MOST_STEPS = 12


def take_news(*, kind: str, subject_id: str, facts: str, now: datetime) -> None:
    """A bill was paid or a refund ended: brings the receipts of that bill up to date."""
    if kind == "billing.refund_completed":
        settlement_id = get_refund(refund_id=UUID(subject_id), actor=SYSTEM, now=now).settlement_id
    else:
        settlement_id = UUID(json.loads(facts)["settlement"])
    keep_up(settlement_id=settlement_id, now=now)


def keep_up(*, settlement_id: UUID, now: datetime) -> None:
    """Takes step by step until the receipts say what is left of the bill, or an answer is outstanding.

    May be repeated and called by several at once: the platform knows each step by our number, or by the number it takes
    back, and carries it out once. Must not be called inside a transaction. Refuses `SettlementUnknown`.
    """
    for _ in range(_MOST_STEPS):
        receipt_id = _plan(settlement_id, now)
        if receipt_id is None or not _send(receipt_id, now):
            return


def ask_after(*, receipt_id: UUID, attempt: int, now: datetime) -> None:
    """A planned question about a receipt that was not answered; one that a newer sending replaced does nothing."""
    row = FiscalReceipt.objects.filter(id=receipt_id).first()
    if row is not None and row.state == ReceiptState.SENT and row.attempts == attempt:
        keep_up(settlement_id=row.settlement_id, now=now)


def _plan(settlement_id: UUID, now: datetime) -> UUID | None:
    """Writes down the next step and returns the receipt to be sent; None when nothing is to be sent."""
    with transaction.atomic(durable=True), acting(actor=SYSTEM):
        hold_bill(settlement_id)
        bill = read_kept_bill(settlement_id=settlement_id, now=now)
        if bill is None:
            return None
        rows = list(FiscalReceipt.objects.filter(settlement_id=settlement_id).order_by("turn"))
        return _take_steps(bill, rows, now)


def _take_steps(bill: KeptBill, rows: list[FiscalReceipt], now: datetime) -> UUID | None:
    with_paper = set(
        FiscalReceipt.objects.filter(
            id__in=[row.id for row in rows], papers__state__in=[PaperState.SENT, PaperState.PRINTED]
        ).values_list("id", flat=True)
    )
    known = [
        Known(
            id=row.id,
            kind=ReceiptKind(row.kind),
            state=ReceiptState(row.state),
            digest=row.content_hash,
            has_paper=row.id in with_paper,
        )
        for row in rows
    ]
    found = next_step(known, bill.wanted)
    if found is None:
        return None
    step, receipt_id = found
    row = next((each for each in rows if each.id == receipt_id), None)
    if step is Step.SEND:
        return receipt_id
    if step is Step.ISSUE:
        return write_blue(bill, turn=len(rows) + 1, now=now).id
    if row is None:
        raise LookupError("a step without its receipt")
    if step is Step.HOLD:
        hold_by_paper(row)
        return None
    if step is Step.DROP:
        move(row, ReceiptState.DROPPED)
        return _take_steps(bill, rows, now)
    return write_red(row, reason=f"{_REFUNDED.zh} {_REFUNDED.en}", turn=len(rows) + 1, actor=SYSTEM, now=now).id


def write_blue(bill: KeptBill, *, turn: int, now: datetime) -> FiscalReceipt:
    """A receipt over what is left, written down and not sent yet."""
    content = compose_receipt(bill=bill, now=now)
    return _write(
        settlement_id=bill.settlement.id,
        person_id=bill.settlement.person_id,
        campus_id=bill.settlement.campus_code,
        turn=turn,
        kind=ReceiptKind.BLUE,
        amount=content.total,
        content=dump_content(content),
        content_hash=bill.wanted.digest,
        actor=SYSTEM,
        now=now,
    )


def write_red(row: FiscalReceipt, *, reason: str, turn: int, actor: Actor, now: datetime) -> FiscalReceipt:
    """The reversal of an issued receipt as a whole, written down and not sent yet."""
    FiscalReceipt.objects.filter(id=row.id).update(is_held_by_paper=False)
    return _write(
        settlement_id=row.settlement_id,
        person_id=row.person_id,
        campus_id=row.campus_id,
        turn=turn,
        kind=ReceiptKind.RED,
        reverses=row,
        amount=row.amount,
        content=row.content,
        content_hash=row.content_hash,
        reason=reason[:200],
        actor=actor,
        now=now,
    )


def _write(*, actor: Actor, now: datetime, **columns: object) -> FiscalReceipt:
    row = FiscalReceipt.objects.create(
        business_number=next_business_number(now=now),
        state=ReceiptState.REQUESTED,
        requested_at=now,
        requested_by=actor.id,
        requested_by_label=actor.label[:120],
        **columns,
    )
    record_act(
        actor=actor,
        action="receipts.request",
        subject_kind="fiscal_receipt",
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
        reason=row.reason,
        details={"kind": row.kind, "amount": str(row.amount), "business_number": row.business_number},
    )
    return row


def hold_by_paper(row: FiscalReceipt) -> None:
    """The receipt would have to be reversed, but its paper is out: somebody has to ask for it."""
    FiscalReceipt.objects.filter(id=row.id).update(is_held_by_paper=True)


def move(row: FiscalReceipt, target: ReceiptState, **changes: object) -> None:
    """Moves a receipt that the caller has locked. Refuses with `IllegalTransition`."""
    RECEIPT_TRANSITIONS.check(current=ReceiptState(row.state), target=target)
    row.state = target.value
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])


def _send(receipt_id: UUID, now: datetime) -> bool:
    """Sends a receipt, or asks after one that was sent; whether it is issued."""
    with transaction.atomic(durable=True), acting(actor=SYSTEM):
        row = FiscalReceipt.objects.select_for_update().get(id=receipt_id)
        state = ReceiptState(row.state)
        if state not in (ReceiptState.REQUESTED, ReceiptState.SENT):
            return state is ReceiptState.ISSUED
        may_have_arrived = state is ReceiptState.SENT
        sent_at = row.sent_at if may_have_arrived and row.sent_at else now
        move(row, ReceiptState.SENT, sent_at=sent_at, attempts=row.attempts + 1, fault="")
        defer_task(
            "receipts.ask_after",
            schedule_at=now + wait_before(sent_first_at=sent_at, now=now),
            receipt_id=str(row.id),
            attempt=row.attempts,
        )
    answer = _exchange(row, may_have_arrived=may_have_arrived, now=now)
    with acting(actor=SYSTEM):
        row = FiscalReceipt.objects.select_for_update().get(id=receipt_id)
        if row.state == ReceiptState.SENT:
            _write_down(row, answer, now)
        return row.state == ReceiptState.ISSUED


def _exchange(row: FiscalReceipt, *, may_have_arrived: bool, now: datetime) -> IssuedNumber | FiscalRejected | None:
    """The number, the refusal, or None where nothing is known yet."""
    try:
        if may_have_arrived:
            known = _find(row)
            if known is not None:
                return known
        try:
            return _call(row, now)
        except FiscalDone:
            return _find(row)
    except FiscalRejected as refusal:
        return refusal
    except FiscalUnavailable as silence:
        log.warning("receipt %s: no answer: %s", row.business_number, silence)
        return None


def _call(row: FiscalReceipt, now: datetime) -> IssuedNumber:
    platform = fiscal_platform()
    if row.reverses is not None:
        return platform.reverse(
            ReverseRequest(
                batch=row.reverses.batch,
                number=row.reverses.number,
                place_code=row.campus_id,
                operator=row.requested_by_label,
                reason=row.reason,
                at=now,
            )
        )
    return platform.issue(
        IssueRequest(
            business_number=row.business_number,
            receipt_type=OUTPATIENT,
            place_code=row.campus_id,
            at=now,
            payer_document=find_payer_document(person_id=row.person_id, now=now),
            content=load_content(row.content),
        )
    )


def _find(row: FiscalReceipt) -> IssuedNumber | None:
    """What the platform knows of it. An answer that contradicts ours is no answer: a person has to look."""
    asked = row.reverses or row
    known = fiscal_platform().find(asked.business_number)
    if known is None:
        return None
    if known.amount != asked.amount:
        log.error("receipt %s: the platform knows another amount", asked.business_number)
        raise FiscalUnavailable("another amount")
    return known.red if row.reverses else known.blue


def _write_down(row: FiscalReceipt, answer: IssuedNumber | FiscalRejected | None, now: datetime) -> None:
    if answer is None:
        return
    if isinstance(answer, FiscalRejected):
        move(row, ReceiptState.FAILED, fault=str(answer)[:200])
        record_act(
            actor=SYSTEM,
            action="receipts.refused",
            subject_kind="fiscal_receipt",
            subject_id=str(row.id),
            person_id=row.person_id,
            now=now,
            reason=row.fault,
        )
        return
    move(
        row,
        ReceiptState.ISSUED,
        batch=answer.batch,
        number=answer.number,
        check_code=answer.check_code,
        issued_at=answer.issued_at,
        copy_url=answer.copy_url,
    )
    if row.reverses is not None:
        move(FiscalReceipt.objects.select_for_update().get(id=row.reverses.id), ReceiptState.REVERSED)
    happened = "reversed" if row.kind == ReceiptKind.RED else "issued"
    record_act(
        actor=SYSTEM,
        action=f"receipts.{happened}",
        subject_kind="fiscal_receipt",
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
        details={"batch": row.batch, "number": row.number, "amount": str(row.amount)},
    )
    record_event(
        kind=f"receipts.{happened}",
        subject_id=str(row.settlement_id),
        person_id=row.person_id,
        now=now,
        facts={"number": row.number, "amount": str(row.amount)},
    )
