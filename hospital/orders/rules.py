"""Pure rules of prescribing and ordering (domain brief 4)."""

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal

from hospital.kernel.types import BilingualText
from hospital.orders.types import DrugPack, PrescriptionClass
from hospital.orders.vocabulary import DOSE_UNITS, FREQUENCIES, ROUTES, Frequency, Route, format_amount

MOST_DRUGS = 5
MOST_DAYS = 7
MOST_DAYS_EMERGENCY = 3
MOST_DAYS_CONTROLLED = 3
LONGEST_DAYS = 84  # twelve weeks, with a reason
CHILD_UNDER_YEARS = 14

# Below these lengths a substance in words says too little to be looked for in a drug's name.
_SHORTEST_ZH, _SHORTEST_EN = 2, 4
_STRICT = frozenset({PrescriptionClass.NARCOTIC, PrescriptionClass.PSYCHOTROPIC_I})
_CONTROL_CLASSES = {
    "NARCOTIC": PrescriptionClass.NARCOTIC,
    "PSYCHOTROPIC_1": PrescriptionClass.PSYCHOTROPIC_I,
    "PSYCHOTROPIC_2": PrescriptionClass.PSYCHOTROPIC_II,
}
_MASS = {"ng": Decimal("0.000001"), "mcg": Decimal("0.001"), "mg": Decimal(1), "g": Decimal(1000)}
_VOLUME = {"mL": Decimal(1), "L": Decimal(1000)}
_SINGLE_USE = frozenset({"ampule", "vial", "bag", "prefilled syringe"})
_NUMBER = r"(\d+(?:\.\d+)?)"
_MEASURE = rf"{_NUMBER} (g|mg|mcg|IU|mL)"
_SOLUTION = re.compile(rf"^{_MEASURE}(?: \([^)]*\))?/{_NUMBER} mL per ([a-z ]+)$")
_PIECES = re.compile(rf"^{_MEASURE}(?:/[^×]+)? × (\d+) ([a-z ]+?)s? per [a-z ]+$")
_PUFFS = re.compile(rf"^{_MEASURE}(/{_MEASURE})? per ([a-z]+), (\d+) [a-z]+ per [a-z ]+$")
_ONE = re.compile(rf"^{_MEASURE}(?: \([^)]*\))? per ([a-z ]+)$")


def find_prescription_class(*, control: str, visit_type: str, age_years: int) -> PrescriptionClass:
    """The paper a drug goes on: controlled drugs on their own, then emergency, then children (domain brief 4)."""
    if control in _CONTROL_CLASSES:
        return _CONTROL_CLASSES[control]
    if visit_type == "ER":
        return PrescriptionClass.EMERGENCY
    return PrescriptionClass.PEDIATRIC if age_years < CHILD_UNDER_YEARS else PrescriptionClass.ORDINARY


def find_day_limit(*, prescription_class: PrescriptionClass, visit_type: str) -> int:
    """How many days a prescription may cover without a reason."""
    if prescription_class in _STRICT:
        return MOST_DAYS_CONTROLLED
    return MOST_DAYS_EMERGENCY if visit_type == "ER" else MOST_DAYS


def may_extend_days(*, prescription_class: PrescriptionClass) -> bool:
    """Whether a reason may lengthen the supply; never for narcotic and psychotropic I drugs."""
    return prescription_class not in _STRICT


def find_conflicts(*, drug_groups: Iterable[str], allergy_groups: Iterable[str]) -> frozenset[str]:
    """The allergy groups that the drug and the patient share."""
    return frozenset(group for group in drug_groups if group) & frozenset(allergy_groups)


def is_named_in(*, substance: BilingualText, drug: BilingualText) -> bool:
    """Whether a substance written in words is this drug: its Chinese or English name stands in the drug's name."""
    zh, en = substance.zh.strip(), substance.en.strip().casefold()
    return (len(zh) >= _SHORTEST_ZH and zh in drug.zh) or (len(en) >= _SHORTEST_EN and en in drug.en.casefold())


