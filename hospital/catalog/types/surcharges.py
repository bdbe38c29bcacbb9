"""What patients are told of the surcharges of a service line."""

from dataclasses import dataclass
from decimal import Decimal

from hospital.catalog.types.pricing import PricingSettings, ScopeKind, SurchargeMode


@dataclass(frozen=True, slots=True)
class SurchargeFigure:
    """What a published rule adds within its scope: a fraction, CNY, or a price that stands in for both."""

    scope_kind: ScopeKind
    scope_id: str
    mode: SurchargeMode
    value: Decimal


@dataclass(frozen=True, slots=True)
class SurchargeOverview:
    """The surcharges of a service line. `figures` are those of the line, of kinds and of fee classes, an explicit 0
    too; `own` those of single items, price-bureau items and composites."""

    figures: tuple[SurchargeFigure, ...]
    own: tuple[SurchargeFigure, ...]
    settings: PricingSettings
