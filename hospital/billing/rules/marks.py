"""How a surcharge is written on paper: "+30 %", "+¥20.00", "fixed" (domain brief §1.6.14)."""

from decimal import Decimal

from hospital.billing.types import Footnote
from hospital.catalog.types import SurchargeMode

FIXED = "fixed"
NO_SURCHARGE = "0 %"


def format_surcharge(mode: SurchargeMode | None, value: Decimal | None) -> str:
    """The mark of a mode and value; empty where no surcharge was decided. Never a multiplier."""
    if mode is None or value is None:
        return ""
    if mode is not SurchargeMode.FIXED_PRICE and value == 0:
        return NO_SURCHARGE
    if mode is SurchargeMode.RATIO:
        return f"+{format((value * 100).normalize(), 'f')} %"
    if mode is SurchargeMode.AMOUNT:
        return f"+¥{value:.2f}" if value == value.quantize(Decimal("0.01")) else f"+¥{value.normalize():f}"
    return FIXED


def mark_line(mode: SurchargeMode | None, value: Decimal | None, *, is_below_public: bool) -> str:
    """The mark of a priced line: what was charged, so no surcharge where the public price stood in for the rule's."""
    return NO_SURCHARGE if is_below_public else format_surcharge(mode, value)


def choose_footnote(is_added: bool | None) -> Footnote | None:
    """The footnote of a line on which a public addition is in force."""
    if is_added is None:
        return None
    return Footnote.INCLUDED if is_added else Footnote.NOT_ADDED
