"""Payments through the real adapter and the real protocol: our services, HTTP, the sandbox's process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.db import connection
from django.utils import timezone

from config.wiring import card_acquirer
from hospital.kernel.actors import Actor, ActorKind
from hospital.payments.api import (
    confirm_payment,
    get_payment_order,
    receive_notification,
    refund_payment,
    send_refund,
    start_card_payment,
)
from hospital.payments.errors import CardPaymentUnavailable, ForgedNotification
from hospital.payments.models import PaymentEvent, PaymentOrder, ReceivedNotification, RefundOrder
from hospital.payments.ports import AcquirerRejected, AcquirerUnavailable
from hospital.payments.services.payments import query_payment
from hospital.payments.states import PaymentState, RefundState
from hospital.payments.types import PaymentOrderInfo
from sandbox.process import SandboxClient
from tests.sandbox.test_checkout import CARD, _code_on
from tests.sandbox.test_webhooks import wait_for

PAYER = Actor(kind=ActorKind.PATIENT, id="a-1", label="Anna Smythe-Jones")
FRICTIONLESS = "4012000033330026"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def card_settings(settings: Any, sandbox: SandboxClient) -> Any:
    """The product connected to the sandbox."""
    address = sandbox.address
    settings.CARD_GATEWAY_URL = address.url
    settings.CARD_MERCHANT_ID = address.merchant_id
    settings.CARD_API_PASSWORD = address.api_password
    settings.CARD_WEBHOOK_SECRET = address.webhook_secret
    settings.CARD_NOTIFICATION_URL = "http://127.0.0.1:9/notify"
    settings.CARD_ANSWER_SECONDS = 5
    return settings


@pytest.fixture
def notifications(card_settings: Any) -> Iterator[list[int]]:
    """An address for the acquirer's notifications that hands them to the service; the statuses answered."""
    answered: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                receive_notification(headers=dict(self.headers.items()), body=body, now=timezone.now())
                status = 200
            except ForgedNotification:
                status = 401
            finally:
                connection.close()
            answered.append(status)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    card_settings.CARD_NOTIFICATION_URL = f"http://127.0.0.1:{server.server_port}/notify"
    yield answered
    server.shutdown()
    server.server_close()
    thread.join()


def start(reference: str = "s1", amount: str = "1234.50") -> PaymentOrderInfo:
    return start_card_payment(
        reference_kind="settlement",
        reference=reference,
        amount=Decimal(amount),
        person_id=None,
        idempotency_key=f"key-{reference}",
        return_url="http://127.0.0.1:9/return/{payment_order_id}",
        cancel_url="http://127.0.0.1:9/cancel",
        actor=PAYER,
        now=timezone.now(),
        description="Outpatient visit, Cardiology",
    )


def session_of(payment: PaymentOrderInfo) -> str:
    return urlsplit(payment.checkout_url).path.rsplit("/", 1)[-1]


def pay(sandbox: SandboxClient, card: str = FRICTIONLESS) -> PaymentOrderInfo:
    payment = start()
    sandbox.pay(session_of(payment), card)
    return payment


def confirm(payment: PaymentOrderInfo) -> PaymentOrderInfo:
    return confirm_payment(order_id=payment.id, now=timezone.now())


def refund(payment: PaymentOrderInfo, amount: str, key: str = "r1") -> Any:
    made = refund_payment(
        order_id=payment.id, amount=Decimal(amount), idempotency_key=key, actor=PAYER, now=timezone.now()
    )
    return send_refund(refund_id=made.id, now=timezone.now())


@pytest.mark.requirement("A18")
def test_visa_with_challenge_from_page_to_paid(sandbox: SandboxClient, browser: httpx.Client) -> None:
    payment = start()
    assert confirm(payment).state is PaymentState.PAYING
    page = browser.get(payment.checkout_url)
    assert "CNY 1,234.50" in page.text
    assert "Outpatient visit, Cardiology" in page.text
    session = session_of(payment)
    browser.post(f"/checkout/pay/{session}", data=CARD)
    code = _code_on(browser.get(f"/checkout/challenge/{session}"))
    back = browser.post(f"/checkout/challenge/{session}", data={"code": code})
    assert urlsplit(back.headers["Location"]).path == f"/return/{payment.id}"
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAYING
    paid = confirm(payment)
    assert (paid.state, paid.paid) == (PaymentState.PAID, Decimal("1234.50"))
    assert paid.card is not None
    assert (paid.card.brand, paid.card.first6, paid.card.last4) == ("VISA", "450875", "1019")
    assert PaymentOrder.objects.get().eci == "05"
    everything = str(list(PaymentOrder.objects.values())) + str(list(PaymentEvent.objects.values()))
    assert CARD["number"].replace(" ", "") not in everything


