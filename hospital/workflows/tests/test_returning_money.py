"""Money that cannot be sent back, that a person must look at, that the acquirer takes its time over (A18, F46, F47)."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.billing.api import get_settlement, list_pending_charges, quote_bill
from hospital.billing.errors import PaymentInProgress
from hospital.billing.states import ChargeState, SettlementState
from hospital.billing.tests.factories import Desk, charge, later, make_desk, order
from hospital.encounters.tests.clinic import make_staff
from hospital.kernel.actors import Role
from hospital.payments.api import (
    confirm_payment,
    get_payment_order,
    list_payments_needing_attention,
    list_refund_orders,
    send_refund,
    start_card_payment,
)
from hospital.payments.errors import AttentionNoteMissing, PaymentNotFound
from hospital.payments.ports import AcquirerState, AcquirerUnavailable
from hospital.payments.states import Attention, PaymentState, RefundState
from hospital.payments.tests.factories import FakeAcquirer, list_event_kinds, paid_order
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.pay_bill import (
    SETTLEMENT,
    BillPayment,
    InsideWechat,
    cancel_payment_of,
    finish_refund,
    follow_payment,
    settle_payment,
    start_bill_payment,
)
from hospital.workflows.tests.factories import PAGE
from hospital.workflows.troubled_payments import (
    list_troubled_payments,
    settle_troubled_payment,
    try_return_again,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def charges(desk: Desk) -> list[UUID]:
    return charge(desk, order("CBC"), order("AML"))


def begin(desk: Desk, charges: list[UUID], *, now: datetime, means: object = PAGE) -> BillPayment:
    offer = quote_bill(charge_ids=charges, actor=desk.patient, now=now)
    return start_bill_payment(
        quote_token=offer.token,
        idempotency_key=str(uuid4()),
        means=means,  # type: ignore[arg-type]
        actor=desk.patient,
        now=now,
    )


def pay(started: BillPayment, acquirer: FakeAcquirer, *, now: datetime) -> None:
    acquirer.orders[started.payment.number] = paid_order(started.payment.number, started.payment.amount)
    assert follow_payment(payment_id=started.payment.id, now=now).is_paid


@pytest.fixture
def too_much(desk: Desk, charges: list[UUID], acquirer: FakeAcquirer) -> PaymentOrderInfo:
    """A second payment of a paid bill, which the acquirer will not send back."""
    started = begin(desk, charges, now=later())
    pay(started, acquirer, now=later(minutes=1))
    second = start_card_payment(
        reference_kind=SETTLEMENT,
        reference=str(started.settlement_id),
        amount=started.payment.amount,
        person_id=desk.visit.person_id,
        idempotency_key=str(uuid4()),
        return_url="",
        cancel_url="",
        actor=desk.patient,
        now=later(minutes=2),
    )
    acquirer.orders[second.number] = paid_order(second.number, second.amount)
    confirm_payment(order_id=second.id, now=later(minutes=3))
    acquirer.refund_state = AcquirerState.FAILED
    settle_payment(payment_id=second.id, now=later(minutes=3))
    carry_out_refund(second, now=later(minutes=3))
    return second


def carry_out_refund(payment: PaymentOrderInfo, *, now: datetime) -> RefundState:
    """The newest refund is sent, and the job that follows tells of it."""
    refund = list_refund_orders(order_id=payment.id)[-1]
    state = send_refund(refund_id=refund.id, now=now).state
    finish_refund(refund_order_id=refund.id, now=now)
    return state


@pytest.mark.requirement("F47")
def test_a_refused_return_is_shown_and_tried_again_with_growing_waits(
    desk: Desk, too_much: PaymentOrderInfo, acquirer: FakeAcquirer
) -> None:
    (shown,) = list_troubled_payments(actor=desk.cashier)
    assert (shown.payment.id, shown.payment.attention) == (too_much.id, Attention.RETURN_FAILED)
    assert shown.next_try_at == later(minutes=8)
    job = ProcrastinateJob.objects.filter(
        task_name="workflows.payment_settled", args__payment_order_id=str(too_much.id), scheduled_at__isnull=False
    ).latest("id")
    assert job.scheduled_at == later(minutes=8)
    settle_payment(payment_id=too_much.id, now=later(minutes=7))  # the payer reloads the page
    assert len(list_refund_orders(order_id=too_much.id)) == 1
    settle_payment(payment_id=too_much.id, now=later(minutes=8))
    assert carry_out_refund(too_much, now=later(minutes=8)) is RefundState.FAILED
    (shown,) = list_troubled_payments(actor=desk.cashier)
    assert shown.next_try_at == later(minutes=18)
    acquirer.refund_state = AcquirerState.SUCCEEDED
    settle_payment(payment_id=too_much.id, now=later(minutes=18))
    assert carry_out_refund(too_much, now=later(minutes=18)) is RefundState.SUCCEEDED
    assert list_troubled_payments(actor=desk.cashier) == []
    assert get_payment_order(order_id=too_much.id).state is PaymentState.REFUNDED
    assert len({call[1] for call in acquirer.refund_calls}) == 3
    assert list_event_kinds(too_much.id).count("ALERT") == 1


@pytest.mark.requirement("F47")
def test_a_person_may_try_again_at_once_or_take_over(
    desk: Desk, too_much: PaymentOrderInfo, acquirer: FakeAcquirer
) -> None:
    stranger = make_staff(Role.CASHIER, campus="MAIN")
    assert list_troubled_payments(actor=stranger) == []
    assert list_troubled_payments(actor=desk.visit.doctor) == []
    for actor in (stranger, desk.visit.doctor):
        with pytest.raises(PaymentNotFound):
            try_return_again(payment_id=too_much.id, actor=actor, now=later(minutes=4))
        with pytest.raises(PaymentNotFound):
            settle_troubled_payment(payment_id=too_much.id, note="paid out", actor=actor, now=later(minutes=4))
    try_return_again(payment_id=too_much.id, actor=desk.cashier, now=later(minutes=4))
    assert carry_out_refund(too_much, now=later(minutes=4)) is RefundState.FAILED
    with pytest.raises(AttentionNoteMissing):
        settle_troubled_payment(payment_id=too_much.id, note=" ", actor=desk.cashier, now=later(minutes=5))
    settle_troubled_payment(payment_id=too_much.id, note="Paid out in cash", actor=desk.cashier, now=later(minutes=5))
    assert list_troubled_payments(actor=desk.cashier) == []
    settle_payment(payment_id=too_much.id, now=later(hours=20))  # the job that was queued
    assert len(list_refund_orders(order_id=too_much.id)) == 2


@pytest.mark.requirement("A18")
def test_another_amount_is_shown_and_frees_the_bill_once_somebody_dealt_with_it(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer
) -> None:
    started = begin(desk, charges, now=later())
    acquirer.orders[started.payment.number] = paid_order(started.payment.number, started.payment.amount - 1)
    assert follow_payment(payment_id=started.payment.id, now=later(minutes=1)).is_open
    (shown,) = list_troubled_payments(actor=desk.cashier)
    assert (shown.payment.attention, shown.next_try_at) == (Attention.WRONG_AMOUNT, None)
    settle_troubled_payment(payment_id=shown.payment.id, note="Voided", actor=desk.cashier, now=later(minutes=9))
    after = follow_payment(payment_id=shown.payment.id, now=later(minutes=9))
    assert after.state is PaymentState.FAILED
    lines = list_pending_charges(person_id=desk.visit.person_id, actor=desk.patient, now=later(minutes=9))
    assert {line.state for line in lines} == {ChargeState.PENDING}
    assert list_payments_needing_attention() == []


@pytest.mark.requirement("A18", "F46")
def test_a_bill_stays_bound_until_the_acquirer_says_the_last_word(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer
) -> None:
    started = begin(desk, charges, now=later())
    acquirer.failures["retrieve_order"] = [AcquirerUnavailable("timeout")] * 2
    assert follow_payment(payment_id=started.payment.id, now=later(minutes=1)).state is PaymentState.UNKNOWN
    for at in (later(minutes=46), later(hours=30)):
        with pytest.raises(PaymentInProgress):
            quote_bill(charge_ids=charges, actor=desk.patient, now=at)
    acquirer.orders[started.payment.number] = paid_order(started.payment.number, started.payment.amount)
    confirm_payment(order_id=started.payment.id, now=later(hours=31))  # the worker that settles it has not come yet
    acquirer.failures.clear()
    assert confirm_payment(order_id=started.payment.id, now=later(hours=31)).is_paid
    with pytest.raises(PaymentInProgress):
        quote_bill(charge_ids=charges, actor=desk.patient, now=later(hours=32))
    settle_payment(payment_id=started.payment.id, now=later(hours=33))
    assert get_settlement(settlement_id=started.settlement_id).state is SettlementState.SETTLED


@pytest.mark.requirement("A07", "W25")
def test_a_wechat_payment_settles_the_bill_and_can_be_stopped(
    desk: Desk, charges: list[UUID], acquirer: FakeAcquirer
) -> None:
    first = begin(desk, charges, now=later(), means=InsideWechat(openid="o-1"))
    (prepay,) = acquirer.prepays
    assert (prepay.openid, prepay.amount) == ("o-1", first.payment.amount)
    stopped = cancel_payment_of(payment_id=first.payment.id, actor=desk.patient, now=later(minutes=1))
    assert (stopped.state, acquirer.closed) == (PaymentState.CLOSED, [first.payment.number])
    second = begin(desk, charges, now=later(minutes=2), means=InsideWechat(openid="o-1"))
    acquirer.orders[second.payment.number] = paid_order(second.payment.number, second.payment.amount, card=None)
    assert cancel_payment_of(payment_id=second.payment.id, actor=desk.patient, now=later(minutes=3)).is_paid
    assert get_settlement(settlement_id=second.settlement_id).state is SettlementState.SETTLED
