"""Made-up results agree with themselves and with the script."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.load.lab_values import ValueSlot, make_values
from demo.load.rows import read_rows

ADULT_DAYS = 40 * 365


def slots_of(item_code: str, sex: str = "F") -> list[ValueSlot]:
    analytes = {row["code"]: row for row in read_rows("analytes.csv")}
    ranges: dict[str, dict[str, str]] = {}
    for row in read_rows("analyte_ranges.csv"):
        end = int(row["age_to_days"]) if row["age_to_days"] else 10**6
        if row["sex"] in {"ANY", sex} and int(row["age_from_days"]) <= ADULT_DAYS < end:
            ranges[row["analyte"]] = row
    found = []
    for panel in read_rows("panels.csv"):
        if panel["item_code"] == item_code:
            analyte, limits = analytes[panel["analyte"]], ranges.get(panel["analyte"], {})
            found.append(
                ValueSlot(
                    code=analyte["code"],
                    decimals=int(analyte["decimals"]) if analyte["decimals"] else None,
                    low=Decimal(limits["low"]) if limits.get("low") else None,
                    high=Decimal(limits["high"]) if limits.get("high") else None,
                    choices=[entry.split("=")[0] for entry in analyte["choices"].split(";") if entry],
                    normal_choices=[code for code in limits.get("normal_choices", "").split(";") if code],
                )
            )
    return found


@given(seed=st.integers(0, 10_000))
def test_a_blood_count_adds_up(seed):
    values = {
        code: Decimal(text)
        for code, text in make_values(slots=slots_of("250101015"), overrides={}, random=Random(seed)).items()
    }
    shares = [values[f"{cell}%"] for cell in ("NEUT", "LYM", "MONO", "EO", "BASO")]
    assert abs(sum(shares, Decimal(-100))) <= Decimal("0.3")
    assert abs(values["NEUT"] - values["WBC"] * values["NEUT%"] / 100) < Decimal("0.1")
    assert abs(values["HGB"] - values["RBC"] * values["MCH"]) < 3


def test_overrides_are_reported_as_they_are():
    overrides = {"WBC": "14.8", "NEUT%": "84.2", "PLT": "28"}
    values = make_values(slots=slots_of("250101015"), overrides=overrides, random=Random(1))
    assert {code: values[code] for code in overrides} == overrides


@pytest.mark.parametrize("item_code", sorted({row["item_code"] for row in read_rows("panels.csv")}))
def test_every_row_of_every_test_gets_a_value(item_code):
    slots = slots_of(item_code)
    values = make_values(slots=slots, overrides={}, random=Random(3))
    assert set(values) == {slot.code for slot in slots}
    for slot in slots:
        assert values[slot.code] in slot.choices if slot.choices else Decimal(values[slot.code]) is not None
