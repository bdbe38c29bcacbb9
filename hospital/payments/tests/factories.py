"""Payments in the state that a test wants, and an acquirer that says what it is told to say."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.kernel.actors import Actor, ActorKind
from hospital.payments.api import confirm_payment, start_card_payment, start_wechat_payment
from hospital.payments.models import PaymentEvent
from hospital.payments.ports import (
    AcquirerCard,
    AcquirerNotification,
    AcquirerOrder,
    AcquirerRefund,
    AcquirerState,
    CheckoutRequest,
    CheckoutSession,
    CodeRequest,
    NotificationNotGenuine,
    NotificationUnreadable,
    PrepayRequest,
    RefundRequest,
    SaleRequest,
    WechatCall,
)
from hospital.payments.types import PaymentOrderInfo

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PAYER = Actor(kind=ActorKind.PATIENT, id="a-1", label="Anna Smythe-Jones")
CASHIER = Actor(kind=ActorKind.STAFF, id="7", label="Chen Yu")
SECRET = "a secret"
_numbers = count(1)


class FakeAcquirer:
    """Keeps orders in a dict. `failures` are raised by the next calls of a method, in order."""

    def __init__(self) -> None:
        self.orders: dict[str, AcquirerOrder] = {}
        self.checkouts: list[CheckoutRequest] = []
        self.refund_calls: list[tuple[str, str, Decimal]] = []
        self.prepays: list[PrepayRequest] = []
        self.charges: list[CodeRequest] = []
        self.sales: list[SaleRequest] = []
        self.charge_answer: AcquirerOrder | None = None
        self.closed: list[str] = []
        self.refund_state = AcquirerState.SUCCEEDED
        self.refund_code = "APPROVED"
        self.failures: dict[str, list[Exception]] = {}
        self.barrier: threading.Barrier | None = None
        self._lock = threading.Lock()

    def start_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        self._fail("start_checkout")
        with self._lock:
            self.checkouts.append(request)
            session = f"S{len(self.checkouts)}"
        return CheckoutSession(session_id=session, success_indicator="hush", checkout_url=f"https://pay.test/{session}")

    def retrieve_order(self, order_no: str) -> AcquirerOrder | None:
        self._fail("retrieve_order")
        if self.barrier:
            self.barrier.wait(timeout=10)
        return self.orders.get(order_no)

    def close_order(self, order_no: str) -> None:
        self._fail("close_order")
        self.closed.append(order_no)

    def start_prepay(self, request: PrepayRequest) -> str:
        self._fail("start_prepay")
        with self._lock:
            self.prepays.append(request)
            return f"wx{len(self.prepays):08d}"

    def charge_code(self, request: CodeRequest) -> AcquirerOrder:
        with self._lock:
            self.charges.append(request)
        self._fail("charge_code")
        return self.charge_answer or paid_order(request.order_no, request.amount, card=None)

    def start_sale(self, request: SaleRequest) -> None:
        with self._lock:
            self.sales.append(request)
        self._fail("start_sale")

    def sign_call(self, prepay_id: str, *, now: datetime) -> WechatCall:
        return WechatCall(
            app_id="wx-app",
            time_stamp=str(int(now.timestamp())),
            nonce="once",
            prepay=f"prepay_id={prepay_id}",
            sign_type="RSA",
            signature="signed",
        )

    def retrieve_refund(self, order_no: str, tid: str) -> AcquirerRefund | None:
        told = self.retrieve_order(order_no)
        return next((one for one in told.refunds if one.tid == tid), None) if told else None

    def refund(self, request: RefundRequest) -> AcquirerRefund:
        with self._lock:
            self.refund_calls.append((request.order_no, request.tid, request.amount))
        self._fail("refund")
        refund = AcquirerRefund(tid=request.tid, state=self.refund_state, amount=request.amount, code=self.refund_code)
        self.set_refund(request.order_no, refund)
        return refund

    def set_refund(self, order_no: str, refund: AcquirerRefund) -> None:
        """What retrieve_order tells of a refund."""
        with self._lock:
            order = self.orders[order_no]
            others = tuple(one for one in order.refunds if one.tid != refund.tid)
            self.orders[order_no] = paid_order(order_no, order.captured, refunds=(*others, refund))

    def read_notification(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> AcquirerNotification:
        if headers.get("secret") != SECRET:
            raise NotificationNotGenuine
        if not body:
            raise NotificationUnreadable
        tid = headers.get("refund", "")
        return AcquirerNotification(notification_id=headers["id"], order_no=body.decode(), attempt=1, refund_tid=tid)

    def _fail(self, method: str) -> None:
        queued = self.failures.get(method)
        if queued:
            raise queued.pop(0)


class Connection:
    """The acquirer that the setting CARD_ACQUIRER leads to in these tests."""

    acquirer = FakeAcquirer()


def connected_acquirer() -> FakeAcquirer:
    return Connection.acquirer


def paid_order(order_no: str, amount: Decimal, **changes: Any) -> AcquirerOrder:
    """An order as the acquirer tells it once the money is in."""
    values: dict[str, Any] = {
        "order_no": order_no,
        "state": AcquirerState.SUCCEEDED,
        "captured": amount,
        "currency": "CNY",
        "code": "APPROVED",
        "card": AcquirerCard(brand="VISA", first6="450875", last4="1019", funding="CREDIT"),
        "eci": "05",
        "authentication_status": "AUTHENTICATION_SUCCESSFUL",
    }
    return AcquirerOrder(**(values | changes))


def unpaid_order(order_no: str, state: AcquirerState, code: str = "DECLINED") -> AcquirerOrder:
    return AcquirerOrder(order_no=order_no, state=state, captured=Decimal("0.00"), currency="CNY", code=code)


def start_payment(amount: str = "120.00", **changes: Any) -> PaymentOrderInfo:
    """A payment with an open checkout."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "reference_kind": "bill",
        "reference": f"bill-{number}",
        "amount": Decimal(amount),
        "person_id": None,
        "idempotency_key": f"key-{number}",
        "return_url": "https://imc.test/return/{payment_order_id}",
        "cancel_url": "https://imc.test/cancel",
        "actor": PAYER,
        "now": NOW,
    }
    return start_card_payment(**(values | changes))


def start_wechat(amount: str = "120.00", **changes: Any) -> PaymentOrderInfo:
    """A payment announced to WeChat."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "reference_kind": "bill",
        "reference": f"bill-{number}",
        "amount": Decimal(amount),
        "person_id": None,
        "idempotency_key": f"key-{number}",
        "openid": "o-anna",
        "description": "Bill",
        "actor": PAYER,
        "now": NOW,
    }
    return start_wechat_payment(**(values | changes))


def make_paid(amount: str = "120.00") -> PaymentOrderInfo:
    """A payment that the acquirer says is paid."""
    payment = start_payment(amount)
    Connection.acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    return confirm_payment(order_id=payment.id, now=NOW + timedelta(minutes=2))


def list_jobs(name: str) -> list[dict[str, Any]]:
    """The arguments of the queued jobs called `name`."""
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=name).order_by("id")]


def list_event_kinds(payment_id: UUID) -> list[str]:
    return list(PaymentEvent.objects.filter(order_id=payment_id).order_by("id").values_list("kind", flat=True))
