"""The visit and the orders of a scenario, and the lines they make."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from hospital.billing.errors import LineChangeUnapproved, QuoteExpired
from hospital.billing.rules.occurrence import count_completed_years
from hospital.billing.rules.payers import CommercialShare, share_with_insurer
from hospital.billing.rules.pricing import price_line
from hospital.billing.rules.quotes import QUOTE_LIFETIME
from hospital.billing.rules.repricing import LineChange, Placed, Timeline, place_line
from hospital.billing.scenarios.values import (
    Row,
    find_day,
    find_instant,
    find_number,
    read_choice,
    read_flag,
    read_instant,
    read_number,
    read_row,
    read_rows,
    read_text,
)
from hospital.billing.types import Contract, LineToPrice, Payer, PricedLine
from hospital.catalog.types import Leaf, PriceBook, ServiceLine, VisitType
from hospital.kernel.money import ZERO


@dataclass(frozen=True, slots=True)
class Visit:
    """The encounter of a scenario. `refusal` is that of an event which was not approved."""

    timeline: Timeline
    campus: str
    payer: Payer
    born_on: date | None
    contract: Contract
    preview_at: datetime | None
    has_event: bool
    refusal: LineChangeUnapproved | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the answer: as it is charged, and as it was first priced where a later preview priced it again."""

    no: int
    order: str
    priced: PricedLine
    first: PricedLine
    share: CommercialShare
    placed: Placed

    @property
    def was_changed(self) -> bool:
        """Whether a later preview changed what the line costs."""
        old, new = self.first, self.priced
        return (old.u, old.base, old.total) != (new.u, new.base, new.total)


def read_visit(scenario: Row, book: PriceBook) -> Visit:
    """The encounter and contract of the scenario."""
    row = read_row(scenario.get("encounter"), "encounter")
    event = read_row(row.get("line_change"), "line_change")
    is_approved = bool(event) and read_flag(event, "approved")
    change = LineChange(read_instant(event, "at"), read_choice(ServiceLine, event, "to")) if is_approved else None
    timeline = Timeline(
        visit_type=read_choice(VisitType, row, "visit_type", VisitType.OP),
        transfers=tuple(
            (read_instant(each, "from"), read_choice(ServiceLine, each, "line"))
            for each in read_rows(row, "service_lines")
        ),
        change=change,
        hold=book.settings.price_hold,
    )
    return Visit(
        timeline=timeline,
        campus=read_text(row, "campus", ""),
        payer=read_choice(Payer, row, "payer", Payer.SELF),
        born_on=find_day(read_row(row.get("patient"), "patient"), "birth_date"),
        contract=_read_contract(read_row(scenario.get("contract"), "contract")),
        preview_at=find_instant(scenario, "preview_at"),
        has_event=bool(event),
        refusal=LineChangeUnapproved() if event and not is_approved else None,
    )


def _read_contract(row: Row) -> Contract:
    listed = row.get("exempt_items_listed")
    return Contract(
        discount=find_number(row, "discount"),
        exempt_items_listed=frozenset(map(str, listed)) if isinstance(listed, list) else frozenset(),
        is_surcharge_excluded=read_flag(row, "excludes_surcharge"),
    )


def price_orders(scenario: Row, visit: Visit, book: PriceBook) -> list[Line]:
    """The lines of all orders, numbered from 1 in the order of orders and components.

    An inpatient order that was not carried out has not occurred and makes no line. Refuses what ordering and charging
    refuse.
    """
    lines: list[Line] = []
    for row in read_rows(scenario, "orders"):
        lines.extend(_lines_of(row, visit, book))
    return [replace(line, no=no) for no, line in enumerate(lines, start=1)]


def _lines_of(row: Row, visit: Visit, book: PriceBook) -> Iterator[Line]:
    is_registration = read_flag(row, "registration")
    # A scenario about the ward may leave out when an order that was carried out was signed.
    usual = "booked_at" if is_registration else "signed_at"
    ordered_at = find_instant(row, usual) or read_instant(row, "executed_at" if "executed_at" in row else usual)
    is_inpatient = visit.timeline.visit_type is VisitType.IP
    occurred_at = find_instant(row, "executed_at") if is_inpatient and not is_registration else ordered_at
    settled_at = find_instant(row, "settled_at")
    quoted_at = _find_quote(row, settled_at)
    qty = read_number(row, "qty") if "qty" in row else Decimal(1)
    leaves = book.explode(code=read_text(row, "code"), qty=qty, at=ordered_at)
    if occurred_at is None:
        return
    placed = place_line(
        visit.timeline, occurred_at=occurred_at, preview_at=quoted_at or visit.preview_at, settled_at=settled_at
    )
    for leaf in leaves:
        wanted = _request(row, visit, leaf, placed, occurred_at)
        priced = price_line(book=book, line=wanted)
        is_first = placed.priced_at == occurred_at
        first = priced if is_first else price_line(book=book, line=replace(wanted, priced_at=occurred_at))
        yield Line(0, read_text(row, "id", ""), priced, first, _share(priced, visit), placed)


def _find_quote(row: Row, settled_at: datetime | None) -> datetime | None:
    """When the quote was issued that the order was settled with; one that had expired paid nothing."""
    if settled_at is None:
        return None
    quoted_at = find_instant(row, "quoted_at") or settled_at
    if settled_at >= quoted_at + QUOTE_LIFETIME:
        raise QuoteExpired
    return quoted_at


def _request(row: Row, visit: Visit, leaf: Leaf, placed: Placed, occurred_at: datetime) -> LineToPrice:
    born_on = visit.born_on
    visit_type = visit.timeline.visit_type
    return LineToPrice(
        item=leaf.item,
        qty=leaf.qty,
        service_line=placed.service_line,
        visit_type=visit_type,
        campus=visit.campus,
        occurred_at=occurred_at,
        priced_at=placed.priced_at,
        age_years=None if born_on is None else count_completed_years(born_on=born_on, at=occurred_at),
        is_emergency=read_flag(row, "emergency") or visit_type is VisitType.ER,
        path=leaf.path,
    )


def _share(priced: PricedLine, visit: Visit) -> CommercialShare:
    if visit.payer is Payer.COMMERCIAL:
        return share_with_insurer(priced, visit.contract)
    return CommercialShare(discount=ZERO, payable=priced.total, to_adjudication=ZERO, patient=priced.total)
