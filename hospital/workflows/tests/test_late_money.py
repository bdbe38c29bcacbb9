"""Money that comes late, crashes between two steps, news told more than once (A18, F46)."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from hospital.billing.api import get_bill, get_settlement, quote_bill
from hospital.billing.errors import QuoteExpired
from hospital.billing.states import ChargeState, SettlementState
from hospital.billing.tests.factories import Desk, charge, later, make_desk, order
from hospital.encounters.tests.clinic import TEN
from hospital.payments.api import get_payment_order, list_refund_orders
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import AcquirerState
from hospital.payments.tests.factories import FakeAcquirer, paid_order, unpaid_order
from hospital.workflows import pay_bill
from hospital.workflows.pay_bill import BillPayment, follow_payment, start_bill_payment

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
        return_url="https://imc.test/return/{payment_order_id}",
        cancel_url="https://imc.test/cancel",
        language="en",
        actor=desk.patient,
        now=now,
    )


def states(desk: Desk, started: BillPayment) -> set[ChargeState]:
    bill = get_bill(settlement_id=started.settlement_id, actor=desk.patient, now=TEN)
    return {line.state for line in bill.lines}


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
            return_url="https://imc.test/return",
            cancel_url="https://imc.test/cancel",
            language="en",
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
