"""What things will cost, before they are charged."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from hospital.billing.rules.marks import mark_line
from hospital.billing.rules.occurrence import count_completed_years
from hospital.billing.rules.pricing import price_line
from hospital.billing.types import LineToPrice, RegistrationFee
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
    quoted = quote_registration(
        item_codes=item_codes, service_line=service_line, campus_code=campus_code, visit_type=visit_type, now=now
    )
    return {code: fee.total for code, fee in quoted.items()}


def quote_registration(
    *,
    item_codes: Collection[str],
    service_line: str,
    campus_code: str,
    visit_type: str,
    now: datetime,
    born_on: date | None = None,
) -> Mapping[str, RegistrationFee]:
    """The registration fee by item code with its parts, for one born on `born_on` or an adult; codes without a price in
    force are left out. Priced by the engine that charges.
    """
    catalog = load_price_book(codes=item_codes, now=now)
    book = catalog.book
    age = ADULT_YEARS if born_on is None else count_completed_years(born_on=born_on, at=now)
    fees: dict[str, RegistrationFee] = {}
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
                age_years=age,
                is_emergency=visit_type == VisitType.ER,
            )
            priced = price_line(book=book, line=line)
        except (UnknownItem, PriceNotInForce):
            continue
        fees[code] = RegistrationFee(
            name=catalog.cards[code].name,
            base=priced.base,
            surcharge=priced.surcharge,
            total=priced.total,
            mark=mark_line(priced.resolution.mode, priced.resolution.value, is_below_public=priced.is_below_public),
        )
    return fees