@pytest.mark.requirement("A18")
@pytest.mark.parametrize(
    ("card", "brand"),
    [("5123450000000008", "MASTERCARD"), ("345678901234564", "AMEX"), ("3528000000000007", "JCB")],
)
def test_other_international_cards(sandbox: SandboxClient, card: str, brand: str) -> None:
    paid = confirm(pay(sandbox, card))
    assert paid.card is not None
    assert (paid.state, paid.card.brand) == (PaymentState.PAID, brand)


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("4012000000001006", "INSUFFICIENT_FUNDS"),
        ("4012000000002004", "EXPIRED_CARD"),
        ("5200000000003001", "DECLINED"),
    ],
)
def test_declined_card_fails_and_another_may_still_pay(sandbox: SandboxClient, card: str, code: str) -> None:
    payment = pay(sandbox, card)
    assert confirm(payment).state is PaymentState.FAILED
    assert PaymentEvent.objects.get(kind="FAILED").payload["code"] == code
    sandbox.pay(session_of(payment), FRICTIONLESS)
    assert confirm(payment).state is PaymentState.PAID


@pytest.mark.parametrize(("succeeded", "state"), [(True, PaymentState.PAID), (False, PaymentState.FAILED)])
def test_slow_acquirer_is_unknown_until_it_ends(
    sandbox: SandboxClient, card_settings: Any, succeeded: bool, state: PaymentState
) -> None:
    card_settings.CARD_ANSWER_SECONDS = 0.2
    payment = pay(sandbox, "4012000000004000")
    assert confirm(payment).state is PaymentState.UNKNOWN  # the answer outlasts our patience
    card_settings.CARD_ANSWER_SECONDS = 5
    assert confirm(payment).state is PaymentState.UNKNOWN  # the answer is: pending
    pending = sandbox.list_orders()[0]["transaction"][-1]["transaction"]["id"]
    sandbox.settle(payment.number, pending, succeeded=succeeded)
    assert confirm(payment).state is state


def test_gateway_errors_are_unknown_and_then_paid(sandbox: SandboxClient) -> None:
    payment = pay(sandbox, "4012000000009009")
    assert [confirm(payment).state for _ in range(4)] == [PaymentState.UNKNOWN] * 3 + [PaymentState.PAID]


def test_wrong_amount_at_the_gateway_is_an_alarm(sandbox: SandboxClient) -> None:
    payment = start()
    sandbox.force(payment.number, captured_amount="0.01")
    sandbox.pay(session_of(payment), FRICTIONLESS)
    told = confirm(payment)
    assert (told.state, told.paid, told.needs_attention) == (PaymentState.UNKNOWN, 0, True)


@pytest.mark.requirement("A18")
def test_notification_makes_the_server_ask(sandbox: SandboxClient, notifications: list[int]) -> None:
    payment = pay(sandbox, "5123459999998221")  # the customer pays and never returns
    wait_for(lambda: notifications == [200])
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAYING
    newest = PaymentOrder.objects.get().query_round
    query_payment(order_id=payment.id, query_round=newest, now=timezone.now())
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAID


def test_notification_twice_is_recorded_once(sandbox: SandboxClient, notifications: list[int]) -> None:
    payment = pay(sandbox, "4012000000007003")
    wait_for(lambda: notifications == [200, 200])
    assert ReceivedNotification.objects.count() == 1
    assert confirm(payment).state is PaymentState.PAID
    assert PaymentEvent.objects.filter(kind="PAID").count() == 1


def test_lost_notification_and_customer_are_found_by_the_watch(
    sandbox: SandboxClient, notifications: list[int]
) -> None:
    payment = pay(sandbox, "5200000000006004")
    query_payment(order_id=payment.id, query_round=1, now=timezone.now() + timedelta(minutes=1))
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAID
    assert notifications == []


