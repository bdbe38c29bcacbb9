"""Builders of pure billing values for tests."""

from datetime import datetime
from decimal import Decimal

from hospital.billing.rules.pricing import price_line
from hospital.billing.types import ChargedAmounts, LineToPrice, PricedLine
from hospital.catalog.rules.price_book import CompiledPriceBook
from hospital.catalog.tests.builders import MORNING
from hospital.catalog.types import PricedItem, ServiceLine, VisitType


def build_line(item: PricedItem, qty: str = "1", **facts: object) -> LineToPrice:
    """A line of an adult outpatient of the international line, signed and priced at nine in the morning."""
    defaults: dict[str, object] = {
        "service_line": ServiceLine.INTL,
        "visit_type": VisitType.OP,
        "campus": "CENTER",
        "occurred_at": MORNING,
        "priced_at": MORNING,
        "age_years": 40,
    }
    return LineToPrice(item=item, qty=Decimal(qty), **(defaults | facts))  # type: ignore[arg-type]


def price(book: CompiledPriceBook, item: PricedItem, qty: str = "1", **facts: object) -> PricedLine:
    """The priced line of `build_line`."""
    return price_line(book=book, line=build_line(item, qty, **facts))


def charged(line: PricedLine) -> ChargedAmounts:
    """What a refund would read of this line."""
    return ChargedAmounts(qty=line.request.qty, base=line.base, total=line.total)


def at(text: str) -> datetime:
    """An instant from ISO text with its offset."""
    return datetime.fromisoformat(text)
