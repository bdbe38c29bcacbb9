"""The price office's list: found, filtered, counted and paged in one statement (B40)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.catalog.api import ItemFilter, approve_change, draft_price, find_items
from hospital.catalog.models import CatalogItem
from hospital.catalog.tests.factories import NINE, make_hospital_catalog, make_items, new_item, price_officer
from hospital.catalog.types import CatalogKind, FeeClass, ItemStatus, TranslationStatus
from hospital.kernel.types import BilingualText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40")]


@pytest.fixture(autouse=True)
def _catalog() -> None:
    make_hospital_catalog()
    make_items(
        new_item("GAP", "9.00", name=BilingualText("缺英文"), translation_status=TranslationStatus.MISSING),
        new_item("BARE", None, name=BilingualText("无价格", "No price")),
    )


def found(**facts: Any) -> list[str]:
    return [item.code for item in find_items(asked=ItemFilter(**facts), now=NINE).items]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("血常规", "CBC"),
        ("xcg", "CBC"),
        ("xuechang", "CBC"),
        ("count BLOOD", "CBC"),
        ("cbc", "CBC"),
        ("amlo", "AML"),
        ("规 c", "CBC"),
        ("氯地", "AML"),
    ],
)
def test_every_way_of_asking(text: str, code: str) -> None:
    assert found(text=text)[0] == code
    assert found(text="100%_\\") == []


def test_filters() -> None:
    draft_price(code="CBC", base_u=Decimal(22), valid_from=NINE + timedelta(days=1), actor=price_officer(), now=NINE)
    assert found(status=ItemStatus.WAITING) == ["CBC"]
    assert found(status=ItemStatus.UNPRICED) == ["BARE"]
    assert found(has_gap=True) == ["GAP"]
    assert found(kind=CatalogKind.DRUG) == ["AML"]
    assert found(fee_class=FeeClass.EXAM, text="x") == ["CXR"]
    CatalogItem.objects.filter(code="CXR").update(is_active=False)
    assert found(status=ItemStatus.INACTIVE) == ["CXR"]


def test_a_scheduled_price_stands_beside_the_one_in_force() -> None:
    change_id = draft_price(
        code="CBC", base_u=Decimal(22), valid_from=NINE + timedelta(days=1), actor=price_officer(), now=NINE
    )
    approve_change(change_id=change_id, actor=price_officer("checker"), now=NINE)
    (row,) = find_items(asked=ItemFilter(status=ItemStatus.SCHEDULED), now=NINE).items
    assert (row.code, row.base_u, row.next_u, row.next_from) == (
        "CBC",
        Decimal(20),
        Decimal(22),
        NINE + timedelta(days=1),
    )


def test_pages_count_everything_and_the_last_one_stands_in_for_those_beyond() -> None:
    total = CatalogItem.objects.count()
    pages = [find_items(asked=ItemFilter(), now=NINE, page=page, size=3) for page in (1, 2, 3, 99)]
    assert {page.total for page in pages} == {total}
    assert sorted(item.code for page in pages[:3] for item in page.items) == sorted(
        CatalogItem.objects.values_list("code", flat=True)
    )
    assert pages[3] == pages[2]


@pytest.mark.parametrize("text", ["", "xcg"])
def test_one_statement(text: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        find_items(asked=ItemFilter(text=text), now=NINE)
    assert len(captured) == 1