def test_forged_notification_is_refused(sandbox: SandboxClient, notifications: list[int], card_settings: Any) -> None:
    card_settings.CARD_WEBHOOK_SECRET = "another secret"
    pay(sandbox)
    wait_for(lambda: 401 in notifications)
    assert not ReceivedNotification.objects.exists()


def test_closed_checkout_charges_nobody(sandbox: SandboxClient) -> None:
    payment = start()
    sandbox.expire(session_of(payment))
    later = timezone.now() + timedelta(minutes=31)
    assert confirm_payment(order_id=payment.id, now=later).state is PaymentState.CLOSED
    assert sandbox.list_orders() == []


@pytest.mark.requirement("F47")
def test_refund_goes_back_in_parts(sandbox: SandboxClient) -> None:
    payment = pay(sandbox)
    confirm(payment)
    assert refund(payment, "234.50").state is RefundState.SUCCEEDED
    assert refund(payment, "1000.00", "r2").state is RefundState.SUCCEEDED
    told = get_payment_order(order_id=payment.id)
    assert (told.state, told.refunded, told.refundable) == (PaymentState.REFUNDED, Decimal("1234.50"), 0)
    assert sandbox.list_orders()[0]["totalRefundedAmount"] == 1234.50


def test_refund_answered_too_late_is_carried_out_once(sandbox: SandboxClient, card_settings: Any) -> None:
    payment = pay(sandbox)
    confirm(payment)
    sandbox.force(payment.number, refunds="SLOW")
    card_settings.CARD_ANSWER_SECONDS = 0.2
    assert refund(payment, "100.00").state is RefundState.UNKNOWN
    card_settings.CARD_ANSWER_SECONDS = 5
    ended = send_refund(refund_id=RefundOrder.objects.get().id, now=timezone.now())
    assert ended.state is RefundState.SUCCEEDED
    assert sandbox.list_orders()[0]["totalRefundedAmount"] == 100.00


@pytest.mark.parametrize(
    ("card", "state"), [("5123456789012346", RefundState.UNKNOWN), ("5111111111111118", RefundState.FAILED)]
)
def test_pending_and_declined_refunds(sandbox: SandboxClient, card: str, state: RefundState) -> None:
    payment = pay(sandbox, card)
    confirm(payment)
    assert refund(payment, "100.00").state is state
    row = RefundOrder.objects.get()
    if state is RefundState.UNKNOWN:
        sandbox.settle(payment.number, row.tid, succeeded=True)
        assert send_refund(refund_id=row.id, now=timezone.now()).state is RefundState.SUCCEEDED
    else:
        assert get_payment_order(order_id=payment.id).refundable == Decimal("1234.50")


def test_gateway_error_on_refund_is_tried_again(sandbox: SandboxClient) -> None:
    payment = pay(sandbox)
    confirm(payment)
    sandbox.force(payment.number, refunds="ERROR")
    assert refund(payment, "100.00").state is RefundState.UNKNOWN
    sandbox.force(payment.number, refunds="APPROVED")
    assert send_refund(refund_id=RefundOrder.objects.get().id, now=timezone.now()).state is RefundState.SUCCEEDED


def test_wrong_credentials_are_a_rejection_and_no_secret_is_logged(
    card_settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    card_settings.CARD_API_PASSWORD = "not-the-password"
    with pytest.raises(CardPaymentUnavailable):
        start()
    assert PaymentOrder.objects.get().state == PaymentState.FAILED
    with pytest.raises(AcquirerRejected):
        card_acquirer().retrieve_order("P1")
    assert "not-the-password" not in caplog.text
    assert "bm90LXRoZS1wYXNzd29yZ" not in caplog.text
    assert "not-the-password" not in repr(card_acquirer().__dict__)


def test_gateway_that_is_not_there_is_unavailable(card_settings: Any) -> None:
    card_settings.CARD_GATEWAY_URL = "http://127.0.0.1:9"
    with pytest.raises(AcquirerUnavailable):
        card_acquirer().retrieve_order("P1")
    with pytest.raises(CardPaymentUnavailable):
        start()
    assert PaymentOrder.objects.get().state == PaymentState.CREATED
