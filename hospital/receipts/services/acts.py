"""What a cashier does with a receipt: ask again for a refused one, reverse one that is wrong."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.receipts.errors import (
    PaperIsOut,
    ReceiptNotRepeatable,
    ReceiptNotReversible,
    ReceiptReasonMissing,
    ReceiptUnknown,
)
from hospital.receipts.models import FiscalReceipt
from hospital.receipts.queries import describe_receipt
from hospital.receipts.rules.tills import require_cashier
from hospital.receipts.services.keeping import keep_up, move, write_red
from hospital.receipts.services.numbers import hold_bill
from hospital.receipts.states import PaperState, ReceiptKind, ReceiptState
from hospital.receipts.types import ReceiptInfo


def lock_receipt(receipt_id: UUID, actor: Actor) -> FiscalReceipt:
    """The row, locked with its bill, for a cashier of its campus. Refuses `ReceiptUnknown`, `NotCashier`."""
    row = FiscalReceipt.objects.filter(id=receipt_id).first()
    if row is None:
        raise ReceiptUnknown
    require_cashier(actor, row.campus_id)
    hold_bill(row.settlement_id)
    return FiscalReceipt.objects.select_for_update().get(id=receipt_id)


def issue_again(*, receipt_id: UUID, actor: Actor, now: datetime) -> ReceiptInfo:
    """Asks again for a receipt that the platform refused, under the same number; how it then stands.

    Refuses `ReceiptUnknown`, `NotCashier`, `ReceiptNotRepeatable`.
    """
    with acting(actor=actor):
        row = lock_receipt(receipt_id, actor)
        if row.state != ReceiptState.FAILED:
            raise ReceiptNotRepeatable
        move(row, ReceiptState.REQUESTED, fault="")
        record_act(
            actor=actor,
            action="receipts.issue_again",
            subject_kind="fiscal_receipt",
            subject_id=str(row.id),
            person_id=row.person_id,
            now=now,
        )
    keep_up(settlement_id=row.settlement_id, now=now)
    return describe_receipt(receipt_id)


def replace_receipt(*, receipt_id: UUID, reason: str, actor: Actor, now: datetime) -> ReceiptInfo:
    """Reverses the receipt in force as a whole, after which a new one over what is left follows by itself.

    For a receipt that says something wrong while the money is right. Refuses `ReceiptReasonMissing`, `ReceiptUnknown`,
    `NotCashier`, `ReceiptNotReversible`, `PaperIsOut`.
    """
    if not reason.strip():
        raise ReceiptReasonMissing
    with acting(actor=actor):
        row = lock_receipt(receipt_id, actor)
        is_in_force = row.kind == ReceiptKind.BLUE and row.state == ReceiptState.ISSUED
        if not is_in_force or FiscalReceipt.objects.filter(reverses=row).exists():
            raise ReceiptNotReversible
        paper = row.papers.filter(state__in=[PaperState.SENT, PaperState.PRINTED]).first()
        if paper is not None:
            raise PaperIsOut(number=paper.number)
        turn = FiscalReceipt.objects.filter(settlement_id=row.settlement_id).count() + 1
        write_red(row, reason=reason.strip(), turn=turn, actor=actor, now=now)
    keep_up(settlement_id=row.settlement_id, now=now)
    return describe_receipt(receipt_id)
