"""The compiled price book: which rule wins, and which price is in force (domain brief §1.3, §1.6.4-5)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from hospital.catalog.errors import PriceNotInForce, UnknownItem
from hospital.catalog.rules.composites import explode_composite
from hospital.catalog.types import (
    ANY,
    Composite,
    CompositeMode,
    CompositeOverride,
    Exemption,
    Leaf,
    Nature,
    PriceBookInput,
    PricedItem,
    PriceVersion,
    PricingSettings,
    Resolution,
    RuleVersions,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
    SurchargeRule,
    SurchargeSource,
    VisitType,
)

_SlotKey = tuple[str, str, str, str, str]
_Slots = tuple[RuleVersions, ...]


class _Dated(Protocol):
    @property
    def valid_from(self) -> datetime: ...
    @property
    def valid_to(self) -> datetime | None: ...


D = TypeVar("D", bound=_Dated)


def pick_in_force(rows: Sequence[D], at: datetime) -> D | None:
    """The one of `rows` in force at `at`, if any; rows of one thing never overlap."""
    for row in rows:
        if row.valid_from <= at and (row.valid_to is None or at < row.valid_to):
            return row
    return None


def list_exemptions(item: PricedItem) -> tuple[Exemption, ...]:
    """The exemptions that no switch lifts, in naming order (brief §1.3 step 2)."""
    flags = item.flags
    held = (
        (flags.volume_procured, Exemption.VBP),
        (flags.blood, Exemption.BLOOD),
        (flags.statutory_free, Exemption.STATUTORY_FREE),
        (flags.sent_out, Exemption.SENT_OUT),
        (flags.already_special_price, Exemption.ALREADY_SPECIAL),
    )
    return tuple(reason for holds, reason in held if holds)


_GOODS = {Nature.DRUG: Exemption.DRUG, Nature.CONSUMABLE: Exemption.CONSUMABLE_SEPARATE}


class CompiledPriceBook:
    """Items, composites and published rules, indexed so that a line needs a few dictionary look-ups.

    Immutable after construction; the memo of candidates only remembers what the rows already say. Implements
    `hospital.catalog.types.PriceBook`.
    """

    def __init__(self, rows: PriceBookInput) -> None:
        self._items = dict(rows.items)
        self._dated = dict(rows.dated)
        self._composites = dict(rows.composites)
        self._settings = rows.settings
        self._lifted = {
            Nature.DRUG: rows.settings.allow_drug_surcharge,
            Nature.CONSUMABLE: rows.settings.allow_consumable_surcharge,
        }
        slots: defaultdict[_SlotKey, list[SurchargeRule]] = defaultdict(list)
        for rule in rows.rules:
            scope_id = rule.service_line.value if rule.scope_kind is ScopeKind.SERVICE_LINE else rule.scope_id
            slots[rule.scope_kind, scope_id, rule.service_line, rule.visit_type, rule.campus].append(rule)
        self._slots: dict[_SlotKey, RuleVersions] = {
            key: tuple(sorted(versions, key=lambda rule: rule.valid_from)) for key, versions in slots.items()
        }
        self._candidates: dict[tuple[str, str, str, str], tuple[RuleVersions, ...]] = {}
        self._exemptions: dict[str, tuple[Exemption, ...]] = {
            code: list_exemptions(item) for code, item in self._items.items()
        }

    @property
    def settings(self) -> PricingSettings:
        return self._settings

    def find_item(self, code: str, at: datetime | None = None) -> PricedItem:
        """The item or price-bureau item with this code, with its facts at `at`; refuses `UnknownItem`."""
        item = self._items.get(code)
        if item is None:
            raise UnknownItem(item=code)
        if at is not None and code in self._dated:
            found = pick_in_force(self._dated[code], at)
            return item if found is None else found.item
        return item

    def find_composite(self, code: str) -> Composite | None:
        """The composite with this code, or None where the code is no composite's."""
        return self._composites.get(code)

    def find_price(self, item: PricedItem, at: datetime) -> PriceVersion:
        """The price in force at `at`; refuses `PriceNotInForce`."""
        price = pick_in_force(item.prices, at)
        if price is None:
            raise PriceNotInForce(item=item.code)
        return price

    def explode(self, *, code: str, qty: Decimal, at: datetime) -> Sequence[Leaf]:
        """The leaves of an order at order time; an item that is no composite is its own leaf (brief §1.3)."""
        return explode_composite(book=self, code=code, qty=qty, at=at)

    def resolve(
        self,
        *,
        item: PricedItem,
        service_line: ServiceLine,
        visit_type: VisitType,
        campus: str,
        at: datetime,
        path: tuple[str, ...] = (),
    ) -> Resolution:
        """Gate, exemptions, the outermost override, then the most specific rule that has a value.

        `path` names the composites around the line, outermost first. The exemption of goods whose switch is on falls
        only where the row that would set the ratio has an approval number (brief §1.6.5).
        """
        is_current = self._items[item.code] is item
        always = self._exemptions[item.code] if is_current else list_exemptions(item)
        goods = _GOODS.get(item.nature)
        is_lifted = goods is not None and self._lifted[item.nature]
        blocked = always if goods is None else (goods, *always)
        if service_line == ServiceLine.NORMAL:
            return Resolution(source=SurchargeSource.GATE, at=at, exempt_all=blocked)
        if blocked and not is_lifted:
            return Resolution(source=SurchargeSource.EXEMPT, at=at, exempt_all=blocked)
        found = self._find_winner(item, service_line, visit_type, campus, at, path)
        if not is_lifted:
            return found
        return _require_approval(found, blocked=blocked, always=always)

    def list_candidates(
        self, *, item: PricedItem, service_line: ServiceLine, visit_type: VisitType, campus: str
    ) -> tuple[RuleVersions, ...]:
        """The rules that could speak for the item, in search order; each entry holds every version of one slot."""
        if self._items[item.code] is not item:
            return self._search(item, service_line, visit_type, campus)
        key = (item.code, service_line, visit_type, campus)
        found = self._candidates.get(key)
        if found is None:
            found = self._candidates[key] = self._search(item, service_line, visit_type, campus)
        return found

    def _search(self, item: PricedItem, service_line: ServiceLine, visit_type: VisitType, campus: str) -> _Slots:
        keys = _search_order(item, service_line, visit_type, campus)
        return tuple(slot for slot in (self._slots.get(slot_key) for slot_key in keys) if slot)

    def _find_winner(
        self,
        item: PricedItem,
        service_line: ServiceLine,
        visit_type: VisitType,
        campus: str,
        at: datetime,
        path: tuple[str, ...],
    ) -> Resolution:
        for code in path:
            override = self._find_override(code, at)
            if override is not None:
                return Resolution(
                    source=SurchargeSource.COMPOSITE,
                    at=at,
                    mode=SurchargeMode.RATIO,
                    value=override.ratio,
                    composite=code,
                    override=override,
                )
        candidates = self.list_candidates(item=item, service_line=service_line, visit_type=visit_type, campus=campus)
        for slot in candidates:
            rule = pick_in_force(slot, at)
            if rule is not None and rule.value is not None:
                return Resolution(
                    source=SurchargeSource.RULE,
                    at=at,
                    mode=rule.mode,
                    value=rule.value,
                    rule=rule,
                    candidates=candidates,
                )
        return Resolution(source=SurchargeSource.NONE, at=at, candidates=candidates)

    def _find_override(self, code: str, at: datetime) -> CompositeOverride | None:
        composite = self._composites[code]
        dated = pick_in_force(composite.modes, at)
        if ((dated or composite).mode or self._settings.composite_mode) is not CompositeMode.OVERRIDE:
            return None
        override = pick_in_force(composite.overrides, at)
        return override if override is not None and override.ratio is not None else None


