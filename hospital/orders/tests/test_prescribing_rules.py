"""The pure rules: papers, days, packs, quantities, words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.kernel.types import BilingualText
from hospital.orders.rules import (
    compute_packs,
    convert,
    count_doses,
    find_conflicts,
    find_day_limit,
    find_prescription_class,
    is_named_in,
    may_extend_days,
    read_pack,
    trim,
    word_directions,
)
from hospital.orders.types import DrugPack, PrescriptionClass
from hospital.orders.vocabulary import Frequency, Route


@pytest.mark.parametrize(
    ("control", "visit_type", "age", "expected"),
    [
        ("ORDINARY", "OP", 38, PrescriptionClass.ORDINARY),
        ("ORDINARY", "OP", 13, PrescriptionClass.PEDIATRIC),
        ("ORDINARY", "OP", 14, PrescriptionClass.ORDINARY),
        ("ORDINARY", "ER", 5, PrescriptionClass.EMERGENCY),
        ("NARCOTIC", "ER", 5, PrescriptionClass.NARCOTIC),
        ("PSYCHOTROPIC_1", "OP", 40, PrescriptionClass.PSYCHOTROPIC_I),
        ("PSYCHOTROPIC_2", "OP", 40, PrescriptionClass.PSYCHOTROPIC_II),
    ],
)
@pytest.mark.requirement("D52")
def test_every_drug_finds_its_paper(control, visit_type, age, expected):
    assert find_prescription_class(control=control, visit_type=visit_type, age_years=age) is expected


@pytest.mark.parametrize(
    ("paper", "visit_type", "limit", "extendable"),
    [
        (PrescriptionClass.ORDINARY, "OP", 7, True),
        (PrescriptionClass.PEDIATRIC, "ER", 3, True),
        (PrescriptionClass.EMERGENCY, "ER", 3, True),
        (PrescriptionClass.NARCOTIC, "OP", 3, False),
        (PrescriptionClass.PSYCHOTROPIC_II, "OP", 7, True),
    ],
)
def test_days_are_limited_by_paper_and_visit(paper, visit_type, limit, extendable):
    assert find_day_limit(prescription_class=paper, visit_type=visit_type) == limit
    assert may_extend_days(prescription_class=paper) is extendable


@pytest.mark.parametrize(
    ("spec", "content", "unit", "strength", "strength_unit", "is_single_use"),
    [
        ("0.4 g × 6 tablets per box", 6, "tablet", "0.4", "g", False),
        ("0.25 mcg × 20 capsules per box", 20, "capsule", "0.25", "mcg", False),
        ("0.1 g × 6 sachets per box", 6, "sachet", "0.1", "g", False),
        ("3 g × 1 sachet per box", 1, "sachet", "3", "g", False),
        ("20 mg/5 mg × 28 tablets per box", 28, "tablet", None, "mg", False),
        ("1 mg/2 mL × 5 vials per box", 5, "vial", "1", "mg", False),
        ("150 mg/100 mL per bottle", 100, "mL", "1.5", "mg", False),
        ("20 mg/2 mL per ampule", 2, "mL", "10", "mg", True),
        ("0.48 g (0.8 million units) per vial", 1, "vial", "0.48", "g", True),
        ("100 mcg per puff, 200 puffs per inhaler", 200, "puff", "100", "mcg", False),
        ("160 mcg/4.5 mcg per inhalation, 60 inhalations per inhaler", 60, "inhalation", None, "mcg", False),
    ],
)
def test_a_pack_is_read_from_its_specification(spec, content, unit, strength, strength_unit, is_single_use):
    assert read_pack(spec=spec, unit="box") == DrugPack(
        content=Decimal(content),
        unit=unit,
        strength=None if strength is None else Decimal(strength),
        strength_unit=strength_unit,
        is_single_use=is_single_use,
    )


def test_grams_are_weighed_and_creams_are_not_counted():
    assert read_pack(spec="1 g", unit="g") == DrugPack(content=Decimal(1), unit="g")
    assert read_pack(spec="2%, 10 g per tube", unit="tube") is None
    assert read_pack(spec="", unit="box") is None


@pytest.mark.parametrize(
    ("spec", "dose", "dose_unit", "frequency", "days", "packs"),
    [
        ("0.4 g × 6 tablets per box", "0.4", "g", Frequency.QD, 7, 2),
        ("0.4 g × 6 tablets per box", "400", "mg", Frequency.QD, 6, 1),
        ("5 mg × 14 tablets per box", "2.5", "mg", Frequency.QD, 28, 1),
        ("5 mg × 14 tablets per box", "1", "tablet", Frequency.BID, 7, 1),
        ("5 mg × 14 tablets per box", "5", "mg", Frequency.QOD, 7, 1),
        ("10 mg × 4 tablets per box", "10", "mg", Frequency.QW, 29, 2),
        ("10 mg × 4 tablets per box", "10", "mg", Frequency.STAT, 1, 1),
        ("10 mg × 4 tablets per box", "10", "mg", Frequency.PRN, 3, None),
        ("10 mg × 4 tablets per box", "10", "mL", Frequency.QD, 3, None),
        ("150 mg/100 mL per bottle", "10", "mL", Frequency.TID, 4, 2),
        ("1 mg/1 mL per ampule", "0.5", "mg", Frequency.TID, 1, 3),
        ("1 g per vial", "2", "g", Frequency.QD, 3, 6),
        ("20 mg/5 mg × 28 tablets per box", "1", "tablet", Frequency.QD, 7, 1),
        ("20 mg/5 mg × 28 tablets per box", "20", "mg", Frequency.QD, 7, None),
    ],
)
@pytest.mark.requirement("D52")
def test_packs_follow_from_dose_frequency_and_days(spec, dose, dose_unit, frequency, days, packs):
    pack = read_pack(spec=spec, unit="box")
    assert pack is not None
    found = compute_packs(dose=Decimal(dose), dose_unit=dose_unit, frequency=frequency, days=days, pack=pack)
    assert found == (None if packs is None else Decimal(packs))


@given(
    dose=st.integers(1, 8),
    days=st.integers(1, 84),
    content=st.integers(1, 100),
    frequency=st.sampled_from([item for item in Frequency if item is not Frequency.PRN]),
)
def test_packs_are_whole_enough_and_not_one_too_many(dose, days, content, frequency):
    pack = DrugPack(content=Decimal(content), unit="tablet")
    packs = compute_packs(dose=Decimal(dose), dose_unit="tablet", frequency=frequency, days=days, pack=pack)
    needed = dose * count_doses(frequency=frequency, days=days)
    assert packs is not None
    assert packs == int(packs)
    assert (packs - 1) * content < needed <= packs * content


@pytest.mark.parametrize(
    ("amount", "unit", "target", "expected"),
    [("1", "g", "mg", "1000"), ("250", "mcg", "mg", "0.25"), ("1", "L", "mL", "1000"), ("1", "mg", "mL", None)],
)
def test_units_convert_within_their_kind(amount, unit, target, expected):
    found = convert(amount=Decimal(amount), unit=unit, target=target)
    assert found == (None if expected is None else Decimal(expected))


def test_conflicts_are_shared_groups():
    assert find_conflicts(drug_groups=("PENICILLIN",), allergy_groups=["NSAID", "PENICILLIN"]) == {"PENICILLIN"}
    assert find_conflicts(drug_groups=("", "NSAID"), allergy_groups=["", "PENICILLIN"]) == frozenset()


@pytest.mark.requirement("N20")
def test_directions_read_well_in_both_languages():
    words = word_directions(dose=Decimal("0.4000"), dose_unit="g", route=Route.PO, frequency=Frequency.QD, days=7)
    assert words.en == "0.4 g by mouth once a day for 7 days"
    assert words.zh == "每次 0.4 g，口服，每日 1 次，共 7 天"
    two = word_directions(dose=Decimal(2), dose_unit="tablet", route=Route.PO, frequency=Frequency.TID, days=1)
    assert two.en == "2 tablets by mouth 3 times a day for 1 day"
    assert two.zh == "每次 2 片，口服，每日 3 次，共 1 天"


def test_numbers_are_shown_without_exponent():
    assert (str(trim(Decimal("10.0000"))), str(trim(Decimal("1.2500")))) == ("10", "1.25")


@pytest.mark.parametrize(
    ("zh", "en", "is_named"),
    [
        ("二甲双胍", "Metformin", True),
        ("二甲双胍", "", True),
        ("", "METFORMIN ", True),
        ("芒果", "Mango", False),
        ("胍", "Met", False),  # too short to mean one drug
        ("", "", False),
    ],
)
def test_a_substance_in_words_is_looked_for_in_the_name_of_the_drug(zh, en, is_named):
    drug = BilingualText("盐酸二甲双胍片", "Metformin hydrochloride")
    assert is_named_in(substance=BilingualText(zh, en), drug=drug) is is_named
