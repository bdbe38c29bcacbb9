"""What drafted orders will cost, before they are signed and charged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.rules.marks import mark_line
from hospital.billing.rules.occurrence import count_completed_years
from hospital.billing.rules.pricing import price_line
from hospital.billing.types import LineToPrice, OrderedLine, PricedLine
from hospital.catalog.api import load_price_book
from hospital.catalog.errors import PriceNotInForce, UnknownItem
from hospital.catalog.types import FeeClass, ItemCard, Leaf, PriceBook, ServiceLine, VisitType
from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_birth_date


@dataclass(frozen=True, slots=True)
class PreviewedLine:
    """One line as it would be charged now. `source_id` is the drafted order line, `mark` the surcharge in words."""

    source_id: UUID
    name: BilingualText
    fee_class: FeeClass
    qty: Decimal
    charged_u: Decimal
    total: Decimal
    surcharge: Decimal
    mark: str
    item_code: str
    is_exempt: bool


def preview_orders(
    *, encounter_id: UUID, lines: Sequence[OrderedLine], actor: Actor, now: datetime
) -> tuple[PreviewedLine, ...]:
    """The lines of drafted orders, priced by the engine that will charge them; nothing is written.

    A line without a price in force is left out. A fixed number of queries. Refuses `UnknownEncounter`,
    `NoCareRelation`.
    """
    encounter = get_encounter(encounter_id=encounter_id)
    born_on = get_birth_date(actor=actor, person_id=encounter.person_id, now=now)
    age = count_completed_years(born_on=born_on, at=now)
    catalog = load_price_book(codes={line.item_code for line in lines}, now=now)
    found: list[PreviewedLine] = []
    for line in lines:
        try:
            leaves = catalog.book.explode(code=line.item_code, qty=line.qty, at=now)
            priced = [_price(catalog.book, leaf, encounter, line.is_emergency, age, now) for leaf in leaves]
        except (UnknownItem, PriceNotInForce):
            continue
        found.extend(_preview(line, catalog.cards[each.request.item.code], each) for each in priced)
    return tuple(found)


def _price(
    book: PriceBook, leaf: Leaf, encounter: EncounterCard, is_emergency: bool, age: int, now: datetime
) -> PricedLine:
    visit_type = VisitType(encounter.visit_type)
    return price_line(
        book=book,
        line=LineToPrice(
            item=leaf.item,
            qty=leaf.qty,
            service_line=ServiceLine(encounter.service_line),
            visit_type=visit_type,
            campus=encounter.campus_code,
            occurred_at=now,
            priced_at=now,
            age_years=age,
            is_emergency=is_emergency or visit_type is VisitType.ER,
            path=leaf.path,
        ),
    )


def _preview(line: OrderedLine, card: ItemCard, priced: PricedLine) -> PreviewedLine:
    return PreviewedLine(
        source_id=line.source_id,
        name=card.name,
        fee_class=card.fee_class,
        qty=priced.request.qty,
        charged_u=priced.u,
        total=priced.total,
        surcharge=priced.surcharge,
        mark=mark_line(priced.resolution.mode, priced.resolution.value, is_below_public=priced.is_below_public),
        item_code=priced.request.item.code,
        is_exempt=priced.exempt is not None,
    )
