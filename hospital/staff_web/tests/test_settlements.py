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
from openpyxl import load_workbook

from hospital.accounts.api import get_staff_names
from hospital.accounts.models import User
from hospital.billing.api import quote_bill
from hospital.billing.tests.factories import Desk, add_desk, charge, make_desk, order
from hospital.documents.models import IssuedDocument
from hospital.documents.tests.pdf_reading import Paper
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day
from hospital.staff_web.tests.factories import browser, count_queries, make_member
from hospital.tills.api import get_closing
from hospital.tills.models import Closing
from hospital.tills.types import Summary
from hospital.workflows.collect_bill import start_collecting, take_cash
from hospital.workflows.print_settlement import settlement_paper

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


def read_text(pdf: bytes) -> str:
    return " ".join(Paper(pdf).pages)


def read_sheet(content: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(content))
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


@pytest.mark.requirement("F48")
def test_page_files_paper_and_finance_day_add_up_to_the_same(client: Client) -> None:
    sign(client)
    row = Closing.objects.get()
    page = client.get(reverse("staff:closing", args=[row.id])).context["summary"]
    office = browser(make_member(Role.FINANCE))
    for answer in (
        client.get(reverse("staff:closing_xlsx", args=[row.id])),
        office.get(reverse("staff:finance_xlsx")),
    ):
        rows = read_sheet(answer.content)
        assert len(rows) == 4
        assert sum(Decimal(line[-1]) for line in rows[1:-1]) == Decimal(rows[-1][-1]) == page.total.net
        file = client.get(reverse("staff:closing_file", args=[row.id])).content
        as_csv = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
        assert [line[:6] for line in rows[:-1]] == [line[:6] for line in as_csv]
        for place in range(6, len(rows[0])):
            assert sum(Decimal(line[place] or 0) for line in rows[1:-1]) == sum(
                Decimal(line[place] or 0) for line in as_csv[1:]
            )
    check_paper(client, row, page)
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


def check_paper(client: Client, row: Closing, page: Summary) -> None:
    """The paper in each language says what the page says, and its rows add up to its total."""
    keeper = actor_for(User.objects.get(id=row.closed_by))
    content = settlement_paper(closing=get_closing(closing_id=row.id, actor=keeper))
    assert content.total.came + content.total.went == page.total.net == row.came + row.went
    owed = content.covered
    for rows, beside in ((content.tenders, 0), (content.payers, -owed), (content.classes, content.rounding - owed)):
        assert sum(each.came + each.went for each in rows) + beside == page.total.net
    assert content.cash_counted == sum(piece * number for piece, number in content.pieces) == Decimal("117.00")
    for language, title in (("en", "Daily settlement"), ("zh", "收费日结单"), ("both", "收费日结单")):
        answer = client.get(reverse("staff:closing_paper", args=[row.id]), {"language": language})
        text = read_text(answer.content)
        assert answer["Content-Type"] == "application/pdf"
        assert row.number in text
        assert f"{page.total.net:,.2f}" in text
        assert title in text


def test_a_paper_after_the_check_names_the_checker(client: Client) -> None:
    sign(client)
    row = Closing.objects.get()
    address = reverse("staff:closing_paper", args=[row.id])
    before = read_text(client.get(address, {"language": "en"}).content)
    second = make_member(Role.CASHIER)
    browser(second).post(reverse("staff:closing_check", args=[row.id]))
    row.refresh_from_db()
    after = read_text(client.get(address, {"language": "en"}).content)
    checker = get_staff_names(user_ids=[second.id])[second.id].en
    assert row.checked_at
    checked = f"{local_day(row.checked_at)}"
    assert (before.count(checked), checker in after) == (after.count(checked) - 1, True)
    assert IssuedDocument.objects.filter(kind="DAILY_SETTLEMENT", state="VALID").count() == 1


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


def test_float_and_bank_bag_are_kept_printed_and_begin_the_next_shift(client: Client, keeper: User) -> None:
    refused = sign(client, float_kept="two hundred", bag_number="B-3312")
    assert (refused.status_code, "B-3312" in refused.text) == (422, True)
    assert sign(client, float_kept="-1").status_code == 422
    assert not Closing.objects.exists()
    sign(client, float_kept="200", bag_number=" B-3312 ")
    row = Closing.objects.get()
    assert (row.float_kept, row.bag_number, row.cash_counted) == (Decimal(200), "B-3312", Decimal("117.00"))
    paper = read_text(client.get(reverse("staff:closing_paper", args=[row.id]), {"language": "en"}).content)
    assert "Bank bag B-3312; float of CNY 200.00 stays in the drawer" in paper
    sell(add_desk(), actor_for(keeper), "CBC")
    assert "You began with ¥200.00." in client.get(reverse("staff:closings")).text


def test_another_campus_and_other_roles_see_nothing(client: Client) -> None:
    sign(client)
    row = Closing.objects.get()
    elsewhere = browser(make_member(Role.CASHIER, campus="NORTH"))
    for name in ("closing", "closing_file", "closing_xlsx", "closing_paper"):
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
