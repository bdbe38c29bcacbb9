"""Payments at a window: written down before anybody is called, and ended before they are over."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from hospital.payments.api import (
    cancel_payment,
    confirm_payment,
    get_failure_code,
    get_payment_order,
    start_code_payment,
    start_terminal_payment,
)
from hospital.payments.errors import (
    CodePaymentUnavailable,
    InvalidAmount,
    PayerCodeInvalid,
    PaymentNotCancelable,
    PaymentStillOpen,
    TerminalBusy,
    TerminalUnavailable,
)
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import (
    AcquirerRejected,
    AcquirerState,
    AcquirerUnavailable,
    PayerCodeRefused,
)
from hospital.payments.ports import TerminalBusy as BusyNow
from hospital.payments.services.payments import query_payment
from hospital.payments.states import Channel, PaymentState
from hospital.payments.tests.factories import (
    CASHIER,
    NOW,
    list_event_kinds,
    list_jobs,
    make_paid,
    paid_order,
    start_payment,
    unpaid_order,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("F46")]
CODE = "130000000000000001"
OVER = NOW + timedelta(minutes=3)
P = PaymentState


def by_code(**changes):
    values: dict[str, Any] = {
        "channel": Channel.WECHAT_CODE,
        "payer_code": CODE,
        "reference_kind": "bill",
        "reference": "bill-1",
        "amount": Decimal("120.00"),
        "person_id": None,
        "idempotency_key": "scan-1",
        "desk": "W3",
        "actor": CASHIER,
        "now": NOW,
        "description": "Bill",
    }
    return start_code_payment(**(values | changes))


def by_card(**changes):
    values: dict[str, Any] = {
        "terminal": "T01",
        "reference_kind": "bill",
        "reference": "bill-1",
        "amount": Decimal("120.00"),
        "person_id": None,
        "idempotency_key": "sale-1",
        "actor": CASHIER,
        "now": NOW,
    }
    return start_terminal_payment(**(values | changes))


def ask(payment, now):
    order = PaymentOrder.objects.get(pk=payment.id)
    query_payment(order_id=payment.id, query_round=order.query_round, now=now)
    return get_payment_order(order_id=payment.id)


def test_the_wallet_is_told_what_to_take_and_what_the_payer_reads(acquirer):
    payment = by_code(payer_code=f" {CODE}\r\n")
    assert (payment.state, payment.paid, payment.paid_at) == (P.PAID, Decimal("120.00"), NOW)
    (request,) = acquirer.charges
    assert (request.order_no, request.amount, request.payer_code) == (payment.number, payment.amount, CODE)
    assert (request.desk, request.description) == ("W3", "Bill")
    assert CODE not in repr(request)
    assert list_event_kinds(payment.id) == ["CREATED", "PAYING", "PAID"]
    assert list_jobs("workflows.payment_settled")[-1] == {"payment_order_id": str(payment.id)}


def test_a_process_that_dies_while_the_wallet_is_called_leaves_a_payment_that_is_asked_about(acquirer):
    acquirer.failures["charge_code"] = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        by_code()
    payment = PaymentOrder.objects.get()
    assert payment.state == P.PAYING
    assert by_code().state is P.PAYING
    assert len(acquirer.charges) == 1
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount, card=None)
    assert ask(payment, NOW + timedelta(seconds=5)).state is P.PAID


def test_nobody_is_called_inside_a_transaction(acquirer):
    for start in (by_code, by_card):
        with pytest.raises(RuntimeError), transaction.atomic():
            start()
    assert not PaymentOrder.objects.exists()
    assert (acquirer.charges, acquirer.sales) == ([], [])


def test_a_payer_who_types_a_password_is_ended_at_the_wallet_in_the_end(acquirer):
    acquirer.charge_answer = unpaid_order("P1", AcquirerState.PENDING, "USERPAYING")
    payment = by_code()
    assert payment.state is P.PAYING
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.PENDING)
    assert ask(payment, NOW + timedelta(seconds=30)).state is P.PAYING
    assert acquirer.closed == []
    assert ask(payment, OVER).state is P.UNKNOWN
    assert acquirer.closed == [payment.number]
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.CLOSED, "REVOKED")
    assert ask(payment, OVER).state is P.CLOSED
    assert list_jobs("workflows.payment_ended")[-1] == {"payment_order_id": str(payment.id)}


def test_no_answer_is_unknown_and_the_bill_stays_bound(acquirer):
    acquirer.failures["charge_code"] = [AcquirerUnavailable()]
    payment = by_code()
    assert payment.state is P.UNKNOWN
    with pytest.raises(PaymentStillOpen):
        by_card()
    assert acquirer.sales == []
    acquirer.failures["retrieve_order"] = [AcquirerUnavailable()]
    assert ask(payment, OVER).state is P.UNKNOWN
    assert ask(payment, OVER).state is P.CLOSED


def test_a_declined_payer_hears_why(acquirer):
    acquirer.charge_answer = unpaid_order("P1", AcquirerState.FAILED, "NOT_ENOUGH")
    payment = by_code()
    assert (payment.state, get_failure_code(order_id=payment.id)) == (P.FAILED, "NOT_ENOUGH")
    assert get_failure_code(order_id=make_paid().id) == ""


@pytest.mark.parametrize(
    ("raised", "refusal"),
    [(PayerCodeRefused("old"), PayerCodeInvalid), (AcquirerRejected("no"), CodePaymentUnavailable)],
)
def test_what_the_wallet_rejects_is_failed(acquirer, raised, refusal):
    acquirer.failures["charge_code"] = [raised]
    with pytest.raises(refusal):
        by_code()
    assert PaymentOrder.objects.get().state == P.FAILED
    acquirer.failures.clear()
    assert by_code(idempotency_key="scan-2").state is P.PAID


@pytest.mark.parametrize(
    ("raised", "refusal"), [(BusyNow("busy"), TerminalBusy), (AcquirerRejected("off"), TerminalUnavailable)]
)
def test_what_the_terminal_rejects_is_failed(acquirer, raised, refusal):
    acquirer.failures["start_sale"] = [raised]
    with pytest.raises(refusal):
        by_card()
    assert PaymentOrder.objects.get().state == P.FAILED
    assert by_card(idempotency_key="sale-2").state is P.PAYING


def test_bad_amounts_and_codes_write_nothing(acquirer):
    for refusal, start in ((InvalidAmount, by_code), (InvalidAmount, by_card)):
        with pytest.raises(refusal):
            start(amount=Decimal("0.001"))
    with pytest.raises(PayerCodeInvalid):
        by_code(channel=Channel.ALIPAY_CODE)
    with pytest.raises(PayerCodeInvalid):
        by_code(channel=Channel.CARD)
    assert not PaymentOrder.objects.exists()
    assert acquirer.charges == []


def test_money_that_comes_after_the_end_is_still_money(acquirer):
    payment = by_card()
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=NOW).state is P.CLOSED
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    assert confirm_payment(order_id=payment.id, now=OVER).state is P.PAID


def test_only_what_can_be_ended_is_stopped(acquirer):
    for payment in (start_payment(), make_paid()):
        with pytest.raises(PaymentNotCancelable):
            cancel_payment(order_id=payment.id, actor=CASHIER, now=NOW)
    assert acquirer.closed == []


def test_an_answer_of_before_a_reversal_does_not_count_money_that_went_back(acquirer, monkeypatch):
    """The cashier stops while the wallet is being called: it took the money, and gave it back."""

    def stop_meanwhile(request):
        order = PaymentOrder.objects.get(number=request.order_no)
        acquirer.orders[order.number] = unpaid_order(order.number, AcquirerState.PENDING)
        monkeypatch.setattr(acquirer, "close_order", lambda number: reverse(number))
        assert cancel_payment(order_id=order.id, actor=CASHIER, now=NOW).state is P.CLOSED
        return paid_order(request.order_no, request.amount, card=None)

    def reverse(number):
        acquirer.orders[number] = unpaid_order(number, AcquirerState.CLOSED, "REVOKED")

    monkeypatch.setattr(acquirer, "charge_code", stop_meanwhile)
    payment = by_code()
    assert (payment.state, payment.paid) == (P.CLOSED, Decimal("0.00"))
    assert ask(payment, OVER).state is P.CLOSED


def test_nobody_counts_money_while_it_is_being_reversed(acquirer, monkeypatch):
    acquirer.charge_answer = unpaid_order("P1", AcquirerState.PENDING)
    payment = by_code()
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.PENDING)

    def pay_and_reverse(number):
        acquirer.orders[number] = paid_order(number, payment.amount, card=None)
        assert confirm_payment(order_id=payment.id, now=NOW).state is P.UNKNOWN
        with pytest.raises(PaymentStillOpen):
            by_code(idempotency_key="scan-2")
        acquirer.orders[number] = unpaid_order(number, AcquirerState.CLOSED, "REVOKED")

    monkeypatch.setattr(acquirer, "close_order", pay_and_reverse)
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=NOW).state is P.CLOSED


def test_a_reversal_without_an_answer_keeps_the_money_uncounted_for_a_minute(acquirer):
    acquirer.charge_answer = unpaid_order("P1", AcquirerState.PENDING)
    payment = by_code()
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.PENDING)
    acquirer.failures["close_order"] = [AcquirerUnavailable()]
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=NOW).state is P.UNKNOWN
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount, card=None)
    assert ask(payment, NOW + timedelta(seconds=30)).state is P.UNKNOWN
    assert ask(payment, NOW + timedelta(seconds=61)).state is P.PAID
