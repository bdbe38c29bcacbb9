"""Catalog rows as cards, with the price in force."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet

from hospital.catalog.errors import UnknownItem
from hospital.catalog.models import CatalogItem, DrugDetail, ServiceDetail
from hospital.catalog.types import (
    CatalogKind,
    DrugFacts,
    FeeClass,
    InsuranceClass,
    ItemCard,
    ItemPage,
    Nature,
    PrescriptionClass,
    ServiceCategory,
    ServiceFacts,
    TranslationStatus,
)
from hospital.kernel.types import BilingualText


def with_price(rows: QuerySet[CatalogItem], now: datetime) -> QuerySet[CatalogItem]:
    """`rows` with their details and, as `price_now`, the standard price in force at `now`, in one query."""
    in_force = Q(prices__valid_from__lte=now) & (Q(prices__valid_to__isnull=True) | Q(prices__valid_to__gt=now))
    return rows.select_related("drug_detail", "service_detail").annotate(
        current=FilteredRelation("prices", condition=in_force), price_now=F("current__base_u")
    )


def card_of(row: CatalogItem) -> ItemCard:
    """The card of a row read through `with_price`."""
    service = getattr(row, "service_detail", None)
    drug = getattr(row, "drug_detail", None)
    price: Decimal | None = getattr(row, "price_now", None)
    return ItemCard(
        id=row.id,
        code=row.code,
        kind=CatalogKind(row.kind),
        nature=Nature(row.nature) if row.nature else None,
        fee_class=FeeClass(row.fee_class),
        category=ServiceCategory(service.category) if service else None,
        name=row.name,
        spec=BilingualText(row.spec_zh, row.spec_en),
        unit=BilingualText(row.unit_zh, row.unit_en),
        insurance_code=row.insurance_code,
        insurance_class=InsuranceClass(row.insurance_class),
        translation_status=TranslationStatus(row.translation_status),
        is_active=row.is_active,
        base_u=price,
        manufacturer=BilingualText(row.manufacturer_zh, row.manufacturer_en),
        drug=_drug_facts(drug) if drug else None,
        service=_service_facts(service) if service else None,
    )


def _drug_facts(row: DrugDetail) -> DrugFacts:
    return DrugFacts(
        generic=BilingualText(row.generic_zh, row.generic_en),
        form=BilingualText(row.form_zh, row.form_en),
        strength=row.strength,
        dose_unit=BilingualText(row.dose_unit_zh, row.dose_unit_en),
        default_dose=row.default_dose,
        default_route=row.default_route,
        default_frequency=row.default_frequency,
        prescription_class=PrescriptionClass(row.prescription_class),
        antimicrobial_grade=row.antimicrobial_grade,
        allergy_group=row.allergy_group,
    )


def _service_facts(row: ServiceDetail) -> ServiceFacts:
    return ServiceFacts(
        category=ServiceCategory(row.category),
        specimen=BilingualText(row.specimen_zh, row.specimen_en),
        container=BilingualText(row.container_zh, row.container_en),
        preparation=BilingualText(row.preparation_zh, row.preparation_en),
        body_part=BilingualText(row.body_part_zh, row.body_part_en),
        modality=row.modality,
    )


def get_item(*, code: str, now: datetime) -> ItemCard:
    """One row by its code, active or not. Refuses `UnknownItem`."""
    row = with_price(CatalogItem.objects.filter(code=code), now).first()
    if row is None:
        raise UnknownItem(item=code)
    return card_of(row)


def list_item_cards(*, item_ids: Iterable[UUID], now: datetime) -> Mapping[UUID, ItemCard]:
    """Rows by id, active or not, in one query; unknown ids are left out."""
    rows = with_price(CatalogItem.objects.filter(id__in=list(item_ids)), now)
    return {row.id: card_of(row) for row in rows}


def list_items(
    *, kinds: Iterable[CatalogKind] = (), has_gap: bool | None = None, page: int = 1, size: int = 50, now: datetime
) -> ItemPage:
    """A page of rows in pinyin order, inactive ones included. `has_gap` keeps those that lack (or have) English."""
    rows = CatalogItem.objects.all()
    chosen = list(kinds)
    if chosen:
        rows = rows.filter(kind__in=chosen)
    if has_gap is not None:
        rows = rows.filter(name_en="") if has_gap else rows.exclude(name_en="")
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    ordered = with_price(rows, now).order_by("kind", "pinyin", "code")
    return ItemPage(
        items=[card_of(row) for row in ordered[(page - 1) * size : page * size]], total=total, page=page, pages=pages
    )


def count_translation_gaps() -> int:
    """How many active rows have no English name."""
    return CatalogItem.objects.filter(is_active=True, name_en="").count()
