"""Money that comes late, crashes between two steps, news told more than once (A18, F46)."""

from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from hospital.billing.api import get_bill, get_settlement, quote_bill, void_registration
from hospital.billing.errors import QuoteExpired
from hospital.billing.states import ChargeState, SettlementState
from hospital.billing.tests.factories import Desk, charge, charge_booking, later, make_desk, order
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.tests.threads import run_together
from hospital.payments.api import get_payment_order, list_refund_orders, receive_notification
from hospital.payments.models import PaymentEvent, PaymentOrder
from hospital.payments.ports import AcquirerState
from hospital.payments.services.payments import query_payment
from hospital.payments.tests.factories import SECRET, FakeAcquirer, list_jobs, paid_order, unpaid_order
from hospital.workflows import pay_bill
from hospital.workflows.pay_bill import BillPayment, follow_payment, settle_payment, start_bill_payment
from hospital.workflows.tests.factories import PAGE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def charges(desk: Desk) -> list[UUID]:
    return charge(desk, order("CBC"), order("AML"))


def begin(desk: Desk, charges: list[UUID], *, minutes: float = 0) -> BillPayment:
    now = later(minutes=minutes)
    offer = quote_bill(charge_ids=charges, actor=desk.patient, now=now)
    return start_bill_payment(
        quote_token=offer.token,
        idempotency_key=str(uuid4()),
        means=PAGE,
        actor=desk.patient,
        now=now,
    )


def states(desk: Desk, started: BillPayment) -> set[ChargeState]:
    bill = get_bill(settlement_id=started.settlement_id, actor=desk.patient, now=TEN)
    return {line.state for line in bill.lines}


def jobs_of(started: BillPayment, name: str) -> list[dict[str, Any]]:
    """What is queued for this payment; the queue keeps the jobs of tests before."""
    return [job for job in list_jobs(name) if job["payment_order_id"] == str(started.payment.id)]


@pytest.mark.requirement("A18", "F46")
def test_money_on_its_way_back_never_settles_a_bill(desk: Desk, charges: list[UUID], acquirer: FakeAcquirer) -> None:
    late = begin(desk, charges)
    assert not follow_payment(payment_id=late.payment.id, now=later(minutes=31)).is_open
    second = begin(desk, charges, minutes=32)
    acquirer.orders[late.payment.number] = paid_order(late.payment.number, late.payment.amount)
    pay_bill.confirm_payment(order_id=late.payment.id, now=later(minutes=33))
    follow_payment(payment_id=late.payment.id, now=later(minutes=33))
    (back,) = list_refund_orders(order_id=late.payment.id)
    assert back.amount == late.payment.amount
    acquirer.orders[second.payment.number] = unpaid_order(second.payment.number, AcquirerState.FAILED)
    follow_payment(payment_id=second.payment.id, now=later(minutes=64))
    follow_payment(payment_id=late.payment.id, now=later(minutes=65))  # the payer reloads the page
    assert get_settlement(settlement_id=late.settlement_id).state is SettlementState.RELEASED
    assert states(desk, late) == {ChargeState.PENDING}
    assert get_payment_order(order_id=late.payment.id).refundable == Decimal("0.00")


@pytest.mark.requirement("A18")
def test_a_bill_that_was_given_back_before_its_payment_began_is_not_paid_by_the_old_request(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = quote_bill(charge_ids=charges, actor=desk.patient, now=TEN)

    def ask(minutes: float) -> BillPayment:
        return start_bill_payment(
            quote_token=offer.token,
            idempotency_key="asked-twice",
            means=PAGE,
            actor=desk.patient,
            now=later(minutes=minutes),
        )

    with monkeypatch.context() as patched:
        patched.setattr(pay_bill, "start_card_payment", _crash)
        with pytest.raises(RuntimeError, match="killed"):
            ask(0)
    assert begin(desk, charges, minutes=46).payment is not None
    with pytest.raises(QuoteExpired):
        ask(47)
    assert PaymentOrder.objects.count() == 1


def _crash(**_: object) -> None:
    raise RuntimeError("killed")


@pytest.mark.requirement("A18", "F46")
def test_webhook_return_page_and_worker_at_once_settle_the_bill_once(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer
) -> None:
    started = begin(desk, charges)
    payment_id, number = started.payment.id, started.payment.number
    acquirer.orders[number] = paid_order(number, started.payment.amount)
    now = later(minutes=2)
    query_round = PaymentOrder.objects.get().query_round
    outcomes = run_together(
        [
            *[partial(follow_payment, payment_id=payment_id, now=now)] * 2,
            partial(query_payment, order_id=payment_id, query_round=query_round, now=now),
            *[partial(receive_notification, headers={"secret": SECRET, "id": "n1"}, body=number.encode(), now=now)] * 2,
            *[partial(settle_payment, payment_id=payment_id, now=now)] * 2,
        ]
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [event.amount for event in PaymentEvent.objects.filter(kind="PAID")] == [started.payment.amount]
    assert len(jobs_of(started, "workflows.payment_settled")) == 1
    assert states(desk, started) == {ChargeState.SETTLED}
    assert not list_refund_orders(order_id=payment_id)


@pytest.mark.requirement("A18")
@pytest.mark.parametrize("step", ["confirm_payment", "settle_payment"])
def test_the_queue_finishes_what_a_crash_cut_off(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    started = begin(desk, charges)
    acquirer.orders[started.payment.number] = paid_order(started.payment.number, started.payment.amount)
    with monkeypatch.context() as patched:
        patched.setattr(pay_bill, step, _crash)
        with pytest.raises(RuntimeError, match="killed"):
            follow_payment(payment_id=started.payment.id, now=later(minutes=2))
    assert states(desk, started) == {ChargeState.CONFIRMED}
    for arguments in jobs_of(started, "payments.query_payment"):
        query_payment(order_id=started.payment.id, query_round=arguments["query_round"], now=TEN)
    for _ in jobs_of(started, "workflows.payment_settled"):
        settle_payment(payment_id=started.payment.id, now=TEN)
    assert states(desk, started) == {ChargeState.SETTLED}


@pytest.mark.requirement("A18", "F46")
def test_money_for_a_booking_that_was_canceled_meanwhile_goes_back(desk: Desk, acquirer: FakeAcquirer) -> None:
    appointment_id, fee = charge_booking(desk)
    started = begin(desk, fee)
    assert void_registration(appointment_id=appointment_id, actor=desk.patient, now=later(minutes=1))
    acquirer.orders[started.payment.number] = paid_order(started.payment.number, started.payment.amount)
    follow_payment(payment_id=started.payment.id, now=later(minutes=2))
    assert states(desk, started) == {ChargeState.VOID}
    (back,) = list_refund_orders(order_id=started.payment.id)
    assert back.amount == started.payment.amount


@pytest.mark.requirement("F46")
def test_of_two_payments_for_overlapping_lines_one_begins(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer
) -> None:
    both = quote_bill(charge_ids=charges, actor=desk.patient, now=TEN)
    one = quote_bill(charge_ids=charges[:1], actor=desk.patient, now=TEN)

    def pay(token: str) -> BillPayment:
        return start_bill_payment(
            quote_token=token,
            idempotency_key=token,
            means=PAGE,
            actor=desk.patient,
            now=TEN,
        )

    outcomes = run_together([partial(pay, both.token), partial(pay, one.token)])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["BillPayment", "PaymentInProgress"]
    assert PaymentOrder.objects.count() == 1
