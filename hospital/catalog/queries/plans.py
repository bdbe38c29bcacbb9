"""What taking in a table would do, worked out against the catalog without writing anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from hospital.catalog.errors import FileUnreadable
from hospital.catalog.files import read_table
from hospital.catalog.models import CatalogItem, CompositeComponent, DrugDetail, ItemChange, StandardPrice
from hospital.catalog.queries.facts import MAPPING, facts_of
from hospital.catalog.rules import sheet_rows as sheet
from hospital.catalog.rules.facts import compare_columns, write_columns
from hospital.catalog.rules.search_keys import make_search_keys
from hospital.catalog.rules.sheet_rows import COLUMNS, NATURES, SheetRow, read_sheet_row
from hospital.catalog.types import (
    CatalogKind,
    ChangeKind,
    ColumnChanges,
    ColumnValue,
    RuleStatus,
    TranslationStatus,
)

MOST_ROWS = 60_000
_STEP = 2_000
_NAMES = {"name_zh", "name_en"}
# What can change while other facts wait for their start.
_TEXTS = _NAMES | {"translation_status", "is_active", "manufacturer_zh", "manufacturer_en"}
Progress = Callable[[int, int], object]


@dataclass(slots=True)
class ImportPlan:
    """Rows to make, rows to change, prices to file, component lists to publish; and what stands against it.

    `facts` says of each row that changes what it was and becomes, where that decides about a bill.
    """

    made: list[CatalogItem] = field(default_factory=list)
    changed: list[CatalogItem] = field(default_factory=list)
    prices: list[tuple[str, Decimal]] = field(default_factory=list)
    lists: list[tuple[str, tuple[tuple[str, Decimal], ...]]] = field(default_factory=list)
    same: int = 0
    total: int = 0
    mapped: dict[str, str] = field(default_factory=dict)
    named: list[tuple[CatalogItem, DrugDetail | None]] = field(default_factory=list)
    facts: list[tuple[CatalogItem, ColumnChanges]] = field(default_factory=list)
    faults: list[SheetRow] = field(default_factory=list)

    def write_keys(self) -> None:
        """Gives the rows that are new or renamed the keys they are found by."""
        for item, drug in self.named:
            other = f"{drug.generic_en} {drug.generic_zh}" if drug else ""
            keys = make_search_keys(code=item.code, name_zh=item.name_zh, name_en=item.name_en, other=other)
            item.pinyin, item.initials, item.search_text = keys.pinyin, keys.initials, keys.text


def plan_import(*, content: bytes, start: datetime, now: datetime, tell: Progress) -> ImportPlan:
    """The plan of a file. `tell` hears how many rows are done of how many. Refuses `FileUnreadable`."""
    table = list(read_table(content))
    if not table or len(table) > MOST_ROWS + 1:
        raise FileUnreadable
    heading = [name.lower() for name in table[0]]
    if "code" not in heading:
        raise FileUnreadable
    plan = ImportPlan(total=len(table) - 1)
    unknown = [name for name in heading if name and name not in COLUMNS]
    if unknown:
        row = SheetRow(1, "")
        for name in unknown:
            row.add_fault(name, sheet.UNKNOWN_COLUMN)
        plan.faults.append(row)
    rows = [
        read_sheet_row(number, dict(zip(heading, cells, strict=False)))
        for number, cells in enumerate(table[1:], start=2)
    ]
    _Planner(plan, rows, start, now).work(tell)
    plan.faults += [row for row in rows if row.faults]
    return plan


class _Planner:
    """Compares rows with the catalog in steps, a handful of queries each."""

    def __init__(self, plan: ImportPlan, rows: Sequence[SheetRow], start: datetime, now: datetime) -> None:
        self._plan = plan
        self._rows = rows
        self._start = start
        self._now = now
        self._bureau = self._list_bureau()
        self._seen: set[str] = set()
        self._known: dict[str, CatalogItem] = {}
        self._prices: dict[str, Decimal] = {}
        self._scheduled: set[str] = set()
        self._waiting: set[str] = set()
        self._parts: dict[str, tuple[tuple[str, Decimal], ...]] = {}

    def work(self, tell: Progress) -> None:
        """Fills the plan."""
        for begin in range(0, len(self._rows), _STEP):
            step = self._rows[begin : begin + _STEP]
            self._load([row.code for row in step])
            for row in step:
                self._compare(row)
            tell(begin + len(step), len(self._rows))
        self._check_parts()

    def _list_bureau(self) -> set[str]:
        wanted = {str(row.values["price_item"]) for row in self._rows if row.values.get("price_item")}
        known = CatalogItem.objects.filter(code__in=wanted, kind=CatalogKind.PRICE_ITEM)
        fresh = {row.code for row in self._rows if row.values.get("kind") == CatalogKind.PRICE_ITEM}
        return set(known.values_list("code", flat=True)) | fresh

    def _load(self, codes: list[str]) -> None:
        rows = CatalogItem.objects.select_related("price_item", "drug_detail").filter(code__in=codes)
        self._known = {row.code: row for row in rows}
        ids = [row.id for row in self._known.values()]
        prices = StandardPrice.objects.filter(item_id__in=ids)
        in_force = prices.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self._start), valid_from__lte=self._start)
        self._prices = dict(in_force.values_list("item__code", "base_u"))
        waiting = ItemChange.objects.filter(
            item_id__in=ids, kind=ChangeKind.FACTS, status=RuleStatus.PUBLISHED, applied_at__isnull=True
        )
        self._waiting = set(waiting.values_list("item__code", flat=True))
        self._scheduled = set(prices.filter(valid_from__gt=self._start).values_list("item__code", flat=True))
        sets = [row.id for row in self._known.values() if row.kind == CatalogKind.COMPOSITE]
        self._parts = load_parts(sets, self._now) if sets else {}

    def _compare(self, row: SheetRow) -> None:
        if row.code in self._seen:
            row.add_fault("code", sheet.TWICE)
        self._seen.add(row.code)
        old = self._known.get(row.code)
        kind = str(row.values.get("kind") or (old.kind if old else ""))
        if old is not None and kind != old.kind:
            row.add_fault("kind", sheet.KIND_CHANGES)
        if old is None and (not kind or not row.values.get("fee_class")):
            row.add_fault("kind" if not kind else "fee_class", sheet.NO_KIND)
        self._check_mapping(row, kind)
        self._check_goods(row, old, kind)
        if not row.faults:
            self._take(row, old, kind)

    def _check_mapping(self, row: SheetRow, kind: str) -> None:
        mapped = row.values.get("price_item")
        if not mapped:
            return
        if kind != CatalogKind.CHARGE_ITEM:
            row.add_fault("price_item", sheet.MAPPING_NOT_HERE)
        elif mapped not in self._bureau:
            row.add_fault("price_item", sheet.NO_MAPPING)

    def _check_goods(self, row: SheetRow, old: CatalogItem | None, kind: str) -> None:
        def now(name: str) -> object:
            return row.values.get(name, getattr(old, name, None))

        if not now("name_zh"):
            row.add_fault("name_zh", sheet.NO_NAME)
        if row.values.get("translation_status") == TranslationStatus.REVIEWED and not now("name_en"):
            row.add_fault("translation_status", sheet.ENGLISH_NOT_THERE)
        additions = [now(f"{name}_{how}") for name in ("child", "emergency") for how in ("ratio", "amount")]
        is_barred = kind in {CatalogKind.DRUG, CatalogKind.COMPOSITE}
        is_barred = is_barred or bool(now("is_statutory_free") or now("is_already_special_price"))
        if is_barred and any(each is not None for each in additions):
            row.add_fault("child_ratio", sheet.ADDITION_NOT_HERE)
        self._check_set(row, old, kind)

    def _check_set(self, row: SheetRow, old: CatalogItem | None, kind: str) -> None:
        is_set = kind == CatalogKind.COMPOSITE
        if row.price is not None and is_set:
            row.add_fault(sheet.PRICE, sheet.PRICE_NOT_HERE)
        if row.price is not None and row.price != self._prices.get(row.code) and row.code in self._scheduled:
            row.add_fault(sheet.PRICE, sheet.PRICE_SCHEDULED)
        if row.values.get("composite_mode") and not is_set:
            row.add_fault("composite_mode", sheet.MODE_NOT_HERE)
        if row.parts is not None and not is_set:
            row.add_fault(sheet.PARTS, sheet.PARTS_NOT_HERE)
        if is_set and old is None and row.parts is None:
            row.add_fault(sheet.PARTS, sheet.NO_PARTS)

    def _take(self, row: SheetRow, old: CatalogItem | None, kind: str) -> None:
        values = {name: value for name, value in row.values.items() if name != "price_item"}
        item = old if old is not None else CatalogItem(code=row.code, kind=kind, created_at=self._now)
        if old is None and kind != CatalogKind.COMPOSITE:
            item.nature = NATURES[CatalogKind(kind)]
        before = item.price_item.code if old is not None and item.price_item else ""
        differs = [name for name, value in values.items() if getattr(item, name) != value]
        mapped = row.values.get("price_item", before)
        if row.code in self._waiting and (mapped != before or not _TEXTS.issuperset(differs)):
            row.add_fault("code", sheet.FACTS_SCHEDULED)
            return
        was = write_columns(facts_of(item)) if old is not None else {}
        for name in differs:
            setattr(item, name, values[name])
        if old is not None:
            self._take_facts(item, was, mapped=str(mapped or ""))
        is_touched = self._settle_texts(item, differs, is_new=old is None) or mapped != before
        self._plan.mapped[row.code] = str(mapped or "")
        if old is None:
            self._plan.made.append(item)
        elif is_touched:
            item.version += 1
            self._plan.changed.append(item)
        self._take_price(row, is_touched=old is None or is_touched)

    def _take_facts(self, item: CatalogItem, was: Mapping[str, ColumnValue], *, mapped: str) -> None:
        becomes = write_columns(facts_of(item)) | {MAPPING: mapped}
        if changes := compare_columns(was, becomes):
            self._plan.facts.append((item, changes))

    def _take_price(self, row: SheetRow, *, is_touched: bool) -> None:
        is_priced = row.price is not None and row.price != self._prices.get(row.code)
        is_listed = row.parts is not None and row.parts != self._parts.get(row.code)
        if is_priced and row.price is not None:
            self._plan.prices.append((row.code, row.price))
        if is_listed and row.parts is not None:
            self._plan.lists.append((row.code, row.parts))
        if not (is_touched or is_priced or is_listed):
            self._plan.same += 1

    def _settle_texts(self, item: CatalogItem, differs: list[str], *, is_new: bool) -> bool:
        """The state of the English follows the English; whether anything is different."""
        if not item.name_en and item.translation_status != TranslationStatus.MISSING:
            item.translation_status = TranslationStatus.MISSING
            differs.append("translation_status")
        elif item.name_en and item.translation_status in ("", TranslationStatus.MISSING):
            item.translation_status = TranslationStatus.DRAFT
            differs.append("translation_status")
        if is_new or _NAMES & set(differs):
            # A new row has no details yet, and asking for them would be a query each.
            self._plan.named.append((item, None if is_new else getattr(item, "drug_detail", None)))
        return bool(differs)

    def _check_parts(self) -> None:
        """Every part exists, and no set contains itself or is nested too deep."""
        if not self._plan.lists:
            return
        rows = {row.code: row for row in self._rows}
        wanted = {code for _set, parts in self._plan.lists for code, _qty in parts}
        known = set(CatalogItem.objects.filter(code__in=wanted).values_list("code", flat=True)) | rows.keys()
        sets = CatalogItem.objects.filter(kind=CatalogKind.COMPOSITE).values_list("id", flat=True)
        parts = load_parts(list(sets), self._now) | dict(self._plan.lists)
        for code, listed in self._plan.lists:
            if any(part not in known for part, _qty in listed):
                rows[code].add_fault(sheet.PARTS, sheet.PART_UNKNOWN)
            elif not _is_sound(code, parts):
                rows[code].add_fault(sheet.PARTS, sheet.PARTS_REFUSED)


def _is_sound(code: str, parts: dict[str, tuple[tuple[str, Decimal], ...]], path: tuple[str, ...] = ()) -> bool:
    if code not in parts:
        return True
    inner = (*path, code)
    if code in path or len(inner) > 5:
        return False
    return all(_is_sound(part, parts, inner) for part, _qty in parts[code])


def load_parts(ids: Sequence[UUID], now: datetime) -> dict[str, tuple[tuple[str, Decimal], ...]]:
    """The component lists in force of these composites, by code."""
    found: dict[str, list[tuple[str, Decimal]]] = {}
    rows = CompositeComponent.objects.filter(
        Q(component_list__valid_to__isnull=True) | Q(component_list__valid_to__gt=now),
        component_list__composite_id__in=ids,
        component_list__valid_from__lte=now,
    ).order_by("component_list_id", "position")
    for code, part, qty in rows.values_list("component_list__composite__code", "item__code", "qty"):
        found.setdefault(code, []).append((part, qty))
    return {code: tuple(parts) for code, parts in found.items()}
