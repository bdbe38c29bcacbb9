"""The words of directions, in both languages at once: a line keeps them as they were when it was signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hospital.kernel.types import BilingualText


class Route(StrEnum):
    """How a drug is taken, by the abbreviations that pharmacists read."""

    PO = "PO"
    SL = "SL"
    IV = "IV"
    IVD = "IVD"
    IM = "IM"
    SC = "SC"
    INH = "INH"
    TOP = "TOP"
    OPH = "OPH"
    OTIC = "OTIC"
    NAS = "NAS"
    PR = "PR"
    PV = "PV"


ROUTES: Mapping[Route, BilingualText] = {
    Route.PO: BilingualText("口服", "by mouth"),
    Route.SL: BilingualText("舌下含服", "under the tongue"),
    Route.IV: BilingualText("静脉注射", "into a vein"),
    Route.IVD: BilingualText("静脉滴注", "by drip"),
    Route.IM: BilingualText("肌内注射", "into a muscle"),
    Route.SC: BilingualText("皮下注射", "under the skin"),
    Route.INH: BilingualText("吸入", "inhaled"),
    Route.TOP: BilingualText("外用", "on the skin"),
    Route.OPH: BilingualText("滴眼", "into the eye"),
    Route.OTIC: BilingualText("滴耳", "into the ear"),
    Route.NAS: BilingualText("鼻用", "into the nose"),
    Route.PR: BilingualText("直肠给药", "rectally"),
    Route.PV: BilingualText("阴道给药", "vaginally"),
}


class Frequency(StrEnum):
    """How often, by the abbreviations that pharmacists read."""

    QD = "QD"
    BID = "BID"
    TID = "TID"
    QID = "QID"
    QN = "QN"
    Q12H = "Q12H"
    Q8H = "Q8H"
    Q6H = "Q6H"
    Q4H = "Q4H"
    QOD = "QOD"
    QW = "QW"
    STAT = "STAT"
    PRN = "PRN"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A frequency: its words, doses in a day, or days between doses; neither for a single dose or as needed."""

    name: BilingualText
    per_day: Decimal | None = None
    every_days: int | None = None


FREQUENCIES: Mapping[Frequency, Rhythm] = {
    Frequency.QD: Rhythm(BilingualText("每日 1 次", "once a day"), Decimal(1)),
    Frequency.BID: Rhythm(BilingualText("每日 2 次", "twice a day"), Decimal(2)),
    Frequency.TID: Rhythm(BilingualText("每日 3 次", "3 times a day"), Decimal(3)),
    Frequency.QID: Rhythm(BilingualText("每日 4 次", "4 times a day"), Decimal(4)),
    Frequency.QN: Rhythm(BilingualText("每晚 1 次", "once a night"), Decimal(1)),
    Frequency.Q12H: Rhythm(BilingualText("每 12 小时 1 次", "every 12 hours"), Decimal(2)),
    Frequency.Q8H: Rhythm(BilingualText("每 8 小时 1 次", "every 8 hours"), Decimal(3)),
    Frequency.Q6H: Rhythm(BilingualText("每 6 小时 1 次", "every 6 hours"), Decimal(4)),
    Frequency.Q4H: Rhythm(BilingualText("每 4 小时 1 次", "every 4 hours"), Decimal(6)),
    Frequency.QOD: Rhythm(BilingualText("隔日 1 次", "every other day"), every_days=2),
    Frequency.QW: Rhythm(BilingualText("每周 1 次", "once a week"), every_days=7),
    Frequency.STAT: Rhythm(BilingualText("立即使用 1 次", "once, now")),
    Frequency.PRN: Rhythm(BilingualText("必要时", "as needed")),
}

# What a dose is counted in; measures are written the same in both languages.
DOSE_UNITS: Mapping[str, BilingualText] = {
    **{unit: BilingualText(unit, unit) for unit in ("g", "mg", "mL", "IU")},
    "mcg": BilingualText("μg", "mcg"),
    "tablet": BilingualText("片", "tablet"),
    "capsule": BilingualText("粒", "capsule"),
    "pill": BilingualText("丸", "pill"),
    "sachet": BilingualText("袋", "sachet"),
    "drop": BilingualText("滴", "drop"),
    "puff": BilingualText("揿", "puff"),
    "inhalation": BilingualText("吸", "inhalation"),
    "application": BilingualText("次", "application"),
    "patch": BilingualText("贴", "patch"),
    "ampule": BilingualText("支", "ampule"),
    "vial": BilingualText("瓶", "vial"),
    "suppository": BilingualText("枚", "suppository"),
}


def format_amount(amount: Decimal) -> str:
    """A dose or quantity without trailing zeros: 0.4, 30, 1.25."""
    return format(amount.normalize(), "f")
