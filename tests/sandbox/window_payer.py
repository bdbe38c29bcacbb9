"""Somebody who pays at a window, by a wallet's code or by card, for the tests of codes and terminals."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from hospital.kernel.actors import Actor, ActorKind
from hospital.payments.api import (
    confirm_payment,
    get_payment_order,
    refund_payment,
    send_refund,
    start_code_payment,
    start_terminal_payment,
)
from hospital.payments.models import PaymentOrder
from hospital.payments.services.payments import query_payment
from hospital.payments.states import Channel, PaymentState
from hospital.payments.types import PaymentOrderInfo, RefundOrderInfo
from sandbox.process import SandboxClient
from sandbox.wallets.codes import Plan, Wallet, new_code

CASHIER = Actor(kind=ActorKind.STAFF, id="7", label="Chen Yu")
WALLETS = {Channel.WECHAT_CODE: Wallet.WECHAT, Channel.ALIPAY_CODE: Wallet.ALIPAY}


def pay_by_code(channel: Channel, plan: Plan = Plan.PAYS, amount: str = "128.50", **changes: Any) -> PaymentOrderInfo:
    values: dict[str, Any] = {
        "channel": channel,
        "payer_code": new_code(WALLETS[channel], plan),
        "reference_kind": "bill",
        "reference": str(uuid4()),
        "amount": Decimal(amount),
        "person_id": None,
        "idempotency_key": str(uuid4()),
        "desk": "W3",
        "description": "国际医疗中心 S2603020001",
        "actor": CASHIER,
        "now": timezone.now(),
    }
    return start_code_payment(**(values | changes))


def pay_by_card(amount: str = "128.50", **changes: Any) -> PaymentOrderInfo:
    values: dict[str, Any] = {
        "terminal": "T02",
        "reference_kind": "bill",
        "reference": str(uuid4()),
        "amount": Decimal(amount),
        "person_id": None,
        "idempotency_key": str(uuid4()),
        "actor": CASHIER,
        "now": timezone.now(),
    }
    return start_terminal_payment(**(values | changes))


def confirm(payment: PaymentOrderInfo, *, after: timedelta = timedelta()) -> PaymentOrderInfo:
    return confirm_payment(order_id=payment.id, now=timezone.now() + after)


def ask_as_queued(payment_id: UUID, now: datetime) -> PaymentOrderInfo:
    """The scheduled question, at `now`."""
    order = PaymentOrder.objects.get(pk=payment_id)
    query_payment(order_id=payment_id, query_round=order.query_round, now=now)
    return get_payment_order(order_id=payment_id)


def give_back(payment: PaymentOrderInfo, amount: str, key: str = "") -> RefundOrderInfo:
    """A refund, sent once."""
    refund = refund_payment(
        order_id=payment.id,
        amount=Decimal(amount),
        idempotency_key=key or str(uuid4()),
        actor=CASHIER,
        now=timezone.now(),
    )
    return send_refund(refund_id=refund.id, now=timezone.now())


def only_payment() -> PaymentOrder:
    """The one payment that there is."""
    return PaymentOrder.objects.get()


def taken_from(sandbox: SandboxClient, channel: Channel) -> list[tuple[str, Decimal]]:
    """State and money of each order at the wallet."""
    if channel is Channel.ALIPAY_CODE:
        return [(one["status"], Decimal(one["taken"])) for one in sandbox.list_alipay_trades()]
    return [
        (one["trade_state"], Decimal(one["amount"].get("payer_total", 0)) / 100) for one in sandbox.list_wechat_orders()
    ]


def answer_password(sandbox: SandboxClient, payment: PaymentOrderInfo, *, pays: bool) -> None:
    """The payer types the password, or will not."""
    if payment.channel is Channel.ALIPAY_CODE:
        sandbox.answer_alipay(payment.number, pays=pays)
    else:
        sandbox.act_on_wechat(payment.number, "settle", succeeded=pays)


PAID, PAYING, UNKNOWN = PaymentState.PAID, PaymentState.PAYING, PaymentState.UNKNOWN
FAILED, CLOSED = PaymentState.FAILED, PaymentState.CLOSED
