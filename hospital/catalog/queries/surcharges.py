"""What patients are told of the surcharges of a service line before they pay the first (brief §1.4)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from hospital.catalog.models import CatalogItem, CompositeRatio, SurchargeRuleRow
from hospital.catalog.queries.price_books import get_pricing_settings
from hospital.catalog.types import (
    ANY,
    CatalogKind,
    FeeClass,
    Nature,
    RuleStatus,
    ScopeKind,
    ServiceLine,
    SurchargeFigure,
    SurchargeMode,
    SurchargeOverview,
)
from hospital.kernel.money import ZERO

_WIDE = (ScopeKind.SERVICE_LINE, ScopeKind.KIND, ScopeKind.FEE_CLASS)
_DRUGS = {FeeClass.WESTERN_DRUG.value, FeeClass.TCM_PIECES.value, FeeClass.PATENT_DRUG.value, Nature.DRUG.value}
_GOODS = {FeeClass.MATERIALS.value, Nature.CONSUMABLE.value}


def get_surcharge_overview(
    *, service_line: ServiceLine, campus: str, visit_type: str, now: datetime
) -> SurchargeOverview:
    """The published surcharges of a service line at a campus as of `now`: of each wide scope the rule that wins there,
    of single items the most that any carries. Goods that take none by the settings are left out. Four statements.

    Source: brief §1.3, §1.6.4, §1.6.5.
    """
    settings = get_pricing_settings()
    never: set[str] = set() if settings.allow_drug_surcharge else set(_DRUGS)
    if not settings.allow_consumable_surcharge:
        never |= _GOODS
    rows = list(
        SurchargeRuleRow.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=now),
            status=RuleStatus.PUBLISHED,
            service_line=service_line,
            valid_from__lte=now,
            value__isnull=False,
            campus__in=[ANY, campus],
            visit_type__in=[ANY, visit_type],
        )
    )
    wide = [row for row in rows if row.scope_kind in _WIDE and row.scope_id not in never]
    own = [row for row in rows if row.scope_kind not in _WIDE]
    return SurchargeOverview(
        figures=_list_winning(wide),
        own=(*_list_own(own, never=never), *_list_composites(now)),
        settings=settings,
    )


def _list_winning(rows: Iterable[SurchargeRuleRow]) -> tuple[SurchargeFigure, ...]:
    """One figure a scope, in the order in which people read them: in general, by kind, by class."""
    won: dict[tuple[ScopeKind, str], SurchargeRuleRow] = {}
    for row in sorted(rows, key=lambda row: (row.visit_type == ANY, row.campus == ANY)):
        won.setdefault((ScopeKind(row.scope_kind), row.scope_id), row)
    classes = [each.value for each in FeeClass]

    def place(key: tuple[ScopeKind, str]) -> tuple[int, int]:
        kind, scope_id = key
        return _WIDE.index(kind), classes.index(scope_id) if scope_id in classes else 0

    return tuple(_figure(won[key]) for key in sorted(won, key=place))


def _list_own(rows: Sequence[SurchargeRuleRow], *, never: set[str]) -> tuple[SurchargeFigure, ...]:
    kinds = [CatalogKind.DRUG] if Nature.DRUG.value in never else []
    if Nature.CONSUMABLE.value in never:
        kinds.append(CatalogKind.CONSUMABLE)
    codes = {row.scope_id for row in rows}
    exempt = set(CatalogItem.objects.filter(code__in=codes, kind__in=kinds).values_list("code", flat=True))
    return tuple(_figure(row) for row in rows if row.scope_id not in exempt and row.value)


def _list_composites(now: datetime) -> tuple[SurchargeFigure, ...]:
    rows = CompositeRatio.objects.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now, ratio__gt=0)
    most = max((row.ratio or ZERO for row in rows), default=ZERO)
    if not most:
        return ()
    return (SurchargeFigure(scope_kind=ScopeKind.ITEM, scope_id="", mode=SurchargeMode.RATIO, value=most),)


def _figure(row: SurchargeRuleRow) -> SurchargeFigure:
    return SurchargeFigure(
        scope_kind=ScopeKind(row.scope_kind),
        scope_id=row.scope_id,
        mode=SurchargeMode(row.mode),
        value=row.value if row.value is not None else Decimal(0),
    )
