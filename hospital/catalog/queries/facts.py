"""The facts of items now, before and later: what the row says, and the published changes around it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from hospital.catalog.models import CatalogItem, ItemChange
from hospital.catalog.rules.facts import DECIMALS
from hospital.catalog.types import (
    Addition,
    ChangeKind,
    ColumnValue,
    Combination,
    CompositeMode,
    DatedItem,
    DatedMode,
    FeeClass,
    InsuranceClass,
    ItemFacts,
    ItemFlags,
    PricedItem,
    RuleStatus,
)
from hospital.kernel.types import BilingualText

_ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
MAPPING = "price_item"


def facts_of(row: CatalogItem) -> ItemFacts:
    """The facts of a row read with its price-bureau item."""
    return ItemFacts(
        fee_class=FeeClass(row.fee_class),
        spec=BilingualText(row.spec_zh, row.spec_en),
        unit=BilingualText(row.unit_zh, row.unit_en),
        price_item=row.price_item.code if row.price_item else "",
        insurance_code=row.insurance_code,
        insurance_class=InsuranceClass(row.insurance_class),
        flags=flags_of(row),
        child=addition_of(row.child_ratio, row.child_amount, row.child_under_years),
        emergency=addition_of(row.emergency_ratio, row.emergency_amount, None),
        combination=Combination(row.combination) if row.combination else None,
        composite_mode=mode_of(row),
        sex_limit=row.sex_limit,
        age_from=row.age_from,
        age_to=row.age_to,
    )


def flags_of(row: CatalogItem) -> ItemFlags:
    """The flags of a row."""
    return ItemFlags(
        volume_procured=row.is_volume_procured,
        blood=row.is_blood,
        statutory_free=row.is_statutory_free,
        sent_out=row.is_sent_out,
        already_special_price=row.is_already_special_price,
        charged_separately=row.is_charged_separately,
    )


def addition_of(ratio: Decimal | None, amount: Decimal | None, under_years: int | None) -> Addition | None:
    """The addition of two columns of which one at most is set."""
    if ratio is None and amount is None:
        return None
    return Addition(ratio=ratio, amount=amount, under_years=under_years)


def patch_row(row: CatalogItem, columns: Mapping[str, ColumnValue], bureau: Mapping[str, CatalogItem]) -> CatalogItem:
    """`row` with columns as a change keeps them; `bureau` are the price-bureau items these may name, by code."""
    for name, value in columns.items():
        if name == MAPPING:
            row.price_item = bureau[str(value)] if value else None
        elif name in DECIMALS:
            setattr(row, name, None if value is None else Decimal(str(value)))
        else:
            setattr(row, name, value)
    return row


def find_bureau(columns: Iterable[Mapping[str, ColumnValue]]) -> dict[str, CatalogItem]:
    """The price-bureau items that these columns name, by code. No query where they name none."""
    codes = {str(each[MAPPING]) for each in columns if each.get(MAPPING)}
    return {row.code: row for row in CatalogItem.objects.filter(code__in=codes)} if codes else {}


@dataclass(frozen=True, slots=True)
class DatedFacts:
    """What changed or is going to, over all time, by code: items, and the modes of composites."""

    items: Mapping[str, tuple[DatedItem, ...]]
    modes: Mapping[str, tuple[DatedMode, ...]]


def load_dated(
    *, rows: Sequence[CatalogItem], now: datetime, item_of: Callable[[CatalogItem], PricedItem]
) -> DatedFacts:
    """The facts that changed or are going to; patches `rows` to what holds at `now`.

    The row holds what was taken over from its changes; those before an instant are undone and those due are laid over.
    """
    changes = _list_changes([row.id for row in rows])
    bureau = find_bureau(
        {name: pair[side] for name, pair in each.facts.items()}
        for found in changes.values()
        for each in found
        for side in (0, 1)
    )
    items: dict[str, tuple[DatedItem, ...]] = {}
    modes: dict[str, tuple[DatedMode, ...]] = {}
    for row in rows:
        if found := changes.get(row.id):
            periods = _list_periods(row, found, bureau)
            if row.nature:
                items[row.code] = tuple(DatedItem(item_of(state), start, end) for state, start, end in periods)
            else:
                modes[row.code] = tuple(DatedMode(mode_of(state), start, end) for state, start, end in periods)
            for each in found:
                if each.applied_at is None and each.valid_from <= now:
                    patch_row(row, {name: pair[1] for name, pair in each.facts.items()}, bureau)
    return DatedFacts(items, modes)


def mode_of(row: CatalogItem) -> CompositeMode | None:
    """A composite's own mode; None leaves it to the settings."""
    return CompositeMode(row.composite_mode) if row.composite_mode else None


def _list_changes(ids: Sequence[UUID]) -> dict[UUID, list[ItemChange]]:
    found: defaultdict[UUID, list[ItemChange]] = defaultdict(list)
    rows = ItemChange.objects.filter(item_id__in=ids, kind=ChangeKind.FACTS, status=RuleStatus.PUBLISHED)
    for row in rows.order_by("valid_from", "checked_at"):
        found[row.item_id].append(row)
    return dict(found)


def _list_periods(
    row: CatalogItem, changes: Sequence[ItemChange], bureau: Mapping[str, CatalogItem]
) -> list[tuple[CatalogItem, datetime, datetime | None]]:
    """The row as it was, is and will be, each with its half-open period."""
    state = copy(row)
    for each in reversed([each for each in changes if each.applied_at is not None]):
        patch_row(state, {name: pair[0] for name, pair in each.facts.items()}, bureau)
    periods = []
    starts = [_ALWAYS, *(each.valid_from for each in changes)]
    for place, start in enumerate(starts):
        if place:
            patch_row(state, {name: pair[1] for name, pair in changes[place - 1].facts.items()}, bureau)
        end = starts[place + 1] if place + 1 < len(starts) else None
        if end is None or end > start:
            periods.append((copy(state), start, end))
    return periods
