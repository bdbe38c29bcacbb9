"""Reading Alipay's answers. Amounts come and go as yuan in text."""

from decimal import Decimal, InvalidOperation
from typing import Any

from hospital.payments.ports import AcquirerOrder, AcquirerRefund, AcquirerState, AcquirerUnavailable

Body = dict[str, Any]

_ORDER_STATES = {
    "TRADE_SUCCESS": AcquirerState.SUCCEEDED,
    "TRADE_FINISHED": AcquirerState.SUCCEEDED,
    "TRADE_CLOSED": AcquirerState.CLOSED,
}
_NOTHING = Decimal("0.00")


def read_amount(text: object) -> Decimal:
    """CNY with two places. What is no such text says nothing: AcquirerUnavailable."""
    try:
        amount = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise AcquirerUnavailable("the answer has no amount")
    return amount.quantize(Decimal("0.01"))


def read_trade(body: Body, *, order_no: str) -> AcquirerOrder:
    """The query of a trade. `total_amount` counts, the price, which reaches the merchant also where a coupon was used.

    TRADE_CLOSED: not paid in time, cancelled, or given back as a whole. An answer about another order says nothing.
    """
    state = str(body.get("trade_status", ""))
    return _order(body, order_no=order_no, state=_ORDER_STATES.get(state, AcquirerState.PENDING), code=state)


def read_payment(body: Body, *, order_no: str) -> AcquirerOrder:
    """The answer to a payment that succeeded at once (10000); it tells no status."""
    return _order(body, order_no=order_no, state=AcquirerState.SUCCEEDED, code="TRADE_SUCCESS")


def _order(body: Body, *, order_no: str, state: AcquirerState, code: str) -> AcquirerOrder:
    if body.get("out_trade_no") != order_no:
        raise AcquirerUnavailable("the answer is about another order")
    is_paid = state is AcquirerState.SUCCEEDED
    return AcquirerOrder(
        order_no=order_no,
        state=state,
        captured=read_amount(body.get("total_amount")) if is_paid else _NOTHING,
        currency=str(body.get("trans_currency") or "CNY"),
        code=code[:60],
        transaction_no=str(body.get("trade_no", ""))[:64],
    )


def read_refund_query(body: Body, *, order_no: str, tid: str) -> AcquirerRefund | None:
    """The query of a refund; None where it did not arrive, or was not carried out: it is sent again."""
    if body.get("refund_status") != "REFUND_SUCCESS":
        return None
    if body.get("out_trade_no") != order_no or body.get("out_request_no") != tid:
        raise AcquirerUnavailable("the answer is about another refund")
    return AcquirerRefund(
        tid=tid,
        state=AcquirerState.SUCCEEDED,
        amount=read_amount(body.get("refund_amount")),
        code="REFUND_SUCCESS",
    )
