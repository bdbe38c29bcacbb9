"""WeChat payments through the real adapter and protocol: our services, HTTP, the sandbox's process (A07, W25)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.utils import timezone
from wechatpayv3 import WeChatPay as Library
from wechatpayv3 import WeChatPayType

from config.wiring import wechat_acquirer
from hospital.kernel.tests.threads import run_together
from hospital.payments.api import (
    cancel_payment,
    confirm_payment,
    get_payment_order,
    list_payments_needing_attention,
    sign_wechat_call,
)
from hospital.payments.errors import WechatPaymentUnavailable
from hospital.payments.models import PaymentEvent, PaymentOrder, ReceivedNotification
from hospital.payments.ports import (
    AcquirerRejected,
    AcquirerUnavailable,
    NotificationNotGenuine,
)
from hospital.payments.services.payments import query_payment
from hospital.payments.states import Attention, Channel, PaymentState
from hospital.payments.types import PaymentOrderInfo
from sandbox.process import SandboxClient
from sandbox.wechat_pay.keys import new_wechat_pay_keys
from tests.sandbox.test_webhooks import wait_for
from tests.sandbox.wechat_payer import (
    PAYER,
    Received,
    ask_phone,
    call_of,
    confirm,
    paid,
    start,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("A07", "W25"),
    pytest.mark.usefixtures("wechat_settings"),
]


def test_the_payer_confirms_and_only_our_own_question_marks_it_paid(sandbox: SandboxClient) -> None:
    payment = start()
    assert payment.state is PaymentState.PAYING
    assert ask_phone(sandbox, call_of(payment)).json() == {"errMsg": "requestPayment:ok"}
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAYING
    after = confirm(payment)
    assert (after.state, after.paid, after.channel) == (PaymentState.PAID, Decimal("128.50"), Channel.WECHAT)
    (order,) = sandbox.list_wechat_orders()
    assert (order["amount"]["total"], after.transaction_no) == (12850, order["transaction_id"])
    assert order["payer"] == {"openid": "oSandboxAnna"}
    assert sign_wechat_call(order_id=payment.id, now=timezone.now()) is None


def test_the_phone_refuses_parameters_that_the_merchant_did_not_sign(sandbox: SandboxClient) -> None:
    call = call_of(start())
    other = call_of(start("1.00"))
    for changes in ({"package": other.prepay}, {"timeStamp": "1"}, {"paySign": "AAAA"}, {"signType": "MD5"}):
        answer = ask_phone(sandbox, call, **changes)
        assert (answer.status_code, answer.json()["errMsg"][:20]) == (400, "requestPayment:fail ")
    assert {order["trade_state"] for order in sandbox.list_wechat_orders()} == {"NOTPAY"}


def test_a_payer_who_cancels_may_open_the_same_payment_again(sandbox: SandboxClient) -> None:
    payment = start()
    assert ask_phone(sandbox, call_of(payment), answer="cancel").json()["errMsg"] == "requestPayment:fail cancel"
    assert confirm(payment).state is PaymentState.PAYING
    later = ask_phone(sandbox, call_of(payment), answer="later").json()
    page = httpx.get(later["page"], trust_env=False, params={"lang": "zh"}).text
    assert "128.50" in page
    httpx.post(f"{later['page']}/requests/{later['id']}/answer", data={"pays": "yes"}, trust_env=False)
    told = httpx.get(f"{later['page']}/requests/{later['id']}", trust_env=False)
    assert told.json() == {"errMsg": "requestPayment:ok"}
    assert confirm(payment).state is PaymentState.PAID


def test_the_same_request_again_announces_one_order(sandbox: SandboxClient) -> None:
    key, reference = str(uuid4()), str(uuid4())
    together = run_together([lambda: start(idempotency_key=key, reference=reference)] * 4)
    assert {one.id for one in together} == {together[0].id}
    assert len(sandbox.list_wechat_orders()) == 1
    assert PaymentOrder.objects.count() == 1


def test_a_timeout_of_the_prepay_is_tried_again_under_the_same_number(
    sandbox: SandboxClient, wechat_settings: Any
) -> None:
    sandbox.force_wechat("*", slow_prepays=1)
    wechat_settings.WECHAT_PAY_ANSWER_SECONDS = 0.2
    key, reference = str(uuid4()), str(uuid4())
    with pytest.raises(WechatPaymentUnavailable):
        start(idempotency_key=key, reference=reference)
    assert start(idempotency_key=key, reference=reference).state is PaymentState.PAYING
    assert len(sandbox.list_wechat_orders()) == 1


def test_what_wechat_refuses_binds_nobody(sandbox: SandboxClient, wechat_settings: Any) -> None:
    reference = str(uuid4())
    wechat_settings.WECHAT_APP_ID = "wx-of-somebody-else"
    with pytest.raises(WechatPaymentUnavailable):
        start(reference=reference)
    assert PaymentOrder.objects.get().state == PaymentState.FAILED
    wechat_settings.WECHAT_PAY_MERCHANT_KEY = ""
    with pytest.raises(WechatPaymentUnavailable):
        start(reference=reference)
    assert set(PaymentOrder.objects.values_list("state", flat=True)) == {PaymentState.FAILED}


def test_a_genuine_notice_makes_us_ask_and_twice_is_once(
    sandbox: SandboxClient, notices: list[tuple[int, Received]]
) -> None:
    sandbox.force_wechat("*", notices="TWICE")
    payment = start()
    sandbox.act_on_wechat(payment.number, "confirm")
    wait_for(lambda: len(notices) == 2)
    assert [status for status, _ in notices] == [200, 200]
    assert ReceivedNotification.objects.count() == 1
    order = PaymentOrder.objects.get(pk=payment.id)
    assert order.state == PaymentState.PAYING
    query_payment(order_id=payment.id, query_round=order.query_round, now=timezone.now())
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAID


def test_a_forged_an_old_and_a_touched_notice_are_refused(
    sandbox: SandboxClient, notices: list[tuple[int, Received]]
) -> None:
    payment = start()
    sandbox.act_on_wechat(payment.number, "forge")
    wait_for(lambda: len(notices) == 1)
    assert notices[0][0] == 401
    sandbox.act_on_wechat(payment.number, "confirm")
    wait_for(lambda: len(notices) == 2)
    status, genuine = notices[1]
    assert status == 200
    now, acquirer = timezone.now(), wechat_acquirer()
    lower = {name.lower(): value for name, value in genuine.headers.items()}
    tampered = [
        (lower, genuine.body.replace(b"TRANSACTION", b"TRANSACTIOM"), now),
        (lower, genuine.body + b" ", now),
        (lower, b"\xff" + genuine.body, now),
        (lower, genuine.body, now + timedelta(minutes=6)),
        (lower | {"wechatpay-serial": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"}, genuine.body, now),
        (lower | {"wechatpay-signature": "!"}, genuine.body, now),
        (lower | {"wechatpay-signature": "WECHATPAY/SIGNTEST/AAAA"}, genuine.body, now),
        (lower | {"wechatpay-nonce": "another"}, genuine.body, now),
        (lower | {"wechatpay-timestamp": "²"}, genuine.body, now),
        ({}, genuine.body, now),
    ]
    for headers, body, at in tampered:
        with pytest.raises(NotificationNotGenuine):
            acquirer.read_notification(headers=headers, body=body, now=at)
    assert acquirer.read_notification(headers=lower, body=genuine.body, now=now).order_no == payment.number


def test_a_lost_notice_loses_nothing(sandbox: SandboxClient, notices: list[tuple[int, Received]]) -> None:
    sandbox.force_wechat("*", notices="LOST")
    payment = start()
    sandbox.act_on_wechat(payment.number, "confirm")
    order = PaymentOrder.objects.get(pk=payment.id)
    query_payment(order_id=payment.id, query_round=order.query_round, now=timezone.now())
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAID
    assert notices == []


def test_who_is_still_typing_the_password_is_unknown_until_it_ends(sandbox: SandboxClient) -> None:
    sandbox.force_wechat("*", payment="USERPAYING")
    payment = start()
    sandbox.act_on_wechat(payment.number, "confirm")
    assert confirm(payment).state is PaymentState.UNKNOWN
    assert confirm_payment(order_id=payment.id, now=timezone.now() + timedelta(hours=1)).state is PaymentState.UNKNOWN
    sandbox.act_on_wechat(payment.number, "settle", succeeded=True)
    assert confirm(payment).state is PaymentState.PAID


def test_no_answer_and_errors_are_unknown_and_then_paid(sandbox: SandboxClient, wechat_settings: Any) -> None:
    payment = start()
    sandbox.force_wechat(payment.number, slow_queries=1, failing_queries=1)
    sandbox.act_on_wechat(payment.number, "confirm")
    wechat_settings.WECHAT_PAY_ANSWER_SECONDS = 0.2
    assert confirm(payment).state is PaymentState.UNKNOWN
    wechat_settings.WECHAT_PAY_ANSWER_SECONDS = 5
    assert confirm(payment).state is PaymentState.UNKNOWN
    assert confirm(payment).state is PaymentState.PAID


def test_an_answer_with_a_wrong_signature_says_nothing(sandbox: SandboxClient, wechat_settings: Any) -> None:
    payment, other = paid(sandbox, "9.00"), start()
    wechat_settings.WECHAT_PAY_PUBLIC_KEY = new_wechat_pay_keys()["IMC_WECHAT_PAY_PUBLIC_KEY"]
    with pytest.raises(AcquirerUnavailable):
        wechat_acquirer().retrieve_order(payment.number)
    assert confirm(other).state is PaymentState.UNKNOWN


def test_another_amount_is_never_paid_and_goes_to_a_person(sandbox: SandboxClient) -> None:
    sandbox.force_wechat("*", total=1)
    payment = start()
    sandbox.act_on_wechat(payment.number, "confirm")
    after = confirm(payment)
    assert (after.state, after.needs_attention, after.attention) == (
        PaymentState.UNKNOWN,
        True,
        Attention.WRONG_AMOUNT,
    )
    assert [one.id for one in list_payments_needing_attention()] == [payment.id]
    assert PaymentEvent.objects.filter(order=payment.id, kind="ALERT").count() == 1


def test_what_nobody_paid_is_closed_at_wechat_before_the_bill_is_free(sandbox: SandboxClient) -> None:
    payment = start()
    assert confirm(payment).state is PaymentState.PAYING
    after = confirm_payment(order_id=payment.id, now=payment.expires_at)
    assert after.state is PaymentState.CLOSED
    assert sandbox.list_wechat_orders()[0]["trade_state"] == "CLOSED"
    assert sandbox.act_on_wechat(payment.number, "confirm") == {"errMsg": "requestPayment:fail"}


def test_a_payer_can_stop_a_payment_and_one_who_has_paid_cannot(sandbox: SandboxClient) -> None:
    first, second = start(), start("20.00")
    assert cancel_payment(order_id=first.id, actor=PAYER, now=timezone.now()).state is PaymentState.CLOSED
    assert ask_phone_is_refused(sandbox, first)
    sandbox.act_on_wechat(second.number, "confirm")
    assert cancel_payment(order_id=second.id, actor=PAYER, now=timezone.now()).state is PaymentState.PAID


def ask_phone_is_refused(sandbox: SandboxClient, payment: PaymentOrderInfo) -> bool:
    return bool(sandbox.act_on_wechat(payment.number, "confirm")["errMsg"] == "requestPayment:fail")


def test_stopping_while_the_payer_types_stays_unknown(sandbox: SandboxClient) -> None:
    sandbox.force_wechat("*", payment="USERPAYING")
    payment = start()
    sandbox.act_on_wechat(payment.number, "confirm")
    assert cancel_payment(order_id=payment.id, actor=PAYER, now=timezone.now()).state is PaymentState.UNKNOWN


def test_nothing_secret_is_shown(wechat_settings: Any) -> None:
    shown = repr(wechat_acquirer().__dict__)
    assert wechat_settings.WECHAT_PAY_API_KEY not in shown
    assert wechat_settings.WECHAT_PAY_MERCHANT_KEY[:40] not in shown


def test_a_merchant_of_the_certificate_mode_is_served_too(sandbox: SandboxClient, wechat_settings: Any) -> None:
    """The platform certificate is fetched, opened with the APIv3 key, and verifies the answers."""
    library = _certificate_library(wechat_settings, sandbox.address.url)
    status, content = library.query(out_trade_no="P-unknown")
    assert (status, json.loads(content)["code"]) == (404, "ORDER_NOT_EXIST")
    payment = paid(sandbox)
    assert json.loads(library.query(out_trade_no=payment.number)[1])["trade_state"] == "SUCCESS"


def _certificate_library(given: Any, url: str) -> Library:
    values = {
        "mchid": given.WECHAT_PAY_MERCHANT_ID,
        "private_key": given.WECHAT_PAY_MERCHANT_KEY,
        "cert_serial_no": given.WECHAT_PAY_MERCHANT_SERIAL,
        "appid": given.WECHAT_APP_ID,
        "apiv3_key": given.WECHAT_PAY_API_KEY,
        "proxy": {"http": "", "https": ""},
    }
    library = Library(
        wechatpay_type=WeChatPayType.MINIPROG,
        **values,
        public_key=given.WECHAT_PAY_PUBLIC_KEY,
        public_key_id=given.WECHAT_PAY_PUBLIC_KEY_ID,
    )
    core = library._core
    core._gate_way = url
    core._public_key = core._public_key_id = None
    return library


def test_a_request_that_the_merchant_did_not_sign_is_refused(sandbox: SandboxClient, wechat_settings: Any) -> None:
    start()
    wechat_settings.WECHAT_PAY_MERCHANT_SERIAL = "0"
    with pytest.raises(AcquirerRejected):
        wechat_acquirer().retrieve_order("P1")
    assert asdict(call_of(start_again(wechat_settings, sandbox)))["sign_type"] == "RSA"


def start_again(given: Any, sandbox: SandboxClient) -> PaymentOrderInfo:
    given.WECHAT_PAY_MERCHANT_SERIAL = sandbox.address.wechat_pay["IMC_WECHAT_PAY_MERCHANT_SERIAL"]
    return start()
