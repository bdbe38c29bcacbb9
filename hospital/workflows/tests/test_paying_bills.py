"""A bill is paid by card: money, no money, late money, too much money (A07, A18, F46, F47)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from hospital.billing.api import get_bill, get_refund, get_settlement, list_pending_charges, quote_bill, request_refund
from hospital.billing.errors import AlreadyPaid, PaymentInProgress
from hospital.billing.states import ChargeState, RefundState, SettlementState
from hospital.billing.tests.factories import Desk, charge, later, make_desk, order
from hospital.billing.types import RefundRequestLine
from hospital.encounters.tests.clinic import TEN, make_patient, make_person
from hospital.patients.errors import UnknownPerson
from hospital.payments.api import get_payment_order, list_refund_orders, send_refund, start_card_payment
from hospital.payments.ports import AcquirerState
from hospital.payments.tests.factories import FakeAcquirer, paid_order, unpaid_order
from hospital.workflows.pay_bill import (
    SETTLEMENT,
    BillPayment,
    finish_refund,
    follow_payment,
    follow_payment_of,
    settle_payment,
    start_bill_payment,
)
from hospital.workflows.tests.factories import PAGE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def charges(desk: Desk) -> list[UUID]:
    return charge(desk, order("CBC"), order("AML"))


def begin(desk: Desk, charges: list[UUID], *, key: str = "", now: datetime = TEN) -> BillPayment:
    offer = quote_bill(charge_ids=charges, actor=desk.patient, now=now)
    return start_bill_payment(
        quote_token=offer.token,
        idempotency_key=key or str(uuid4()),
        means=PAGE,
        actor=desk.patient,
        now=now,
    )


def states(desk: Desk, started: BillPayment) -> set[ChargeState]:
    bill = get_bill(settlement_id=started.settlement_id, actor=desk.patient, now=TEN)
    return {line.state for line in bill.lines}


@pytest.mark.requirement("A07", "A18", "F46")
def test_a_paid_payment_settles_the_bill_once(desk: Desk, charges: list[UUID], acquirer: FakeAcquirer) -> None:
    started = begin(desk, charges)
    assert follow_payment(payment_id=started.payment.id, now=later(minutes=1)).is_open
    assert states(desk, started) == {ChargeState.CONFIRMED}
    acquirer.orders[started.payment.number] = paid_order(started.payment.number, started.payment.amount)
    for minute in (2, 3):
        payment = follow_payment_of(payment_id=started.payment.id, actor=desk.patient, now=later(minutes=minute))
        assert payment.is_paid
    assert states(desk, started) == {ChargeState.SETTLED}
    with pytest.raises(AlreadyPaid):
        begin(desk, charges)


@pytest.mark.requirement("A18")
def test_a_declined_card_gives_the_bill_back_to_be_paid_again(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer
) -> None:
    started = begin(desk, charges)
    with pytest.raises(PaymentInProgress):
        begin(desk, charges)
    acquirer.orders[started.payment.number] = unpaid_order(started.payment.number, AcquirerState.FAILED)
    payment = follow_payment(payment_id=started.payment.id, now=later(hours=1))
    assert not payment.is_open
    assert len(list_pending_charges(person_id=desk.visit.person_id, actor=desk.patient, now=TEN)) == 2
    assert begin(desk, charges, now=later(hours=1)).payment.id != payment.id


@pytest.mark.requirement("A18")
def test_the_same_request_is_one_payment(desk: Desk, charges: list[UUID], acquirer: FakeAcquirer) -> None:
    offer = quote_bill(charge_ids=charges, actor=desk.patient, now=TEN)

    def ask() -> BillPayment:
        return start_bill_payment(
            quote_token=offer.token,
            idempotency_key="k",
            means=PAGE,
            actor=desk.patient,
            now=TEN,
        )

    assert ask().payment.id == ask().payment.id
    assert len(acquirer.checkouts) == 1


@pytest.mark.requirement("F46")
def test_a_bill_of_nothing_needs_no_card(desk: Desk, acquirer: FakeAcquirer) -> None:
    started = begin(desk, charge(desk, order("CBC", "0.0001")))
    assert started.payment is None
    assert get_settlement(settlement_id=started.settlement_id).state == "SETTLED"
    assert not acquirer.checkouts


@pytest.mark.requirement("F46")
def test_money_for_a_bill_that_is_paid_goes_back_once_however_often_it_is_told(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer
) -> None:
    started = begin(desk, charges)
    number = started.payment.number
    acquirer.orders[number] = paid_order(number, started.payment.amount)
    follow_payment(payment_id=started.payment.id, now=later(minutes=1))
    second = start_card_payment(
        reference_kind=SETTLEMENT,
        reference=str(started.settlement_id),
        amount=started.payment.amount,
        person_id=desk.visit.person_id,
        idempotency_key="second",
        return_url="https://imc.test/return",
        cancel_url="https://imc.test/cancel",
        actor=desk.patient,
        now=later(minutes=2),
    )
    acquirer.orders[second.number] = paid_order(second.number, second.amount)
    for minute in (3, 4):
        follow_payment(payment_id=second.id, now=later(minutes=minute))
    (back,) = list_refund_orders(order_id=second.id)
    send_refund(refund_id=back.id, now=later(minutes=5))
    settle_payment(payment_id=second.id, now=later(minutes=6))
    finish_refund(refund_order_id=back.id, now=later(minutes=6))
    assert get_payment_order(order_id=second.id).refunded == second.amount
    first = get_payment_order(order_id=started.payment.id)
    assert (first.refunded, first.refundable) == (Decimal("0.00"), first.amount)
    assert states(desk, started) == {ChargeState.SETTLED}


@pytest.mark.requirement("F47")
@pytest.mark.parametrize(
    ("answer", "ending", "state"),
    [
        (AcquirerState.SUCCEEDED, RefundState.COMPLETED, ChargeState.REFUNDED),
        (AcquirerState.FAILED, RefundState.FAILED, ChargeState.SETTLED),
    ],
)
def test_a_refund_ends_as_the_acquirer_ends_it(
    desk: Desk,
    charges: list[UUID],
    acquirer: FakeAcquirer,
    answer: AcquirerState,
    ending: RefundState,
    state: ChargeState,
) -> None:
    started = begin(desk, charges)
    acquirer.orders[started.payment.number] = paid_order(started.payment.number, started.payment.amount)
    follow_payment(payment_id=started.payment.id, now=later(minutes=1))
    bill = get_bill(settlement_id=started.settlement_id, actor=desk.cashier, now=TEN)
    assert bill.settlement.state is SettlementState.SETTLED
    note = request_refund(
        settlement_id=started.settlement_id,
        lines=[RefundRequestLine(bill.lines[0].id, Decimal(1))],
        reason="not needed",
        idempotency_key="k",
        actor=desk.cashier,
        now=later(minutes=2),
    )
    (tender,) = note.tenders
    finish_refund(refund_order_id=tender.payment_refund_id, now=later(minutes=2))
    assert get_refund(refund_id=note.id, actor=desk.cashier, now=TEN).state is RefundState.SENT
    acquirer.refund_state = answer
    send_refund(refund_id=tender.payment_refund_id, now=later(minutes=3))
    finish_refund(refund_order_id=tender.payment_refund_id, now=later(minutes=4))
    done = get_refund(refund_id=note.id, actor=desk.cashier, now=TEN)
    assert (done.state, done.lines[0].line.state) == (ending, state)
    money = get_payment_order(order_id=started.payment.id)
    assert money.refunded == (note.amount if ending is RefundState.COMPLETED else 0)


@pytest.mark.requirement("N14")
def test_a_stranger_follows_nobodys_payment(desk: Desk, charges: list[UUID], acquirer: FakeAcquirer) -> None:
    started = begin(desk, charges)
    stranger = make_patient(make_person().id)
    with pytest.raises(UnknownPerson):
        follow_payment_of(payment_id=started.payment.id, actor=stranger, now=TEN)
    assert states(desk, started) == {ChargeState.CONFIRMED}
