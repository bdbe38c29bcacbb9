"""The receipts page: what was issued, what is in trouble, what to do about it (F48)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.billing.tests.factories import make_desk, order, settle
from hospital.kernel.actors import Role
from hospital.receipts.api import keep_up, list_receipts
from hospital.receipts.states import PaperState, ReceiptState
from hospital.receipts.tests.factories import finish, refund
from hospital.receipts.tests.platform import FakePlatform, Platform
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F48")]


@pytest.fixture
def platform(settings) -> FakePlatform:
    settings.FISCAL_PLATFORM = "hospital.receipts.tests.platform.connected_platform"
    Platform.connected = FakePlatform()
    return Platform.connected


@pytest.fixture
def desk(acquirer, platform):
    return make_desk()


def issue(desk, *lines):
    """A bill paid today, with its receipts."""
    now = timezone.now()
    settlement, charges = settle(
        desk, *(lines or (order("CBC", signed_at=now), order("AML", "2", signed_at=now))), now=now
    )
    keep_up(settlement_id=settlement.id, now=now)
    return settlement, charges


def receipts_of(settlement):
    return list_receipts(settlement_ids=[settlement.id])[settlement.id]


def act(client, receipt, what: str, **fields: str):
    return client.post(reverse("staff:receipt_act", args=[receipt.id]), {"act": what, **fields}, follow=True)


def page_of(receipt) -> str:
    return reverse("staff:receipt", args=[receipt.id])


def test_the_list_shows_a_day_a_search_and_what_is_in_trouble(desk, platform) -> None:
    client = open_desk(Role.CASHIER)
    assert "No receipts on this day" in client.get(reverse("staff:receipts")).text
    settlement, _ = issue(desk)
    platform.troubles["issue"] = ["开票点未启用"]
    refused, _ = issue(desk)
    (receipt,), (failed,) = receipts_of(settlement), receipts_of(refused)
    today = client.get(reverse("staff:receipts"))
    assert page_of(receipt) in today.text
    assert "one receipt" in today.text
    troubled = client.get(reverse("staff:receipts"), {"show": "troubled"}).text
    assert (page_of(failed) in troubled, page_of(receipt) in troubled) == (True, False)
    for text in (receipt.number, receipt.settlement_number, receipt.content.payer_name[:4]):
        assert page_of(receipt) in client.get(reverse("staff:receipts"), {"q": text}).text
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert page_of(receipt) not in client.get(reverse("staff:receipts"), {"on": yesterday}).text
    assert "No receipt found" in client.get(reverse("staff:receipts"), {"q": "nothing"}).text


def test_the_list_takes_as_many_statements_for_many_as_for_one(desk) -> None:
    client = open_desk(Role.CASHIER)
    issue(desk)
    one = count_queries(client, reverse("staff:receipts"))
    issue(desk)
    issue(desk)
    assert count_queries(client, reverse("staff:receipts")) == one


def test_a_refused_receipt_tells_the_platforms_words_and_is_issued_again(desk, platform) -> None:
    platform.troubles["issue"] = ["开票点未启用"]
    settlement, _ = issue(desk)
    (failed,) = receipts_of(settlement)
    client = open_desk(Role.CASHIER)
    assert "开票点未启用" in client.get(page_of(failed)).text
    assert "In force" in act(client, failed, "again").text
    (receipt,) = receipts_of(settlement)
    assert receipt.state is ReceiptState.ISSUED
    refusal = act(client, receipt, "again")
    assert (refusal.status_code, receipts_of(settlement)) == (409, (receipt,))


def test_an_unanswered_receipt_is_asked_after_from_the_page(desk, platform) -> None:
    platform.troubles["issue"] = ["LOST"]
    settlement, _ = issue(desk)
    (waiting,) = receipts_of(settlement)
    client = open_desk(Role.CASHIER)
    assert "Ask now" in client.get(page_of(waiting)).text
    act(client, waiting, "ask")
    (receipt,) = receipts_of(settlement)
    assert (receipt.state, len(platform.requests)) == (ReceiptState.ISSUED, 1)


def test_a_paper_is_swapped_and_taken_back(desk) -> None:
    settlement, _ = issue(desk)
    (receipt,) = receipts_of(settlement)
    client = open_desk(Role.CASHIER)
    swapped = act(client, receipt, "swap").text
    assert "0000000500" in swapped
    assert "Take the paper back" in swapped
    assert "Reverse and issue anew" not in swapped
    assert act(client, receipt, "back", reason=" ").status_code == 422
    assert "counts again" in act(client, receipt, "back", reason="misprint").text
    (receipt,) = receipts_of(settlement)
    assert [(paper.state, paper.reason) for paper in receipt.papers] == [(PaperState.VOID, "misprint")]


def test_a_wrong_receipt_is_reversed_with_a_reason(desk) -> None:
    settlement, _ = issue(desk)
    (receipt,) = receipts_of(settlement)
    client = open_desk(Role.CASHIER)
    assert act(client, receipt, "replace", reason="").status_code == 422
    assert len(receipts_of(settlement)) == 1
    page = act(client, receipt, "replace", reason="name misspelled").text
    _, red, anew = receipts_of(settlement)
    assert page_of(red) in page
    assert page_of(anew) in page
    assert "name misspelled" in client.get(page_of(red)).text


@pytest.mark.requirement("F47")
def test_the_red_number_stands_beside_the_refund_and_the_bill(desk) -> None:
    settlement, charges = issue(desk)
    note = refund(desk, settlement, (charges[0], "1"), now=timezone.now())
    finish(note)
    keep_up(settlement_id=settlement.id, now=timezone.now() + timedelta(seconds=1))
    _, red, rest = receipts_of(settlement)
    client = open_desk(Role.CASHIER)
    for address in (
        reverse("staff:refund", args=[note.id]),
        reverse("staff:cashier_bill", args=[settlement.id]),
    ):
        page = client.get(address).text
        assert red.number in page
        assert rest.number in page


def test_sheets_copies_and_statements_are_papers(desk) -> None:
    settlement, _ = issue(desk)
    (receipt,) = receipts_of(settlement)
    client = open_desk(Role.CASHIER)
    today = timezone.localdate().isoformat()
    for address in (
        reverse("staff:receipt_sheet", args=[receipt.id]) + "?language=both&sheet=roll",
        reverse("staff:receipt_copy", args=[receipt.id]),
        reverse("staff:cashier_visit_statement", args=[desk.visit.encounter_id]) + "?sheet=a5",
        reverse("staff:cashier_period_statement", args=[settlement.person_id]) + f"?from={today}&to={today}",
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-"), address
        assert answer["Cache-Control"] == "no-store"
    nonsense = reverse("staff:cashier_period_statement", args=[settlement.person_id]) + "?from=x&to=y"
    assert client.get(nonsense).status_code == 422


def test_another_campus_and_another_role_do_not_open_it(desk) -> None:
    settlement, _ = issue(desk)
    (receipt,) = receipts_of(settlement)
    assert open_desk(Role.DOCTOR).get(reverse("staff:receipts")).status_code == 403
    elsewhere = open_desk(Role.CASHIER, campus="SOUTH")
    assert receipt.number not in elsewhere.get(reverse("staff:receipts")).text
    assert elsewhere.get(page_of(receipt)).status_code == 403
    assert act(elsewhere, receipt, "replace", reason="x").status_code == 403
    assert receipts_of(settlement) == (receipt,)
