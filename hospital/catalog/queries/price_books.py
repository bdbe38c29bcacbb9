"""The pure engine's inputs from the database, in a number of queries that does not grow with the lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from hospital.catalog.models import (
    CatalogItem,
    CompositeComponent,
    CompositeList,
    CompositeRatio,
    OfficeSettings,
    StandardPrice,
    SurchargeRuleRow,
)
from hospital.catalog.queries.cards import card_of, with_price
from hospital.catalog.queries.facts import addition_of, find_bureau, flags_of, load_dated, mode_of, patch_row
from hospital.catalog.rules.price_book import compile_price_book
from hospital.catalog.rules.trials import lay_over
from hospital.catalog.types import (
    CatalogKind,
    ColumnValue,
    Combination,
    Component,
    Composite,
    CompositeMode,
    CompositeOverride,
    CompositeVersion,
    DatedMode,
    FeeClass,
    InsuranceMode,
    Nature,
    PriceBookInput,
    PricedCatalog,
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
    Trial,
)

# Composites contain composites; the recursion of rows ends because UNION drops what was already found.
_CLOSURE = """
    WITH RECURSIVE wanted AS (
        SELECT id FROM catalog_catalogitem WHERE code = ANY(%s)
        UNION
        SELECT part.item_id
        FROM wanted
        JOIN catalog_compositelist AS list ON list.composite_id = wanted.id
        JOIN catalog_compositecomponent AS part ON part.component_list_id = list.id
    )
    SELECT id FROM wanted
"""


def load_price_book(*, codes: Iterable[str], now: datetime, trial: Trial | None = None) -> PricedCatalog:
    """A price book with these codes, all their components, every version of their prices and facts and the rules that
    may apply.

    Nine queries, ten where a mapping changes. Codes that do not exist are left out: asking the book for one refuses
    `UnknownItem`. A `trial` is laid over it as if it had always been in force.
    """
    parts = [] if trial is None or trial.parts is None else [part.code for part in trial.parts]
    with connection.cursor() as cursor:
        cursor.execute(_CLOSURE, [[*codes, *parts]])
        ids: list[UUID] = [row[0] for row in cursor.fetchall()]
    rows = list(with_price(CatalogItem.objects.filter(id__in=ids), now).select_related("price_item"))
    prices = _load_prices(ids)
    dated = load_dated(rows=rows, now=now, item_of=lambda row: _item_of(row, tuple(prices[row.id])))
    if trial is not None and trial.facts is not None:
        _try_facts(rows, trial.code, trial.facts)
    items = [row for row in rows if row.kind != CatalogKind.COMPOSITE]
    composites = [row for row in rows if row.kind == CatalogKind.COMPOSITE]
    rows_of_book = PriceBookInput(
        items={row.code: _item_of(row, tuple(prices[row.id])) for row in items},
        dated=dated.items,
        composites=_load_composites(composites, dated.modes),
        rules=_load_rules(items),
        settings=get_pricing_settings(),
    )
    book = compile_price_book(rows_of_book if trial is None else lay_over(rows_of_book, trial))
    return PricedCatalog(book=book, cards={row.code: card_of(row) for row in rows})


def _try_facts(rows: list[CatalogItem], code: str, facts: Mapping[str, ColumnValue]) -> None:
    bureau = find_bureau([facts])
    for row in rows:
        if row.code == code:
            patch_row(row, facts, bureau)


def get_pricing_settings() -> PricingSettings:
    """The price office's settings in force; the defaults of the brief while none were set."""
    row = OfficeSettings.objects.order_by("-id").first()
    if row is None:
        return PricingSettings()
    return PricingSettings(
        version=str(row.id),
        rounding_mode=RoundingMode(row.rounding_mode),
        combination=Combination(row.combination),
        composite_mode=CompositeMode(row.composite_mode),
        intl_insurance_mode=InsuranceMode(row.intl_insurance_mode),
        allow_drug_surcharge=row.allow_drug_surcharge,
        allow_consumable_surcharge=row.allow_consumable_surcharge,
        child_age_limit=row.child_age_limit,
        price_hold=PriceHold(row.price_hold),
        cash_rounding=row.cash_rounding,
    )


