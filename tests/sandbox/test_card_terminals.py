"""Card terminals through the real adapter: our services, HTTP, the sandbox's process (F46)."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.utils import timezone

from config.wiring import card_terminal
from hospital.kernel.tests.threads import run_together
from hospital.payments.api import cancel_payment, get_payment_order, send_refund
from hospital.payments.errors import IdempotencyKeyReused, PaymentNotCancelable, TerminalBusy, TerminalUnavailable
from hospital.payments.models import RefundOrder
from hospital.payments.ports import AcquirerUnavailable, NotificationNotGenuine, RefundRequest
from hospital.payments.states import Attention, RefundState
from hospital.payments.types import CardInfo, PaymentOrderInfo
from sandbox.process import SandboxClient
from tests.sandbox.test_webhooks import wait_for
from tests.sandbox.window_payer import (
    CASHIER,
    CLOSED,
    FAILED,
    PAID,
    PAYING,
    UNKNOWN,
    ask_as_queued,
    confirm,
    give_back,
    only_payment,
    pay_by_card,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("F46"),
    pytest.mark.usefixtures("window_settings"),
]
LATER = timedelta(minutes=5)


def paid(sandbox: SandboxClient, amount: str = "128.50") -> PaymentOrderInfo:
    payment = pay_by_card(amount)
    sandbox.act_on_sale(payment.number, "tap", card="unionpay")
    return confirm(payment)


def test_a_card_is_tapped_and_six_and_four_digits_are_kept(sandbox: SandboxClient) -> None:
    payment = pay_by_card()
    assert (payment.state, payment.taken_by) == (PAYING, "T02")
    assert confirm(payment).state is PAYING
    sandbox.act_on_sale(payment.number, "tap", card="unionpay")
    after = ask_as_queued(payment.id, timezone.now())
    assert (after.state, after.paid, after.taken_by) == (PAID, Decimal("128.50"), "T02")
    assert after.card == CardInfo(brand="UNIONPAY", first6="622202", last4="6688", funding="DEBIT")
    assert after.transaction_no == sandbox.list_sales()[0]["reference"]


def test_a_declined_card_is_failed_and_the_next_sale_may_pay(sandbox: SandboxClient) -> None:
    payment = pay_by_card()
    sandbox.act_on_sale(payment.number, "decline")
    assert ask_as_queued(payment.id, timezone.now()).state is FAILED
    assert pay_by_card(reference=payment.reference).state is PAYING


def test_a_customer_who_walks_away_leaves_nothing_behind(sandbox: SandboxClient) -> None:
    payment = pay_by_card()
    sandbox.act_on_sale(payment.number, "leave")
    assert confirm(payment).state is CLOSED
    second = pay_by_card(reference=payment.reference)
    assert ask_as_queued(second.id, timezone.now() + LATER).state is CLOSED
    assert [one["state"] for one in sandbox.list_sales()] == ["TIMED_OUT", "ABORTED"]


def test_the_cashier_takes_a_sale_off_the_terminal(sandbox: SandboxClient) -> None:
    payment = pay_by_card()
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=timezone.now()).state is CLOSED
    sandbox.act_on_sale(payment.number, "tap")
    assert sandbox.list_sales()[0]["state"] == "ABORTED"
    assert confirm(payment).state is CLOSED
    with pytest.raises(PaymentNotCancelable):
        cancel_payment(order_id=payment.id, actor=CASHIER, now=timezone.now())


def test_stopping_while_a_card_is_read_waits_for_the_card(sandbox: SandboxClient) -> None:
    payment = pay_by_card()
    sandbox.act_on_sale(payment.number, "insert")
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=timezone.now()).is_open
    sandbox.act_on_sale(payment.number, "tap")
    assert ask_as_queued(payment.id, timezone.now()).state is PAID


def test_stopping_finds_money_that_is_in(sandbox: SandboxClient) -> None:
    payment = pay_by_card()
    sandbox.act_on_sale(payment.number, "tap")
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=timezone.now()).state is PAID


def test_one_terminal_shows_one_sale(sandbox: SandboxClient) -> None:
    first = pay_by_card()
    reference = str(uuid4())
    with pytest.raises(TerminalBusy):
        pay_by_card(reference=reference)
    assert pay_by_card(reference=reference, terminal="T01").state is PAYING
    assert [one["terminal"] for one in sandbox.list_sales()] == ["T02", "T01"]
    assert confirm(first).state is PAYING


@pytest.mark.parametrize("terminal", ["T99", "", "T" * 41])
def test_an_unknown_terminal_is_refused(sandbox: SandboxClient, terminal: str) -> None:
    with pytest.raises(TerminalUnavailable):
        pay_by_card(terminal=terminal)
    assert sandbox.list_sales() == []


def test_a_terminal_that_is_switched_off_binds_nobody(sandbox: SandboxClient) -> None:
    reference = str(uuid4())
    sandbox.switch_terminal("T02", is_on=False)
    with pytest.raises(TerminalUnavailable):
        pay_by_card(reference=reference)
    assert only_payment().state == FAILED
    sandbox.switch_terminal("T02", is_on=True)
    assert pay_by_card(reference=reference).state is PAYING


def test_the_same_key_again_is_one_sale(sandbox: SandboxClient) -> None:
    same = {"idempotency_key": str(uuid4()), "reference": str(uuid4())}
    together = run_together([lambda: pay_by_card(**same)] * 4)
    assert {one.id for one in together} == {together[0].id}
    assert len(sandbox.list_sales()) == 1
    for changes in ({"amount": "1.00"}, {"terminal": "T01"}):
        with pytest.raises(IdempotencyKeyReused):
            pay_by_card(**(same | changes))
    assert len(sandbox.list_sales()) == 1


def test_a_lost_answer_is_asked_after(sandbox: SandboxClient, window_settings: Any) -> None:
    sandbox.force_sale("*", slow_starts=1, failing_queries=1)
    window_settings.CARD_TERMINAL_ANSWER_SECONDS = 0.25
    payment = pay_by_card()
    assert payment.state is UNKNOWN
    window_settings.CARD_TERMINAL_ANSWER_SECONDS = 5
    assert confirm(payment).state is UNKNOWN
    assert confirm(payment).state is PAYING
    sandbox.act_on_sale(payment.number, "tap")
    assert ask_as_queued(payment.id, timezone.now()).state is PAID
    assert len(sandbox.list_sales()) == 1


def test_a_gateway_that_is_down_ends_nothing_by_itself(window_settings: Any) -> None:
    window_settings.CARD_TERMINAL_URL = "http://127.0.0.1:9/tills/v1"
    payment = pay_by_card()
    assert payment.state is UNKNOWN
    assert ask_as_queued(payment.id, timezone.now() + LATER).state is UNKNOWN


def test_another_amount_goes_to_a_person(sandbox: SandboxClient) -> None:
    sandbox.force_sale("*", total="1.00")
    after = paid(sandbox)
    assert (after.state, after.attention, after.paid) == (UNKNOWN, Attention.WRONG_AMOUNT, Decimal("0.00"))


def test_an_answer_that_somebody_else_signed_says_nothing(sandbox: SandboxClient) -> None:
    payment = pay_by_card()
    sandbox.act_on_sale(payment.number, "tap")
    sandbox.force_sale(payment.number, forged_answers=1)
    assert confirm(payment).state is UNKNOWN
    assert confirm(payment).state is PAID


def test_a_request_that_we_did_not_sign_and_a_replayed_one_are_refused(
    sandbox: SandboxClient, window_settings: Any
) -> None:
    window_settings.CARD_TERMINAL_SECRET = "another"
    assert pay_by_card().state is UNKNOWN  # the refusal is not signed with the secret that we have
    assert sandbox.list_sales() == []
    window_settings.CARD_TERMINAL_SECRET = ""
    with pytest.raises(TerminalUnavailable):
        pay_by_card()
    unsigned = httpx.get(f"{sandbox.address.url}/tills/v1/sales/P1", trust_env=False)
    assert (unsigned.status_code, unsigned.json()) == (401, {"code": "BAD_SIGNATURE"})


def test_money_goes_back_in_parts_and_never_twice(sandbox: SandboxClient) -> None:
    payment, key = paid(sandbox), str(uuid4())
    first = give_back(payment, "28.50", key)
    assert (first.state, give_back(payment, "28.50", key).id) == (RefundState.SUCCEEDED, first.id)
    tid = RefundOrder.objects.get().tid
    request = RefundRequest(
        order_no=payment.number, tid=tid, amount=Decimal("28.50"), paid=payment.amount, currency="CNY"
    )
    assert card_terminal().refund(request).tid == tid
    assert give_back(payment, "100.00").state is RefundState.SUCCEEDED
    assert get_payment_order(order_id=payment.id).refunded == Decimal("128.50")
    assert len(sandbox.list_sales()[0]["refunds"]) == 2


def test_a_refund_that_is_pending_refused_or_lost_ends_as_the_gateway_says(
    sandbox: SandboxClient, window_settings: Any
) -> None:
    payment = paid(sandbox)
    sandbox.force_sale(payment.number, refunds="PENDING")
    pending = give_back(payment, "10.00")
    assert pending.state is RefundState.UNKNOWN
    sandbox.end_sale_refund(payment.number, RefundOrder.objects.get().tid, succeeded=True)
    assert send_refund(refund_id=pending.id, now=timezone.now()).state is RefundState.SUCCEEDED
    sandbox.force_sale(payment.number, refunds="REFUSED")
    refused = give_back(payment, "10.00")
    assert (refused.state, refused.failure_code) == (RefundState.FAILED, "57")
    sandbox.force_sale(payment.number, refunds="SLOW")
    window_settings.CARD_TERMINAL_ANSWER_SECONDS = 0.25
    lost = give_back(payment, "10.00")
    assert lost.state is RefundState.UNKNOWN
    window_settings.CARD_TERMINAL_ANSWER_SECONDS = 5
    assert send_refund(refund_id=lost.id, now=timezone.now()).state is RefundState.SUCCEEDED
    assert get_payment_order(order_id=payment.id).refunded == Decimal("20.00")


def test_nothing_secret_is_shown_and_no_notification_is_believed(window_settings: Any) -> None:
    assert window_settings.CARD_TERMINAL_SECRET not in repr(card_terminal().__dict__)
    with pytest.raises(NotificationNotGenuine):
        card_terminal().read_notification(headers={}, body=b"", now=timezone.now())
    window_settings.CARD_TERMINAL_URL = "http://127.0.0.1:9/tills/v1"
    with pytest.raises(AcquirerUnavailable):
        card_terminal().retrieve_order("P1")


def test_the_terminals_screen_shows_the_amount_and_takes_a_card(sandbox: SandboxClient) -> None:
    payment = pay_by_card()
    page = f"{sandbox.address.url}/terminals"
    assert "128.50" in httpx.get(page, params={"lang": "zh"}, trust_env=False).text
    screen = httpx.get(f"{page}/T02", params={"lang": "en"}, trust_env=False).text
    assert re.search(r"¥128\.50", screen)
    httpx.post(f"{page}/T02/act", data={"act": "late:visa"}, trust_env=False)
    assert confirm(payment).state is PAYING
    httpx.post(f"{page}/T02/act", data={"act": "tap:visa"}, trust_env=False)
    wait_for(lambda: confirm(payment).state is PAID)
    assert "Approved" in httpx.get(f"{page}/T02", params={"lang": "en"}, trust_env=False).text
    assert httpx.get(f"{page}/T77", trust_env=False).status_code == 404
