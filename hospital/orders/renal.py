"""Kidney function from creatinine: CKD-EPI 2021, without race (Inker and others, N Engl J Med 2021)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ADULT_FROM_YEARS = 18
_MICROMOL_PER_MG_DL = Decimal("88.4")
_AGEING = Decimal("0.9938")
_FALL = Decimal("-1.200")


@dataclass(frozen=True, slots=True)
class _Constants:
    kappa: Decimal
    alpha: Decimal
    factor: Decimal


_BY_SEX = {
    "F": _Constants(Decimal("0.7"), Decimal("-0.241"), Decimal("1.012")),
    "M": _Constants(Decimal("0.9"), Decimal("-0.302"), Decimal(1)),
}


def estimate_gfr(*, creatinine: Decimal, age_years: int, sex: str) -> int | None:
    """mL/min/1.73 m² from serum creatinine in µmol/L; None for children, for a sex the formula has no constants for,
    and for what is no creatinine."""
    constants = _BY_SEX.get(sex)
    if constants is None or age_years < ADULT_FROM_YEARS or not creatinine.is_finite() or creatinine <= 0:
        return None
    ratio = creatinine / _MICROMOL_PER_MG_DL / constants.kappa
    rate = (
        142
        * min(ratio, Decimal(1)) ** constants.alpha
        * max(ratio, Decimal(1)) ** _FALL
        * _AGEING**age_years
        * constants.factor
    )
    return int(rate.to_integral_value(rounding=ROUND_HALF_UP))
