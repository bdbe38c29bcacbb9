"""Wallets' payment codes through the real adapters: our services, HTTP, the sandbox's process (F46)."""

from __future__ import annotations

import logging
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.utils import timezone

from config.wiring import alipay_acquirer, wechat_code_acquirer
from hospital.kernel.tests.threads import run_together
from hospital.payments.api import (
    cancel_payment,
    detect_code_channel,
    get_failure_code,
    get_payment_order,
    refund_payment,
    send_refund,
)
from hospital.payments.errors import (
    CodePaymentUnavailable,
    IdempotencyKeyReused,
    PayerCodeInvalid,
    PaymentNotCancelable,
    PaymentStillOpen,
)
from hospital.payments.models import PaymentOrder, RefundOrder
from hospital.payments.ports import (
    AcquirerState,
    AcquirerUnavailable,
    CodeRequest,
    NotificationNotGenuine,
    RefundRequest,
)
from hospital.payments.states import Attention, Channel, RefundState
from sandbox.alipay.keys import new_alipay_keys
from sandbox.process import SandboxClient
from sandbox.wallets.codes import Plan, new_code
from sandbox.wechat_pay.keys import new_wechat_pay_keys
from tests.sandbox.test_webhooks import wait_for
from tests.sandbox.window_payer import (
    CASHIER,
    CLOSED,
    FAILED,
    PAID,
    PAYING,
    UNKNOWN,
    WALLETS,
    answer_password,
    ask_as_queued,
    confirm,
    give_back,
    only_payment,
    pay_by_code,
    taken_from,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("F46"),
    pytest.mark.usefixtures("window_settings"),
]
BOTH = pytest.mark.parametrize("channel", [Channel.WECHAT_CODE, Channel.ALIPAY_CODE])
LATER = timedelta(minutes=3)


def impatient(given: Any, seconds: float = 0.25) -> None:
    given.WECHAT_PAY_ANSWER_SECONDS = given.ALIPAY_ANSWER_SECONDS = seconds


def patient(given: Any) -> None:
    impatient(given, 5)


@BOTH
def test_a_scanned_code_pays_at_once(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel)
    assert (payment.state, payment.paid, payment.channel) == (PAID, Decimal("128.50"), channel)
    assert payment.transaction_no
    assert [amount for _, amount in taken_from(sandbox, channel)] == [Decimal("128.50")]


@BOTH
def test_the_payer_who_types_a_password_is_asked_about_every_few_seconds(
    sandbox: SandboxClient, channel: Channel
) -> None:
    payment = pay_by_code(channel, Plan.PASSWORD)
    assert payment.state is PAYING
    assert confirm(payment).state is PAYING
    assert ask_as_queued(payment.id, timezone.now()).state is PAYING
    answer_password(sandbox, payment, pays=True)
    assert ask_as_queued(payment.id, timezone.now()).state is PAID


@BOTH
def test_a_payer_who_never_types_the_password_cannot_do_so_later(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.PASSWORD)
    assert ask_as_queued(payment.id, timezone.now() + LATER).state is CLOSED
    answer_password(sandbox, payment, pays=True)
    assert [amount for _, amount in taken_from(sandbox, channel)] == [0]
    assert confirm(payment).state is CLOSED


@BOTH
def test_a_payer_who_refuses_the_password_is_declined(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.PASSWORD)
    answer_password(sandbox, payment, pays=False)
    assert ask_as_queued(payment.id, timezone.now()).state in (FAILED, CLOSED)
    assert pay_by_code(channel, reference=payment.reference).state is PAID


@BOTH
def test_too_little_money_is_declined_and_another_code_may_pay(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.POOR)
    assert (payment.state, payment.paid) == (FAILED, Decimal("0.00"))
    assert get_failure_code(order_id=payment.id) in ("NOT_ENOUGH", "ACQ.BUYER_BALANCE_NOT_ENOUGH")
    assert pay_by_code(channel, reference=payment.reference).state is PAID
    assert sorted(amount for _, amount in taken_from(sandbox, channel)) == [0, Decimal("128.50")]


