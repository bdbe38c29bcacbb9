"""Contracts with insurers at the price office's desk: found, added, ended (F46)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.audit.api import list_entries
from hospital.billing.models import InsurerContract
from hospital.billing.tests.insurers import make_contract
from hospital.catalog.tests.factories import make_hospital_catalog
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46")]
LIST = "/staff/catalog/contracts/"


@pytest.fixture
def office():
    return open_desk(Role.PRICE_OFFICER)


def terms(**changes: Any) -> dict[str, Any]:
    """A contract as it is typed."""
    return {
        "code": "VOYAGE",
        "name_zh": "远航健康保险",
        "name_en": "Voyage Health Insurance",
        "discount": "10",
        "copayment": "20",
        "is_surcharge_excluded": "on",
        "exempt_items": "AML",
        "campuses": ["IMC"],
        "valid_from": timezone.localdate().isoformat(),
        "valid_to": "",
    } | changes


def test_a_contract_is_added_as_typed(office) -> None:
    make_hospital_catalog()
    page = office.post(LIST + "new/", terms(), follow=True)
    row = InsurerContract.objects.get()
    assert (row.discount, row.copayment, row.campuses) == (Decimal("0.1"), Decimal("0.2"), ["IMC"])
    assert (row.is_surcharge_excluded, row.exempt_items_listed, row.valid_to) == (True, ["AML"], None)
    assert "Voyage Health Insurance" in page.text
    assert "20 %" in page.text
    entry = list_entries(action="billing.add_contract")[0]
    assert (entry.subject_id, entry.details["copayment"]) == (str(row.id), "0.2")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name_en": " "}, "required"),
        ({"discount": "101"}, "At most 100 %."),
        ({"copayment": "many"}, "Enter a number."),
        ({"exempt_items": "AML NIX"}, "No item has the code NIX."),
        ({"campuses": ["MOON"]}, "MOON"),
        ({"valid_to": "2020-01-01"}, "dates in order"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_is_kept(office, changes, said) -> None:
    make_hospital_catalog()
    page = office.post(LIST + "new/", terms(**changes))
    assert page.status_code == 422
    assert said in page.text
    assert "远航健康保险" in page.text
    assert not InsurerContract.objects.exists()


def test_an_insurer_has_one_contract_at_a_time(office) -> None:
    today = timezone.localdate()
    make_contract(code="VOYAGE", valid_to=today)
    page = office.post(LIST + "new/", terms(exempt_items=""))
    assert page.status_code == 422
    assert "already has a contract" in page.text
    office.post(LIST + "new/", terms(exempt_items="", valid_from=(today + timedelta(days=1)).isoformat()))
    assert InsurerContract.objects.count() == 2


def test_they_are_found_by_name_code_and_state(office) -> None:
    empty = office.get(LIST)
    assert "No contract yet" in empty.text
    today = timezone.localdate()
    make_contract(code="AAA", name_zh="港湾", name_en="Harbor")
    make_contract(code="BBB", valid_to=date(2021, 1, 1))
    make_contract(code="CCC", valid_from=today + timedelta(days=3))

    def codes(query: str) -> list[str]:
        return [each["card"].code for each in office.get(LIST + query).context["rows"]]

    assert codes("") == ["AAA", "CCC", "BBB"]
    assert codes("?q=harb") == codes("?q=港") == codes("?q=aaa") == ["AAA"]
    assert codes("?state=ENDED") == ["BBB"]
    assert codes("?state=COMING") == ["CCC"]
    assert codes("?state=IN_FORCE") == ["AAA"]
    assert "No contract fits" in office.get(LIST + "?q=zzz").text
    before = count_queries(office, LIST)
    for number in range(6):
        make_contract(code=f"D{number}")
    assert count_queries(office, LIST) == before


def test_a_contract_ends_with_a_reason_and_not_in_the_past(office) -> None:
    today = timezone.localdate()
    row = make_contract()
    address = reverse("staff:catalog_end_contract", args=[row.id])
    past = office.post(address, {"last_day": (today - timedelta(days=1)).isoformat(), "reason": "They left the market"})
    assert past.status_code == 409
    assert "They left the market" in past.text
    assert office.post(address, {"last_day": today.isoformat(), "reason": " "}).status_code == 422
    row.refresh_from_db()
    assert row.valid_to is None
    page = office.post(address, {"last_day": today.isoformat(), "reason": "They left the market"}, follow=True)
    row.refresh_from_db()
    assert row.valid_to == today
    assert "The contract ends." in page.text
    assert list_entries(action="billing.end_contract")[0].reason == "They left the market"
    assert office.post(address, {"last_day": today.isoformat(), "reason": "Once more"}).status_code == 409


def test_a_renewal_starts_from_what_was_agreed(office) -> None:
    last = timezone.localdate() + timedelta(days=9)
    row = make_contract(code="VOYAGE", valid_to=last, copayment=Decimal("0.15"), campuses=["IMC"])
    form = office.get(f"{LIST}new/?from={row.id}").context["form"]
    assert form["code"].value() == "VOYAGE"
    assert form["copayment"].value() == "15"
    assert form["valid_from"].value() == last + timedelta(days=1)


def test_only_the_price_office_keeps_contracts() -> None:
    row = make_contract()
    cashier = open_desk(Role.CASHIER)
    assert cashier.get(LIST).status_code == 403
    assert cashier.post(reverse("staff:catalog_end_contract", args=[row.id])).status_code == 403
