"""Reading the answers of the gateway for tills. Amounts come and go as CNY in text, with two places."""

from decimal import Decimal, InvalidOperation
from typing import Any

from hospital.payments.ports import (
    AcquirerCard,
    AcquirerOrder,
    AcquirerRefund,
    AcquirerState,
    AcquirerUnavailable,
)

Body = dict[str, Any]

_SALE_STATES = {
    "APPROVED": AcquirerState.SUCCEEDED,
    "DECLINED": AcquirerState.FAILED,
    "TIMED_OUT": AcquirerState.CLOSED,
    "ABORTED": AcquirerState.CLOSED,
}
_REFUND_STATES = {"DONE": AcquirerState.SUCCEEDED, "REFUSED": AcquirerState.FAILED}


def read_amount(text: object) -> Decimal:
    """CNY with two places. What is no such text says nothing: AcquirerUnavailable."""
    try:
        amount = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise AcquirerUnavailable("the answer has no amount")
    return amount.quantize(Decimal("0.01"))


def read_sale(body: Body, *, order_no: str) -> AcquirerOrder:
    """A sale as it stands. WAITING for a card and READING it are pending; one about another number says nothing."""
    if body.get("number") != order_no:
        raise AcquirerUnavailable("the answer is about another sale")
    state = _SALE_STATES.get(str(body.get("state", "")), AcquirerState.PENDING)
    is_paid = state is AcquirerState.SUCCEEDED
    refunds = body.get("refunds")
    return AcquirerOrder(
        order_no=order_no,
        state=state,
        captured=read_amount(body.get("captured")) if is_paid else Decimal("0.00"),
        currency=str(body.get("currency", "")),
        code=str(body.get("code", ""))[:60],
        card=_read_card(body.get("card")) if is_paid else None,
        refunds=tuple(read_refund(each) for each in refunds) if isinstance(refunds, list) else (),
        transaction_no=str(body.get("reference", ""))[:64],
    )


def _read_card(card: object) -> AcquirerCard | None:
    if not isinstance(card, dict):
        return None
    return AcquirerCard(
        brand=str(card.get("brand", ""))[:20],
        first6=str(card.get("first6", ""))[:6],
        last4=str(card.get("last4", ""))[:4],
        funding=str(card.get("funding", ""))[:20],
    )


def read_refund(body: Body) -> AcquirerRefund:
    """A refund of a sale."""
    return AcquirerRefund(
        tid=str(body.get("number", "")),
        state=_REFUND_STATES.get(str(body.get("state", "")), AcquirerState.PENDING),
        amount=read_amount(body.get("amount")),
        code=str(body.get("code", ""))[:60],
    )
