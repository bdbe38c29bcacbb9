"""The content of the price notice."""

from collections.abc import Iterable
from datetime import date

from hospital.documents.content.blocks import Block, letterhead_block, pair, patient_block, signature_blocks
from hospital.documents.types.notices import NoticePoint, PriceNoticePaper


def price_notice(notice: PriceNoticePaper, *, on: date) -> Block:
    """The notice as it is signed."""
    return {
        "hospital": letterhead_block(notice.letterhead),
        "title": {"zh": "价格告知单", "en": "Price notice"},
        "patient": patient_block(notice.patient, on=on),
        "service": pair(notice.service),
        "text_code": notice.code,
        "rates": _points(notice.rates),
        "exempt": [pair(each) for each in notice.exempt],
        "payers": _points(notice.payers),
        "sections": _points(notice.sections),
        "signs": signature_blocks(notice.signatures),
    }


def _points(points: Iterable[NoticePoint]) -> list[Block]:
    return [{"what": pair(point.what), "said": pair(point.said)} for point in points]
