"""Terms of the classification for tests."""

from hospital.kernel.types import BilingualText
from hospital.records.api import load_icd10
from hospital.records.types import Icd10Term

TERMS = (
    ("I10", "原发性高血压", "Essential (primary) hypertension", "yuan fa xing gao xue ya", "yfxgxy", "IX"),
    ("I20.9", "心绞痛", "Angina pectoris, unspecified", "xin jiao tong", "xjt", "IX"),
    ("J18.9", "肺炎", "Pneumonia, organism not specified", "fei yan", "fy", "X"),
    ("J18.0", "支气管肺炎", "Bronchopneumonia, not specified", "zhi qi guan fei yan", "zqgfy", "X"),
    ("J15.9", "细菌性肺炎", "Bacterial pneumonia, not specified", "xi jun xing fei yan", "xjxfy", "X"),
)


def make_terms() -> None:
    """Five terms of two chapters."""
    load_icd10(
        terms=[
            Icd10Term(code=code, name=BilingualText(zh, en), pinyin=pinyin, initials=initials, chapter=chapter)
            for code, zh, en, pinyin, initials, chapter in TERMS
        ]
    )
