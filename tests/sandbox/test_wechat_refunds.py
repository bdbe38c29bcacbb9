"""Refunds through WeChat: the same number, in parts, and what a bank refuses (F47)."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from config.wiring import wechat_acquirer
from hospital.payments.api import (
    get_payment_order,
    list_payments_needing_attention,
    refund_payment,
    send_refund,
)
from hospital.payments.models import RefundOrder
from hospital.payments.ports import (
    AcquirerRejected,
    AcquirerState,
    RefundRequest,
)
from hospital.payments.states import Attention, PaymentState, RefundState
from hospital.payments.types import PaymentOrderInfo
from sandbox.process import SandboxClient
from tests.sandbox.test_webhooks import wait_for
from tests.sandbox.wechat_payer import (
    PAYER,
    Received,
    paid,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("A07", "W25"),
    pytest.mark.usefixtures("wechat_settings"),
]


def ask_back(payment: PaymentOrderInfo, amount: str) -> RefundOrder:
    refund = refund_payment(
        order_id=payment.id, amount=Decimal(amount), idempotency_key=str(uuid4()), actor=PAYER, now=timezone.now()
    )
    return RefundOrder.objects.get(pk=refund.id)


def send(refund: RefundOrder) -> RefundState:
    return send_refund(refund_id=refund.id, now=timezone.now()).state


def ends(refund: RefundOrder) -> RefundState:
    """Asks until the refund has ended."""
    for _ in range(40):
        state = send(refund)
        if state in (RefundState.SUCCEEDED, RefundState.FAILED):
            return state
        time.sleep(0.05)
    return state


@pytest.mark.requirement("F47")
def test_refunds_go_back_through_wechat_in_parts(sandbox: SandboxClient, notices: list[tuple[int, Received]]) -> None:
    payment = paid(sandbox)
    first, rest = ask_back(payment, "28.50"), ask_back(payment, "100.00")
    assert send(first) is RefundState.UNKNOWN  # accepted is not refunded
    wait_for(lambda: any(b"REFUND.SUCCESS" in received.body for _, received in notices))
    assert [status for status, _ in notices] == [200] * len(notices)
    assert RefundOrder.objects.get(pk=first.pk).query_round >= 2  # the notice made us ask
    assert ends(first) is RefundState.SUCCEEDED
    assert get_payment_order(order_id=payment.id).state is PaymentState.PART_REFUNDED
    assert ends(rest) is RefundState.SUCCEEDED
    assert get_payment_order(order_id=payment.id).state is PaymentState.REFUNDED
    (order,) = sandbox.list_wechat_orders()
    assert [one["amount"]["refund"] for one in order["refunds"]] == [2850, 10000]


@pytest.mark.requirement("F47")
def test_a_refund_without_an_answer_is_made_once(sandbox: SandboxClient, wechat_settings: Any) -> None:
    payment = paid(sandbox)
    sandbox.force_wechat(payment.number, refunds="SLOW")
    refund = ask_back(payment, "28.50")
    wechat_settings.WECHAT_PAY_ANSWER_SECONDS = 0.2
    assert send(refund) is RefundState.UNKNOWN
    wechat_settings.WECHAT_PAY_ANSWER_SECONDS = 5
    assert ends(refund) is RefundState.SUCCEEDED
    assert len(sandbox.list_wechat_orders()[0]["refunds"]) == 1
    same = RefundRequest(
        order_no=payment.number, tid=refund.tid, amount=refund.amount, paid=payment.amount, currency="CNY"
    )
    assert wechat_acquirer().refund(same).state is AcquirerState.SUCCEEDED
    assert len(sandbox.list_wechat_orders()[0]["refunds"]) == 1


@pytest.mark.requirement("F47")
def test_an_empty_account_is_tried_again_with_the_same_number(sandbox: SandboxClient) -> None:
    payment = paid(sandbox)
    sandbox.force_wechat(payment.number, refunds="REFUSED")
    refund = ask_back(payment, "28.50")
    assert send(refund) is RefundState.UNKNOWN
    sandbox.force_wechat(payment.number, refunds="SUCCESS")
    assert ends(refund) is RefundState.SUCCEEDED


@pytest.mark.requirement("F47")
def test_a_refund_that_the_bank_refuses_is_shown_to_a_person(sandbox: SandboxClient) -> None:
    payment = paid(sandbox)
    sandbox.force_wechat(payment.number, refunds="ABNORMAL")
    refund = ask_back(payment, "28.50")
    send(refund)
    wait_for(lambda: sandbox.list_wechat_orders()[0]["refunds"][0]["status"] == "ABNORMAL")
    assert send(refund) is RefundState.UNKNOWN
    (shown,) = list_payments_needing_attention()
    assert shown.attention is Attention.REFUND_STUCK
    sandbox.act_on_wechat(payment.number, f"refunds/{refund.tid}/end", status="SUCCESS")
    assert send(refund) is RefundState.SUCCEEDED
    assert list_payments_needing_attention() == []


@pytest.mark.requirement("F47")
def test_a_closed_refund_frees_the_money(sandbox: SandboxClient) -> None:
    payment = paid(sandbox)
    sandbox.force_wechat(payment.number, refunds="CLOSED")
    assert ends(ask_back(payment, "28.50")) is RefundState.FAILED
    assert get_payment_order(order_id=payment.id).refundable == Decimal("128.50")


def test_more_than_was_paid_and_unknown_orders_are_refused_for_good(sandbox: SandboxClient) -> None:
    payment = paid(sandbox)
    request = RefundRequest(
        order_no=payment.number, tid="R1", amount=Decimal("200.00"), paid=payment.amount, currency="CNY"
    )
    with pytest.raises(AcquirerRejected):
        wechat_acquirer().refund(request)
    assert wechat_acquirer().retrieve_order("P-unknown") is None
    assert wechat_acquirer().retrieve_refund(payment.number, "R-unknown") is None
    wechat_acquirer().close_order("P-unknown")
    with pytest.raises(AcquirerRejected):
        wechat_acquirer().close_order(payment.number)
