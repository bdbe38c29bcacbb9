"""The label of a specimen: stuck on the tube as it is drawn, read by the laboratory's scanner (R56, D53)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hospital.documents.barcodes import draw_code128
from hospital.documents.content.blocks import Block, letterhead_block, pair
from hospital.documents.formatting import format_age, format_day_short, local_day
from hospital.documents.rendering import render_labels
from hospital.documents.types.kinds import PaperLanguage
from hospital.documents.types.people import Letterhead
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText

_TITLE = BilingualText("标本标签", "Specimen label")
_SEXES = {"M": BilingualText("男", "M"), "F": BilingualText("女", "F")}
_NOT_STATED = BilingualText("—", "—")


class LabelRoll(StrEnum):
    """The roll in the printer, by its width in millimeters."""

    NARROW = "50"
    WIDE = "80"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenLabel:
    """One tube. `drawn_at` is empty until somebody noted the drawing."""

    letterhead: Letterhead
    number: str
    patient: BilingualText
    sex: str
    born_on: date
    mrn: str
    specimen: BilingualText
    container: BilingualText
    tests: tuple[BilingualText, ...]
    is_emergency: bool
    drawn_at: datetime | None


def print_specimen_label(*, label: SpecimenLabel, roll: LabelRoll, language: PaperLanguage, now: datetime) -> bytes:
    """The label as a PDF: 50 × 30 mm, or 80 mm wide and as high as it needs. The bars say the specimen's number."""
    content: Block = {
        "title": pair(_TITLE),
        "hospital": letterhead_block(label.letterhead),
        "roll": roll.value,
        "number": label.number,
        "bars": draw_code128(label.number),
        "patient": pair(label.patient),
        "sex": pair(_SEXES.get(label.sex, _NOT_STATED)),
        "age": pair(format_age(label.born_on, local_day(now))),
        "mrn": label.mrn,
        "specimen": pair(label.specimen),
        "container": pair(label.container),
        "tests": [pair(each) for each in label.tests],
        "emergency": label.is_emergency,
        "day": pair(format_day_short(label.drawn_at or now)),
        "drawn": f"{label.drawn_at.astimezone(SHANGHAI):%H:%M}" if label.drawn_at else None,
    }
    return render_labels(template="specimen-label", content=content, language=language, now=now)
