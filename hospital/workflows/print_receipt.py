"""The translation sheet of a fiscal receipt, and which receipts a refund left behind (F47, F48)."""

from datetime import datetime
from uuid import UUID

from hospital.documents.api import (
    DocumentKind,
    PaperLanguage,
    PaperSheet,
    ReceiptSheet,
    ReceiptSheetClass,
    ReceiptSheetShare,
    RefundReceipts,
    RenderedPaper,
    Subject,
    paper_patient_of,
)
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_person
from hospital.receipts.api import get_receipt, list_receipts
from hospital.receipts.errors import ReceiptNotIssued
from hospital.receipts.states import ReceiptKind
from hospital.receipts.types import ReceiptInfo
from hospital.workflows.paper_words import letterhead_at
from hospital.workflows.print_paper import print_paper

_TYPE = BilingualText("医疗门诊收费票据（电子）", "Outpatient medical receipt (electronic)")
_SHARES = (
    ("fund", BilingualText("医保统筹基金", "Pooled insurance fund")),
    ("other", BilingualText("其他支付（商业保险）", "Other payers (commercial insurance)")),
    ("account", BilingualText("个人账户", "Personal insurance account")),
    ("cash", BilingualText("个人现金支付", "Paid by the patient")),
)


def print_receipt_sheet(
    *, receipt_id: UUID, language: PaperLanguage, actor: Actor, now: datetime, sheet: PaperSheet | None = None
) -> RenderedPaper:
    """Prints the translation sheet of an issued blue receipt, counted; a reversed one says so with the red number.

    Refusals: `ReceiptUnknown`, `NoCareRelation`, `ReceiptNotIssued` (also for a red one, which has no sheet),
    `EnglishTextMissing`, `SheetNotOffered`.
    """
    receipt = get_receipt(receipt_id=receipt_id, actor=actor, now=now)
    if receipt.kind is ReceiptKind.RED or not receipt.number or receipt.issued_at is None:
        raise ReceiptNotIssued
    return print_paper(
        kind=DocumentKind.RECEIPT_SHEET,
        subject=Subject("receipts.receipt", str(receipt.id)),
        person_id=receipt.person_id,
        content=_sheet(receipt, issued_at=receipt.issued_at, actor=actor, now=now),
        language=language,
        sheet=sheet,
        actor=actor,
        now=now,
    )


def _sheet(receipt: ReceiptInfo, *, issued_at: datetime, actor: Actor, now: datetime) -> ReceiptSheet:
    content, paper = receipt.content, receipt.paper
    person = get_person(actor=actor, person_id=receipt.person_id, now=now)
    red = _red_of(receipt)
    return ReceiptSheet(
        letterhead=letterhead_at(campus_code=receipt.campus_code),
        patient=paper_patient_of(person=person, campus_code=receipt.campus_code),
        batch=receipt.batch,
        number=receipt.number,
        check_code=receipt.check_code,
        receipt_type=_TYPE,
        issued_at=issued_at,
        case_number=content.case_number or content.bill_number,
        department=content.department,
        cashier=content.cashier,
        classes=tuple(
            ReceiptSheetClass(name=each.name, lines=each.lines, amount=each.amount) for each in content.classes
        ),
        shares=tuple(ReceiptSheetShare(name=name, amount=getattr(content.shares, key)) for key, name in _SHARES),
        tenders=tuple(ReceiptSheetShare(name=each.name, amount=each.amount) for each in content.channels),
        total=receipt.amount,
        reversal_number=red.number if red else "",
        paper_number=paper.number if paper else "",
    )


def _red_of(receipt: ReceiptInfo) -> ReceiptInfo | None:
    family = list_receipts(settlement_ids=[receipt.settlement_id])[receipt.settlement_id]
    return next((one for one in family if one.reverses_id == receipt.id and one.number), None)


def receipts_after_refund(*, settlement_id: UUID, ended_at: datetime | None) -> tuple[str, RefundReceipts | None]:
    """The number that stood when the refund ended, and what followed: the red number and the replacement.

    Several refunds that ended together share them. No number, or None, while the platform has not answered.
    """
    numbered = [one for one in list_receipts(settlement_ids=[settlement_id])[settlement_id] if one.number]
    blues = [one for one in numbered if one.kind is ReceiptKind.BLUE]
    if ended_at is None:
        return (blues[-1].number if blues else ""), None
    reds = [one for one in numbered if one.kind is ReceiptKind.RED and one.requested_at >= ended_at]
    if not reds:
        return (blues[-1].number if blues else ""), None
    red = reds[0]
    original = next((one.number for one in blues if one.id == red.reverses_id), "")
    follower = next((one for one in blues if one.turn > red.turn), None)
    return original, RefundReceipts(
        reversal_number=red.number,
        replacement_number=follower.number if follower else "",
        replacement_amount=follower.amount if follower else None,
    )
