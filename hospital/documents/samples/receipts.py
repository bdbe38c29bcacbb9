"""Samples of the translation sheet of a fiscal receipt."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from hospital.documents.samples import people
from hospital.documents.types import ReceiptSheet, ReceiptSheetClass, ReceiptSheetShare
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText as Text

_CLASSES = (
    ("诊察费", "Consultation", 1, "390.00"),
    ("检查费", "Examination", 2, "144.50"),
    ("化验费", "Laboratory", 2, "110.50"),
    ("西药费", "Western drugs", 3, "113.19"),
    ("其他费", "Other", 1, "0.01"),
)


def receipt_samples() -> dict[str, ReceiptSheet]:
    """A receipt in force, one that was reversed, one with every fee class."""
    classes = tuple(
        ReceiptSheetClass(name=Text(zh, en), lines=lines, amount=Decimal(amount)) for zh, en, lines, amount in _CLASSES
    )
    sheet = _sheet(classes)
    many = tuple(replace(classes[i % 5], lines=i + 1) for i in range(14))
    return {
        "receipt-sheet": sheet,
        "receipt-sheet-reversed": replace(sheet, reversal_number="0093187461", patient=people.CHOLMONDELEY),
        "receipt-sheet-14": replace(_sheet(many), patient=people.NGUYEN, paper_number="0002600001"),
    }


def _sheet(classes: tuple[ReceiptSheetClass, ...]) -> ReceiptSheet:
    total = sum((each.amount for each in classes), ZERO)
    card = Decimal("200.00")
    return ReceiptSheet(
        letterhead=people.LETTERHEAD,
        patient=people.WHITAKER,
        batch="44060126",
        number="0093187452",
        check_code="7d2f9a",
        receipt_type=Text("医疗门诊收费票据（电子）", "Outpatient medical receipt (electronic)"),
        issued_at=datetime(2026, 11, 24, 2, 59, tzinfo=UTC),
        case_number="OP-20261124-0457",
        department=people.CARDIOLOGY,
        cashier=people.HE,
        classes=classes,
        shares=(
            ReceiptSheetShare(name=Text("医保统筹基金", "Pooled insurance fund"), amount=ZERO),
            ReceiptSheetShare(name=Text("其他支付（商业保险）", "Other payers (commercial insurance)"), amount=ZERO),
            ReceiptSheetShare(name=Text("个人账户", "Personal insurance account"), amount=ZERO),
            ReceiptSheetShare(name=Text("个人现金支付", "Paid by the patient"), amount=total),
        ),
        tenders=(
            ReceiptSheetShare(name=Text("银行卡", "Card"), amount=card),
            ReceiptSheetShare(name=Text("现金", "Cash"), amount=total - card),
        ),
        total=total,
    )
