"""On which kind of device something is examined, and what kind of report follows (domain brief 4)."""

from datetime import datetime

from hospital.catalog.api import get_item
from hospital.catalog.types import ServiceCategory
from hospital.examinations.api import list_needs
from hospital.results.api import find_kind
from hospital.results.types import ExamKind

_BY_DESK = {
    ServiceCategory.ECG: "ECG",
    ServiceCategory.ULTRASOUND: "US",
    ServiceCategory.ENDOSCOPY: "ES",
    ServiceCategory.PATHOLOGY: "SM",
}
_KIND_BY_DESK = {
    ServiceCategory.IMAGING: ExamKind.RADIOLOGY,
    ServiceCategory.ECG: ExamKind.ECG,
    ServiceCategory.ULTRASOUND: ExamKind.ULTRASOUND,
    ServiceCategory.ENDOSCOPY: ExamKind.ENDOSCOPY,
    ServiceCategory.PATHOLOGY: ExamKind.PATHOLOGY,
}


def modality_of(*, item_code: str, now: datetime) -> str:
    """The kind of device on which it is examined: that of its rule, else the catalog's, else that of the desk that does
    it, or empty.

    Refuses `UnknownItem`.
    """
    needs = list_needs(item_codes=[item_code]).get(item_code)
    if needs is not None:
        return needs.modality
    card = get_item(code=item_code, now=now)
    if card.service is not None and card.service.modality:
        return card.service.modality
    return _BY_DESK.get(card.category, "") if card.category else ""


def exam_kind_of(*, item_code: str, now: datetime) -> ExamKind:
    """The kind of report of an examination: that of its kind of device where that is known, else that of the desk that
    does it, so that what imaging does is read by two also without a rule (domain brief 4).

    Refuses `UnknownItem`.
    """
    kind = find_kind(modality_of(item_code=item_code, now=now))
    if kind is not None:
        return kind
    category = get_item(code=item_code, now=now).category
    return _KIND_BY_DESK.get(category, ExamKind.OTHER) if category else ExamKind.OTHER
