"""What the price office's desk reads: found rows, whole items, drafts, trials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.catalog.types.items import (
    ChangeKind,
    ImportState,
    InsuranceClass,
    ItemCard,
    TranslationStatus,
)
from hospital.catalog.types.pricing import (
    Addition,
    CatalogKind,
    Combination,
    Component,
    CompositeMode,
    CompositeOverride,
    FeeClass,
    ItemFlags,
    RuleStatus,
    SurchargeRule,
)
from hospital.kernel.types import BilingualText


class ItemStatus(StrEnum):
    """By what the price office filters its list."""

    WAITING = "WAITING"
    SCHEDULED = "SCHEDULED"
    UNPRICED = "UNPRICED"
    INACTIVE = "INACTIVE"


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One row of the list. `next_u` is a price that is published and starts at `next_from`."""

    code: str
    kind: CatalogKind
    fee_class: FeeClass
    name: BilingualText
    unit: BilingualText
    translation_status: TranslationStatus
    is_active: bool
    base_u: Decimal | None
    next_u: Decimal | None
    next_from: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class FoundItems:
    """One page of what was found, and how many there are in all."""

    items: Sequence[FoundItem]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One standard price as filed."""

    version: int
    base_u: Decimal
    valid_from: datetime
    valid_to: datetime | None
    document_no: str
    published_by: str


ColumnValue = str | int | bool | None
"""A column of an item as a change keeps it; decimals are texts."""
ColumnChanges = Mapping[str, tuple[ColumnValue, ColumnValue]]
"""By column: what it was and what it becomes."""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What decides about an item's price, its place on bills and its insurance, beside the price itself.

    `price_item` is the code of the price-bureau item a charge item is mapped to, or empty (brief §1.6.4).
    """

    fee_class: FeeClass
    spec: BilingualText
    unit: BilingualText
    price_item: str
    insurance_code: str
    insurance_class: InsuranceClass
    flags: ItemFlags
    child: Addition | None
    emergency: Addition | None
    combination: Combination | None
    composite_mode: CompositeMode | None
    sex_limit: str
    age_from: int | None
    age_to: int | None


@dataclass(frozen=True, slots=True)
class PartsVersion:
    """One component list of a composite, as it was published."""

    version: int
    valid_from: datetime
    valid_to: datetime | None
    parts: Sequence["PartRow"]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of a composite, as its list in force names it."""

    code: str
    name: BilingualText
    qty: Decimal
    kind: CatalogKind


@dataclass(frozen=True, slots=True)
class ItemChangeCard:
    """A change of an item as drafted. `base_u` for a price, `ratio` (None inherits) for a composite's own ratio,
    `facts` (what each column was and becomes) for facts, `parts` for a component list.
    """

    id: UUID
    kind: ChangeKind
    code: str
    name: BilingualText
    base_u: Decimal | None
    ratio: Decimal | None
    valid_from: datetime
    document_no: str
    reason: str
    status: RuleStatus
    maker: str
    made_at: datetime
    checker: str
    checked_at: datetime | None
    facts: ColumnChanges = field(default_factory=dict)
    parts: Sequence[Component] = ()


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """Everything the price office sees of one item."""

    card: ItemCard
    version: int
    facts: ItemFacts
    mapped: BilingualText | None
    mapped_by: Sequence[tuple[str, BilingualText]]
    prices: Sequence[PriceRow]
    parts: Sequence[PartRow]
    lists: Sequence[PartsVersion]
    overrides: Sequence[CompositeOverride]
    used_in: Sequence[tuple[str, BilingualText]]
    changes: Sequence[ItemChangeCard]


@dataclass(frozen=True, slots=True)
class ItemTexts:
    """What the price office writes of an item at once: no bill depends on it."""

    name: BilingualText
    translation_status: TranslationStatus
    is_active: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A change that is not published, to be tried on a price book: a rule, or a price, own ratio, facts or parts of
    `code`.

    `codes` are the items of a rule's scope where the scope is an item or a price-bureau item, else None.
    """

    rule: SurchargeRule | None = None
    code: str = ""
    base_u: Decimal | None = None
    override: CompositeOverride | None = None
    facts: Mapping[str, ColumnValue] | None = None
    parts: Sequence[Component] | None = None
    codes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SettingsVersion:
    """One change of the price office's settings: what was set, by whom, when."""

    facts: Mapping[str, str]
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class ImportFault:
    """What is wrong with one row, in both languages. `row` counts as the spreadsheet does, the heading being 1."""

    row: int
    column: str
    text: BilingualText


@dataclass(frozen=True, slots=True)
class ImportCard:
    """An imported file as the desk shows it. `counts`: new, changed, same rows and new prices."""

    id: UUID
    file_name: str
    state: ImportState
    rows_total: int
    rows_done: int
    valid_from: datetime | None
    maker: str
    made_at: datetime
    checker: str
    ended_at: datetime | None
    counts: Mapping[str, int] = field(default_factory=dict)
    faults: Sequence[ImportFault] = ()
