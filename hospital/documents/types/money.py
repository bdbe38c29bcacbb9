"""How a surcharge is told on paper: always as it was charged (domain brief 1.6 clause 14)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class SurchargeMode(StrEnum):
    """RATIO prints `+30 %`, AMOUNT `+¥20.00`, FIXED_PRICE the word `fixed`, NONE `0 %`."""

    RATIO = "RATIO"
    AMOUNT = "AMOUNT"
    FIXED_PRICE = "FIXED_PRICE"
    NONE = "NONE"


class PublicAddition(StrEnum):
    """What became of the item's public addition (child, emergency); INCLUDED and NOT_ADDED print a footnote."""

    NONE = "NONE"
    INCLUDED = "INCLUDED"
    NOT_ADDED = "NOT_ADDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedSurcharge:
    """The surcharge of one line. `value` is a fraction for RATIO (0.3000 = +30 %), CNY for AMOUNT, else unused.

    `is_exempt` marks goods that never carry a surcharge (drugs, materials) and prints their footnote.
    """

    mode: SurchargeMode
    value: Decimal = Decimal(0)
    is_exempt: bool = False
    public_addition: PublicAddition = PublicAddition.NONE
