"""What something would cost and why: the price office's question (domain brief §1.3: the resolution is explained)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from hospital.billing.rules.explaining import explain_line
from hospital.billing.rules.marks import mark_line
from hospital.billing.rules.occurrence import count_completed_years
from hospital.billing.rules.pricing import price_line
from hospital.billing.types import LineToPrice, PricedLine, Reason
from hospital.catalog.api import load_price_book
from hospital.catalog.types import ItemCard, PricedCatalog, ServiceLine, SurchargeRule, Trial, VisitType


class Heard(StrEnum):
    """What became of a rule in the search."""

    WON = "WON"
    PASSED = "PASSED"
    NOT_REACHED = "NOT_REACHED"
    NOT_IN_FORCE = "NOT_IN_FORCE"


@dataclass(frozen=True, slots=True)
class HeardRule:
    """A rule that could speak for the line, in search order."""

    rule: SurchargeRule
    heard: Heard


@dataclass(frozen=True, slots=True)
class WhatIfLine:
    """One line as it would be charged, with the reasons and every rule of its search."""

    card: ItemCard
    priced: PricedLine
    mark: str
    reasons: Sequence[Reason]
    rules: Sequence[HeardRule]


@dataclass(frozen=True, slots=True)
class Supposed:
    """The circumstances of a question."""

    code: str
    qty: Decimal
    service_line: ServiceLine
    visit_type: VisitType
    campus_code: str
    at: datetime
    born_on: date | None = None
    is_emergency: bool = False


def suppose_order(*, supposed: Supposed, now: datetime, trial: Trial | None = None) -> tuple[WhatIfLine, ...]:
    """The lines of an order under supposed circumstances, by the rules that charge, with a change that is not published
    where one is tried. A fixed number of queries.

    Refuses `UnknownItem`, `PriceNotInForce`, `BadQuantity` and what composites are refused for.
    """
    catalog = load_price_book(codes=[supposed.code], now=now, trial=trial)
    leaves = catalog.book.explode(code=supposed.code, qty=supposed.qty, at=supposed.at)
    age = None if supposed.born_on is None else count_completed_years(born_on=supposed.born_on, at=supposed.at)
    lines = (
        LineToPrice(
            item=leaf.item,
            qty=leaf.qty,
            service_line=supposed.service_line,
            visit_type=supposed.visit_type,
            campus=supposed.campus_code,
            occurred_at=supposed.at,
            priced_at=supposed.at,
            age_years=age,
            is_emergency=supposed.is_emergency or supposed.visit_type is VisitType.ER,
            path=leaf.path,
        )
        for leaf in leaves
    )
    return tuple(_explain(catalog, line) for line in lines)


def _explain(catalog: PricedCatalog, line: LineToPrice) -> WhatIfLine:
    priced = price_line(book=catalog.book, line=line)
    resolution = priced.resolution
    return WhatIfLine(
        card=catalog.cards[line.item.code],
        priced=priced,
        mark=mark_line(resolution.mode, resolution.value, is_below_public=priced.is_below_public),
        reasons=explain_line(priced),
        rules=_list_heard(priced),
    )


def _list_heard(priced: PricedLine) -> list[HeardRule]:
    resolution = priced.resolution
    heard: list[HeardRule] = []
    is_decided = False
    for slot in resolution.candidates:
        for rule in slot:
            is_in_force = rule.valid_from <= resolution.at and (rule.valid_to is None or resolution.at < rule.valid_to)
            if rule is resolution.rule:
                is_decided = True
                heard.append(HeardRule(rule, Heard.WON))
            elif not is_in_force:
                heard.append(HeardRule(rule, Heard.NOT_IN_FORCE))
            else:
                heard.append(HeardRule(rule, Heard.NOT_REACHED if is_decided else Heard.PASSED))
    return heard
