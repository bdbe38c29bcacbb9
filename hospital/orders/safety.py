"""Pure rules of who may prescribe what, and of what does not go together (D52, domain brief 4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hospital.kernel.types import BilingualText
from hospital.orders.rules import convert, find_day_limit
from hospital.orders.types import PrescriptionClass
from hospital.orders.vocabulary import FREQUENCIES, Frequency

SINGLE_DOSE_DAYS = 1
MOST_DAYS_PROLONGED = 7
EMERGENCY_ANTIMICROBIAL_DAYS = 1
_CONTROLLED = frozenset({PrescriptionClass.NARCOTIC, PrescriptionClass.PSYCHOTROPIC_I})
_GRADES = {"": 0, "NON_RESTRICTED": 1, "RESTRICTED": 2, "SPECIAL": 3}
_RIGHTS = {"RESIDENT": 1, "ATTENDING": 2, "ASSOCIATE_CHIEF": 3, "CHIEF": 3}


class Release(StrEnum):
    """What of a drug's form its days depend on."""

    USUAL = "USUAL"
    INJECTION = "INJECTION"
    PROLONGED = "PROLONGED"


class AlertKind(StrEnum):
    """What decision support speaks up about."""

    DUPLICATE = "DUPLICATE"
    INTERACTION = "INTERACTION"
    DOSE = "DOSE"
    PREGNANCY = "PREGNANCY"
    RENAL = "RENAL"
    WEIGHT = "WEIGHT"
    TOXIC = "TOXIC"


@dataclass(frozen=True, slots=True)
class SafetyAlert:
    """One thing to think of before this drug is given; `text` says it in both languages."""

    kind: AlertKind
    text: BilingualText


@dataclass(frozen=True, slots=True)
class GivenDrug:
    """A drug that the patient has, or is about to get."""

    ingredient: str
    name: BilingualText


@dataclass(frozen=True, slots=True)
class KnownInteraction:
    """Two ingredients that do not go together, and why."""

    first: str
    second: str
    text: BilingualText


@dataclass(frozen=True, slots=True)
class KnownLimit:
    """The most of an ingredient a day for an age, from `from_years` up to but not with `to_years`; `is_per_kg` of
    body weight."""

    ingredient: str
    most: Decimal
    unit: str
    from_years: int = 0
    to_years: int = 200
    is_per_kg: bool = False


@dataclass(frozen=True, slots=True)
class KnownCaution:
    """What an ingredient asks for in pregnancy, from one completed week up to but not with another, or (`below_gfr`)
    when the kidneys filter less than so much."""

    ingredient: str
    text: BilingualText
    from_week: int = 0
    to_week: int = 43
    below_gfr: int | None = None


_NOT_WEIGHED = BilingualText("剂量须按体重计算，请先记录体重", "The dose goes by weight: record the weight first")


def read_release(form: str) -> Release:
    """The kind of release, from the English name of the form."""
    words = form.lower()
    if "injection" in words:
        return Release.INJECTION
    return Release.PROLONGED if "extended-release" in words or "controlled-release" in words else Release.USUAL


def find_drug_day_limit(*, prescription_class: PrescriptionClass, visit_type: str, release: Release) -> int:
    """How many days a drug may be supplied for without a reason: of narcotic and psychotropic I drugs an injection for
    one dose, prolonged release for 7 days, else 3."""
    if prescription_class in _CONTROLLED and release is Release.INJECTION:
        return SINGLE_DOSE_DAYS
    if prescription_class in _CONTROLLED and release is Release.PROLONGED:
        return MOST_DAYS_PROLONGED
    return find_day_limit(prescription_class=prescription_class, visit_type=visit_type)


def is_single_dose_only(*, prescription_class: PrescriptionClass, release: Release) -> bool:
    """Whether outpatients get one dose and no more: injections of narcotic and psychotropic I drugs."""
    return prescription_class in _CONTROLLED and release is Release.INJECTION


def may_give_antimicrobial(*, grade: str, title: str, visit_type: str, days: int) -> bool:
    """Whether a doctor of this title may prescribe an antimicrobial of this grade: residents what is not restricted,
    attending physicians restricted ones too, senior ones all. In an emergency one grade more, for one day."""
    needed = _GRADES.get(grade, max(_GRADES.values()))
    right = _RIGHTS.get(title, 1)
    if visit_type == "ER" and days <= EMERGENCY_ANTIMICROBIAL_DAYS:
        right += 1
    return needed <= right


