"""The daily settlement at the desk: count, sign, check, post, and files whose numbers agree (F46, N16)."""

import csv
import io
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hospital.accounts.models import User
from hospital.billing.api import quote_bill
from hospital.billing.tests.factories import Desk, add_desk, charge, make_desk, order
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.staff_web.tests.factories import browser, count_queries, make_member
from hospital.tills.models import Closing
from hospital.workflows.collect_bill import start_collecting, take_cash

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46", "N16")]


def actor_for(user: User) -> Actor:
    grants = frozenset({(Role.CASHIER, "IMC")})
    return Actor(kind=ActorKind.STAFF, id=str(user.id), label="Cashier", grants=grants, campus_code="IMC")


def sell(desk: Desk, cashier: Actor, *codes: str) -> None:
    """Cash for these items, taken by the cashier now."""
    now = timezone.now()
    charges = charge(desk, *[order(code, signed_at=now) for code in codes], now=now)
    token = quote_bill(charge_ids=charges, actor=cashier, now=now).token
    settlement = start_collecting(quote_token=token, idempotency_key=str(uuid4()), actor=cashier, now=now)
    take_cash(settlement_id=settlement.id, given=Decimal(1000), idempotency_key=str(uuid4()), actor=cashier, now=now)


@pytest.fixture
def keeper() -> User:
    return make_member(Role.CASHIER)


@pytest.fixture
def client(keeper: User) -> Client:
    """A cashier who took 26.00 and 78.00 + 12.96, the second rounded to 91.00."""
    desk = make_desk()
    sell(desk, actor_for(keeper), "CBC")
    sell(desk, actor_for(keeper), "CXR", "AML")
    return browser(keeper)


def sign(client: Client, **fields: str) -> Any:
    page = client.get(reverse("staff:closings"))
    pieces = {"count_100": "1", "count_10": "1", "count_5": "1", "count_1": "2"}
    defaults = {"expected_entries": str(page.context["expected_entries"])} | pieces
    return client.post(reverse("staff:closing_sign"), defaults | fields)


def test_the_open_till_shows_its_sums(client: Client) -> None:
    page = client.get(reverse("staff:closings"))
    assert page.context["summary"].cash == Decimal("117.00")
    assert "117.00" in page.text
    assert "Rounded in cash" in page.text


def test_a_day_is_signed_checked_and_posted(client: Client) -> None:
    signed = sign(client)
    assert signed.status_code == 302
    page = client.get(signed["Location"])
    assert "is signed" in page.text
    row = Closing.objects.get()
    assert (row.cash_expected, row.cash_counted) == (Decimal("117.00"), Decimal("117.00"))
    check = reverse("staff:closing_check", args=[row.id])
    assert client.post(check).status_code == 403
    second = browser(make_member(Role.CASHIER))
    assert second.get(signed["Location"]).context["can_check"] is True
    second.post(check)
    assert second.post(reverse("staff:closing_post", args=[row.id])).status_code == 403
    office = browser(make_member(Role.FINANCE))
    assert office.get(signed["Location"]).context["can_post"] is True
    office.post(reverse("staff:closing_post", args=[row.id]))
    row.refresh_from_db()
    assert row.posted_at is not None
    day = office.get(reverse("staff:finance"))
    assert row.number in day.text
    assert day.context["summary"].total.net == Decimal("117.00")


def test_page_file_and_finance_day_add_up_to_the_same(client: Client) -> None:
    sign(client)
    row = Closing.objects.get()
    page = client.get(reverse("staff:closing", args=[row.id])).context["summary"]
    office = browser(make_member(Role.FINANCE))
    for answer in (
        client.get(reverse("staff:closing_file", args=[row.id])),
        office.get(reverse("staff:finance_file")),
    ):
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        taken = sum(Decimal(line[-1]) for line in lines[1:])
        assert len(lines) == 3
        assert taken == page.total.net == row.came + row.went
    finance = office.get(reverse("staff:finance")).context["summary"]
    assert finance == page


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"count_100": "x"}, 422),
        ({"count_100": "-1"}, 422),
        ({"count_100": "0"}, 422),
        ({"expected_entries": "1"}, 409),
    ],
)
def test_what_stands_in_the_way_keeps_what_was_typed(client: Client, fields: dict[str, str], status: int) -> None:
    refused = sign(client, explanation="a remark", **fields)
    assert refused.status_code == status
    assert "a remark" in refused.text
    assert not Closing.objects.exists()


def test_another_campus_and_other_roles_see_nothing(client: Client) -> None:
    sign(client)
    row = Closing.objects.get()
    elsewhere = browser(make_member(Role.CASHIER, campus="NORTH"))
    for name in ("closing", "closing_file"):
        assert elsewhere.get(reverse(f"staff:{name}", args=[row.id])).status_code == 404
    assert row.number not in elsewhere.get(reverse("staff:closings")).text
    assert elsewhere.get(reverse("staff:finance")).status_code == 403
    assert browser(make_member(Role.DOCTOR)).get(reverse("staff:closings")).status_code == 403


def test_an_empty_till_says_so() -> None:
    page = browser(make_member(Role.CASHIER)).get(reverse("staff:closings"))
    assert "Nothing to close" in page.text


def test_the_till_costs_the_same_however_much_was_taken(client: Client, keeper: User) -> None:
    address = reverse("staff:closings")
    few = count_queries(client, address)
    for _ in range(3):
        sell(add_desk(), actor_for(keeper), "CBC", "AML")
    assert count_queries(client, address) == few
