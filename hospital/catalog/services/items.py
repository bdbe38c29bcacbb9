"""Entering items and publishing their prices."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Max, Q

from hospital.audit.api import acting, record_act
from hospital.catalog.errors import CodeTaken, PriceOverlap, UnknownItem
from hospital.catalog.models import CatalogItem, DrugDetail, ServiceDetail, StandardPrice
from hospital.catalog.rules.checks import check_item, settle_start_of
from hospital.catalog.rules.search_keys import make_search_keys
from hospital.catalog.services.office import require_price_office
from hospital.catalog.services.service_details import service_row_of
from hospital.catalog.types import (
    Addition,
    CatalogKind,
    Nature,
    NewItem,
    PricedItem,
    PriceVersion,
    TranslationStatus,
)
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing

_NATURES = {
    CatalogKind.CHARGE_ITEM: Nature.SERVICE,
    CatalogKind.PRICE_ITEM: Nature.SERVICE,
    CatalogKind.CONSUMABLE: Nature.CONSUMABLE,
    CatalogKind.DRUG: Nature.DRUG,
}


def create_item(*, item: NewItem, actor: Actor, now: datetime) -> UUID:
    """Enters one row with its first price; see `create_items`."""
    return create_items(items=[item], actor=actor, now=now)[0]


def create_items(*, items: Sequence[NewItem], actor: Actor, now: datetime) -> list[UUID]:
    """Enters rows with their first prices, in force from `now`; returns their ids in order. All or nothing.

    Price-bureau items come before the charge items that map to them. Refuses `NotPriceOffice`, `CodeTaken`,
    `UnknownItem` (a mapping to nothing), `AdditionNotAllowed`, `FiledPriceTooPrecise` (brief §1.6.1, §1.6.4).
    """
    require_price_office(actor)
    for item in items:
        check_item(_pure(item, now))
    _refuse_taken(items)
    mapped = _find_mapped(items)
    rows = [_row_of(item, now) for item in items]
    ids = {row.code: row.id for row in rows}
    with (
        acting(actor=actor),
        refusing({"catalog_catalogitem_code_key": CodeTaken(item=items[0].code if items else "")}),
    ):
        bureau = [row for row in rows if row.kind == CatalogKind.PRICE_ITEM]
        CatalogItem.objects.bulk_create(bureau)
        others = [row for row in rows if row.kind != CatalogKind.PRICE_ITEM]
        for row, item in zip(rows, items, strict=True):
            if item.price_item is not None:
                row.price_item_id = mapped.get(item.price_item) or ids[item.price_item]
        CatalogItem.objects.bulk_create(others)
        StandardPrice.objects.bulk_create(
            StandardPrice(
                item_id=ids[item.code],
                version=1,
                base_u=item.price,
                valid_from=now,
                published_by=actor.id,
                published_at=now,
            )
            for item in items
            if item.price is not None
        )
        DrugDetail.objects.bulk_create(_drug_rows(items, ids))
        ServiceDetail.objects.bulk_create(_service_rows(items, ids))
        for item in items:
            record_act(
                actor=actor,
                action="catalog.create",
                subject_kind="catalog_item",
                subject_id=item.code,
                now=now,
                details={"price": str(item.price) if item.price is not None else None},
            )
    return [ids[item.code] for item in items]


def publish_price(
    *, code: str, base_u: Decimal, valid_from: datetime, actor: Actor, now: datetime, document_no: str = ""
) -> datetime:
    """Files a new standard price; the one in force ends where this begins. Returns the start.

    A start of today takes effect now. Refuses `NotPriceOffice`, `UnknownItem`, `RuleStartsInPast`, `PriceOverlap`
    (another price is scheduled after that start), `FiledPriceTooPrecise` (brief §1.6.1, §1.6.7).
    """
    require_price_office(actor)
    start = settle_start_of(wanted=valid_from, now=now)
    with acting(actor=actor), refusing({"standard_price_no_overlap": PriceOverlap(item=code)}):
        row = CatalogItem.objects.select_for_update().filter(code=code).exclude(kind=CatalogKind.COMPOSITE).first()
        if row is None:
            raise UnknownItem(item=code)
        check_item(PricedItem(code, Nature(row.nature), row.fee_class, (PriceVersion("", base_u, start),)))  # type: ignore[arg-type]
        StandardPrice.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=start), item=row, valid_from__lt=start
        ).update(valid_to=start)
        last = StandardPrice.objects.filter(item=row).aggregate(last=Max("version"))["last"] or 0
        StandardPrice.objects.create(
            item=row,
            version=last + 1,
            base_u=base_u,
            valid_from=start,
            document_no=document_no,
            published_by=actor.id,
            published_at=now,
        )
        record_act(
            actor=actor,
            action="catalog.publish_price",
            subject_kind="catalog_item",
            subject_id=code,
            now=now,
            details={"base_u": str(base_u), "valid_from": start.isoformat()},
        )
    return start


def _nature_of(item: NewItem) -> Nature:
    return item.nature or _NATURES[item.kind]


def _pure(item: NewItem, now: datetime) -> PricedItem:
    prices = () if item.price is None else (PriceVersion("1", item.price, now),)
    return PricedItem(
        code=item.code,
        nature=_nature_of(item),
        fee_class=item.fee_class,
        prices=prices,
        flags=item.flags,
        child=item.child,
        emergency=item.emergency,
    )


def _refuse_taken(items: Sequence[NewItem]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.code in seen:
            raise CodeTaken(item=item.code)
        seen.add(item.code)
    taken = CatalogItem.objects.filter(code__in=seen).values_list("code", flat=True).first()
    if taken is not None:
        raise CodeTaken(item=taken)


def _find_mapped(items: Sequence[NewItem]) -> dict[str, UUID]:
    """The ids of price-bureau items that exist already; those of the same batch are known by code alone."""
    wanted = {item.price_item for item in items if item.price_item is not None}
    batch = {item.code for item in items if item.kind is CatalogKind.PRICE_ITEM}
    known = dict(CatalogItem.objects.filter(code__in=wanted, kind=CatalogKind.PRICE_ITEM).values_list("code", "id"))
    for code in sorted(wanted - batch):
        if code not in known:
            raise UnknownItem(item=code)
    return known


def _row_of(item: NewItem, now: datetime) -> CatalogItem:
    keys = make_search_keys(
        code=item.code,
        name_zh=item.name.zh,
        name_en=item.name.en,
        other=f"{item.drug.generic.en} {item.drug.generic.zh}" if item.drug else "",
    )
    status = item.translation_status if item.name.en else TranslationStatus.MISSING
    child, emergency = item.child or Addition(), item.emergency or Addition()
    return CatalogItem(
        code=item.code,
        kind=item.kind,
        nature=_nature_of(item),
        fee_class=item.fee_class,
        name_zh=item.name.zh,
        name_en=item.name.en,
        translation_status=status,
        spec_zh=item.spec.zh,
        spec_en=item.spec.en,
        unit_zh=item.unit.zh,
        unit_en=item.unit.en,
        manufacturer_zh=item.manufacturer.zh,
        manufacturer_en=item.manufacturer.en,
        content_zh=item.content.zh,
        content_en=item.content.en,
        pinyin=keys.pinyin,
        initials=keys.initials,
        search_text=keys.text,
        insurance_code=item.insurance_code,
        insurance_class=item.insurance_class,
        is_volume_procured=item.flags.volume_procured,
        is_blood=item.flags.blood,
        is_statutory_free=item.flags.statutory_free,
        is_sent_out=item.flags.sent_out,
        is_already_special_price=item.flags.already_special_price,
        is_charged_separately=item.flags.charged_separately,
        child_ratio=child.ratio,
        child_amount=child.amount,
        child_under_years=child.under_years,
        emergency_ratio=emergency.ratio,
        emergency_amount=emergency.amount,
        combination=item.combination or "",
        sex_limit=item.sex_limit,
        age_from=item.age_from,
        age_to=item.age_to,
        created_at=now,
    )


def _drug_rows(items: Sequence[NewItem], ids: dict[str, UUID]) -> Iterable[DrugDetail]:
    for item in items:
        if (facts := item.drug) is not None:
            yield DrugDetail(
                item_id=ids[item.code],
                generic_zh=facts.generic.zh,
                generic_en=facts.generic.en,
                form_zh=facts.form.zh,
                form_en=facts.form.en,
                strength=facts.strength,
                dose_unit_zh=facts.dose_unit.zh,
                dose_unit_en=facts.dose_unit.en,
                default_dose=facts.default_dose,
                default_route=facts.default_route,
                default_frequency=facts.default_frequency,
                prescription_class=facts.prescription_class,
                antimicrobial_grade=facts.antimicrobial_grade,
                allergy_group=facts.allergy_group,
            )


def _service_rows(items: Sequence[NewItem], ids: dict[str, UUID]) -> Iterable[ServiceDetail]:
    for item in items:
        if (facts := item.service) is not None:
            yield service_row_of(facts=facts, item_id=ids[item.code])
