"""The acquirer's REST interface."""

from __future__ import annotations

import httpx
import pytest

from sandbox.process import SandboxClient
from tests.sandbox.conftest import checkout_body, open_session

FRICTIONLESS = "4012000033330026"
PENDING_REFUND = "5123456789012346"


def test_stranger_and_other_merchant_are_refused(sandbox: SandboxClient, gateway: httpx.Client) -> None:
    stranger = httpx.post(f"{sandbox.address.gateway_url}/session", json=checkout_body("A1"), trust_env=False)
    assert (stranger.status_code, stranger.json()["result"]) == (401, "ERROR")
    other = gateway.post("../OTHER/session", json=checkout_body("A1"))
    assert other.status_code in (403, 404)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"order_fields": {"amount": "100.001"}}, "order.amount"),
        ({"order_fields": {"amount": "0.00"}}, "order.amount"),
        ({"order_fields": {"currency": "cny"}}, "order.currency"),
        ({"order_fields": {"id": "x" * 41}}, "order.id"),
        ({"interaction_fields": {"operation": "PAY"}}, "interaction.operation"),
        ({"interaction_fields": {"returnUrl": "javascript:alert(1)"}}, "interaction.returnUrl"),
    ],
)
def test_bad_field_is_named(gateway: httpx.Client, changes: dict[str, dict[str, object]], field: str) -> None:
    answer = gateway.post("/session", json=checkout_body("A1", **changes))
    assert answer.status_code == 400
    assert answer.json()["error"]["cause"] == "INVALID_REQUEST"
    assert answer.json()["error"]["field"] == field


def test_order_is_unknown_until_the_first_attempt(gateway: httpx.Client) -> None:
    open_session(gateway, "A1")
    answer = gateway.get("/order/A1")
    assert (answer.status_code, answer.json()["error"]["cause"]) == (400, "INVALID_REQUEST")


def test_paid_order_tells_card_and_authentication(sandbox: SandboxClient, gateway: httpx.Client) -> None:
    assert sandbox.pay(open_session(gateway, "A1"), "5123450000000008") == "SUCCESS"
    order = gateway.get("/order/A1").json()
    assert (order["status"], order["result"], order["totalCapturedAmount"]) == ("CAPTURED", "SUCCESS", 100.00)
    card = order["sourceOfFunds"]["provided"]["card"]
    assert (card["brand"], card["number"], card["fundingMethod"]) == ("MASTERCARD", "512345xxxxxx0008", "CREDIT")
    payment = order["transaction"][-1]
    assert (payment["transaction"]["type"], payment["response"]["gatewayCode"]) == ("PAYMENT", "APPROVED")
    assert payment["transaction"]["authenticationStatus"] == "AUTHENTICATION_SUCCESSFUL"
    assert payment["authentication"]["3ds"]["acsEci"] == "02"
    assert "5123450000000008" not in gateway.get("/order/A1").text


def test_refund_is_carried_out_once_per_transaction_id(sandbox: SandboxClient, gateway: httpx.Client) -> None:
    sandbox.pay(open_session(gateway, "A1"), FRICTIONLESS)
    body = {"apiOperation": "REFUND", "transaction": {"amount": "30.00", "currency": "CNY"}}
    first = gateway.put("/order/A1/transaction/r1", json=body)
    again = gateway.put("/order/A1/transaction/r1", json=body)
    assert (first.status_code, first.json()["result"]) == (201, "SUCCESS")
    assert again.json()["transaction"] == first.json()["transaction"]
    other = body | {"transaction": {"amount": "40.00", "currency": "CNY"}}
    assert gateway.put("/order/A1/transaction/r1", json=other).status_code == 400
    order = gateway.get("/order/A1").json()
    assert (order["status"], order["totalRefundedAmount"]) == ("PARTIALLY_REFUNDED", 30.00)


def test_refunds_never_exceed_the_capture(sandbox: SandboxClient, gateway: httpx.Client) -> None:
    sandbox.pay(open_session(gateway, "A1"), FRICTIONLESS)
    body = {"apiOperation": "REFUND", "transaction": {"amount": "60.00", "currency": "CNY"}}
    assert gateway.put("/order/A1/transaction/r1", json=body).status_code == 201
    assert gateway.put("/order/A1/transaction/r2", json=body).status_code == 400
    assert gateway.get("/order/A1").json()["totalRefundedAmount"] == 60.00


def test_pending_refund_counts_and_ends_when_settled(sandbox: SandboxClient, gateway: httpx.Client) -> None:
    sandbox.pay(open_session(gateway, "A1"), PENDING_REFUND)
    body = {"apiOperation": "REFUND", "transaction": {"amount": "60.00", "currency": "CNY"}}
    assert gateway.put("/order/A1/transaction/r1", json=body).json()["result"] == "PENDING"
    assert gateway.put("/order/A1/transaction/r2", json=body).status_code == 400
    sandbox.settle("A1", "r1", succeeded=True)
    assert gateway.get("/order/A1/transaction/r1").json()["result"] == "SUCCESS"


def test_authorization_is_captured_and_voided(sandbox: SandboxClient, gateway: httpx.Client) -> None:
    session = open_session(gateway, "A1", interaction_fields={"operation": "AUTHORIZE"})
    sandbox.pay(session, FRICTIONLESS)
    assert gateway.get("/order/A1").json()["status"] == "AUTHORIZED"
    capture = {"apiOperation": "CAPTURE", "transaction": {"amount": "100.00", "currency": "CNY"}}
    assert gateway.put("/order/A1/transaction/c1", json=capture).json()["order"]["status"] == "CAPTURED"
    assert gateway.put("/order/A1/transaction/c2", json=capture).status_code == 400
    void = {"apiOperation": "VOID", "transaction": {"targetTransactionId": "c1"}}
    assert gateway.put("/order/A1/transaction/v1", json=void).json()["order"]["status"] == "CANCELLED"


def test_retrieval_fails_and_slows_as_the_scenario_says(sandbox: SandboxClient, gateway: httpx.Client) -> None:
    sandbox.pay(open_session(gateway, "A1"), FRICTIONLESS)
    sandbox.force("A1", failing_retrievals=2, slow_retrievals=1)
    assert [gateway.get("/order/A1").status_code for _ in range(2)] == [500, 500]
    with pytest.raises(httpx.ReadTimeout):
        gateway.get("/order/A1", timeout=0.2)
    assert gateway.get("/order/A1", timeout=0.5).status_code == 200


@pytest.mark.parametrize(("succeeded", "status"), [(True, "CAPTURED"), (False, "FAILED")])
def test_pending_payment_ends_later(
    sandbox: SandboxClient, gateway: httpx.Client, succeeded: bool, status: str
) -> None:
    sandbox.force("*", slow_retrievals=0)
    assert sandbox.pay(open_session(gateway, "A1"), "4012000000004000") == "PENDING"
    order = gateway.get("/order/A1").json()
    assert (order["result"], order["totalCapturedAmount"]) == ("PENDING", 0)
    sandbox.settle("A1", order["transaction"][-1]["transaction"]["id"], succeeded=succeeded)
    assert gateway.get("/order/A1").json()["status"] == status
