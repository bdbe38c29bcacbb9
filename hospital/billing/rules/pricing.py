"""Pricing one line: public price, surcharge, rounding, never below the public price (domain brief §1.3, §1.6.1-3)."""

from collections.abc import Iterable
from decimal import Decimal

from hospital.billing.types import LineToPrice, PricedLine, PublicAddition, Totals
from hospital.catalog.types import (
    Addition,
    Combination,
    PriceBook,
    PricedItem,
    PricingSettings,
    RoundingMode,
    SurchargeMode,
)
from hospital.kernel.money import ZERO, round_half_up

_NONE = Decimal(0)
_ONE = Decimal(1)


def price_line(*, book: PriceBook, line: LineToPrice) -> PricedLine:
    """The line priced at its pricing instant with its age at occurrence.

    Returns total = base + surcharge with surcharge ≥ 0, both rounded half up to the fen once per line; nothing is ever
    divided. Refuses `PriceNotInForce`. Source: brief §1.3 (rounding), §1.6.1-3.
    """
    item = line.item
    settings = book.settings
    price = book.find_price(item, line.priced_at)
    resolution = book.resolve(
        item=item,
        service_line=line.service_line,
        visit_type=line.visit_type,
        campus=line.campus,
        at=line.priced_at,
        path=line.path,
    )
    d = price.decimals
    base_u = round_half_up(price.base_u, d)
    combination = item.combination or settings.combination
    additions: tuple[PublicAddition, ...] = ()
    extra_ratio, extra_amount, p = _NONE, _NONE, base_u
    if item.child is not None or item.emergency is not None:
        additions = list_additions(line, settings)
        if additions:
            extra_ratio, extra_amount = _sum_additions(item, additions, d)
            p = round_half_up(base_u * (_ONE + extra_ratio) + extra_amount, d)
    base = round_half_up(p * line.qty)
    u, total, is_below, is_passed = p, base, False, False
    is_added: bool | None = True if additions else None
    if resolution.value is not None and resolution.mode is not None:
        exact = _exact_unit(
            mode=resolution.mode,
            value=resolution.value,
            combination=combination,
            base_u=base_u,
            p=p,
            extra_ratio=extra_ratio,
            extra_amount=extra_amount,
            d=d,
        )
        is_passed = resolution.mode is SurchargeMode.FIXED_PRICE and exact < base_u
        rounded = round_half_up(exact, d)
        line_unit = exact if settings.rounding_mode is RoundingMode.LINE else rounded
        given = round_half_up(line_unit * line.qty)
        is_below = rounded < p or given < base
        if not is_below:
            u, total = rounded, given
            if additions:
                is_added = _is_on_top(resolution.mode, combination)
    return PricedLine(
        request=line,
        price=price,
        resolution=resolution,
        additions=additions,
        is_added=is_added,
        combination=combination,
        rounding=settings.rounding_mode,
        d=d,
        p=p,
        u=u,
        base=base,
        surcharge=total - base,
        total=total,
        is_below_public=is_below,
        is_passed=is_passed,
    )


def list_additions(line: LineToPrice, settings: PricingSettings) -> tuple[PublicAddition, ...]:
    """The public additions in force on the line; none on an already special price (brief §1.6.1)."""
    item = line.item
    if item.flags.already_special_price:
        return ()
    found = []
    if item.child is not None and line.age_years is not None:
        limit = item.child.under_years if item.child.under_years is not None else settings.child_age_limit
        if line.age_years < limit:
            found.append(PublicAddition.CHILD)
    if item.emergency is not None and line.is_emergency:
        found.append(PublicAddition.EMERGENCY)
    return tuple(found)


def _sum_additions(item: PricedItem, additions: tuple[PublicAddition, ...], d: int) -> tuple[Decimal, Decimal]:
    ratio, amount = _NONE, _NONE
    for kind in additions:
        addition: Addition | None = item.child if kind is PublicAddition.CHILD else item.emergency
        if addition is not None:
            ratio += addition.ratio or _NONE
            amount += round_half_up(addition.amount, d) if addition.amount is not None else _NONE
    return ratio, amount


def _exact_unit(
    *,
    mode: SurchargeMode,
    value: Decimal,
    combination: Combination,
    base_u: Decimal,
    p: Decimal,
    extra_ratio: Decimal,
    extra_amount: Decimal,
    d: int,
) -> Decimal:
    """The unit price the rule gives, before its own rounding (brief §1.6.2)."""
    if mode is SurchargeMode.FIXED_PRICE:
        return round_half_up(value, d)
    if mode is SurchargeMode.AMOUNT:
        start = base_u if combination is Combination.SPECIAL_WINS else p
        return start + round_half_up(value, d)
    if combination is Combination.SPECIAL_WINS:
        return base_u * (_ONE + value)
    if combination is Combination.CHILD_THEN_SPECIAL:
        return p * (_ONE + value)
    return base_u * (_ONE + extra_ratio + value) + extra_amount


def _is_on_top(mode: SurchargeMode, combination: Combination) -> bool:
    return mode is not SurchargeMode.FIXED_PRICE and combination is not Combination.SPECIAL_WINS


def sum_lines(lines: Iterable[PricedLine]) -> Totals:
    """The bill: the sum of its lines, in any order, without another rounding (brief §1.3)."""
    base = surcharge = total = ZERO
    for line in lines:
        base += line.base
        surcharge += line.surcharge
        total += line.total
    return Totals(base=base, surcharge=surcharge, total=total, discount=ZERO, payable=total)
