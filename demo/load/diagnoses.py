"""The ICD-10 terms that the doctor's desk offers."""

from pypinyin import Style, lazy_pinyin

from demo.load.rows import read_rows
from hospital.kernel.types import BilingualText
from hospital.records.api import load_icd10
from hospital.records.types import Icd10Term


def load_diagnoses() -> None:
    """Puts the classification in place."""
    load_icd10(
        terms=[
            Icd10Term(
                code=row["code"],
                name=BilingualText(row["name_zh"], row["name_en"]),
                chapter=row["chapter"],
                pinyin=" ".join(lazy_pinyin(row["name_zh"], errors="ignore")),
                initials="".join(lazy_pinyin(row["name_zh"], style=Style.FIRST_LETTER, errors="ignore")),
            )
            for row in read_rows("icd10.csv")
        ]
    )
