"""Coded words of a treatment order in both languages: where, how much, how often, how it was borne."""

from collections.abc import Mapping
from enum import StrEnum

from hospital.kernel.types import BilingualText


class Laterality(StrEnum):
    """Which side; NONE where the site has no sides."""

    NONE = "NONE"
    LEFT = "LEFT"
    RIGHT = "RIGHT"
    BOTH = "BOTH"


LATERALITIES: Mapping[Laterality, BilingualText] = {
    Laterality.NONE: BilingualText("不分侧", "No side"),
    Laterality.LEFT: BilingualText("左侧", "Left"),
    Laterality.RIGHT: BilingualText("右侧", "Right"),
    Laterality.BOTH: BilingualText("双侧", "Both sides"),
}
# Sites that have a left and a right: their order names a side.
PAIRED_SITES = frozenset(
    {
        *("EYE", "EAR", "SHOULDER", "UPPER_ARM", "ELBOW", "FOREARM", "WRIST", "HAND"),
        *("BUTTOCK", "HIP", "THIGH", "KNEE", "LEG", "ANKLE", "FOOT"),
    }
)
SITES: Mapping[str, BilingualText] = {
    "WHOLE_BODY": BilingualText("全身", "Whole body"),
    "HEAD": BilingualText("头部", "Head"),
    "FACE": BilingualText("面部", "Face"),
    "EYE": BilingualText("眼部", "Eye"),
    "EAR": BilingualText("耳部", "Ear"),
    "NECK": BilingualText("颈部", "Neck"),
    "CHEST": BilingualText("胸部", "Chest"),
    "ABDOMEN": BilingualText("腹部", "Abdomen"),
    "BACK": BilingualText("背部", "Back"),
    "LOWER_BACK": BilingualText("腰部", "Lower back"),
    "PERINEUM": BilingualText("会阴部", "Perineum"),
    "SHOULDER": BilingualText("肩部", "Shoulder"),
    "UPPER_ARM": BilingualText("上臂", "Upper arm"),
    "ELBOW": BilingualText("肘部", "Elbow"),
    "FOREARM": BilingualText("前臂", "Forearm"),
    "WRIST": BilingualText("腕部", "Wrist"),
    "HAND": BilingualText("手部", "Hand"),
    "BUTTOCK": BilingualText("臀部", "Buttock"),
    "HIP": BilingualText("髋部", "Hip"),
    "THIGH": BilingualText("大腿", "Thigh"),
    "KNEE": BilingualText("膝部", "Knee"),
    "LEG": BilingualText("小腿", "Lower leg"),
    "ANKLE": BilingualText("踝部", "Ankle"),
    "FOOT": BilingualText("足部", "Foot"),
}
DOSE_UNITS: Mapping[str, BilingualText] = {
    "min": BilingualText("分钟", "min"),
    "mL": BilingualText("毫升", "mL"),
    "mg": BilingualText("毫克", "mg"),
    "point": BilingualText("穴位", "points"),
    "J/cm2": BilingualText("焦耳/平方厘米", "J/cm²"),
    "L/min": BilingualText("升/分钟", "L/min"),
    "time": BilingualText("次", "times"),
}


class Frequency(StrEnum):
    """How often a session is due."""

    ONCE = "ONCE"
    BID = "BID"
    QD = "QD"
    QOD = "QOD"
    BIW = "BIW"
    QW = "QW"


FREQUENCIES: Mapping[Frequency, BilingualText] = {
    Frequency.ONCE: BilingualText("一次", "once"),
    Frequency.BID: BilingualText("每日两次", "twice a day"),
    Frequency.QD: BilingualText("每日一次", "once a day"),
    Frequency.QOD: BilingualText("隔日一次", "every other day"),
    Frequency.BIW: BilingualText("每周两次", "twice a week"),
    Frequency.QW: BilingualText("每周一次", "once a week"),
}


class Reaction(StrEnum):
    """How the patient bore a session."""

    NONE = "NONE"
    MILD = "MILD"
    MARKED = "MARKED"


REACTIONS: Mapping[Reaction, BilingualText] = {
    Reaction.NONE: BilingualText("无不适", "No complaint"),
    Reaction.MILD: BilingualText("轻微不适", "Slight discomfort"),
    Reaction.MARKED: BilingualText("明显反应", "Marked reaction"),
}
