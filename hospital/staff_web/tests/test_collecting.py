"""Collecting a bill at the window: cash, several tenders, giving up (F46, F47)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hospital.billing.models import Charge, Settlement
from hospital.billing.tests.factories import Desk, charge, make_desk, order
from hospital.kernel.actors import Role, system_actor
from hospital.payments.models import PaymentOrder, RefundOrder
from hospital.payments.ports import AcquirerState
from hospital.payments.states import PaymentState
from hospital.payments.tests.factories import FakeAcquirer, paid_order, unpaid_order
from hospital.staff_web.tests.factories import open_desk
from hospital.workflows.collect_bill import end_collection
from hospital.workflows.pay_bill import settle_payment

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46")]


@pytest.fixture
def client() -> Client:
    return open_desk(Role.CASHIER)


@pytest.fixture
def billed() -> Desk:
    """An open bill of 38.96: CBC 26.00 and AML 12.96."""
    desk, now = make_desk(), timezone.now()
    charge(desk, order("CBC", signed_at=now), order("AML", signed_at=now), now=now)
    return desk


@pytest.fixture
def settlement(client: Client, billed: Desk) -> Settlement:
    """The bill, taken for collecting."""
    page = client.get(reverse("staff:cashier_person", args=[billed.visit.person_id]))
    client.post(
        reverse("staff:cashier_pay", args=[billed.visit.person_id]),
        {"quote_token": page.context["quote"].token, "idempotency_key": page.context["idempotency_key"]},
    )
    return Settlement.objects.get()


def collect(client: Client, settlement: Settlement):
    return client.get(reverse("staff:cashier_collect", args=[settlement.id]))


def take(client: Client, settlement: Settlement, **fields: str):
    page = collect(client, settlement)
    key = page.context["idempotency_key"] if page.context else "late"
    address = reverse("staff:cashier_take", args=[settlement.id])
    return client.post(address, {"way": "typed", "idempotency_key": key, **fields})


def answer(acquirer: FakeAcquirer, *, is_paid: bool) -> PaymentOrder:
    row = PaymentOrder.objects.get(channel="CARD")
    state = AcquirerState.FAILED
    acquirer.orders[row.number] = paid_order(row.number, row.amount) if is_paid else unpaid_order(row.number, state)
    return row


def test_cash_settles_at_once_and_the_change_is_told(client: Client, settlement: Settlement) -> None:
    page = collect(client, settlement)
    assert page.context["collection"].cash_due == Decimal("39.00")
    done = take(client, settlement, given="50")
    bill = client.get(done["Location"], follow=True)
    assert "Change to give: ¥11.00" in bill.text
    settlement.refresh_from_db()
    assert (settlement.state, settlement.cash_rounding) == ("SETTLED", Decimal("0.04"))
    assert set(Charge.objects.values_list("state", flat=True)) == {"SETTLED"}
    row = PaymentOrder.objects.get()
    assert (row.channel, row.amount, row.given, row.state) == ("CASH", Decimal("39.00"), Decimal("50.00"), "PAID")
    settle_payment(payment_id=row.id, now=timezone.now())  # the job that follows changes nothing
    assert RefundOrder.objects.count() == 0


@pytest.mark.parametrize("given", ["38.99", "nonsense", "-5", "", "NaN"])
def test_too_little_or_no_cash_moves_nothing(client: Client, settlement: Settlement, given: str) -> None:
    refused = take(client, settlement, given=given)
    assert refused.status_code == 422
    assert refused.context["refusal"] is not None
    settlement.refresh_from_db()
    assert (settlement.state, PaymentOrder.objects.count()) == ("OPEN", 0)


def test_a_card_and_cash_make_one_payment(client: Client, settlement: Settlement, acquirer: FakeAcquirer) -> None:
    take(client, settlement, way="card", part="20.00")
    assert take(client, settlement, given="100").status_code == 409  # the card may still bring money
    card = answer(acquirer, is_paid=True)
    page = collect(client, settlement)
    assert (page.context["collection"].rest, page.context["collection"].cash_due) == (
        Decimal("18.96"),
        Decimal("19.00"),
    )
    settlement.refresh_from_db()
    assert settlement.state == "OPEN"
    take(client, settlement, given="20")
    settlement.refresh_from_db()
    assert settlement.state == "SETTLED"
    assert set(settlement.allocations.values_list("payment_id", flat=True)) == set(
        PaymentOrder.objects.values_list("id", flat=True)
    )
    settle_payment(payment_id=card.id, now=timezone.now())
    assert RefundOrder.objects.count() == 0
    bill = client.get(reverse("staff:cashier_bill", args=[settlement.id]))
    assert "Cash" in bill.text
    assert "•• 1019" in bill.text


def test_a_declined_card_leaves_the_bill_with_the_window(
    client: Client, settlement: Settlement, acquirer: FakeAcquirer
) -> None:
    take(client, settlement, way="card")
    answer(acquirer, is_paid=False)
    page = collect(client, settlement)
    assert page.context["collection"].rest == Decimal("38.96")
    assert "Declined" in page.text
    take(client, settlement, given="39")
    settlement.refresh_from_db()
    assert settlement.state == "SETTLED"


def test_more_than_is_left_is_not_taken(client: Client, settlement: Settlement) -> None:
    assert take(client, settlement, way="card", part="39.00").status_code == 422
    assert PaymentOrder.objects.count() == 0


def test_giving_up_sends_back_what_came_in(client: Client, settlement: Settlement, acquirer: FakeAcquirer) -> None:
    take(client, settlement, way="card", part="20.00")
    give_up = reverse("staff:cashier_give_up", args=[settlement.id])
    assert client.post(give_up).status_code == 409
    card = answer(acquirer, is_paid=True)
    collect(client, settlement)
    for _ in range(2):
        client.post(give_up)
    settlement.refresh_from_db()
    assert settlement.state == "RELEASED"
    assert set(Charge.objects.values_list("state", flat=True)) == {"PENDING"}
    assert list(RefundOrder.objects.values_list("order_id", "amount")) == [(card.id, Decimal("20.00"))]
    settle_payment(payment_id=card.id, now=timezone.now())
    assert RefundOrder.objects.count() == 1


def test_what_is_not_collected_in_time_goes_back(
    client: Client, settlement: Settlement, acquirer: FakeAcquirer
) -> None:
    take(client, settlement, way="card", part="20.00")
    answer(acquirer, is_paid=True)
    collect(client, settlement)
    actor, later = system_actor("test"), timezone.now() + timedelta(hours=1)
    for _ in range(2):
        end_collection(settlement_id=settlement.id, actor=actor, now=later)
    settlement.refresh_from_db()
    assert (settlement.state, RefundOrder.objects.count()) == ("RELEASED", 1)


def test_another_campus_collects_nothing_here(settlement: Settlement) -> None:
    stranger = open_desk(Role.CASHIER, campus="NORTH")
    for name in ("collect", "collect_state"):
        assert stranger.get(reverse(f"staff:cashier_{name}", args=[settlement.id])).status_code == 404
    for name in ("take", "stop", "give_up"):
        address = reverse(f"staff:cashier_{name}", args=[settlement.id])
        assert stranger.post(address, {"way": "typed", "given": "100"}).status_code == 404
    assert PaymentOrder.objects.count() == 0


@pytest.mark.requirement("F47")
def test_cash_goes_back_across_the_counter(client: Client, settlement: Settlement) -> None:
    take(client, settlement, given="39")
    cbc = Charge.objects.get(item_code="CBC")
    asked = client.post(
        reverse("staff:refund_ask", args=[settlement.id]),
        {"line": [str(cbc.id)], f"qty_{cbc.id}": "1", "reason": "PATIENT_CANCELED", "idempotency_key": "back"},
    )
    page = client.get(asked["Location"])
    assert "hand out ¥26.00" in page.text
    assert page.context["refund"].state == "COMPLETED"
    assert PaymentOrder.objects.get().state == PaymentState.PART_REFUNDED


@pytest.mark.requirement("F47")
def test_another_days_refund_is_approved_by_somebody_else(
    client: Client, settlement: Settlement, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(client, settlement, given="39")
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    client = open_desk(Role.CASHIER)
    cbc = Charge.objects.get(item_code="CBC")
    asked = client.post(
        reverse("staff:refund_ask", args=[settlement.id]),
        {"line": [str(cbc.id)], f"qty_{cbc.id}": "1", "reason": "PATIENT_CANCELED", "idempotency_key": "back"},
    )
    page = client.get(asked["Location"])
    assert "waits for the approval" in page.text
    decide = reverse("staff:refund_decide", args=[page.context["refund"].id])
    assert client.post(decide, {"act": "approve"}).status_code == 403
    assert RefundOrder.objects.count() == 0
    second = open_desk(Role.CASHIER)
    assert second.post(decide, {"act": "reject", "reason": " "}).status_code == 422
    second.post(decide, {"act": "approve"})
    assert second.get(asked["Location"]).context["refund"].state == "COMPLETED"
    assert RefundOrder.objects.get().amount == Decimal("26.00")
