"""What is said, found, ordered and measured in the visits of the loaded days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from demo.load.rows import read_rows
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class Script:
    """One visit's content. `drugs` are (code, days); `results` are values by analyte code.

    The doctor's own words are Chinese texts with their English; a record is written in one of them.
    """

    specialty: str
    patients: str  # ADULT, WOMAN, CHILD, ANY
    complaint: BilingualText
    findings: BilingualText
    plan: BilingualText
    diagnoses: tuple[str, ...]
    drugs: tuple[tuple[str, int], ...]
    tests: tuple[str, ...]
    exams: tuple[str, ...]
    purpose: BilingualText
    results: Mapping[str, str] = field(hash=False)
    later: tuple[str, ...] = ()  # examinations that are paid, and find a time on another day

    def suits(self, *, sex: str, birth_on: date, on: date) -> bool:
        """Whether a person of this sex and age could be this patient."""
        years = (on - birth_on).days / 365.25
        return {
            "ADULT": years >= 18,
            "WOMAN": sex == "F" and 18 <= years < 50,
            "CHILD": 1 <= years < 14,
            "ANY": years >= 1,
        }[self.patients]


def read_scripts() -> dict[str, list[Script]]:
    """Scripts by specialty; those of `OTHER` serve every department that has none of its own."""
    scripts: dict[str, list[Script]] = {}
    for row in read_rows("visit_scripts.csv"):
        scripts.setdefault(row["specialty"], []).append(
            Script(
                specialty=row["specialty"],
                patients=row["patients"],
                complaint=_both(row["complaint"]),
                findings=_both(row["findings"]),
                plan=_both(row["plan"]),
                diagnoses=_list(row["diagnoses"]),
                drugs=tuple(
                    (code, int(days)) for code, _, days in (drug.partition(":") for drug in _list(row["drugs"]))
                ),
                tests=_list(row["tests"]),
                exams=_list(row["exams"]),
                purpose=_both(row["purpose"]),
                results=dict(pair.split("=", 1) for pair in _list(row["results"])),
            )
        )
    return scripts


def _list(text: str) -> tuple[str, ...]:
    return tuple(entry for entry in text.split(";") if entry)


def _both(text: str) -> BilingualText:
    zh, _, en = text.partition(" / ")
    return BilingualText(zh, en)
