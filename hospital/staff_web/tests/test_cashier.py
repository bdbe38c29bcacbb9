"""The cashier's desk: the bill line by line, its quote, the card, the statement (F46, F48)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.billing.models import Charge, Settlement
from hospital.billing.tests.factories import add_desk, charge, make_desk, order
from hospital.encounters.tests.clinic import make_person
from hospital.kernel.actors import Role
from hospital.payments.models import PaymentOrder
from hospital.payments.tests.factories import FakeAcquirer, paid_order
from hospital.staff_web.templatetags.desk import money, quantity, ratio, unit_price, yuan
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46")]


@pytest.fixture
def billed():
    """A visit with three open lines of today, one of them a drug."""
    desk = make_desk()
    now = timezone.now()
    charge(desk, order("CBC", "2", signed_at=now), order("CXR", signed_at=now), order("AML", signed_at=now), now=now)
    return desk


def person_page(client, desk):
    return client.get(reverse("staff:cashier_person", args=[desk.visit.person_id]))


def start_payment(client, desk, page=None):
    page = page or person_page(client, desk)
    return client.post(
        reverse("staff:cashier_pay", args=[desk.visit.person_id]),
        {"quote_token": page.context["quote"].token, "idempotency_key": page.context["idempotency_key"]},
    )


def collect_by_card(client, settlement):
    """The patient's phone gets the card page."""
    page = client.get(reverse("staff:cashier_collect", args=[settlement.id]))
    client.post(
        reverse("staff:cashier_take", args=[settlement.id]),
        {"way": "card", "idempotency_key": page.context["idempotency_key"]},
    )


def answer_paid(acquirer: FakeAcquirer) -> PaymentOrder:
    """The acquirer says that the money came in."""
    row = PaymentOrder.objects.get()
    acquirer.orders[row.number] = paid_order(row.number, row.amount)
    return row


def test_the_bill_shows_standard_price_ratio_charged_and_amount(billed) -> None:
    page = person_page(open_desk(Role.CASHIER), billed)
    lines = {line.item_code: line for group in page.context["groups"] for line in group.lines}
    for line in lines.values():
        assert f"{line.total:,.2f}" in page.text
    assert "+30 %" in page.text
    assert "sold at cost, no surcharge" in page.text
    assert "× 1.3" not in page.text
    totals = page.context["quote"].totals
    assert totals.total == totals.base + totals.surcharge == sum(line.total for line in lines.values())


def test_every_price_says_why(billed) -> None:
    page = person_page(open_desk(Role.CASHIER), billed).text
    assert page.count('class="why"') == 3
    assert "sets the surcharge" in page
    assert "drugs are sold at cost" in page


def test_the_queue_lists_who_has_to_pay(billed) -> None:
    page = open_desk(Role.CASHIER).get(reverse("staff:cashier")).text
    assert reverse("staff:cashier_person", args=[billed.visit.person_id]) in page
    assert "3 items" in page
    assert reverse("staff:cashier_person", args=[billed.visit.person_id]) not in (
        open_desk(Role.CASHIER, campus="NORTH").get(reverse("staff:cashier")).text
    )


def test_allergies_stay_out_of_the_cashiers_sight() -> None:
    desk = make_desk(person=make_person(allergy="PENICILLIN"))
    assert "penicillin" not in person_page(open_desk(Role.CASHIER), desk).text


def test_chosen_lines_are_quoted_together(billed) -> None:
    client = open_desk(Role.CASHIER)
    page = person_page(client, billed)
    line = page.context["groups"][0].lines[0]
    chosen = client.post(
        reverse("staff:cashier_quote", args=[billed.visit.person_id]), {"is_choice": "1", "line": [str(line.id)]}
    )
    assert chosen.context["quote"].totals.payable == line.payable
    nothing = client.post(reverse("staff:cashier_quote", args=[billed.visit.person_id]), {"is_choice": "1"})
    assert nothing.context["quote"] is None
    assert "Choose at least one item" in nothing.text


