"""The paper that stands in for an electronic receipt: swap, ask after, take back (brief §2, Receipts)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing
from hospital.receipts.errors import (
    FiscalPlatformRefused,
    FiscalPlatformUnavailable,
    PaperIsOut,
    PaperUnknown,
    ReceiptNotIssued,
    ReceiptReasonMissing,
)
from hospital.receipts.models import FiscalReceipt, PaperReceipt
from hospital.receipts.ports import (
    FiscalDone,
    FiscalRejected,
    FiscalUnavailable,
    PaperNumber,
    PaperRequest,
    VoidPaperRequest,
    fiscal_platform,
)
from hospital.receipts.queries import describe_receipt
from hospital.receipts.services.acts import lock_receipt
from hospital.receipts.services.keeping import keep_up
from hospital.receipts.states import PAPER_TRANSITIONS, PaperState, ReceiptKind, ReceiptState
from hospital.receipts.types import ReceiptInfo


def swap_to_paper(*, receipt_id: UUID, actor: Actor, now: datetime) -> ReceiptInfo:
    """Swaps the electronic receipt for the next blank paper of the campus: the paper counts, the receipt is locked.

    Where the platform does not answer the paper stays SENT: do not hand it out before `confirm_paper` says that it
    counts. Refuses `ReceiptUnknown`, `NotCashier`, `ReceiptNotIssued`, `PaperIsOut`, `FiscalPlatformUnavailable`,
    `FiscalPlatformRefused`.
    """
    with acting(actor=actor):
        row = _swappable(receipt_id, actor)
    number = _next_number(row.campus_id)
    with acting(actor=actor), refusing({"paper_receipt_one_counts": PaperIsOut(number=number.number)}):
        row = _swappable(receipt_id, actor)
        paper = PaperReceipt.objects.create(
            receipt=row,
            batch=number.batch,
            number=number.number,
            state=PaperState.SENT,
            printed_at=now,
            printed_by=actor.id,
            printed_by_label=actor.label[:120],
        )
        _record(paper, "receipts.swap_to_paper", actor=actor, now=now)
    _ask_for_swap(row, paper, actor=actor, now=now)
    return describe_receipt(receipt_id)


def _swappable(receipt_id: UUID, actor: Actor) -> FiscalReceipt:
    row = lock_receipt(receipt_id, actor)
    if row.kind != ReceiptKind.BLUE or row.state != ReceiptState.ISSUED:
        raise ReceiptNotIssued
    paper = row.papers.filter(state__in=[PaperState.SENT, PaperState.PRINTED]).first()
    if paper is not None:
        raise PaperIsOut(number=paper.number)
    return row


def _next_number(place_code: str) -> PaperNumber:
    try:
        return fiscal_platform().next_paper(place_code)
    except FiscalUnavailable as silence:
        raise FiscalPlatformUnavailable from silence
    except FiscalRejected as refusal:
        raise FiscalPlatformRefused(fault=refusal.fault) from refusal


def _ask_for_swap(row: FiscalReceipt, paper: PaperReceipt, *, actor: Actor, now: datetime) -> None:
    request = PaperRequest(
        batch=row.batch,
        number=row.number,
        paper=PaperNumber(batch=paper.batch, number=paper.number),
        place_code=row.campus_id,
        operator=actor.label,
        at=now,
    )
    try:
        fiscal_platform().swap_to_paper(request)
    except FiscalDone:
        _settle_from_platform(row, paper, actor=actor)
    except FiscalUnavailable:
        return
    except FiscalRejected as refusal:
        _move(paper, PaperState.FAILED, actor=actor)
        raise FiscalPlatformRefused(fault=refusal.fault) from refusal
    else:
        _move(paper, PaperState.PRINTED, actor=actor)


def confirm_paper(*, paper_id: UUID, actor: Actor, now: datetime) -> ReceiptInfo:
    """Asks the platform whether an unanswered paper counts; where it never heard of it the swap is asked for again.

    Refuses `PaperUnknown`, `NotCashier`, `FiscalPlatformUnavailable`, `FiscalPlatformRefused`.
    """
    paper = PaperReceipt.objects.select_related("receipt").filter(id=paper_id, state=PaperState.SENT).first()
    if paper is None:
        raise PaperUnknown
    with acting(actor=actor):
        row = lock_receipt(paper.receipt_id, actor)
    try:
        if not _settle_from_platform(row, paper, actor=actor):
            _ask_for_swap(row, paper, actor=actor, now=now)
    except FiscalUnavailable as silence:
        raise FiscalPlatformUnavailable from silence
    return describe_receipt(row.id)


def _settle_from_platform(row: FiscalReceipt, paper: PaperReceipt, *, actor: Actor) -> bool:
    known = fiscal_platform().find(row.business_number)
    if known is None or known.paper is None:
        return False
    is_ours = (known.paper.batch, known.paper.number) == (paper.batch, paper.number)
    _move(paper, PaperState.PRINTED if is_ours else PaperState.FAILED, actor=actor)
    return True


def take_paper_back(*, paper_id: UUID, reason: str, actor: Actor, now: datetime) -> ReceiptInfo:
    """Voids a paper that came back or was spoiled: the electronic receipt counts again, and waiting reversals go on.

    Refuses `ReceiptReasonMissing`, `PaperUnknown`, `NotCashier`, `FiscalPlatformUnavailable`, `FiscalPlatformRefused`.
    """
    if not reason.strip():
        raise ReceiptReasonMissing
    paper = PaperReceipt.objects.filter(id=paper_id, state=PaperState.PRINTED).first()
    if paper is None:
        raise PaperUnknown
    with acting(actor=actor):
        row = lock_receipt(paper.receipt_id, actor)
    _void(row, paper, reason=reason.strip(), actor=actor, now=now)
    with acting(actor=actor):
        _move(
            paper,
            PaperState.VOID,
            actor=actor,
            voided_at=now,
            voided_by_label=actor.label[:120],
            reason=reason.strip()[:200],
        )
        _record(paper, "receipts.void_paper", actor=actor, now=now)
    keep_up(settlement_id=row.settlement_id, now=now)
    return describe_receipt(row.id)


def _void(row: FiscalReceipt, paper: PaperReceipt, *, reason: str, actor: Actor, now: datetime) -> None:
    request = VoidPaperRequest(
        paper=PaperNumber(batch=paper.batch, number=paper.number),
        place_code=row.campus_id,
        operator=actor.label,
        reason=reason,
        at=now,
    )
    try:
        fiscal_platform().void_paper(request)
    except FiscalDone:
        return
    except FiscalUnavailable as silence:
        raise FiscalPlatformUnavailable from silence
    except FiscalRejected as refusal:
        raise FiscalPlatformRefused(fault=refusal.fault) from refusal


def _move(paper: PaperReceipt, target: PaperState, *, actor: Actor, **changes: object) -> None:
    """The conditional update decides: whoever comes second finds the paper moved."""
    with acting(actor=actor):
        allowed = [state.value for state in PAPER_TRANSITIONS.allowed_from(target)]
        moved = PaperReceipt.objects.filter(id=paper.id, state__in=allowed).update(state=target.value, **changes)
        if moved != 1:
            raise PaperUnknown
        paper.refresh_from_db()


def _record(paper: PaperReceipt, action: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="fiscal_receipt",
        subject_id=str(paper.receipt_id),
        person_id=paper.receipt.person_id,
        now=now,
        reason=paper.reason,
        details={"batch": paper.batch, "number": paper.number},
    )
