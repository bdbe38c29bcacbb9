"""Rounding of money: decimal, half up. CNY has two places; filed unit prices have up to four."""

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(9))


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """`value` with exactly `places` decimals, halves away from zero (domain brief 1.3)."""
    return value.quantize(_STEPS[places], rounding=ROUND_HALF_UP)