@pytest.mark.requirement("A18")
def test_a_card_payment_is_started_followed_and_settled(billed, acquirer) -> None:
    client = open_desk(Role.CASHIER)
    assert start_payment(client, billed).status_code == 302
    settlement = Settlement.objects.get()
    collect = reverse("staff:cashier_collect", args=[settlement.id])
    assert person_page(client, billed)["Location"] == collect
    collect_by_card(client, settlement)
    waiting = client.get(collect)
    assert PaymentOrder.objects.get().checkout_url in waiting.text
    assert "<svg" in waiting.text
    state = reverse("staff:cashier_collect_state", args=[settlement.id])
    assert "Waiting" in client.get(state, HTTP_HX_REQUEST="true").text
    answer_paid(acquirer)
    assert client.get(state, HTTP_HX_REQUEST="true")["HX-Redirect"] == collect
    settlement.refresh_from_db()
    done = reverse("staff:cashier_bill", args=[settlement.id])
    assert client.get(collect)["Location"] == done
    assert settlement.state == "SETTLED"
    assert set(Charge.objects.values_list("state", flat=True)) == {"SETTLED"}
    bill = client.get(done)
    assert f"{settlement.amount:,.2f}" in bill.text
    assert "•• 1019" in bill.text


def test_paying_twice_with_one_key_pays_once(billed, acquirer) -> None:
    client = open_desk(Role.CASHIER)
    page = person_page(client, billed)
    first, second = start_payment(client, billed, page), start_payment(client, billed, page)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert (Settlement.objects.count(), PaymentOrder.objects.count()) == (1, 0)


def test_an_expired_quote_comes_back_priced_anew_and_moves_no_money(billed, acquirer, monkeypatch) -> None:
    client = open_desk(Role.CASHIER)
    page = person_page(client, billed)
    later = timezone.now() + timedelta(minutes=15)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    refused = start_payment(client, billed, page)
    assert refused.status_code == 409
    assert "expired" in refused.text
    assert refused.context["quote"].token != page.context["quote"].token
    assert (Settlement.objects.count(), PaymentOrder.objects.count()) == (0, 0)


def test_an_unknown_quote_is_refused(billed, acquirer) -> None:
    client = open_desk(Role.CASHIER)
    address = reverse("staff:cashier_pay", args=[billed.visit.person_id])
    refused = client.post(address, {"quote_token": "nonsense", "idempotency_key": "a-key-of-its-own"})
    assert refused.status_code == 404
    assert not Settlement.objects.exists()


def test_the_patients_phone_comes_back_to_a_page_that_tells_nothing(client) -> None:
    page = client.get(reverse("staff:cashier_returned"))
    assert page.status_code == 200
    assert "go back to the window" in page.text


@pytest.mark.requirement("F48")
def test_the_fee_statement_prints_in_each_language(billed, acquirer) -> None:
    client = open_desk(Role.CASHIER)
    start_payment(client, billed)
    settlement = Settlement.objects.get()
    collect_by_card(client, settlement)
    answer_paid(acquirer)
    client.get(reverse("staff:cashier_collect", args=[settlement.id]))
    for language in ("zh", "en", "both"):
        paper = client.get(reverse("staff:cashier_statement", args=[settlement.id]), {"language": language})
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")
    assert (
        open_desk(Role.CASHIER, campus="NORTH")
        .get(reverse("staff:cashier_statement", args=[settlement.id]))
        .status_code
        == 403
    )


def test_the_queue_costs_the_same_however_long_it_is(billed, django_assert_num_queries) -> None:
    client, now = open_desk(Role.CASHIER), timezone.now()
    address = reverse("staff:cashier_queue")
    few = count_queries(client, address)
    for _ in range(10):
        charge(add_desk(), order("CBC", signed_at=now), now=now)
    with django_assert_num_queries(few):
        page = client.get(address).text
    assert page.count("queue-item") == 11


def test_money_is_written_with_two_places_and_ratios_as_percent() -> None:
    assert money(Decimal("1877.9")) == "1,877.90"
    assert yuan(Decimal("-12.5")) == "−¥12.50"
    assert unit_price(Decimal("3.4567")) == "3.4567"
    assert unit_price(Decimal(300)) == "300.00"
    assert quantity(Decimal("2.0000")) == "2"
    assert quantity(Decimal("0.5000")) == "0.5"
    assert ratio(Decimal("0.3000")) == "+30 %"
    assert ratio(Decimal("0.1250")) == "+12.5 %"
    assert ratio(Decimal(0)) == "0 %"
