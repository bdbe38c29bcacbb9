"""Reading WeChat Pay's answers. Amounts come in fen and leave as CNY with two places."""

from decimal import Decimal
from typing import Any

from hospital.payments.ports import (
    HELD_UP,
    AcquirerOrder,
    AcquirerRefund,
    AcquirerState,
    AcquirerUnavailable,
)

Body = dict[str, Any]

_FEN = Decimal(100)
# REFUND: paid, and given back since, wholly or in part.
_PAID = ("SUCCESS", "REFUND")
_ORDER_STATES = {
    "CLOSED": AcquirerState.CLOSED,
    "REVOKED": AcquirerState.CLOSED,
    "PAYERROR": AcquirerState.FAILED,
}
_REFUND_STATES = {"SUCCESS": AcquirerState.SUCCEEDED, "CLOSED": AcquirerState.FAILED}


def to_fen(amount: Decimal) -> int:
    """Whole fen. The amount has two places at most: payments has checked that."""
    return int(amount * _FEN)


def from_fen(fen: object) -> Decimal:
    """CNY with two places. What is no whole number says nothing: AcquirerUnavailable."""
    if not isinstance(fen, int) or isinstance(fen, bool):
        raise AcquirerUnavailable("the answer has no amount")
    return (Decimal(fen) / _FEN).quantize(Decimal("0.01"))


def read_order(body: Body, *, order_no: str, merchant_id: str) -> AcquirerOrder | None:
    """The query of an order by our number; None while nobody has tried to pay it.

    `amount.total` counts, the price of the order, which reaches the merchant also where the payer used a coupon. An
    answer about another order, or of a merchant who is not us, says nothing: AcquirerUnavailable.
    """
    if body.get("out_trade_no") != order_no or body.get("mchid") != merchant_id:
        raise AcquirerUnavailable("the answer is about another order")
    state = str(body.get("trade_state", ""))
    if state == "NOTPAY":
        return None
    amount = _part(body, "amount")
    is_paid = state in _PAID
    return AcquirerOrder(
        order_no=order_no,
        # USERPAYING, ACCEPT and whatever may be added are no answer yet.
        state=AcquirerState.SUCCEEDED if is_paid else _ORDER_STATES.get(state, AcquirerState.PENDING),
        captured=from_fen(amount.get("total")) if is_paid else Decimal("0.00"),
        currency=str(amount.get("currency", "CNY")),
        code=state[:60],
        transaction_no=str(body.get("transaction_id", ""))[:64],
    )


def read_refund(body: Body, *, tid: str) -> AcquirerRefund:
    """A refund as asked for or queried: accepted is not refunded. One about another number: AcquirerUnavailable."""
    if body.get("out_refund_no") != tid:
        raise AcquirerUnavailable("the answer is about another refund")
    status = str(body.get("status", ""))
    return AcquirerRefund(
        tid=tid,
        state=_REFUND_STATES.get(status, AcquirerState.PENDING),
        amount=from_fen(_part(body, "amount").get("refund")),
        # ABNORMAL: the payer's bank did not take it; the merchant decides at WeChat's console what becomes of it.
        code=HELD_UP if status == "ABNORMAL" else status[:60],
    )


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, dict) else {}