def ingredient_of(generic: str) -> str:
    """The name by which drugs are compared: the generic English name (INN) in small letters."""
    return generic.strip().lower()


def find_duplicates(*, ingredient: str, given: Iterable[GivenDrug]) -> list[SafetyAlert]:
    """The same ingredient a second time."""
    return [
        SafetyAlert(
            AlertKind.DUPLICATE,
            BilingualText(f"患者已在使用{drug.name.zh}", f"The patient already takes {drug.name.en or drug.name.zh}"),
        )
        for drug in given
        if drug.ingredient == ingredient
    ]


def find_interactions(
    *, ingredient: str, given: Iterable[GivenDrug], known: Iterable[KnownInteraction]
) -> list[SafetyAlert]:
    """What is known of this drug with those the patient has; the order of the two does not matter."""
    table: Mapping[frozenset[str], KnownInteraction] = {frozenset((row.first, row.second)): row for row in known}
    found = []
    for drug in given:
        row = table.get(frozenset((ingredient, drug.ingredient)))
        if row is not None and drug.ingredient != ingredient:
            text = BilingualText(
                f"与{drug.name.zh}：{row.text.zh}", f"With {drug.name.en or drug.name.zh}: {row.text.en or row.text.zh}"
            )
            found.append(SafetyAlert(AlertKind.INTERACTION, text))
    return found


def find_overdose(
    *,
    ingredient: str,
    dose: Decimal,
    unit: str,
    strength: Decimal | None,
    strength_unit: str,
    frequency: Frequency,
    age_years: int,
    known: Iterable[KnownLimit],
    weight_kg: Decimal | None = None,
) -> list[SafetyAlert]:
    """Whether a day's doses are above the limit for age and weight. `strength` is of one tablet, where doses count
    those. Where the limit is by weight and nobody weighed the patient, that is said."""
    doses = FREQUENCIES[frequency].per_day or Decimal(1)
    found = []
    for row in known:
        if row.ingredient != ingredient or not row.from_years <= age_years < row.to_years:
            continue
        amount = convert(amount=dose, unit=unit, target=row.unit)
        if amount is None and strength is not None:
            amount = convert(amount=dose * strength, unit=strength_unit, target=row.unit)
        if row.is_per_kg and weight_kg is None:
            found.append(SafetyAlert(AlertKind.WEIGHT, _NOT_WEIGHED))
            continue
        limit = row.most * weight_kg if row.is_per_kg and weight_kg is not None else row.most
        if amount is not None and amount * doses > limit:
            most = format(limit.normalize(), "f")
            text = BilingualText(f"超过每日最大剂量 {most} {row.unit}", f"Above the most a day, {most} {row.unit}")
            found.append(SafetyAlert(AlertKind.DOSE, text))
    return found


def find_pregnancy_cautions(
    *, ingredient: str, pregnant_week: int | None, known: Iterable[KnownCaution]
) -> list[SafetyAlert]:
    """What is known of this drug in this week of a pregnancy; nothing for whoever is not pregnant."""
    if pregnant_week is None:
        return []
    return [
        SafetyAlert(
            AlertKind.PREGNANCY,
            BilingualText(
                f"患者妊娠 {pregnant_week} 周：{row.text.zh}",
                f"Pregnant, week {pregnant_week}: {row.text.en or row.text.zh}",
            ),
        )
        for row in known
        if row.ingredient == ingredient and row.below_gfr is None and row.from_week <= pregnant_week < row.to_week
    ]


def find_renal_cautions(*, ingredient: str, gfr: int | None, known: Iterable[KnownCaution]) -> list[SafetyAlert]:
    """What is known of this drug at this kidney function: of several bounds the lowest above it, which says most."""
    if gfr is None:
        return []
    rows = [
        (row.below_gfr, row.text)
        for row in known
        if row.ingredient == ingredient and row.below_gfr is not None and gfr < row.below_gfr
    ]
    if not rows:
        return []
    _, text = min(rows, key=lambda row: row[0])
    return [
        SafetyAlert(
            AlertKind.RENAL,
            BilingualText(f"eGFR {gfr} mL/min/1.73 m²：{text.zh}", f"eGFR {gfr} mL/min/1.73 m²: {text.en or text.zh}"),
        )
    ]
