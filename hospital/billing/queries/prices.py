"""What things will cost, before they are charged."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from hospital.billing.rules.pricing import price_line
from hospital.billing.types import LineToPrice
from hospital.catalog.api import load_price_book
from hospital.catalog.errors import PriceNotInForce, UnknownItem
from hospital.catalog.types import ServiceLine, VisitType

ADULT_YEARS = 30


def price_registration(
    *, item_codes: Collection[str], service_line: str, campus_code: str, visit_type: str, now: datetime
) -> Mapping[str, Decimal]:
    """The registration fee of an adult by item code, in CNY; codes without a price in force are left out.

    Priced by the engine that charges: the same item, service line, visit type, campus and instant give the same fee.
    """
    book = load_price_book(codes=item_codes, now=now).book
    fees: dict[str, Decimal] = {}
    for code in item_codes:
        try:
            item = book.find_item(code)
            line = LineToPrice(
                item=item,
                qty=Decimal(1),
                service_line=ServiceLine(service_line),
                visit_type=VisitType(visit_type),
                campus=campus_code,
                occurred_at=now,
                priced_at=now,
                age_years=ADULT_YEARS,
                is_emergency=visit_type == VisitType.ER,
            )
            fees[code] = price_line(book=book, line=line).total
        except (UnknownItem, PriceNotInForce):
            continue
    return fees
