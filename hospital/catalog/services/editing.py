"""Editing what an item is called, in both languages, and what the insurance calls it."""

from dataclasses import fields
from datetime import datetime

from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.catalog.errors import EnglishMissing, ItemChanged, UnknownItem
from hospital.catalog.models import CatalogItem
from hospital.catalog.rules.search_keys import make_search_keys
from hospital.catalog.services.office import require_price_office
from hospital.catalog.types import ItemTexts, TranslationStatus
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText


def edit_item(*, code: str, version: int, texts: ItemTexts, actor: Actor, now: datetime) -> int:
    """Writes the texts of an item; returns its new version. A row that lost its English is a gap again.

    Refuses `NotPriceOffice`, `UnknownItem`, `ItemChanged` (somebody saved since `version`), `EnglishMissing` (called
    reviewed without any English).
    """
    require_price_office(actor)
    if texts.translation_status is TranslationStatus.REVIEWED and not texts.name.en:
        raise EnglishMissing
    with acting(actor=actor):
        row = CatalogItem.objects.select_related("drug_detail").filter(code=code).first()
        if row is None:
            raise UnknownItem(item=code)
        drug = getattr(row, "drug_detail", None)
        keys = make_search_keys(
            code=code,
            name_zh=texts.name.zh,
            name_en=texts.name.en,
            other=f"{drug.generic_en} {drug.generic_zh}" if drug else "",
        )
        changed = CatalogItem.objects.filter(code=code, version=version).update(
            **_columns(texts),
            pinyin=keys.pinyin,
            initials=keys.initials,
            search_text=keys.text,
            version=F("version") + 1,
        )
        if not changed:
            raise ItemChanged
        record_act(actor=actor, action="catalog.edit", subject_kind="catalog_item", subject_id=code, now=now)
    return version + 1


def _columns(texts: ItemTexts) -> dict[str, object]:
    columns: dict[str, object] = {}
    for each in fields(texts):
        value = getattr(texts, each.name)
        if isinstance(value, BilingualText):
            columns |= {f"{each.name}_zh": value.zh, f"{each.name}_en": value.en}
        else:
            columns[each.name] = value
    if not texts.name.en:
        columns["translation_status"] = TranslationStatus.MISSING
    return columns
