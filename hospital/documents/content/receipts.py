"""The content of the translation sheet of a fiscal receipt."""

from datetime import date

from hospital.documents.content.blocks import Block, letterhead_block, pair, patient_block
from hospital.documents.errors import AmountsDisagree
from hospital.documents.formatting import amount_in_words, format_moment, format_money, join_texts
from hospital.documents.types.papers import ReceiptSheet, ReceiptSheetShare
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText

_NOTE = BilingualText(
    "本单仅供对照，不作报销凭证；以财政电子票据为准，可凭票据号码和校验码在财政票据查验平台核验。",
    "For reference only. The legal document is the Chinese electronic receipt, which can be checked on the finance "
    "authority’s website with the number and check code above.",
)


def receipt_sheet(sheet: ReceiptSheet, *, on: date) -> Block:
    """The sheet; refuses with `AmountsDisagree` when classes or shares miss the total."""
    for place, parts in (("classes", sheet.classes), ("shares", sheet.shares)):
        if sum((part.amount for part in parts), ZERO) != sheet.total:
            raise AmountsDisagree(place=place)
    return {
        "hospital": letterhead_block(sheet.letterhead),
        "title": {"zh": "门诊医疗收费票据信息单", "en": "Outpatient medical receipt: translation sheet"},
        "patient": patient_block(sheet.patient, on=on),
        "batch": sheet.batch,
        "number": sheet.number,
        "code": sheet.check_code,
        "type": pair(sheet.receipt_type),
        "issued": pair(format_moment(sheet.issued_at)),
        "case": sheet.case_number,
        "department": pair(sheet.department),
        "cashier": pair(sheet.cashier),
        "classes": [
            {"name": pair(each.name), "count": str(each.lines), "amount": format_money(each.amount)}
            for each in sheet.classes
        ],
        "shares": [{"name": pair(each.name), "amount": format_money(each.amount)} for each in sheet.shares],
        "tenders": pair(join_texts([_tender(each) for each in sheet.tenders])),
        "total": format_money(sheet.total),
        "words": pair(amount_in_words(sheet.total)),
        "reversal": sheet.reversal_number or None,
        "paper": sheet.paper_number or None,
        "notes": [pair(_NOTE)],
    }


def _tender(each: ReceiptSheetShare) -> BilingualText:
    amount = format_money(each.amount)
    return BilingualText(f"{each.name.zh} {amount}", f"{each.name.en} {amount}" if each.name.en else "")