def _require_approval(
    found: Resolution, *, blocked: tuple[Exemption, ...], always: tuple[Exemption, ...]
) -> Resolution:
    row = found.rule or found.override
    is_approved = row is not None and bool(row.approval_no)
    exempt = always if is_approved else blocked
    if not exempt:
        return found
    return Resolution(
        source=SurchargeSource.EXEMPT,
        at=found.at,
        rule=None if is_approved else found.rule,
        composite=None if is_approved else found.composite,
        exempt_all=exempt,
        candidates=found.candidates,
    )


def _search_order(
    item: PricedItem, service_line: ServiceLine, visit_type: VisitType, campus: str
) -> Iterator[_SlotKey]:
    """Levels most specific first; inside one, exact visit and campus, exact visit, exact campus, both wildcards."""
    mapped = item.code if item.is_price_item else item.price_item
    levels: tuple[tuple[ScopeKind, str | None], ...] = (
        (ScopeKind.ITEM, None if item.is_price_item else item.code),
        (ScopeKind.PRICE_ITEM, mapped),
        (ScopeKind.FEE_CLASS, item.fee_class),
        (ScopeKind.KIND, item.nature),
        (ScopeKind.SERVICE_LINE, service_line),
    )
    for scope_kind, scope_id in levels:
        if scope_id is not None:
            for visit, place in ((visit_type, campus), (visit_type, ANY), (ANY, campus), (ANY, ANY)):
                yield scope_kind, scope_id, service_line, visit, place


def compile_price_book(rows: PriceBookInput) -> CompiledPriceBook:
    """A price book from rows of any origin. Pure: the same rows always price alike."""
    return CompiledPriceBook(rows)