@BOTH
def test_an_expired_code_is_scanned_anew(sandbox: SandboxClient, channel: Channel) -> None:
    reference = str(uuid4())
    with pytest.raises(PayerCodeInvalid):
        pay_by_code(channel, Plan.EXPIRED, reference=reference)
    assert only_payment().state == FAILED
    assert taken_from(sandbox, channel) == []
    assert pay_by_code(channel, reference=reference).state is PAID


@BOTH
def test_a_code_serves_once(sandbox: SandboxClient, channel: Channel) -> None:
    code = new_code(WALLETS[channel])
    assert pay_by_code(channel, payer_code=code).state is PAID
    with pytest.raises(PayerCodeInvalid):
        pay_by_code(channel, payer_code=code)
    assert len(taken_from(sandbox, channel)) == 1


@BOTH
@pytest.mark.parametrize("code", ["", "13", "9" * 18, "280" + "x" * 15, "１３０" + "0" * 15])
def test_what_is_no_code_is_refused_before_anything_is_written(channel: Channel, code: str) -> None:
    with pytest.raises(PayerCodeInvalid):
        pay_by_code(channel, payer_code=code)
    assert not PaymentOrder.objects.exists()


def test_the_code_tells_the_wallet() -> None:
    assert detect_code_channel(f" {new_code(WALLETS[Channel.WECHAT_CODE])}\n") is Channel.WECHAT_CODE
    assert detect_code_channel(new_code(WALLETS[Channel.ALIPAY_CODE])) is Channel.ALIPAY_CODE
    assert [detect_code_channel(each) for each in ("16" + "0" * 16, "24" + "0" * 16, "25" + "0" * 23, "hello")] == (
        [None] * 4
    )
    with pytest.raises(PayerCodeInvalid):
        pay_by_code(Channel.WECHAT_CODE, payer_code=new_code(WALLETS[Channel.ALIPAY_CODE]))


@BOTH
def test_a_lost_answer_is_asked_after_and_found_paid(
    sandbox: SandboxClient, window_settings: Any, channel: Channel
) -> None:
    impatient(window_settings)
    payment = pay_by_code(channel, Plan.LOST)
    assert payment.state is UNKNOWN
    with pytest.raises(PaymentStillOpen):
        pay_by_code(channel, reference=payment.reference)
    patient(window_settings)
    assert ask_as_queued(payment.id, timezone.now()).state is PAID
    assert len(taken_from(sandbox, channel)) == 1


@BOTH
def test_a_timeout_that_took_nothing_ends_at_the_wallet(
    sandbox: SandboxClient, window_settings: Any, channel: Channel
) -> None:
    impatient(window_settings)
    payment = pay_by_code(channel, Plan.TIMEOUT)
    assert payment.state is UNKNOWN
    patient(window_settings)
    assert confirm(payment).state is PAYING
    assert ask_as_queued(payment.id, timezone.now() + LATER).state is CLOSED
    assert [amount for _, amount in taken_from(sandbox, channel)] == [0]


@BOTH
def test_money_that_was_taken_after_an_error_is_found(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.LATE)
    assert payment.state is UNKNOWN
    answer_password(sandbox, payment, pays=True)
    assert confirm(payment).state is PAID


@BOTH
def test_another_amount_goes_to_a_person(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.OTHER_AMOUNT)
    assert (payment.state, payment.attention, payment.paid) == (UNKNOWN, Attention.WRONG_AMOUNT, Decimal("0.00"))
    assert [amount for _, amount in taken_from(sandbox, channel)] == [Decimal("0.01")]


@BOTH
def test_the_same_key_again_charges_nothing(sandbox: SandboxClient, channel: Channel) -> None:
    same: dict[str, Any] = {"idempotency_key": str(uuid4()), "reference": str(uuid4())}
    together = run_together([lambda: pay_by_code(channel, **same)] * 4)
    assert {one.id for one in together} == {together[0].id}
    assert pay_by_code(channel, **same).state is PAID
    assert len(taken_from(sandbox, channel)) == 1
    with pytest.raises(IdempotencyKeyReused):
        pay_by_code(channel, amount="1.00", **same)


