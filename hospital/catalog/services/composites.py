"""Entering composites."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.catalog.errors import CodeTaken, SameChecker, UnknownItem
from hospital.catalog.models import CatalogItem, CompositeComponent, CompositeList, CompositeRatio, ServiceDetail
from hospital.catalog.queries.price_books import load_price_book
from hospital.catalog.rules.search_keys import make_search_keys
from hospital.catalog.services.office import require_price_office
from hospital.catalog.services.service_details import service_row_of
from hospital.catalog.types import CatalogKind, CompositeMode, InsuranceClass, NewComposite, TranslationStatus
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing


def create_composites(*, composites: Sequence[NewComposite], checker: str, actor: Actor, now: datetime) -> list[UUID]:
    """Enters composites with their first component lists, in force from `now`; returns their ids. All or nothing.

    An own ratio is published at once, so the actor (maker) and `checker` differ. Refuses `NotPriceOffice`,
    `SameChecker`, `CodeTaken`, `UnknownItem`, `CompositeCycle`, `CompositeTooDeep`, `BadQuantity`. Source: brief
    §1.6.4, §1.6.9.
    """
    require_price_office(actor)
    if checker == actor.id:
        raise SameChecker
    codes = [composite.code for composite in composites]
    with acting(actor=actor), refusing({"catalog_catalogitem_code_key": CodeTaken(item=", ".join(codes))}):
        rows = CatalogItem.objects.bulk_create(_row_of(composite, now) for composite in composites)
        ids = _find_ids(composites)
        lists = CompositeList.objects.bulk_create(
            CompositeList(composite=row, version=1, valid_from=now) for row in rows
        )
        CompositeComponent.objects.bulk_create(
            CompositeComponent(component_list=entry, position=position, item_id=ids[part.code], qty=part.qty)
            for entry, composite in zip(lists, composites, strict=True)
            for position, part in enumerate(composite.components, start=1)
        )
        CompositeRatio.objects.bulk_create(
            CompositeRatio(
                composite=row,
                ratio=composite.override_ratio,
                valid_from=now,
                approval_no=composite.approval_no,
                maker=actor.id,
                checker=checker,
                published_at=now,
            )
            for row, composite in zip(rows, composites, strict=True)
            if composite.override_ratio is not None
        )
        ServiceDetail.objects.bulk_create(
            service_row_of(facts=composite.service, item_id=row.id)
            for row, composite in zip(rows, composites, strict=True)
            if composite.service is not None
        )
        book = load_price_book(codes=codes, now=now).book
        for code in codes:
            book.explode(code=code, qty=Decimal(1), at=now)
            record_act(actor=actor, action="catalog.create", subject_kind="catalog_item", subject_id=code, now=now)
    return [row.id for row in rows]


def _find_ids(composites: Sequence[NewComposite]) -> Mapping[str, UUID]:
    wanted = {part.code for composite in composites for part in composite.components}
    ids = dict(CatalogItem.objects.filter(code__in=wanted).values_list("code", "id"))
    for code in sorted(wanted - ids.keys()):
        raise UnknownItem(item=code)
    return ids


def _mode_of(composite: NewComposite) -> str:
    """The mode as entered; one with a ratio of its own overrides, one without leaves it to the setting."""
    if composite.mode is not None:
        return composite.mode.value
    return "" if composite.override_ratio is None else CompositeMode.OVERRIDE.value


def _row_of(composite: NewComposite, now: datetime) -> CatalogItem:
    keys = make_search_keys(code=composite.code, name_zh=composite.name.zh, name_en=composite.name.en)
    return CatalogItem(
        code=composite.code,
        kind=CatalogKind.COMPOSITE,
        nature="",
        fee_class=composite.fee_class,
        name_zh=composite.name.zh,
        name_en=composite.name.en,
        translation_status=TranslationStatus.REVIEWED if composite.name.en else TranslationStatus.MISSING,
        unit_zh=composite.unit.zh,
        unit_en=composite.unit.en,
        pinyin=keys.pinyin,
        initials=keys.initials,
        search_text=keys.text,
        insurance_class=InsuranceClass.NONE,
        composite_mode=_mode_of(composite),
        created_at=now,
    )
