"""Builders of pure catalog values for tests: everything has a sensible default, a test names what it is about."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from hospital.catalog.rules.price_book import CompiledPriceBook, compile_price_book
from hospital.catalog.types import (
    Component,
    Composite,
    CompositeMode,
    CompositeOverride,
    CompositeVersion,
    FeeClass,
    Nature,
    PriceBookInput,
    PricedItem,
    PriceVersion,
    PricingSettings,
    ScopeKind,
    ServiceLine,
    SurchargeRule,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MORNING = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)  # 09:00 in Guangzhou


def build_item(
    code: str = "S1", base_u: str = "50.00", *, nature: Nature = Nature.SERVICE, **facts: object
) -> PricedItem:
    """An item with one open-ended price."""
    prices = (PriceVersion(version="1", base_u=Decimal(base_u), valid_from=LONG_AGO),)
    defaults: dict[str, object] = {"fee_class": FeeClass.TREATMENT, "prices": prices}
    return PricedItem(code=code, nature=nature, **(defaults | facts))  # type: ignore[arg-type]


def build_rule(
    value: str | None = "0.30",
    *,
    rule_id: str = "R1",
    scope_kind: ScopeKind = ScopeKind.SERVICE_LINE,
    scope_id: str = "",
    **facts: object,
) -> SurchargeRule:
    """A published rule of the international line, open-ended."""
    defaults: dict[str, object] = {"version": "1", "service_line": ServiceLine.INTL, "valid_from": LONG_AGO}
    return SurchargeRule(
        rule_id=rule_id,
        scope_kind=scope_kind,
        scope_id=scope_id,
        value=None if value is None else Decimal(value),
        **(defaults | facts),  # type: ignore[arg-type]
    )


def build_composite(
    code: str,
    *parts: tuple[str, str],
    ratio: str | None = None,
    mode: CompositeMode | None = None,
    approval_no: str = "",
) -> Composite:
    """A composite with one component list; `ratio` makes it an OVERRIDE."""
    components = tuple(Component(code=part, qty=Decimal(qty)) for part, qty in parts)
    overrides: tuple[CompositeOverride, ...] = ()
    if ratio is not None:
        overrides = (CompositeOverride(ratio=Decimal(ratio), valid_from=LONG_AGO, approval_no=approval_no),)
        mode = mode or CompositeMode.OVERRIDE
    version = CompositeVersion(version="1", components=components, valid_from=LONG_AGO)
    return Composite(code=code, versions=(version,), mode=mode, overrides=overrides)


def build_book(
    items: Sequence[PricedItem] = (),
    rules: Sequence[SurchargeRule] = (),
    composites: Sequence[Composite] = (),
    **settings: object,
) -> CompiledPriceBook:
    """A compiled price book."""
    return compile_price_book(
        PriceBookInput(
            items={item.code: item for item in items},
            composites={composite.code: composite for composite in composites},
            rules=rules,
            settings=PricingSettings(**settings),  # type: ignore[arg-type]
        )
    )
