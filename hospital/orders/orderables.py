"""The catalog as ordering sees it: drugs, laboratory tests and examinations, with what their rules need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.catalog.api import get_item, list_item_cards, search_items
from hospital.catalog.errors import UnknownItem
from hospital.catalog.types import CatalogKind, FeeClass, ItemCard, ServiceCategory
from hospital.orders.errors import NotOrderable
from hospital.orders.rules import read_pack
from hospital.orders.types import Orderable, OrderKind

CATEGORIES: Mapping[OrderKind, tuple[ServiceCategory, ...]] = {
    OrderKind.LAB: (ServiceCategory.LAB,),
    OrderKind.EXAM: (
        ServiceCategory.IMAGING,
        ServiceCategory.ULTRASOUND,
        ServiceCategory.ENDOSCOPY,
        ServiceCategory.PATHOLOGY,
        ServiceCategory.ECG,
    ),
}
_PACKED = tuple(each for each in FeeClass if each is not FeeClass.TCM_PIECES)
_SERVICES = (CatalogKind.CHARGE_ITEM, CatalogKind.COMPOSITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderableHit:
    """A search hit: the orderable with its standard price and, for a drug, the usual directions."""

    item: Orderable
    base_u: Decimal | None
    default_dose: Decimal | None = None
    default_dose_unit: str = ""
    default_route: str = ""
    default_frequency: str = ""


def find_orderable(*, code: str, now: datetime) -> Orderable:
    """The catalog row by code as something to order. Refuses `NotOrderable` (unknown, out of use, another kind)."""
    try:
        card = get_item(code=code, now=now)
    except UnknownItem as unknown:
        raise NotOrderable(item=code[:40]) from unknown
    kind = _kind_of(card)
    if kind is None or not card.is_active:
        raise NotOrderable(item=card.name)
    return _orderable(card=card, kind=kind)


def search_orderables(
    *, text: str, kind: OrderKind, now: datetime, limit: int = 12, is_piece: bool = False
) -> list[OrderableHit]:
    """What can be ordered, by Chinese, pinyin, initials, English or code; closest first.

    Of drugs either those in packs or, with `is_piece`, the pieces of a decoction.
    """
    if kind is OrderKind.PRESCRIPTION:
        classes = (FeeClass.TCM_PIECES,) if is_piece else _PACKED
        cards = search_items(text=text, now=now, kinds=[CatalogKind.DRUG], fee_classes=classes, limit=limit)
    else:
        cards = search_items(text=text, now=now, kinds=_SERVICES, categories=CATEGORIES[kind], limit=limit)
    return [_hit(card=card, kind=kind) for card in cards]


def list_drug_forms(*, item_ids: Iterable[UUID], now: datetime) -> dict[UUID, str]:
    """The English name of the form of each of these drugs. One statement."""
    cards = list_item_cards(item_ids=item_ids, now=now)
    return {item_id: card.drug.form.en for item_id, card in cards.items() if card.drug}


def get_hit(*, code: str, now: datetime) -> OrderableHit:
    """One orderable with its usual directions. Refuses `NotOrderable`."""
    item = find_orderable(code=code, now=now)
    return _hit(card=get_item(code=code, now=now), kind=item.kind)


def _kind_of(card: ItemCard) -> OrderKind | None:
    if card.kind is CatalogKind.DRUG:
        return OrderKind.PRESCRIPTION
    if card.kind not in _SERVICES:
        return None
    return next((kind for kind, categories in CATEGORIES.items() if card.category in categories), None)


def _hit(*, card: ItemCard, kind: OrderKind) -> OrderableHit:
    item = _orderable(card=card, kind=kind)
    if card.drug is None:
        return OrderableHit(item=item, base_u=card.base_u)
    return OrderableHit(
        item=item,
        base_u=card.base_u,
        default_dose=card.drug.default_dose,
        default_dose_unit=card.drug.dose_unit.en,
        default_route=card.drug.default_route,
        default_frequency=card.drug.default_frequency,
    )


def _orderable(*, card: ItemCard, kind: OrderKind) -> Orderable:
    """Only the generic name is legal on a prescription (domain brief 4)."""
    if card.drug is not None:
        return Orderable(
            code=card.code,
            item_id=card.id,
            kind=kind,
            name=card.drug.generic,
            spec=card.spec,
            unit=card.unit,
            pack=read_pack(spec=card.spec.en, unit=card.unit.en),
            control=card.drug.prescription_class,
            is_decoction=card.fee_class is FeeClass.TCM_PIECES,
            allergy_groups=(card.drug.allergy_group,) if card.drug.allergy_group else (),
            antimicrobial_grade=card.drug.antimicrobial_grade,
            form=card.drug.form.en,
        )
    service = card.service
    assert service is not None  # every orderable service has its details: they give its category
    return Orderable(
        code=card.code,
        item_id=card.id,
        kind=kind,
        name=card.name,
        spec=card.spec,
        unit=card.unit,
        specimen=service.specimen,
        container=service.container,
        body_part=service.body_part,
        preparation=service.preparation,
    )
