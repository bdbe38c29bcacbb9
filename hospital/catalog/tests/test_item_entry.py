"""Entering items, prices and composites (B40-B44)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hospital.audit.api import list_entries
from hospital.catalog.api import create_items, get_item, list_item_cards, list_items, publish_price
from hospital.catalog.errors import (
    AdditionNotAllowed,
    CodeTaken,
    CompositeCycle,
    NotPriceOffice,
    PriceOverlap,
    RuleStartsInPast,
    UnknownItem,
)
from hospital.catalog.models import CatalogItem, CompositeList, StandardPrice
from hospital.catalog.tests.factories import (
    NINE,
    OPENED,
    codes_of,
    make_composite,
    make_hospital_catalog,
    make_items,
    new_item,
    price_officer,
)
from hospital.catalog.types import Addition, CatalogKind, FeeClass, Nature, PrescriptionClass, ServiceCategory
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.types import BilingualText

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("B40", "B41", "B42", "B44")
def test_all_kinds_come_back_as_cards_with_both_languages_and_the_price_in_force() -> None:
    make_hospital_catalog()
    cbc = get_item(code="CBC", now=NINE)
    assert (cbc.kind, cbc.nature, cbc.category) == (CatalogKind.CHARGE_ITEM, Nature.SERVICE, ServiceCategory.LAB)
    assert (cbc.name.zh, cbc.name.en, cbc.base_u) == ("血常规", "Complete blood count", Decimal("20.00"))
    drug = get_item(code="AML", now=NINE)
    assert drug.drug is not None
    assert (drug.drug.generic.en, drug.drug.prescription_class) == ("Amlodipine", PrescriptionClass.ORDINARY)
    composite = get_item(code="SET", now=NINE)
    assert (composite.kind, composite.nature, composite.base_u) == (CatalogKind.COMPOSITE, None, None)
    assert list_item_cards(item_ids=[cbc.id, drug.id], now=NINE) == {cbc.id: cbc, drug.id: drug}


@pytest.mark.requirement("B43")
def test_a_charge_item_maps_to_one_price_bureau_item() -> None:
    bureau = new_item("GD1", kind=CatalogKind.PRICE_ITEM)
    make_items(new_item("A", price_item="GD1"), bureau)
    assert CatalogItem.objects.get(code="A").price_item == CatalogItem.objects.get(code="GD1")
    with pytest.raises(UnknownItem):
        make_items(new_item("B", price_item="GHOST"))
    with pytest.raises(UnknownItem):
        make_items(new_item("B", price_item="A"))
    assert not CatalogItem.objects.filter(code="B").exists()


def test_a_batch_is_all_or_nothing() -> None:
    make_items(new_item("A"))
    with pytest.raises(CodeTaken):
        make_items(new_item("B"), new_item("A"))
    with pytest.raises(CodeTaken):
        make_items(new_item("C"), new_item("C"))
    child = Addition(ratio=Decimal("0.2"))
    with pytest.raises(AdditionNotAllowed):
        make_items(new_item("D"), new_item("E", kind=CatalogKind.DRUG, child=child))
    assert list(CatalogItem.objects.values_list("code", flat=True)) == ["A"]


def test_only_the_price_office_writes() -> None:
    patient = Actor(kind=ActorKind.PATIENT, id="p", label="p")
    with pytest.raises(NotPriceOffice):
        create_items(items=[new_item()], actor=patient, now=NINE)
    assert not CatalogItem.objects.exists()


def test_an_entry_is_audited() -> None:
    make_items(new_item("A"))
    publish_price(code="A", base_u=Decimal(55), valid_from=NINE, actor=price_officer(), now=NINE)
    acts = [entry.action for entry in reversed(list_entries(actor_id="maker"))]
    assert acts == ["catalog.create", "catalog.publish_price"]


@pytest.mark.requirement("B40")
def test_a_new_price_begins_where_the_old_ends() -> None:
    make_items(new_item("A", "50.00"))
    tomorrow = datetime.fromisoformat("2026-06-16T00:00:00+08:00")
    assert publish_price(code="A", base_u=Decimal(60), valid_from=tomorrow, actor=price_officer(), now=NINE) == tomorrow
    assert get_item(code="A", now=tomorrow - timedelta(microseconds=1)).base_u == Decimal("50.00")
    assert get_item(code="A", now=tomorrow).base_u == Decimal("60.00")


def test_a_start_of_today_is_now_and_the_past_is_refused() -> None:
    make_items(new_item("A", "50.00"))
    midnight = datetime.fromisoformat("2026-06-15T00:00:00+08:00")
    assert publish_price(code="A", base_u=Decimal(60), valid_from=midnight, actor=price_officer(), now=NINE) == NINE
    with pytest.raises(RuleStartsInPast):
        publish_price(
            code="A", base_u=Decimal(70), valid_from=midnight - timedelta(days=1), actor=price_officer(), now=NINE
        )
    assert StandardPrice.objects.filter(item__code="A").count() == 2


def test_a_price_before_a_scheduled_one_is_refused() -> None:
    make_items(new_item("A", "50.00"))
    later, sooner = NINE + timedelta(days=9), NINE + timedelta(days=2)
    publish_price(code="A", base_u=Decimal(60), valid_from=later, actor=price_officer(), now=NINE)
    with pytest.raises(PriceOverlap):
        publish_price(code="A", base_u=Decimal(70), valid_from=sooner, actor=price_officer(), now=NINE)
    assert get_item(code="A", now=sooner).base_u == Decimal("50.00")


def test_the_database_keeps_published_prices() -> None:
    make_items(new_item("A", "50.00"))
    for change in ({"base_u": Decimal(1)}, {"valid_from": NINE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandardPrice.objects.update(**change)
    StandardPrice.objects.update(valid_to=NINE)
    for end in (None, NINE + timedelta(days=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandardPrice.objects.update(valid_to=end)
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardPrice.objects.all().delete()


@pytest.mark.requirement("B42")
def test_a_composite_with_a_cycle_is_not_entered() -> None:
    make_items(new_item("A"))
    with pytest.raises(CompositeCycle):
        make_composite("SELF", ("A", "1"), ("SELF", "1"))
    assert not CompositeList.objects.exists()
    assert not CatalogItem.objects.filter(code="SELF").exists()


def test_pages_are_in_pinyin_order_and_gaps_are_found() -> None:
    make_items(
        new_item("A", name=BilingualText("血常规", "Complete blood count")),
        new_item("B", name=BilingualText("尿常规", "")),
        new_item("C", name=BilingualText("肝功能", "Liver function"), fee_class=FeeClass.LAB),
    )
    page = list_items(page=1, size=2, now=NINE)
    assert (codes_of(page.items), page.total, page.pages) == (["C", "B"], 3, 2)
    assert codes_of(list_items(page=9, size=2, now=NINE).items) == ["A"]
    assert codes_of(list_items(has_gap=True, now=NINE).items) == ["B"]
    assert get_item(code="B", now=OPENED).name.has_gap
