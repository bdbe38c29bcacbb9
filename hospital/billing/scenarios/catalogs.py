"""The catalog, rules and settings of a scenario, entered as the price office would enter them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import cast

from hospital.billing.errors import ScenarioMalformed
from hospital.billing.scenarios.values import (
    Row,
    find_count,
    find_instant,
    find_number,
    read_choice,
    read_flag,
    read_number,
    read_period,
    read_row,
    read_rows,
    read_text,
)
from hospital.catalog.api import CatalogEntry
from hospital.catalog.errors import PriceItemAmbiguous
from hospital.catalog.types import (
    ANY,
    Addition,
    Combination,
    Component,
    Composite,
    CompositeMode,
    CompositeOverride,
    CompositeVersion,
    FeeClass,
    InsuranceMode,
    ItemFlags,
    Nature,
    PricedItem,
    PriceHold,
    PriceVersion,
    PricingSettings,
    RoundingMode,
    RuleStatus,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
    SurchargeRule,
    VisitType,
)


@dataclass(frozen=True, slots=True)
class _Publication:
    """A row that was entered at an instant of its own, after the seed."""

    at: datetime
    publish: Callable[[], None]


def read_settings(row: Row) -> PricingSettings:
    """The price office's settings; what is absent takes the product's default."""
    usual = PricingSettings()
    step = find_number(row, "cash_rounding") if "cash_rounding" in row else usual.cash_rounding
    if step is not None and step <= 0:
        raise ScenarioMalformed(what="cash_rounding")
    limit = find_count(row, "child_age_limit")
    return PricingSettings(
        rounding_mode=read_choice(RoundingMode, row, "rounding_mode", usual.rounding_mode),
        combination=read_choice(Combination, row, "combination", usual.combination),
        composite_mode=read_choice(CompositeMode, row, "composite_mode", usual.composite_mode),
        intl_insurance_mode=read_choice(InsuranceMode, row, "intl_insurance_mode", usual.intl_insurance_mode),
        allow_drug_surcharge=read_flag(row, "allow_drug_surcharge"),
        allow_consumable_surcharge=read_flag(row, "allow_consumable_surcharge"),
        child_age_limit=usual.child_age_limit if limit is None else limit,
        price_hold=read_choice(PriceHold, row, "price_hold", usual.price_hold),
        cash_rounding=step,
    )


def enter_catalog(scenario: Row) -> CatalogEntry:
    """The scenario's catalog: first the seed, then the rows with `published_at` in that order.

    Refuses what the price office would be refused.
    """
    catalog = read_row(scenario.get("catalog"), "catalog")
    entry = CatalogEntry(read_settings(read_row(scenario.get("settings"), "settings")))
    later: list[_Publication] = []
    for name in ("price_items", "items"):
        for row in read_rows(catalog, name):
            later += _enter_item(entry, row, is_price_item=name == "price_items")
    for row in read_rows(catalog, "composites"):
        later += _enter_composite(entry, row)
    entry.check_sets()
    for row in read_rows(scenario, "rules"):
        later += _enter_rule(entry, row)
    for publication in sorted(later, key=lambda each: each.at):
        publication.publish()
    return entry


def _enter_item(entry: CatalogEntry, row: Row, *, is_price_item: bool) -> Iterator[_Publication]:
    code = read_text(row, "code")
    seeds, later = _split(row, "prices")
    entry.enter_item(
        PricedItem(
            code=code,
            nature=read_choice(Nature, row, "kind", Nature.SERVICE),
            # Other hospitals' fee classes may be played through too: the rules only compare them.
            fee_class=cast(FeeClass, read_text(row, "fee_class", FeeClass.OTHER)),
            prices=tuple(_price_of(each) for each in seeds),
            price_item=None if is_price_item else _mapping_of(row, code),
            is_price_item=is_price_item,
            flags=_flags_of(read_row(row.get("flags"), "flags")),
            **_additions_of(read_row(row.get("additions"), "additions")),
            combination=read_choice(Combination, row, "combination") if row.get("combination") else None,
        )
    )
    for at, each in later:
        price = _price_of(each)
        yield _Publication(at, partial(entry.publish_price, code, price, now=at))


def _mapping_of(row: Row, code: str) -> str | None:
    mapped = row.get("price_item")
    if isinstance(mapped, list):
        if len(mapped) > 1:
            raise PriceItemAmbiguous(item=code)
        return str(mapped[0]) if mapped else None
    return str(mapped) if mapped else None


def _price_of(row: Row) -> PriceVersion:
    start, end = read_period(row)
    base_u = read_number(row, "base_u")
    if base_u < 0:
        raise ScenarioMalformed(what="base_u")
    return PriceVersion(version=read_text(row, "version", "1"), base_u=base_u, valid_from=start, valid_to=end)


def _flags_of(row: Row) -> ItemFlags:
    return ItemFlags(
        volume_procured=read_flag(row, "vbp"),
        blood=read_flag(row, "blood"),
        statutory_free=read_flag(row, "statutory_free"),
        sent_out=read_flag(row, "sent_out"),
        already_special_price=read_flag(row, "already_special_price"),
        charged_separately=read_flag(row, "charged_separately", True),
    )


def _additions_of(row: Row) -> dict[str, Addition | None]:
    return {name: _addition_of(row, name) for name in ("child", "emergency")}


def _addition_of(row: Row, name: str) -> Addition | None:
    if row.get(name) is None:
        return None
    given = read_row(row[name], name)
    ratio, amount = find_number(given, "ratio"), find_number(given, "amount")
    if any(number is not None and number < 0 for number in (ratio, amount)):
        raise ScenarioMalformed(what=name)
    return Addition(ratio=ratio, amount=amount, under_years=find_count(given, "under_years"))


def _enter_composite(entry: CatalogEntry, row: Row) -> Iterator[_Publication]:
    code = read_text(row, "code")
    lists, later_lists = _split(row, "versions")
    overrides, later_overrides = _split(row, "overrides")
    entry.enter_composite(
        Composite(
            code=code,
            versions=tuple(_list_of(each) for each in lists),
            mode=read_choice(CompositeMode, row, "composite_mode") if row.get("composite_mode") else None,
            overrides=tuple(_override_of(each) for each in overrides),
        )
    )
    for at, each in later_lists:
        version = _list_of(each)
        yield _Publication(at, partial(entry.publish_list, code, version, now=at))
    for at, each in later_overrides:
        ratio = _override_of(each)
        yield _Publication(at, partial(entry.publish_override, code, ratio, now=at))


def _list_of(row: Row) -> CompositeVersion:
    start, end = read_period(row)
    parts = tuple(
        Component(code=read_text(part, "code"), qty=read_number(part, "qty") if "qty" in part else Decimal(1))
        for part in read_rows(row, "components")
    )
    return CompositeVersion(version=read_text(row, "version", "1"), components=parts, valid_from=start, valid_to=end)


def _override_of(row: Row) -> CompositeOverride:
    start, end = read_period(row)
    return CompositeOverride(
        ratio=find_number(row, "ratio"),
        valid_from=start,
        valid_to=end,
        approval_no=read_text(row, "approval_no", ""),
    )


def _enter_rule(entry: CatalogEntry, row: Row) -> Iterator[_Publication]:
    if read_text(row, "status", RuleStatus.PUBLISHED) != RuleStatus.PUBLISHED:
        return
    rule = _rule_of(row)
    at = find_instant(row, "published_at")
    if at is None:
        entry.enter_rule(rule)
    else:
        yield _Publication(at, partial(entry.publish_rule, rule, now=at))


def _rule_of(row: Row) -> SurchargeRule:
    start, end = read_period(row)
    scope_kind = read_choice(ScopeKind, row, "scope_kind")
    service_line = read_choice(ServiceLine, row, "service_line")
    scope_id = read_text(row, "scope_id", "")
    if scope_kind is ScopeKind.SERVICE_LINE and scope_id in ("", ANY):
        scope_id = service_line.value
    visit_type = read_text(row, "visit_type", ANY)
    if visit_type != ANY:
        read_choice(VisitType, row, "visit_type")
    return SurchargeRule(
        rule_id=read_text(row, "id"),
        version=read_text(row, "version", "1"),
        scope_kind=scope_kind,
        scope_id=scope_id,
        service_line=service_line,
        value=find_number(row, "value"),
        valid_from=start,
        valid_to=end,
        mode=read_choice(SurchargeMode, row, "mode", SurchargeMode.RATIO),
        visit_type=visit_type,
        campus=read_text(row, "campus", ANY),
        approval_no=read_text(row, "approval_no", ""),
    )


def _split(row: Row, name: str) -> tuple[list[Row], list[tuple[datetime, Row]]]:
    """The rows of the seed, and those entered later with their instants."""
    seeds: list[Row] = []
    later: list[tuple[datetime, Row]] = []
    for each in read_rows(row, name):
        at = find_instant(each, "published_at")
        if at is None:
            seeds.append(each)
        else:
            later.append((at, each))
    return seeds, later
