"""How well antibiotics work against a germ: reading what was measured and what it means (domain brief 4). Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hospital.kernel.types import BilingualText
from hospital.results.types import Flag, Interpretation

NOT_TESTED = "-"
_MEASURED = re.compile(
    r"^(?P<sign><=|>=|[<>≤≥])?\s*(?P<amount>\d{1,4}(?:\.\d{1,4})?(?:/\d{1,4}(?:\.\d{1,4})?)?)\s*(?P<zone>mm)?\s*"
    r"(?P<word>SDD|S|I|R)$",
    re.IGNORECASE,
)
_WORDS: Mapping[Interpretation, BilingualText] = {
    Interpretation.SUSCEPTIBLE: BilingualText("敏感（S）", "susceptible (S)"),
    Interpretation.DOSE_DEPENDENT: BilingualText("剂量依赖性敏感（SDD）", "susceptible, dose dependent (SDD)"),
    Interpretation.INTERMEDIATE: BilingualText("中介（I）", "intermediate (I)"),
    Interpretation.RESISTANT: BilingualText("耐药（R）", "resistant (R)"),
}
_UNTESTED = BilingualText("未测定", "Not tested")
_WORKS = {Interpretation.SUSCEPTIBLE, Interpretation.DOSE_DEPENDENT}


@dataclass(frozen=True, slots=True)
class Susceptibility:
    """The text as kept (`≤0.25 S`, `24 mm R`, `-`), as shown, and whether the antibiotic would not do."""

    text: str
    display: BilingualText
    flag: Flag


def parse_susceptibility(text: str) -> Susceptibility | None:
    """Reads a concentration in mg/L or a zone in mm with S, SDD, I or R, or `-` for what was not tested.

    None where it is neither: a measure without its meaning is no result, and the meaning is never reckoned here.
    """
    clean = " ".join(text.split())
    if clean in {NOT_TESTED, "—", "–"}:
        return Susceptibility(text=NOT_TESTED, display=_UNTESTED, flag=Flag.NORMAL)
    found = _MEASURED.match(clean)
    if found is None:
        return None
    sign = {"<=": "≤", ">=": "≥", None: ""}.get(found["sign"], found["sign"])
    measure = f"{sign}{found['amount']}{' mm' if found['zone'] else ''}"
    shown = measure if found["zone"] else f"{measure} mg/L"
    meaning = Interpretation(found["word"].upper())
    words = _WORDS[meaning]
    return Susceptibility(
        text=f"{measure} {meaning}",
        display=BilingualText(f"{shown} {words.zh}", f"{shown} {words.en}"),
        flag=Flag.NORMAL if meaning in _WORKS else Flag.ABNORMAL,
    )
