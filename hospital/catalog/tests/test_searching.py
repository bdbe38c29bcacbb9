"""Search in Chinese, pinyin, initials, English and by code (B40)."""

import pytest

from hospital.catalog.api import search_items
from hospital.catalog.models import CatalogItem
from hospital.catalog.tests.factories import NINE, codes_of, make_hospital_catalog, make_items, new_item
from hospital.catalog.types import CatalogKind, ServiceCategory
from hospital.kernel.types import BilingualText

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalog() -> None:
    make_hospital_catalog()


@pytest.mark.requirement("B40", "B44")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("血常规", ["CBC"]),
        ("采血", ["TUBE"]),
        ("xcg", ["CBC"]),
        ("xuechang", ["CBC"]),
        ("blood count", ["CBC"]),
        ("count BLOOD", ["CBC"]),
        ("cbc", ["CBC"]),
        ("amlo", ["AML"]),
        ("nothing like it", []),
        ("100%_\\", []),
    ],
)
@pytest.mark.usefixtures("catalog")
def test_every_way_of_asking(text: str, found: list[str]) -> None:
    assert codes_of(search_items(text=text, now=NINE)) == found


@pytest.mark.usefixtures("catalog")
def test_kinds_and_categories_cut_the_list() -> None:
    assert codes_of(search_items(text="", kinds=[CatalogKind.DRUG], now=NINE)) == ["AML"]
    assert codes_of(search_items(text="", categories=[ServiceCategory.IMAGING], now=NINE)) == ["CXR"]
    assert len(search_items(text="", limit=2, now=NINE)) == 2


def test_what_begins_with_the_text_comes_first() -> None:
    make_items(
        new_item("1", name=BilingualText("尿血常规检查", "Urine and blood count")),
        new_item("2", name=BilingualText("血常规", "Blood count")),
        new_item("XCG", name=BilingualText("其他", "Other")),
    )
    assert codes_of(search_items(text="血常规", now=NINE)) == ["2", "1"]
    assert codes_of(search_items(text="xcg", now=NINE)) == ["XCG", "2", "1"]


@pytest.mark.usefixtures("catalog")
def test_inactive_rows_are_not_offered_and_one_query_is_enough(django_assert_num_queries) -> None:
    CatalogItem.objects.filter(code="CBC").update(is_active=False)
    with django_assert_num_queries(1):
        assert search_items(text="cbc", now=NINE) == []
