"""What is checked when prices, items and rules are entered (domain brief §1.6.1, §1.6.3, §1.6.7)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from decimal import Decimal

from hospital.catalog.errors import (
    AdditionNotAllowed,
    FiledPriceTooPrecise,
    FixedPriceBelowBase,
    RuleMalformed,
    RuleOverlap,
    RuleStartsInPast,
)
from hospital.catalog.rules.price_book import pick_in_force
from hospital.catalog.types import (
    MOST_DECIMALS,
    Nature,
    PricedItem,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
    SurchargeRule,
)
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.money import round_half_up

RATIO_STEP = Decimal("0.0001")


def check_item(item: PricedItem) -> None:
    """Refuses `AdditionNotAllowed` on drugs and statutory-free things, `FiledPriceTooPrecise` beyond four decimals."""
    has_addition = item.child is not None or item.emergency is not None
    if has_addition and (item.nature is Nature.DRUG or item.flags.statutory_free):
        raise AdditionNotAllowed(item=item.code)
    for price in item.prices:
        if price.decimals > MOST_DECIMALS:
            raise FiledPriceTooPrecise


def check_rule(rule: SurchargeRule) -> None:
    """Refuses `RuleMalformed`: the ordinary line, a value below zero, a ratio of more than four decimals, a period that
    ends before it begins.
    """
    is_backwards = rule.valid_to is not None and rule.valid_to <= rule.valid_from
    is_misplaced = rule.scope_kind is ScopeKind.SERVICE_LINE and rule.scope_id not in ("", rule.service_line)
    if rule.service_line is ServiceLine.NORMAL or is_backwards or is_misplaced or not _is_usable(rule):
        raise RuleMalformed(rule=rule.rule_id)


def _is_usable(rule: SurchargeRule) -> bool:
    if rule.value is None:
        return True
    return rule.value >= 0 and (rule.mode is not SurchargeMode.RATIO or is_ratio(rule.value))


def is_ratio(value: Decimal) -> bool:
    """Whether `value` is a ratio as the price office files them: not negative, four decimals at most (brief §1.3)."""
    return value.is_finite() and value >= 0 and value == value.quantize(RATIO_STEP)


def check_no_overlap(rule: SurchargeRule, others: Iterable[SurchargeRule]) -> None:
    """Refuses `RuleOverlap` where another rule of the same slot is in force during part of this one's period."""
    for other in others:
        if _slot_of(other) == _slot_of(rule) and _meets(rule, other):
            raise RuleOverlap(rule=rule.rule_id, other=other.rule_id)


def _slot_of(rule: SurchargeRule) -> tuple[str, str, str, str, str]:
    return rule.scope_kind, rule.scope_id, rule.service_line, rule.visit_type, rule.campus


def _meets(one: SurchargeRule, two: SurchargeRule) -> bool:
    starts_before_other_ends = two.valid_to is None or one.valid_from < two.valid_to
    ends_after_other_starts = one.valid_to is None or two.valid_from < one.valid_to
    return starts_before_other_ends and ends_after_other_starts


def settle_start(*, wanted: datetime, day_begins: datetime, now: datetime) -> datetime:
    """When a version published at `now` takes effect: a start of today at the publishing instant, never earlier.

    `day_begins` is 00:00 Asia/Shanghai of the day of `now`. Refuses `RuleStartsInPast` (brief §1.6.7).
    """
    if wanted >= now:
        return wanted
    if wanted < day_begins:
        raise RuleStartsInPast
    return now


def settle_start_of(*, wanted: datetime, now: datetime) -> datetime:
    """`settle_start` on the hospital's calendar (brief §1.6.7)."""
    local = now.astimezone(SHANGHAI)
    day_begins = datetime.combine(local.date(), time(), tzinfo=SHANGHAI)
    return settle_start(wanted=wanted, day_begins=day_begins, now=now)


def settle_approved_start(*, wanted: datetime, now: datetime) -> datetime:
    """When a draft that is approved at `now` takes effect: at its start, or at once where that has come (§1.6.7)."""
    return max(wanted, now)


def list_items_above_fixed(rule: SurchargeRule, items: Iterable[PricedItem], *, at: datetime) -> list[PricedItem]:
    """The items in the rule's scope whose filed price at `at` exceeds its fixed price (brief §1.6.3)."""
    if rule.mode is not SurchargeMode.FIXED_PRICE or rule.value is None:
        return []
    return [item for item in items if covers(rule, item) and _is_dearer(item, rule.value, at)]


def check_fixed_price(rule: SurchargeRule, items: Iterable[PricedItem]) -> list[PricedItem]:
    """The items a wider fixed price starts below, as a warning; an item rule refuses with `FixedPriceBelowBase`."""
    above = list_items_above_fixed(rule, items, at=rule.valid_from)
    if above and rule.scope_kind is ScopeKind.ITEM:
        raise FixedPriceBelowBase(item=above[0].code)
    return above


def covers(rule: SurchargeRule, item: PricedItem) -> bool:
    """Whether the item lies in the rule's scope."""
    scopes = {
        ScopeKind.ITEM: not item.is_price_item and item.code == rule.scope_id,
        ScopeKind.PRICE_ITEM: rule.scope_id == (item.code if item.is_price_item else item.price_item),
        ScopeKind.FEE_CLASS: item.fee_class == rule.scope_id,
        ScopeKind.KIND: item.nature == rule.scope_id,
        ScopeKind.SERVICE_LINE: True,
    }
    return scopes[rule.scope_kind]


def _is_dearer(item: PricedItem, fixed: Decimal, at: datetime) -> bool:
    price = pick_in_force(item.prices, at)
    return price is not None and price.base_u > round_half_up(fixed, price.decimals)


def list_passed_rules(rules: Iterable[SurchargeRule], items: Iterable[PricedItem]) -> list[SurchargeRule]:
    """The maintenance list: fixed prices that a price filed to start later, while they hold, exceeds (brief §1.6.3)."""
    known = list(items)
    fixed = (rule for rule in rules if rule.mode is SurchargeMode.FIXED_PRICE and rule.value is not None)
    return [rule for rule in fixed if any(_list_rises(rule, known))]


def _list_rises(rule: SurchargeRule, items: Iterable[PricedItem]) -> Iterator[bool]:
    for item in items:
        if covers(rule, item):
            for price in item.prices:
                starts_within = price.valid_from > rule.valid_from and (
                    rule.valid_to is None or price.valid_from < rule.valid_to
                )
                yield starts_within and _is_dearer(item, rule.value or Decimal(0), price.valid_from)
