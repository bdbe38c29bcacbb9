"""Entering rows into a catalog in memory, with the checks of the price office (domain brief §1.6.1, .3, .4, .7, .9)."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from hospital.catalog.errors import (
    CodeTaken,
    CompositeNotInForce,
    PeriodMalformed,
    PriceOverlap,
    RatioMalformed,
    RuleMalformed,
    UnknownItem,
)
from hospital.catalog.rules.checks import (
    check_fixed_price,
    check_item,
    check_no_overlap,
    check_rule,
    is_ratio,
    list_passed_rules,
    settle_start_of,
)
from hospital.catalog.rules.price_book import CompiledPriceBook, compile_price_book, pick_in_force
from hospital.catalog.types import (
    Composite,
    CompositeOverride,
    CompositeVersion,
    PriceBookInput,
    PricedItem,
    PriceVersion,
    PricingSettings,
    ScopeKind,
    SurchargeRule,
)

V = TypeVar("V", PriceVersion, CompositeVersion, CompositeOverride)


class CatalogEntry:
    """A catalog that grows row by row and refuses what the price office would be refused.

    `warnings` are the pairs of a wider fixed price and an item it starts below (brief §1.6.3).
    """

    def __init__(self, settings: PricingSettings) -> None:
        self._settings = settings
        self._items: dict[str, PricedItem] = {}
        self._composites: dict[str, Composite] = {}
        self._rules: list[SurchargeRule] = []
        self.warnings: list[tuple[str, str]] = []

    def enter_item(self, item: PricedItem) -> None:
        """Refuses `CodeTaken`, `AdditionNotAllowed`, `FiledPriceTooPrecise`, `PeriodMalformed`, `PriceOverlap`."""
        self._take_code(item.code)
        check_item(item)
        check_apart(item.prices)
        self._items[item.code] = item

    def enter_composite(self, composite: Composite) -> None:
        """Refuses `CodeTaken`, `PeriodMalformed`, `PriceOverlap`, `RatioMalformed`; `check_sets` looks into it."""
        self._take_code(composite.code)
        check_apart(composite.versions)
        check_apart(composite.overrides)
        for override in composite.overrides:
            _check_override(override)
        self._composites[composite.code] = composite

    def check_sets(self) -> None:
        """Explodes each composite at each instant at which any list begins.

        Refuses `CompositeCycle`, `CompositeTooDeep`, `UnknownItem`, `BadQuantity`.
        """
        book = self.compile()
        starts = sorted({each.valid_from for one in self._composites.values() for each in one.versions})
        for start in starts:
            for code, composite in self._composites.items():
                if pick_in_force(composite.versions, start) is not None:
                    with suppress(CompositeNotInForce):
                        book.explode(code=code, qty=Decimal(1), at=start)

    def enter_rule(self, rule: SurchargeRule) -> None:
        """A published rule. Refuses `RuleMalformed`, `RuleOverlap`, `FixedPriceBelowBase`."""
        check_rule(rule)
        if rule.scope_kind is ScopeKind.ITEM and rule.scope_id in self._composites:
            raise RuleMalformed(rule=rule.rule_id)
        check_no_overlap(rule, self._rules)
        above = check_fixed_price(rule, self._items.values())
        self.warnings += [(rule.rule_id, item.code) for item in above]
        self._rules.append(rule)

    def publish_rule(self, rule: SurchargeRule, *, now: datetime) -> None:
        """A rule published at `now`; the version of the same code in force at its start ends there.

        Refuses `RuleStartsInPast` besides what `enter_rule` refuses.
        """
        start = settle_start_of(wanted=rule.valid_from, now=now)
        self._rules = [
            replace(each, valid_to=start) if each.rule_id == rule.rule_id and _is_in_force(each, start) else each
            for each in self._rules
        ]
        self.enter_rule(replace(rule, valid_from=start))

    def publish_price(self, code: str, price: PriceVersion, *, now: datetime) -> None:
        """A price published at `now`. Refuses `RuleStartsInPast`, `UnknownItem` and what `enter_item` refuses."""
        item = self._items.get(code)
        if item is None:
            raise UnknownItem(item=code)
        changed = replace(item, prices=succeed(item.prices, price, now=now))
        check_item(changed)
        self._items[code] = changed

    def publish_list(self, code: str, version: CompositeVersion, *, now: datetime) -> None:
        """A component list published at `now`. Refuses `RuleStartsInPast` and what sets are refused for."""
        composite = self._find_composite(code)
        self._composites[code] = replace(composite, versions=succeed(composite.versions, version, now=now))
        self.check_sets()

    def publish_override(self, code: str, override: CompositeOverride, *, now: datetime) -> None:
        """A composite's own ratio published at `now`. Refuses `RuleStartsInPast`, `RatioMalformed`, `PriceOverlap`."""
        _check_override(override)
        composite = self._find_composite(code)
        self._composites[code] = replace(composite, overrides=succeed(composite.overrides, override, now=now))

    def list_maintenance(self) -> list[str]:
        """The codes of fixed prices that a base has risen past, each once."""
        passed = list_passed_rules(self._rules, self._items.values())
        return list(dict.fromkeys(rule.rule_id for rule in passed))

    def compile(self) -> CompiledPriceBook:
        """The price book of what was entered."""
        return compile_price_book(
            PriceBookInput(
                items=self._items, composites=self._composites, rules=tuple(self._rules), settings=self._settings
            )
        )

    def _take_code(self, code: str) -> None:
        if code in self._items or code in self._composites:
            raise CodeTaken(item=code)

    def _find_composite(self, code: str) -> Composite:
        composite = self._composites.get(code)
        if composite is None:
            raise UnknownItem(item=code)
        return composite


def succeed(rows: Sequence[V], new: V, *, now: datetime) -> tuple[V, ...]:
    """`rows` with `new` published at `now`: the version in force at its start ends there (brief §1.6.7).

    Refuses `RuleStartsInPast`, `PeriodMalformed`, `PriceOverlap` (another one starts later, within its period).
    """
    start = settle_start_of(wanted=new.valid_from, now=now)
    followed: list[V] = [replace(row, valid_to=start) if _is_in_force(row, start) else row for row in rows]
    followed.append(replace(new, valid_from=start))
    check_apart(followed)
    return tuple(followed)


def check_apart(rows: Iterable[PriceVersion | CompositeVersion | CompositeOverride]) -> None:
    """Refuses `PeriodMalformed` where a period ends before it begins, `PriceOverlap` where two are in force at once."""
    ordered = sorted(rows, key=lambda row: row.valid_from)
    for row in ordered:
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            raise PeriodMalformed
    for row, following in pairwise(ordered):
        if row.valid_to is None or row.valid_to > following.valid_from:
            raise PriceOverlap


def _is_in_force(row: PriceVersion | CompositeVersion | CompositeOverride | SurchargeRule, start: datetime) -> bool:
    """Whether a row that began before `start` is still in force then."""
    return row.valid_from < start and (row.valid_to is None or row.valid_to > start)


def _check_override(override: CompositeOverride) -> None:
    if override.ratio is not None and not is_ratio(override.ratio):
        raise RatioMalformed
