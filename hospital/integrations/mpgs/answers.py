"""Reading the gateway's answers."""

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

_RESULTS = {"SUCCESS": AcquirerState.SUCCEEDED, "FAILURE": AcquirerState.FAILED, "ERROR": AcquirerState.FAILED}
# Kinds of transaction that take money, or hold it.
_PAYING_TYPES = ("PAYMENT", "CAPTURE", "AUTHORIZATION", "AUTHENTICATION")


def read_order(body: Body, *, order_no: str) -> AcquirerOrder:
    """RETRIEVE_ORDER. An answer about another order, or without amounts, says nothing: AcquirerUnavailable."""
    if body.get("id") != order_no:
        raise AcquirerUnavailable("the answer is about another order")
    transactions = [one for one in body.get("transaction") or () if isinstance(one, dict)]
    last = next((one for one in reversed(transactions) if _part(one, "transaction").get("type") in _PAYING_TYPES), {})
    return AcquirerOrder(
        order_no=order_no,
        state=_state(last.get("result")),
        captured=_amount(body, "totalCapturedAmount"),
        currency=str(body.get("currency", "")),
        code=str(_part(last, "response").get("gatewayCode", ""))[:60],
        card=_read_card(body),
        eci=str(body.get("3dsAcsEci") or _part(_part(last, "authentication"), "3ds").get("acsEci") or "")[:2],
        authentication_status=str(body.get("authenticationStatus", ""))[:60],
        refunds=tuple(_read_refund(one) for one in transactions if _part(one, "transaction").get("type") == "REFUND"),
    )


def read_transaction(body: Body, *, tid: str) -> AcquirerRefund:
    """The answer to REFUND. One about another transaction says nothing: AcquirerUnavailable."""
    refund = _read_refund(body)
    if refund.tid != tid:
        raise AcquirerUnavailable("the answer is about another transaction")
    return refund


def _read_refund(body: Body) -> AcquirerRefund:
    transaction = _part(body, "transaction")
    return AcquirerRefund(
        tid=str(transaction.get("id", "")),
        state=_state(body.get("result")),
        amount=_amount(transaction, "amount"),
        code=str(_part(body, "response").get("gatewayCode", ""))[:60],
    )


def _state(result: object) -> AcquirerState:
    """PENDING and UNKNOWN, and whatever the gateway may add, are no answer yet."""
    return _RESULTS.get(str(result), AcquirerState.PENDING)


def _read_card(body: Body) -> AcquirerCard | None:
    card = _part(_part(_part(body, "sourceOfFunds"), "provided"), "card")
    number = str(card.get("number", ""))
    if not card.get("brand"):
        return None
    return AcquirerCard(
        brand=str(card["brand"])[:20],
        first6=number[:6] if number[:6].isdecimal() else "",
        last4=number[-4:] if number[-4:].isdecimal() else "",
        funding=str(card.get("fundingMethod", ""))[:20],
    )


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _amount(body: Body, name: str) -> Decimal:
    try:
        return Decimal(str(body[name])).quantize(Decimal("0.01"))
    except (KeyError, InvalidOperation):
        raise AcquirerUnavailable(f"the answer has no {name}") from None