@BOTH
def test_the_wallet_takes_the_same_order_number_once(sandbox: SandboxClient, channel: Channel) -> None:
    """As after a crash between the wallet's answer and our writing it down."""
    payment = pay_by_code(channel)
    acquirer = alipay_acquirer() if channel is Channel.ALIPAY_CODE else wechat_code_acquirer()
    told = acquirer.charge_code(_request(payment.number, channel))
    assert (told.captured, told.transaction_no) == (Decimal("128.50"), payment.transaction_no)
    assert len(taken_from(sandbox, channel)) == 1


def _request(number: str, channel: Channel) -> CodeRequest:
    return CodeRequest(
        order_no=number,
        amount=Decimal("128.50"),
        currency="CNY",
        description="again",
        payer_code=new_code(WALLETS[channel]),
        desk="W3",
    )


@BOTH
def test_a_cashier_stops_a_payment_and_nobody_pays_it_later(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.PASSWORD)
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=timezone.now()).state is CLOSED
    answer_password(sandbox, payment, pays=True)
    assert [amount for _, amount in taken_from(sandbox, channel)] == [0]
    with pytest.raises(PaymentNotCancelable):
        cancel_payment(order_id=payment.id, actor=CASHIER, now=timezone.now())
    assert pay_by_code(channel, reference=payment.reference).state is PAID


@BOTH
def test_stopping_finds_money_that_is_in(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.PASSWORD)
    answer_password(sandbox, payment, pays=True)
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=timezone.now()).state is PAID


@BOTH
def test_what_could_not_be_ended_stays_open_until_it_is(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.PASSWORD)
    if channel is Channel.ALIPAY_CODE:
        sandbox.force_alipay(payment.number, failing_ends=1)
    else:
        sandbox.force_wechat(payment.number, failing_reversals=1)
    assert cancel_payment(order_id=payment.id, actor=CASHIER, now=timezone.now()).state is UNKNOWN
    assert ask_as_queued(payment.id, timezone.now() + LATER).state is CLOSED


@BOTH
def test_an_answer_that_somebody_else_signed_says_nothing(window_settings: Any, channel: Channel) -> None:
    window_settings.ALIPAY_PUBLIC_KEY = new_alipay_keys()["IMC_ALIPAY_PUBLIC_KEY"]
    window_settings.WECHAT_PAY_PUBLIC_KEY = new_wechat_pay_keys()["IMC_WECHAT_PAY_PUBLIC_KEY"]
    payment = pay_by_code(channel)
    assert (payment.state, payment.paid) == (UNKNOWN, Decimal("0.00"))


@BOTH
def test_a_wallet_that_is_not_set_up_binds_nobody(window_settings: Any, channel: Channel) -> None:
    window_settings.ALIPAY_APP_KEY = window_settings.WECHAT_PAY_MERCHANT_KEY = ""
    with pytest.raises(CodePaymentUnavailable):
        pay_by_code(channel)
    assert only_payment().state == FAILED


