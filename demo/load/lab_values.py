"""Plausible laboratory values: within the patient's own range unless the visit's script says otherwise.

Values that depend on one another do: the five kinds of white cells add up to 100 %, counts are shares of the total, and
hemoglobin follows from the red cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

_WHITE_CELLS = ("NEUT", "LYM", "MONO", "EO", "BASO")
# Analytes without a range, as a machine reports them.
_WITHOUT_RANGE = {"EGFR": Decimal(98)}


@dataclass(frozen=True, slots=True)
class ValueSlot:
    """One empty row of a report: the limits of the patient's range, and the choices of a qualitative analyte."""

    code: str
    decimals: int | None
    low: Decimal | None
    high: Decimal | None
    choices: Sequence[str] = ()
    normal_choices: Sequence[str] = ()


def make_values(*, slots: Sequence[ValueSlot], overrides: Mapping[str, str], random: Random) -> dict[str, str]:
    """A text for every row, by analyte code; `overrides` replace what is drawn, and what depends on it follows."""
    numbers = {slot.code: _draw(slot, random) for slot in slots if not slot.choices}
    numbers |= {code: Decimal(text) for code, text in overrides.items() if code in numbers}
    _agree_white_cells(numbers, overrides)
    _agree_red_cells(numbers)
    _agree_liver(numbers)
    decimals = {slot.code: slot.decimals or 0 for slot in slots}
    texts = {code: _text(number, decimals[code]) for code, number in numbers.items()}
    for slot in slots:
        if slot.choices:
            texts[slot.code] = overrides.get(slot.code) or random.choice(slot.normal_choices or slot.choices)
    return texts


def _draw(slot: ValueSlot, random: Random) -> Decimal:
    """A value in the middle of the range; below an upper limit or above a lower one where there is only one."""
    share = Decimal(random.randrange(20, 81)) / 100
    if slot.low is not None and slot.high is not None:
        return slot.low + (slot.high - slot.low) * share
    if slot.high is not None:
        return slot.high * share
    if slot.low is not None:
        return slot.low * (1 + share / 2)
    return _WITHOUT_RANGE.get(slot.code, Decimal(10) * share)


def _agree_white_cells(numbers: dict[str, Decimal], overrides: Mapping[str, str]) -> None:
    if "WBC" not in numbers or "NEUT%" not in numbers:
        return
    shares = {cell: numbers[f"{cell}%"] for cell in _WHITE_CELLS}
    minor = shares["MONO"] + shares["EO"] + shares["BASO"]
    if "NEUT%" in overrides:
        rest = 100 - shares["NEUT"]
        shares["LYM"] = min(shares["LYM"], rest) if "LYM%" in overrides else rest * Decimal("0.6")
        for cell in ("MONO", "EO", "BASO"):
            shares[cell] *= (rest - shares["LYM"]) / minor
    else:
        shares["NEUT"] = min(shares["NEUT"], 95 - minor)
        shares["LYM"] = 100 - minor - shares["NEUT"]
    for cell, share in shares.items():
        numbers[f"{cell}%"] = share
        numbers[cell] = numbers["WBC"] * share / 100


def _agree_red_cells(numbers: dict[str, Decimal]) -> None:
    if "RBC" not in numbers or "MCV" not in numbers:
        return
    numbers["HGB"] = numbers["RBC"] * numbers["MCH"]
    numbers["HCT"] = numbers["RBC"] * numbers["MCV"] / 1000
    numbers["MCHC"] = numbers["HGB"] / numbers["HCT"]
    numbers["PCT"] = numbers["PLT"] * numbers["MPV"] / 10_000


def _agree_liver(numbers: dict[str, Decimal]) -> None:
    if {"TBIL", "DBIL"} <= numbers.keys():
        numbers["DBIL"] = min(numbers["DBIL"], numbers["TBIL"] * Decimal("0.4"))
        if "IBIL" in numbers:
            numbers["IBIL"] = numbers["TBIL"] - numbers["DBIL"]


def _text(number: Decimal, decimals: int) -> str:
    return str(number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
