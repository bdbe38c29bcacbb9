"""What is measured: values, flags, ranges, units."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hospital.kernel.types import BilingualText

_NOTHING = BilingualText("")


class ValueType(StrEnum):
    """What an analyte's value may be."""

    NUMBER = "NUMBER"
    CHOICE = "CHOICE"
    TEXT = "TEXT"
    SUSCEPTIBILITY = "SUSCEPT"  # of a germ to an antibiotic: <=0.25 S, 24 mm R, or - where it was not tested
    TITER = "TITER"  # 1:160, <1:10; its number is how often the specimen was diluted


class Flag(StrEnum):
    """How a value stands to its range; HH and LL are critical, A is a qualitative value that is not normal."""

    NORMAL = "N"
    HIGH = "H"
    LOW = "L"
    CRITICAL_HIGH = "HH"
    CRITICAL_LOW = "LL"
    ABNORMAL = "A"


class Interpretation(StrEnum):
    """What a minimum inhibitory concentration or a zone means for the treatment (domain brief 4)."""

    SUSCEPTIBLE = "S"
    DOSE_DEPENDENT = "SDD"
    INTERMEDIATE = "I"
    RESISTANT = "R"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A reference range. Ages in days at collection, `[from, to)`; `sex` M, F or ANY.

    `specimen` is the Chinese name of the material, `method` that of the analyzer; empty: any.
    """

    sex: str = "ANY"
    age_from_days: int = 0
    age_to_days: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    critical_low: Decimal | None = None
    critical_high: Decimal | None = None
    text: BilingualText = _NOTHING
    normal_choices: tuple[str, ...] = ()
    specimen: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a qualitative analyte."""

    code: str
    name: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondUnit:
    """A unit shown beside the first: value × `factor` + `offset`, with so many decimals."""

    unit: str
    factor: Decimal
    offset: Decimal = Decimal(0)
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnalyte:
    """An analyte to load with its ranges."""

    code: str
    name: BilingualText
    value_type: ValueType
    unit: str = ""
    decimals: int | None = None
    loinc: str = ""
    choices: tuple[Choice, ...] = ()
    ranges: tuple[Range, ...] = ()
    is_sensitive: bool = False
    second: SecondUnit | None = None
    delta_percent: int = 50
    delta_days: int | None = None
    about: BilingualText = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredValue:
    """A value as an analyzer sent it: the codes under which the analyte may be known here, its LOINC, text and unit."""

    codes: tuple[str, ...]
    text: str
    loinc: str = ""
    unit: str = ""
