"""Labels of dispensed drugs: stuck on the box, without a number or a check of their own (N08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hospital.documents.content.blocks import Block, letterhead_block, optional_pair, pair
from hospital.documents.formatting import format_day_short
from hospital.documents.rendering import render_labels
from hospital.documents.types.kinds import PaperLanguage
from hospital.documents.types.people import Letterhead
from hospital.kernel.types import BilingualText

_TITLE = BilingualText("用药标签", "Medicine label")


class HowTaken(StrEnum):
    """The pictogram of how a drug is taken."""

    MOUTH = "mouth"
    NEEDLE = "needle"
    EYE = "eye"
    SKIN = "skin"
    BREATH = "breath"
    OTHER = "other"


class TimeOfDay(StrEnum):
    """The pictogram of when a drug is taken."""

    MORNING = "morning"
    NOON = "noon"
    EVENING = "evening"
    NIGHT = "night"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugLabel:
    """One drug. `times` are empty where the frequency names none; `dose` is what is taken at each of them; a decoction
    has no batch of its own."""

    name: BilingualText
    spec: BilingualText
    quantity: BilingualText
    directions: BilingualText
    remark: BilingualText | None
    how: HowTaken
    times: tuple[TimeOfDay, ...]
    dose: BilingualText
    batch: str
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """The labels of one prescription."""

    letterhead: Letterhead
    patient: BilingualText
    mrn: str
    prescription_number: str
    labels: Sequence[DrugLabel]


def print_drug_labels(*, sheet: LabelSheet, language: PaperLanguage, now: datetime) -> bytes:
    """The labels as a PDF for an 80 mm printer, one a page."""
    content: Block = {
        "title": pair(_TITLE),
        "hospital": letterhead_block(sheet.letterhead),
        "patient": pair(sheet.patient),
        "mrn": sheet.mrn,
        "number": sheet.prescription_number,
        "day": pair(format_day_short(now)),
        "labels": [_label(each) for each in sheet.labels],
    }
    return render_labels(template="drug-label", content=content, language=language, now=now)


def _label(label: DrugLabel) -> Block:
    return {
        "name": pair(label.name),
        "spec": pair(label.spec),
        "qty": pair(label.quantity),
        "sig": pair(label.directions),
        "note": optional_pair(label.remark),
        "how": label.how.value,
        "times": [{"when": each.value, "amount": pair(label.dose)} for each in label.times],
        "batch": label.batch,
        "until": pair(format_day_short(label.expires_on)) if label.expires_on else None,
    }
