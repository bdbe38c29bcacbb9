"""What a drafted change would have done to last month's bills (B40): their lines priced again with the change."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from hospital.billing.models import Charge
from hospital.billing.rules.pricing import price_line
from hospital.billing.states import ChargeState
from hospital.billing.types import LineToPrice
from hospital.catalog.api import load_price_book
from hospital.catalog.errors import PriceNotInForce, UnknownItem
from hospital.catalog.types import PriceBook, ScopeKind, ServiceLine, SurchargeRule, Trial, VisitType
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText

MONTH = timedelta(days=30)
# Lines that are equal in these price alike; they are priced once and counted.
_ALIKE = (
    "item_code", "name_zh", "name_en", "composites", "service_line", "visit_type", "campus_id", "age_years",
    "is_emergency", "qty", "price_version", "rule_code", "rule_version", "override_composite", "base", "surcharge",
)  # fmt: skip


@dataclass(slots=True)
class Sums:
    """Sums of some lines, as they were charged and as the change would have had them."""

    lines: int = 0
    changed: int = 0
    base_before: Decimal = ZERO
    base_after: Decimal = ZERO
    surcharge_before: Decimal = ZERO
    surcharge_after: Decimal = ZERO

    @property
    def total_before(self) -> Decimal:
        """What was charged."""
        return self.base_before + self.surcharge_before

    @property
    def total_after(self) -> Decimal:
        """What would have been charged."""
        return self.base_after + self.surcharge_after

    @property
    def difference(self) -> Decimal:
        """How much more would have been charged."""
        return self.total_after - self.total_before

    def add(self, lines: int, before: tuple[Decimal, Decimal], after: tuple[Decimal, Decimal]) -> None:
        """Counts `lines` equal lines with base and surcharge of each."""
        self.lines += lines
        self.changed += lines if before != after else 0
        self.base_before += before[0] * lines
        self.surcharge_before += before[1] * lines
        self.base_after += after[0] * lines
        self.surcharge_after += after[1] * lines


@dataclass(frozen=True, slots=True)
class ChangeEffect:
    """The effect on the lines that occurred in `[since, until)`. `top` are the items with the greatest difference."""

    since: datetime
    until: datetime
    sums: Sums
    bills: int
    top: Sequence[tuple[str, BilingualText, Sums]] = field(default_factory=list)


def preview_change(*, trial: Trial, now: datetime, span: timedelta = MONTH, top: int = 8) -> ChangeEffect:
    """Prices the lines of the last month again as if the change had been in force; nothing is written.

    Before is what was charged. After is the same line with its quantity, age, service line, visit type, campus and
    pricing instant, by the rules that charge. Equal lines are grouped by the database and priced once.
    """
    since = now - span
    rows = _touched(trial, since, now)
    groups = list(rows.values(*_ALIKE).annotate(lines=Count("id"), priced_at=Max("priced_at")).order_by())
    bills = rows.aggregate(bills=Count("encounter_id", distinct=True))["bills"]
    codes = {row["item_code"] for row in groups} | {code for row in groups for code in row["composites"]}
    book = load_price_book(codes=codes, now=now, trial=trial).book
    whole = Sums()
    items: defaultdict[str, Sums] = defaultdict(Sums)
    names: dict[str, BilingualText] = {}
    for row in groups:
        before = (row["base"], row["surcharge"])
        after = _price_again(book, row) or before
        names[row["item_code"]] = BilingualText(row["name_zh"], row["name_en"])
        for sums in (whole, items[row["item_code"]]):
            sums.add(row["lines"], before, after)
    return ChangeEffect(since=since, until=now, sums=whole, bills=bills, top=_find_greatest(items, names, top))


def _find_greatest(
    items: dict[str, Sums], names: dict[str, BilingualText], top: int
) -> list[tuple[str, BilingualText, Sums]]:
    changed = [(code, sums) for code, sums in items.items() if sums.changed]
    changed.sort(key=lambda entry: (-abs(entry[1].difference), entry[0]))
    return [(code, names[code], sums) for code, sums in changed[:top]]


def _touched(trial: Trial, since: datetime, until: datetime) -> QuerySet[Charge]:
    rows = Charge.objects.filter(occurred_at__gte=since, occurred_at__lt=until).exclude(state=ChargeState.VOID)
    if trial.override is not None:
        return rows.filter(composites__contains=[trial.code])
    if trial.codes is not None:
        rows = rows.filter(item_code__in=trial.codes)
    return rows if trial.rule is None else rows.filter(_within(trial.rule))


def _within(rule: SurchargeRule) -> Q:
    found = Q(service_line=rule.service_line)
    if rule.visit_type != "ANY":
        found &= Q(visit_type=rule.visit_type)
    if rule.campus != "ANY":
        found &= Q(campus_id=rule.campus)
    if rule.scope_kind is ScopeKind.FEE_CLASS:
        found &= Q(fee_class=rule.scope_id)
    if rule.scope_kind is ScopeKind.KIND:
        found &= Q(nature=rule.scope_id)
    return found


def _price_again(book: PriceBook, row: dict[str, Any]) -> tuple[Decimal, Decimal] | None:
    """Base and surcharge with the change, None where the item cannot be priced any more."""
    try:
        priced = price_line(
            book=book,
            line=LineToPrice(
                item=book.find_item(row["item_code"], row["priced_at"]),
                qty=row["qty"],
                service_line=ServiceLine(row["service_line"]),
                visit_type=VisitType(row["visit_type"]),
                campus=row["campus_id"],
                occurred_at=row["priced_at"],
                priced_at=row["priced_at"],
                age_years=row["age_years"],
                is_emergency=row["is_emergency"],
                path=tuple(row["composites"]),
            ),
        )
    except (UnknownItem, PriceNotInForce):
        return None
    return priced.base, priced.surcharge