def count_doses(*, frequency: Frequency, days: int) -> int | None:
    """How many doses `days` days take; None where that is not fixed (as needed)."""
    rhythm = FREQUENCIES[frequency]
    if frequency is Frequency.STAT:
        return 1
    if rhythm.per_day is not None:
        return int(rhythm.per_day * days)
    if rhythm.every_days is not None:
        return -(-days // rhythm.every_days)
    return None


def read_pack(*, spec: str, unit: str) -> DrugPack | None:
    """What a pack holds, from its English specification: `30 mg × 20 tablets per box`, `1.5 g/15 mL per bottle`.

    None where no dose can be counted from it (a cream of 1 %): the doctor says how many packs.
    """
    if unit == "g":
        return DrugPack(content=Decimal(1), unit="g")
    if found := _SOLUTION.match(spec):
        amount, measure, volume, container = found.groups()
        return DrugPack(
            content=Decimal(volume),
            unit="mL",
            strength=Decimal(amount) / Decimal(volume),
            strength_unit=measure,
            is_single_use=container in _SINGLE_USE,
        )
    if found := _PIECES.match(spec):
        amount, measure, content, piece = found.groups()
        has_two = "/" in spec.partition(" × ")[0] and " mL" not in spec
        strength = None if has_two else Decimal(amount)
        return DrugPack(content=Decimal(content), unit=piece, strength=strength, strength_unit=measure)
    if found := _PUFFS.match(spec):
        amount, measure, second, _, _, piece, content = found.groups()
        strength = None if second else Decimal(amount)
        return DrugPack(content=Decimal(content), unit=piece, strength=strength, strength_unit=measure)
    if found := _ONE.match(spec):
        amount, measure, container = found.groups()
        return DrugPack(
            content=Decimal(1),
            unit=container,
            strength=Decimal(amount),
            strength_unit=measure,
            is_single_use=container in _SINGLE_USE,
        )
    return None


def convert(*, amount: Decimal, unit: str, target: str) -> Decimal | None:
    """`amount` in another unit of the same kind; None between kinds (`mg` and `mL`, or a tablet)."""
    if unit == target:
        return amount
    for scale in (_MASS, _VOLUME):
        if unit in scale and target in scale:
            return amount * scale[unit] / scale[target]
    return None


def count_units(*, dose: Decimal, dose_unit: str, pack: DrugPack) -> Decimal | None:
    """How many tablets (ampules, mL …) one dose is; None where the units do not fit."""
    own = convert(amount=dose, unit=dose_unit, target=pack.unit)
    if own is not None:
        return own
    if pack.strength is None:
        return None
    amount = convert(amount=dose, unit=dose_unit, target=pack.strength_unit)
    return amount / pack.strength if amount is not None else None


def compute_packs(*, dose: Decimal, dose_unit: str, frequency: Frequency, days: int, pack: DrugPack) -> Decimal | None:
    """Whole packs that cover the course: dose × doses ÷ content, rounded up (domain brief 4).

    What is opened for one dose and thrown away (an ampule) is rounded up dose by dose. None: the doctor says how many.
    """
    doses = count_doses(frequency=frequency, days=days)
    units = count_units(dose=dose, dose_unit=dose_unit, pack=pack)
    if doses is None or units is None:
        return None
    if pack.is_single_use:
        return _ceiling(units / pack.content) * doses
    return _ceiling(units * doses / pack.content)


def word_directions(
    *, dose: Decimal, dose_unit: str, route: Route, frequency: Frequency, days: int | None
) -> BilingualText:
    """Directions as printed: `每次 0.4 g，口服，每日 1 次，共 7 天`, `0.4 g by mouth once a day for 7 days`."""
    unit = DOSE_UNITS.get(dose_unit, BilingualText(dose_unit, dose_unit))
    amount = format_amount(dose)
    plural = "s" if dose != 1 and len(unit.en) > 3 else ""
    how, rhythm = ROUTES[route], FREQUENCIES[frequency].name
    if days is None or frequency is Frequency.STAT:
        return BilingualText(
            f"每次 {amount} {unit.zh}，{how.zh}，{rhythm.zh}", f"{amount} {unit.en}{plural} {how.en} {rhythm.en}"
        )
    several = "" if days == 1 else "s"
    return BilingualText(
        f"每次 {amount} {unit.zh}，{how.zh}，{rhythm.zh}，共 {days} 天",
        f"{amount} {unit.en}{plural} {how.en} {rhythm.en} for {days} day{several}",
    )


def trim(amount: Decimal) -> Decimal:
    """The same amount without trailing zeros and without an exponent: 10, not 1E+1."""
    return Decimal(format_amount(amount))


def _ceiling(value: Decimal) -> Decimal:
    return value.to_integral_value(rounding=ROUND_CEILING)
