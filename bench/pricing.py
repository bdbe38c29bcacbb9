"""How many lines a second the pure pricing engine prices in one process.

The book resembles the hospital's: four hundred items over all kinds, rules on every level, composites with overrides;
the lines differ in item, quantity, age, service line, visit type and campus. Explanations are made when they are read,
so they are measured apart. Seconds are processor seconds of this process: the engine waits for nothing, and what else
the machine does must not change the figure.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hospital.billing.rules.explaining import explain_line
from hospital.billing.rules.pricing import price_line
from hospital.billing.types import LineToPrice
from hospital.catalog.rules.price_book import CompiledPriceBook, compile_price_book
from hospital.catalog.types import (
    ANY,
    Addition,
    Component,
    Composite,
    CompositeMode,
    CompositeOverride,
    CompositeVersion,
    FeeClass,
    ItemFlags,
    Nature,
    PriceBookInput,
    PricedItem,
    PriceVersion,
    ScopeKind,
    ServiceLine,
    SurchargeRule,
    VisitType,
)

ITEMS = 400
LINES = 20_000
START = datetime(2026, 1, 1, tzinfo=UTC)
CAMPUSES = ("CENTER", "NORTH", "SOUTH", "HUADU")


def measure() -> dict[str, float]:
    """`priced_lines_per_second` (best of three rounds over distinct lines), and the same with explanations."""
    chance = random.Random(20260101)
    book = build_book(chance)
    lines = build_lines(book, chance)
    plain = max(_time(lambda: [price_line(book=book, line=line) for line in lines]) for _ in range(3))
    told = max(_time(lambda: [explain_line(price_line(book=book, line=line)) for line in lines]) for _ in range(2))
    return {"priced_lines_per_second": round(plain), "explained_lines_per_second": round(told)}


def _time(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return LINES / (time.process_time() - started)


def build_book(chance: random.Random) -> CompiledPriceBook:
    """A catalog with three price versions an item and rules on every level."""
    items = {f"I{number:04}": _build_item(f"I{number:04}", chance) for number in range(ITEMS)}
    rules = [
        _rule("INTL-ALL", ScopeKind.SERVICE_LINE, "", "0.30"),
        _rule("INTL-OP", ScopeKind.SERVICE_LINE, "", None, visit_type=VisitType.OP),
        _rule("INTL-LAB", ScopeKind.FEE_CLASS, FeeClass.LAB, "0.20"),
        _rule("INTL-DRUG", ScopeKind.KIND, Nature.DRUG, "0"),
        *(_rule(f"ITEM-{code}", ScopeKind.ITEM, code, chance.choice(("0", "0.15", None))) for code in list(items)[::7]),
        *(_rule(f"BUREAU-{n}", ScopeKind.PRICE_ITEM, f"P{n:03}", "0.25", campus="NORTH") for n in range(40)),
    ]
    composite = Composite(
        code="SET",
        versions=(CompositeVersion("1", (Component("I0001", Decimal(1)),), START),),
        mode=CompositeMode.OVERRIDE,
        overrides=(CompositeOverride(Decimal("0.25"), START),),
    )
    return compile_price_book(PriceBookInput(items=items, composites={"SET": composite}, rules=rules))


def _build_item(code: str, chance: random.Random) -> PricedItem:
    nature = chance.choices(list(Nature), (7, 1, 2))[0]
    is_service = nature is Nature.SERVICE
    places = Decimal("0.01") if is_service else Decimal("0.0001")
    years = [START + timedelta(days=365 * year) for year in range(-1, 3)]
    prices = tuple(
        PriceVersion(str(number), Decimal(chance.randrange(100, 9_999_999)).scaleb(-4).quantize(places), begin, end)
        for number, (begin, end) in enumerate(pairwise(years))
    )
    return PricedItem(
        code=code,
        nature=nature,
        fee_class=chance.choice(list(FeeClass)),
        prices=prices,
        price_item=f"P{chance.randrange(60):03}" if is_service else None,
        flags=ItemFlags(already_special_price=chance.random() < 0.02, volume_procured=chance.random() < 0.02),
        child=Addition(ratio=Decimal("0.2")) if is_service and chance.random() < 0.3 else None,
    )


def _rule(
    rule_id: str, scope_kind: ScopeKind, scope_id: str, value: str | None, visit_type: str = ANY, campus: str = ANY
) -> SurchargeRule:
    return SurchargeRule(
        rule_id=rule_id,
        version="1",
        scope_kind=scope_kind,
        scope_id=scope_id,
        service_line=ServiceLine.INTL,
        value=None if value is None else Decimal(value),
        valid_from=START,
        visit_type=visit_type,
        campus=campus,
    )


def build_lines(book: CompiledPriceBook, chance: random.Random) -> list[LineToPrice]:
    """Lines of one day."""
    return [
        LineToPrice(
            item=book.find_item(f"I{chance.randrange(ITEMS):04}"),
            qty=Decimal(chance.randrange(1, 30)),
            service_line=chance.choices(list(ServiceLine), (1, 8, 1))[0],
            visit_type=chance.choice(list(VisitType)),
            campus=chance.choice(CAMPUSES),
            occurred_at=START + timedelta(seconds=number),
            priced_at=START + timedelta(seconds=number),
            age_years=chance.randrange(90),
            path=("SET",) if chance.random() < 0.1 else (),
        )
        for number in range(LINES)
    ]


if __name__ == "__main__":
    print(measure())
