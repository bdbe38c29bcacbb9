"""A price book is read in a number of statements that does not grow with its codes (B40)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.catalog.api import load_price_book
from hospital.catalog.models import CatalogItem
from hospital.catalog.tests.factories import NINE, make_hospital_catalog, make_items, new_item

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40", "B44")]


def count_statements(codes: list[str]) -> int:
    """How many statements a book of these codes takes."""
    with CaptureQueriesContext(connection) as captured:
        found = load_price_book(codes=codes, now=NINE)
    assert set(codes) <= set(found.cards)
    return len(captured)


def test_a_book_of_many_codes_takes_as_many_statements_as_one_of_two():
    make_hospital_catalog()
    few = count_statements(["CBC", "SET"])
    make_items(*(new_item(f"MORE{number}") for number in range(60)))
    assert count_statements(sorted(CatalogItem.objects.values_list("code", flat=True))) == few
    assert few <= 10