def _load_prices(ids: list[UUID]) -> defaultdict[UUID, list[PriceVersion]]:
    prices: defaultdict[UUID, list[PriceVersion]] = defaultdict(list)
    for row in StandardPrice.objects.filter(item_id__in=ids).order_by("-valid_from"):
        version = PriceVersion(str(row.version), row.base_u, row.valid_from, row.valid_to)
        prices[row.item_id].append(version)
    return prices


def _item_of(row: CatalogItem, prices: tuple[PriceVersion, ...]) -> PricedItem:
    return PricedItem(
        code=row.code,
        nature=Nature(row.nature),
        fee_class=FeeClass(row.fee_class),
        prices=prices,
        price_item=row.price_item.code if row.price_item else None,
        is_price_item=row.kind == CatalogKind.PRICE_ITEM,
        flags=flags_of(row),
        child=addition_of(row.child_ratio, row.child_amount, row.child_under_years),
        emergency=addition_of(row.emergency_ratio, row.emergency_amount, None),
        combination=Combination(row.combination) if row.combination else None,
    )


def _load_composites(rows: list[CatalogItem], modes: Mapping[str, tuple[DatedMode, ...]]) -> dict[str, Composite]:
    if not rows:
        return {}
    ids = [row.id for row in rows]
    parts: defaultdict[UUID, list[Component]] = defaultdict(list)
    for part in (
        CompositeComponent.objects.filter(component_list__composite_id__in=ids)
        .select_related("item")
        .order_by("position")
    ):
        parts[part.component_list_id].append(Component(part.item.code, part.qty))
    versions: defaultdict[UUID, list[CompositeVersion]] = defaultdict(list)
    for entry in CompositeList.objects.filter(composite_id__in=ids):
        versions[entry.composite_id].append(
            CompositeVersion(str(entry.version), tuple(parts[entry.id]), entry.valid_from, entry.valid_to)
        )
    overrides: defaultdict[UUID, list[CompositeOverride]] = defaultdict(list)
    for ratio in CompositeRatio.objects.filter(composite_id__in=ids):
        overrides[ratio.composite_id].append(
            CompositeOverride(ratio.ratio, ratio.valid_from, ratio.valid_to, ratio.approval_no)
        )
    return {
        row.code: Composite(
            code=row.code,
            versions=tuple(versions[row.id]),
            mode=mode_of(row),
            overrides=tuple(overrides[row.id]),
            modes=modes.get(row.code, ()),
        )
        for row in rows
    }


def _load_rules(items: list[CatalogItem]) -> list[SurchargeRule]:
    codes = [row.code for row in items]
    bureau = [*codes, *(row.price_item.code for row in items if row.price_item)]
    rows = SurchargeRuleRow.objects.filter(status=RuleStatus.PUBLISHED).filter(
        Q(scope_kind__in=[ScopeKind.FEE_CLASS, ScopeKind.KIND, ScopeKind.SERVICE_LINE])
        | Q(scope_kind=ScopeKind.ITEM, scope_id__in=codes)
        | Q(scope_kind=ScopeKind.PRICE_ITEM, scope_id__in=bureau)
    )
    return [rule_of(row) for row in rows]


def rule_of(row: SurchargeRuleRow) -> SurchargeRule:
    """The pure rule of a row."""
    return SurchargeRule(
        rule_id=row.code,
        version=str(row.version),
        scope_kind=ScopeKind(row.scope_kind),
        scope_id=row.scope_id,
        service_line=ServiceLine(row.service_line),
        value=row.value,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        mode=SurchargeMode(row.mode),
        visit_type=row.visit_type,
        campus=row.campus,
        approval_no=row.approval_no,
    )