@BOTH
def test_the_payers_code_is_neither_kept_nor_logged(channel: Channel, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = new_code(WALLETS[channel], Plan.POOR)
    payment = pay_by_code(channel, payer_code=code)
    row = PaymentOrder.objects.filter(pk=payment.id).values().get()
    events = list(PaymentOrder.objects.get(pk=payment.id).events.values())
    assert code not in f"{row}{events}{caplog.text}"


@BOTH
def test_money_goes_back_in_parts_and_never_twice(sandbox: SandboxClient, channel: Channel) -> None:
    payment, key = pay_by_code(channel), str(uuid4())
    first = give_back(payment, "28.50", key)
    again = give_back(payment, "28.50", key)
    assert first.id == again.id
    wait_for(lambda: send_refund(refund_id=first.id, now=timezone.now()).state is RefundState.SUCCEEDED)
    rest = give_back(payment, "100.00")
    wait_for(lambda: send_refund(refund_id=rest.id, now=timezone.now()).state is RefundState.SUCCEEDED)
    after = get_payment_order(order_id=payment.id)
    assert (after.refunded, after.refundable) == (Decimal("128.50"), Decimal("0.00"))
    orders = sandbox.list_alipay_trades() if channel is Channel.ALIPAY_CODE else sandbox.list_wechat_orders()
    assert len(orders[0]["refunds"]) == 2


@BOTH
def test_a_refund_whose_answer_was_lost_is_not_sent_twice(
    sandbox: SandboxClient, window_settings: Any, channel: Channel
) -> None:
    payment = pay_by_code(channel)
    if channel is Channel.ALIPAY_CODE:
        sandbox.force_alipay(payment.number, refunds="SLOW")
    else:
        sandbox.force_wechat(payment.number, refunds="SLOW")
    impatient(window_settings)
    refund = give_back(payment, "50.00")
    assert refund.state is RefundState.UNKNOWN
    patient(window_settings)
    wait_for(lambda: send_refund(refund_id=refund.id, now=timezone.now()).state is RefundState.SUCCEEDED)
    assert get_payment_order(order_id=payment.id).refunded == Decimal("50.00")


def test_alipay_tells_the_same_refund_number_once() -> None:
    payment = pay_by_code(Channel.ALIPAY_CODE)
    refund = give_back(payment, "28.50")
    tid = RefundOrder.objects.get(pk=refund.id).tid
    request = RefundRequest(
        order_no=payment.number, tid=tid, amount=Decimal("28.50"), paid=payment.amount, currency="CNY"
    )
    assert alipay_acquirer().refund(request).state is AcquirerState.SUCCEEDED
    assert alipay_acquirer().retrieve_refund(payment.number, "R-unknown") is None


def test_alipay_refunds_that_fail_for_now_are_tried_again(sandbox: SandboxClient) -> None:
    payment = pay_by_code(Channel.ALIPAY_CODE)
    sandbox.force_alipay(payment.number, refunds="REFUSED")
    refund = refund_payment(
        order_id=payment.id, amount=Decimal("10.00"), idempotency_key="r-1", actor=CASHIER, now=timezone.now()
    )
    assert send_refund(refund_id=refund.id, now=timezone.now()).state is RefundState.UNKNOWN
    sandbox.force_alipay(payment.number, refunds="DONE")
    assert send_refund(refund_id=refund.id, now=timezone.now()).state is RefundState.SUCCEEDED


def test_alipay_believes_no_forged_answer_and_no_notification(sandbox: SandboxClient) -> None:
    payment = pay_by_code(Channel.ALIPAY_CODE)
    sandbox.force_alipay(payment.number, forged_answers=1)
    with pytest.raises(AcquirerUnavailable):
        alipay_acquirer().retrieve_order(payment.number)
    told = alipay_acquirer().retrieve_order(payment.number)
    assert told is not None
    assert told.captured == Decimal("128.50")
    with pytest.raises(NotificationNotGenuine):
        alipay_acquirer().read_notification(headers={}, body=b"", now=timezone.now())


def test_alipay_refuses_what_the_merchant_did_not_sign(sandbox: SandboxClient, window_settings: Any) -> None:
    window_settings.ALIPAY_APP_KEY = new_alipay_keys()["IMC_ALIPAY_APP_KEY"]
    with pytest.raises(CodePaymentUnavailable):
        pay_by_code(Channel.ALIPAY_CODE)
    assert sandbox.list_alipay_trades() == []


@BOTH
def test_the_wallets_page_asks_the_payer_for_the_password(sandbox: SandboxClient, channel: Channel) -> None:
    payment = pay_by_code(channel, Plan.PASSWORD)
    page = f"{sandbox.address.url}/wallets"
    assert "128.50" in httpx.get(page, params={"lang": "en"}, trust_env=False).text
    answered = httpx.post(f"{page}/{WALLETS[channel]}/{payment.number}/answer", data={"pays": "yes"}, trust_env=False)
    assert answered.status_code == 303
    assert confirm(payment).state is PAID
