"""Somebody who pays in WeChat, and the product connected to the sandbox, for the tests of payments and refunds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
from django.utils import timezone

from hospital.kernel.actors import Actor, ActorKind
from hospital.payments.api import (
    confirm_payment,
    sign_wechat_call,
    start_wechat_payment,
)
from hospital.payments.ports import (
    WechatCall,
)
from hospital.payments.types import PaymentOrderInfo
from sandbox.process import SandboxClient

PAYER = Actor(kind=ActorKind.PATIENT, id="a-1", label="Anna Smythe-Jones")


@dataclass
class Received:
    """A notice as it arrived."""

    headers: dict[str, str]
    body: bytes


def start(amount: str = "128.50", **changes: Any) -> PaymentOrderInfo:
    values: dict[str, Any] = {
        "reference_kind": "bill",
        "reference": str(uuid4()),
        "amount": Decimal(amount),
        "person_id": None,
        "idempotency_key": str(uuid4()),
        "openid": "oSandboxAnna",
        "description": "国际医疗中心 S2603020001",
        "actor": PAYER,
        "now": timezone.now(),
    }
    return start_wechat_payment(**(values | changes))


def call_of(payment: PaymentOrderInfo) -> WechatCall:
    call = sign_wechat_call(order_id=payment.id, now=timezone.now())
    assert call is not None
    return call


def ask_phone(sandbox: SandboxClient, call: WechatCall, **changes: str) -> httpx.Response:
    """What the mini program does with the parameters."""
    body = {
        "appId": call.app_id,
        "timeStamp": call.time_stamp,
        "nonceStr": call.nonce,
        "package": call.prepay,
        "signType": call.sign_type,
        "paySign": call.signature,
    }
    return httpx.post(f"{sandbox.address.url}/wechat-pay/phone/requests", json=body | changes, trust_env=False)


def confirm(payment: PaymentOrderInfo) -> PaymentOrderInfo:
    return confirm_payment(order_id=payment.id, now=timezone.now())


def paid(sandbox: SandboxClient, amount: str = "128.50") -> PaymentOrderInfo:
    payment = start(amount)
    sandbox.act_on_wechat(payment.number, "confirm")
    return confirm(payment)
