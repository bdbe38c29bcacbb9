"""The gateway's JSON: how orders, transactions and errors are told."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from starlette.responses import Response

from sandbox.acquirer.ledger import Order, Transaction

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_TWO_PLACES = Decimal("0.01")


def json_response(content: Any, status: int = 200) -> Response:
    """JSON with amounts as numbers of two places, as the gateway writes them."""
    return Response(_ENCODER.encode(content), status_code=status, media_type="application/json")


def error_response(status: int, cause: str, explanation: str, field: str = "") -> Response:
    """The gateway's error body."""
    error = {"cause": cause, "explanation": explanation}
    if field:
        error |= {"field": field, "validationType": "INVALID"}
    return json_response({"error": error, "result": "ERROR"}, status)


def describe_order(order: Order, *, merchant: str) -> dict[str, Any]:
    """The body of RETRIEVE_ORDER."""
    body = _order_fields(order) | {
        "merchant": merchant,
        "result": _overall_result(order),
        "transaction": [describe_transaction(order, one, merchant=merchant) for one in order.transactions],
    }
    return body | _authentication(order) | _source_of_funds(order)


def describe_transaction(order: Order, transaction: Transaction, *, merchant: str) -> dict[str, Any]:
    """The body of an answer to a transaction request, of RETRIEVE_TRANSACTION and of a notification."""
    body = {
        "merchant": merchant,
        "gatewayEntryPoint": "CHECKOUT_VIA_WEB_SITE" if transaction.type != "REFUND" else "WEB_SERVICES_API",
        "order": _order_fields(order) | _authentication(order),
        "response": {
            "gatewayCode": transaction.gateway_code,
            "gatewayRecommendation": "NO_ACTION" if transaction.result != "FAILURE" else "DO_NOT_PROCEED",
        },
        "result": transaction.result,
        "timeOfRecord": _instant(transaction.at),
        "transaction": {
            "id": transaction.id,
            "type": transaction.type,
            "amount": _amount(transaction.amount),
            "currency": transaction.currency,
            "authenticationStatus": order.authentication_status or "AUTHENTICATION_NOT_IN_EFFECT",
            "source": "INTERNET",
        },
        "version": "100",
    }
    return body | _authentication_details(order) | _source_of_funds(order)


def _order_fields(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "amount": _amount(order.amount),
        "currency": order.currency,
        "description": order.description,
        "status": order.status,
        "creationTime": _instant(order.created_at),
        "lastUpdatedTime": _instant(order.updated_at),
        "notificationUrl": order.notification_url,
        "totalAuthorizedAmount": _amount(max(order.sum_of("AUTHORIZATION"), order.captured)),
        "totalCapturedAmount": _amount(order.captured),
        "totalDisbursedAmount": _amount(Decimal(0)),
        "totalRefundedAmount": _amount(order.refunded),
    }


def _overall_result(order: Order) -> str:
    if order.captured > 0 or order.status in ("AUTHORIZED", "CANCELLED", "AUTHENTICATED"):
        return "SUCCESS"
    return order.transactions[-1].result if order.transactions else "PENDING"


def _authentication(order: Order) -> dict[str, Any]:
    if not order.authentication_status:
        return {}
    return {
        "authenticationStatus": order.authentication_status,
        "authenticationVersion": order.authentication_version,
        "3dsAcsEci": order.eci,
    }


def _authentication_details(order: Order) -> dict[str, Any]:
    if not order.authentication_status:
        return {}
    details = {"acsEci": order.eci, "transactionId": f"3ds-{order.id}"}
    return {"authentication": {"3ds": details, "version": order.authentication_version}}


def _source_of_funds(order: Order) -> dict[str, Any]:
    if order.card is None:
        return {}
    card = {
        "brand": order.card.brand,
        "scheme": order.card.brand,
        "number": order.card.number,
        "fundingMethod": order.card.funding,
        "nameOnCard": order.card.name,
        "expiry": {"month": order.card.expiry_month, "year": order.card.expiry_year},
        "storedOnFile": "NOT_STORED",
    }
    return {"sourceOfFunds": {"type": "CARD", "provided": {"card": card}}}


def _amount(value: Decimal) -> Decimal:
    return value.quantize(_TWO_PLACES)


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
