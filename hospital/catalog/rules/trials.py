"""Laying a change that is not published over a price book, to see what it would do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from hospital.catalog.types import (
    Composite,
    CompositeMode,
    CompositeVersion,
    PriceBookInput,
    PricedItem,
    PriceVersion,
    SurchargeRule,
    Trial,
)

_ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
TRIAL_VERSION = "trial"


def lay_over(rows: PriceBookInput, trial: Trial) -> PriceBookInput:
    """`rows` as if the trial had always been in force: instead of the item's prices, of the composite's own ratios or
    lists, or of the rule's earlier versions and whatever else speaks for its slot. Facts are laid over the rows before.
    """
    if trial.rule is not None:
        rule = replace(trial.rule, version=TRIAL_VERSION, valid_from=_ALWAYS, valid_to=None)
        others = [each for each in rows.rules if each.rule_id != rule.rule_id and _slot(each) != _slot(rule)]
        return replace(rows, rules=[*others, rule])
    if trial.override is not None:
        return replace(rows, composites=_override(rows.composites, trial))
    if trial.parts is not None:
        return replace(rows, composites=_list(rows.composites, trial))
    # The trial holds at any time, so what the item's facts were or will be does not matter.
    dated = {code: versions for code, versions in rows.dated.items() if code != trial.code}
    tried = rows.composites.get(trial.code)
    composites = rows.composites if tried is None else {**rows.composites, tried.code: replace(tried, modes=())}
    return replace(rows, items=_price(rows.items, trial), composites=composites, dated=dated)


def _slot(rule: SurchargeRule) -> tuple[str, str, str, str, str]:
    return rule.scope_kind, rule.scope_id, rule.service_line, rule.visit_type, rule.campus


def _price(items: Mapping[str, PricedItem], trial: Trial) -> Mapping[str, PricedItem]:
    item = items.get(trial.code)
    if item is None or trial.base_u is None:
        return items
    price = PriceVersion(TRIAL_VERSION, trial.base_u, _ALWAYS)
    return {**items, item.code: replace(item, prices=(price,))}


def _list(composites: Mapping[str, Composite], trial: Trial) -> Mapping[str, Composite]:
    composite = composites.get(trial.code)
    if composite is None or trial.parts is None:
        return composites
    always = CompositeVersion(TRIAL_VERSION, tuple(trial.parts), _ALWAYS)
    return {**composites, composite.code: replace(composite, versions=(always,))}


def _override(composites: Mapping[str, Composite], trial: Trial) -> Mapping[str, Composite]:
    composite = composites.get(trial.code)
    if composite is None or trial.override is None:
        return composites
    always = replace(trial.override, valid_from=_ALWAYS, valid_to=None)
    mode = CompositeMode.OVERRIDE if always.ratio is not None else composite.mode
    return {**composites, composite.code: replace(composite, mode=mode, modes=(), overrides=(always,))}
