"""One item whole, and the changes that wait or were decided."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hospital.catalog.errors import UnknownChange, UnknownItem
from hospital.catalog.models import (
    CatalogItem,
    CompositeComponent,
    CompositeRatio,
    ItemChange,
    OfficeSettings,
    StandardPrice,
    SurchargeRuleRow,
)
from hospital.catalog.queries.cards import card_of, with_price
from hospital.catalog.queries.facts import facts_of
from hospital.catalog.queries.price_books import rule_of
from hospital.catalog.queries.sets import list_part_versions
from hospital.catalog.rules.price_book import pick_in_force
from hospital.catalog.types import (
    CatalogKind,
    ChangeKind,
    Component,
    CompositeOverride,
    ItemChangeCard,
    ItemSheet,
    PartRow,
    PartsVersion,
    PriceRow,
    RuleStatus,
    ScopeKind,
    SettingsVersion,
    Trial,
)

_SETTINGS = (
    "rounding_mode",
    "combination",
    "composite_mode",
    "intl_insurance_mode",
    "allow_drug_surcharge",
    "allow_consumable_surcharge",
    "child_age_limit",
    "price_hold",
    "cash_rounding",
)


def get_item_sheet(*, code: str, now: datetime) -> ItemSheet:
    """One item with its prices, parts, own ratios and changes, newest first. Refuses `UnknownItem`."""
    row = with_price(CatalogItem.objects.filter(code=code).select_related("price_item"), now).first()
    if row is None:
        raise UnknownItem(item=code)
    mapped = row.price_item
    lists = list_part_versions(row) if row.kind == CatalogKind.COMPOSITE else []
    return ItemSheet(
        card=card_of(row),
        version=row.version,
        facts=facts_of(row),
        mapped=mapped.name if mapped else None,
        mapped_by=[(each.code, each.name) for each in row.charge_items.order_by("code")[:20]],
        prices=[
            PriceRow(each.version, each.base_u, each.valid_from, each.valid_to, each.document_no, each.published_by)
            for each in StandardPrice.objects.filter(item=row).order_by("-valid_from")
        ],
        parts=_in_force_of(lists, now),
        lists=lists,
        overrides=[
            CompositeOverride(each.ratio, each.valid_from, each.valid_to, each.approval_no)
            for each in CompositeRatio.objects.filter(composite=row).order_by("-valid_from")
        ],
        used_in=[
            (each.component_list.composite.code, each.component_list.composite.name)
            for each in _in_force(CompositeComponent.objects.filter(item=row), now)
            .select_related("component_list__composite")
            .order_by("component_list__composite__pinyin")[:20]
        ],
        changes=[change_card_of(each) for each in _with_item(ItemChange.objects.filter(item=row))],
    )


def _in_force_of(lists: Sequence[PartsVersion], now: datetime) -> Sequence[PartRow]:
    found = pick_in_force(lists, now)
    return [] if found is None else found.parts


def _in_force(rows: QuerySet[CompositeComponent], now: datetime) -> QuerySet[CompositeComponent]:
    return rows.filter(
        Q(component_list__valid_to__isnull=True) | Q(component_list__valid_to__gt=now),
        component_list__valid_from__lte=now,
    )


def _with_item(rows: QuerySet[ItemChange]) -> QuerySet[ItemChange]:
    return rows.select_related("item").order_by("-made_at")


def list_item_changes(*, status: RuleStatus | None = None, limit: int = 200) -> Sequence[ItemChangeCard]:
    """Changes of items that somebody drafted, newest first; not those that came in with a table or a set's ratio."""
    rows = ItemChange.objects.exclude(made_at=F("checked_at"), applied_at=F("made_at"))
    rows = rows if status is None else rows.filter(status=status)
    return [change_card_of(each) for each in _with_item(rows)[:limit]]


def count_waiting() -> int:
    """How many drafts of rules and items wait for a second person."""
    rules = SurchargeRuleRow.objects.filter(status=RuleStatus.DRAFT).count()
    return rules + ItemChange.objects.filter(status=RuleStatus.DRAFT).count()


def get_item_change(*, change_id: UUID) -> ItemChangeCard:
    """One change. Refuses `UnknownChange`."""
    row = _with_item(ItemChange.objects.filter(id=change_id)).first()
    if row is None:
        raise UnknownChange
    return change_card_of(row)


def change_card_of(row: ItemChange) -> ItemChangeCard:
    """The card of a change read with its item."""
    return ItemChangeCard(
        id=row.id,
        kind=ChangeKind(row.kind),
        code=row.item.code,
        name=row.item.name,
        base_u=row.base_u,
        ratio=row.ratio,
        valid_from=row.valid_from,
        document_no=row.document_no,
        reason=row.reason,
        status=RuleStatus(row.status),
        maker=row.maker,
        made_at=row.made_at,
        checker=row.checker,
        checked_at=row.checked_at,
        facts={name: (pair[0], pair[1]) for name, pair in row.facts.items()},
        parts=[Component(code, Decimal(qty)) for code, qty in row.parts],
    )


def get_trial(*, change_id: UUID | None = None, rule_id: UUID | None = None) -> Trial:
    """What a drafted change or rule would do to a price book. Refuses `UnknownChange`."""
    if change_id is not None:
        change = get_item_change(change_id=change_id)
        if change.kind is ChangeKind.PRICE:
            return Trial(code=change.code, base_u=change.base_u, codes=frozenset({change.code}))
        if change.kind is ChangeKind.FACTS:
            columns = {name: after for name, (_before, after) in change.facts.items()}
            return Trial(code=change.code, facts=columns, codes=frozenset({change.code}))
        if change.kind is ChangeKind.PARTS:
            return Trial(code=change.code, parts=change.parts, codes=frozenset())
        override = CompositeOverride(change.ratio, change.valid_from, None, change.document_no)
        return Trial(code=change.code, override=override)
    row = None if rule_id is None else SurchargeRuleRow.objects.filter(id=rule_id).first()
    if row is None:
        raise UnknownChange
    rule = rule_of(row)
    codes = None
    if rule.scope_kind is ScopeKind.ITEM:
        codes = frozenset({rule.scope_id})
    elif rule.scope_kind is ScopeKind.PRICE_ITEM:
        mapped = CatalogItem.objects.filter(Q(code=rule.scope_id) | Q(price_item__code=rule.scope_id))
        codes = frozenset(mapped.values_list("code", flat=True))
    return Trial(rule=rule, codes=codes)


def list_settings(*, limit: int = 20) -> Sequence[SettingsVersion]:
    """Changes of the settings, newest first."""
    return [
        SettingsVersion({name: str(getattr(row, name)) for name in _SETTINGS}, row.set_by, row.set_at)
        for row in OfficeSettings.objects.order_by("-id")[:limit]
    ]
