"""The refund page: quantities back, to the card, with a notice (F47)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.billing.api import mark_executed
from hospital.billing.models import Charge, RefundNote
from hospital.billing.tests.factories import make_desk, order, settle
from hospital.kernel.actors import Role, system_actor
from hospital.staff_web.tests.factories import open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F47")]


@pytest.fixture
def paid(acquirer):
    """A bill of two lines, paid today: two of one item, one of another."""
    desk, now = make_desk(), timezone.now()
    lines = (order("CBC", "2", signed_at=now), order("CXR", signed_at=now))
    settlement, charges = settle(desk, *lines, now=now)
    return settlement, charges, lines


def bill_of(settlement, **kwargs):
    return reverse("staff:refund_bill", args=[settlement.id], **kwargs)


def ask(client, settlement, quantities: dict, **fields: str):
    form = {
        "line": [str(charge) for charge in quantities],
        "reason": "PATIENT_CANCELED",
        "idempotency_key": "refund-0001",
    }
    form |= {f"qty_{charge}": qty for charge, qty in quantities.items()}
    return client.post(reverse("staff:refund_ask", args=[settlement.id]), {**form, **fields})


def test_the_page_shows_what_can_go_back_and_why_not(paid) -> None:
    settlement, _, lines = paid
    mark_executed(source_ids=[lines[1].source_id], actor=system_actor("test"), now=timezone.now())
    page = open_desk(Role.CASHIER).get(bill_of(settlement)).text
    assert "Done, not refundable" in page
    assert "Not done yet" in page
    assert page.count("disabled") >= 1


def test_the_amount_is_previewed_by_the_formula_that_gives_it_back(paid) -> None:
    settlement, charges, _ = paid
    client = open_desk(Role.CASHIER)
    shown = client.post(
        reverse("staff:refund_preview", args=[settlement.id]), {"line": [str(charges[0])], f"qty_{charges[0]}": "1"}
    )
    total = shown.context["total"]
    assert total == Charge.objects.get(id=charges[0]).total / 2
    assert not RefundNote.objects.exists()
    ask(client, settlement, {charges[0]: "1"})
    assert RefundNote.objects.get().amount == total


def test_a_part_goes_back_to_the_card_with_its_ratio_as_charged(paid) -> None:
    settlement, charges, _ = paid
    client = open_desk(Role.CASHIER)
    answer = ask(client, settlement, {charges[0]: "1"}, explanation="leaves tomorrow")
    note = RefundNote.objects.get()
    assert answer.url == reverse("staff:refund", args=[note.id])
    assert (note.state, note.reason) == ("SENT", "PATIENT_CANCELED: leaves tomorrow")
    page = client.get(answer.url).text
    assert "+30 %" in page
    assert "Canceled by the patient · leaves tomorrow" in page
    assert "Waiting for the answer" in page
    charge = Charge.objects.get(id=charges[0])
    assert charge.refunded_qty == 1


@pytest.mark.requirement("F48")
def test_the_notice_prints_in_each_language(paid) -> None:
    settlement, charges, _ = paid
    client = open_desk(Role.CASHIER)
    ask(client, settlement, {charges[1]: "1"})
    note = RefundNote.objects.get()
    for language in ("zh", "en", "both"):
        paper = client.get(reverse("staff:refund_notice", args=[note.id]), {"language": language})
        assert paper.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("quantities", "fields", "status", "words"),
    [
        ({0: "3"}, {}, 409, "can still be refunded"),
        ({0: "0"}, {}, 422, ""),
        ({0: "abc"}, {}, 422, ""),
        ({}, {}, 409, "nothing left to refund"),
        ({0: "1"}, {"reason": ""}, 422, "state a reason"),
        ({0: "1"}, {"reason": "MADE_UP"}, 422, "state a reason"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_moves(paid, quantities, fields, status, words) -> None:
    settlement, charges, _ = paid
    answer = ask(open_desk(Role.CASHIER), settlement, {charges[i]: qty for i, qty in quantities.items()}, **fields)
    assert answer.status_code == status
    assert words in answer.text
    assert not RefundNote.objects.exists()
    assert set(Charge.objects.values_list("refunded_qty", flat=True)) == {0}


def test_a_line_that_was_carried_out_in_between_is_refused(paid) -> None:
    settlement, charges, lines = paid
    client = open_desk(Role.CASHIER)
    mark_executed(source_ids=[lines[1].source_id], actor=system_actor("test"), now=timezone.now())
    # The page no longer offers the line, so that asking for it alone asks for nothing.
    answer = ask(client, settlement, {charges[1]: "1"})
    assert answer.status_code == 409
    assert not RefundNote.objects.exists()


def test_asking_twice_with_one_key_gives_one_refund(paid) -> None:
    settlement, charges, _ = paid
    client = open_desk(Role.CASHIER)
    first, second = (ask(client, settlement, {charges[0]: "1"}) for _ in range(2))
    assert first.url == second.url
    assert RefundNote.objects.count() == 1


def test_another_campus_refunds_nothing_here(paid) -> None:
    settlement, charges, _ = paid
    client = open_desk(Role.CASHIER, campus="NORTH")
    assert client.get(bill_of(settlement)).status_code == 403
    assert ask(client, settlement, {charges[0]: "1"}).status_code == 403
    assert not RefundNote.objects.exists()
