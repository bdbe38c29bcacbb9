"""/api/payments: how a payment stands, and the notices of acquirer and WeChat (A07, A18, W25)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from hospital.kernel.money import ZERO
from hospital.patient_api.problems import refusal_response
from hospital.patient_api.requests import PatientRequest
from hospital.payments.api import receive_notification, sign_wechat_call
from hospital.payments.errors import ForgedNotification, MalformedNotification
from hospital.payments.states import Channel, PaymentState
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.pay_bill import SETTLEMENT, cancel_payment_of, follow_payment_of

router = Router(tags=["Payments"])


class MeansOut(Schema):
    """How a bill is paid. `code`: `card` with what is kept of it, `wechat_jsapi` (inside the mini program), `wechat`
    and `alipay` (a payment code at a window), `cash`, or `partner`.
    """

    code: str
    card_brand: str
    card_last4: str


class WechatCallOut(Schema):
    """The signed parameters of `wx.requestPayment`, named as it wants them; `app_id` is what they were signed for."""

    appId: str  # noqa: N815 - WeChat's names
    timeStamp: str  # noqa: N815
    nonceStr: str  # noqa: N815
    package: str
    signType: str  # noqa: N815
    paySign: str  # noqa: N815


class PaymentOut(Schema):
    """A payment as the server knows it.

    `state`: CREATED and PAYING wait for the payer; UNKNOWN waits for the acquirer's answer, money may have moved; PAID;
    FAILED and CLOSED took no money; PART_REFUNDED and REFUNDED went back. `returning` is money on its way back.
    While it may be paid: `checkout_url` of a card payment, `wechat` of one inside WeChat, until `expires_at`.
    """

    id: UUID
    state: str
    person_id: UUID | None
    bill_id: UUID | None
    amount: Decimal
    paid: Decimal
    refunded: Decimal
    returning: Decimal
    means: MeansOut
    checkout_url: str
    wechat: WechatCallOut | None
    expires_at: datetime
    server_now: datetime
    card_brand: str
    card_last4: str


@router.get("/payments/{uuid:payment_id}", response=PaymentOut, summary="How my payment stands")
def read_payment(request: PatientRequest, payment_id: UUID) -> PaymentOut:
    """Asks the acquirer when the answer is outstanding. Refusals: `payment_not_found`, `unknown_person`."""
    now = timezone.now()
    return payment_out(follow_payment_of(payment_id=payment_id, actor=request.auth, now=now), now=now)


@router.post("/payments/{uuid:payment_id}/cancel", response=PaymentOut, summary="Stop a WeChat payment")
def stop_payment(request: PatientRequest, payment_id: UUID) -> PaymentOut:
    """Nobody can pay it from now on, and the bill can be paid in another way. Look at `state`: it may be paid already.

    Refusals: `payment_not_found`, `unknown_person`, `payment_not_cancelable`.
    """
    now = timezone.now()
    return payment_out(cancel_payment_of(payment_id=payment_id, actor=request.auth, now=now), now=now)


@router.post("/payments/notifications", auth=None, include_in_schema=False)
def take_notification(request: HttpRequest) -> HttpResponse:
    """The card acquirer's webhook: it only makes the server ask; it marks nothing paid."""
    return _take(request, Channel.CARD)


@router.post("/payments/wechat/notifications", auth=None, include_in_schema=False)
def take_wechat_notice(request: HttpRequest) -> HttpResponse:
    """WeChat's notice of a payment or a refund, verified on the raw bytes: it only makes the server ask."""
    return _take(request, Channel.WECHAT)


def _take(request: HttpRequest, channel: Channel) -> HttpResponse:
    try:
        receive_notification(headers=request.headers, body=request.body, now=timezone.now(), channel=channel)
    except (ForgedNotification, MalformedNotification) as refusal:
        return refusal_response(request, refusal)
    return HttpResponse(status=200)


def payment_out(info: PaymentOrderInfo, *, now: datetime) -> PaymentOut:
    """A payment for the app."""
    means = means_out(info)
    return PaymentOut(
        id=info.id,
        state=info.state,
        person_id=info.person_id,
        bill_id=UUID(info.reference) if info.reference_kind == SETTLEMENT else None,
        amount=info.amount,
        paid=info.paid,
        refunded=info.refunded,
        returning=max(info.paid - info.refundable - info.refunded, ZERO) if info.is_paid else ZERO,
        means=means,
        checkout_url=info.checkout_url,
        wechat=_wechat_call(info, now),
        expires_at=info.expires_at,
        server_now=now,
        card_brand=means.card_brand,
        card_last4=means.card_last4,
    )


_CODES = {
    Channel.WECHAT: "wechat_jsapi",
    Channel.WECHAT_CODE: "wechat",
    Channel.ALIPAY_CODE: "alipay",
    Channel.CASH: "cash",
    Channel.PARTNER: "partner",
}


def means_out(info: PaymentOrderInfo) -> MeansOut:
    """The means of a payment."""
    return MeansOut(
        code=_CODES.get(info.channel, "card"),
        card_brand=info.card.brand if info.card else "",
        card_last4=info.card.last4 if info.card else "",
    )


def _wechat_call(info: PaymentOrderInfo, now: datetime) -> WechatCallOut | None:
    if info.channel is not Channel.WECHAT or info.state is not PaymentState.PAYING:
        return None
    call = sign_wechat_call(order_id=info.id, now=now)
    if call is None:
        return None
    return WechatCallOut(
        appId=call.app_id,
        timeStamp=call.time_stamp,
        nonceStr=call.nonce,
        package=call.prepay,
        signType=call.sign_type,
        paySign=call.signature,
    )
