"""The gateway's answers, well-formed and not."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from hospital.integrations.mpgs import acquirer as adapter
from hospital.integrations.mpgs.acquirer import MpgsAcquirer, MpgsConfig
from hospital.integrations.mpgs.answers import read_order, read_transaction
from hospital.payments.ports import (
    AcquirerRejected,
    AcquirerState,
    AcquirerUnavailable,
    NotificationNotGenuine,
    NotificationUnreadable,
    RefundRequest,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
REFUND = RefundRequest(order_no="P1", tid="R1", amount=Decimal("1.00"), paid=Decimal("9.00"), currency="CNY")
CONFIG = MpgsConfig(
    gateway_url="https://gateway.test",
    version=100,
    merchant_id="M1",
    api_password="pass word",
    webhook_secret="hush",
    notification_url="https://imc.test/notify",
    connect_seconds=1,
    answer_seconds=1,
)


@pytest.fixture
def answering(monkeypatch):
    """An acquirer whose gateway gives one answer; the requests it saw."""
    seen: list[httpx.Request] = []

    def build(status: int = 200, **answer: Any) -> tuple[MpgsAcquirer, list[httpx.Request]]:
        def respond(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(status, **answer)

        client = httpx.Client(base_url=CONFIG.gateway_url, transport=httpx.MockTransport(respond))
        monkeypatch.setattr(adapter, "_client", lambda config: client)
        return MpgsAcquirer(CONFIG), seen

    return build


def order_body(**changes: Any) -> dict[str, Any]:
    payment = {
        "result": "SUCCESS",
        "response": {"gatewayCode": "APPROVED"},
        "transaction": {"id": "1", "type": "PAYMENT", "amount": Decimal("0.10")},
        "authentication": {"3ds": {"acsEci": "02"}},
    }
    body: dict[str, Any] = {
        "id": "P1",
        "currency": "CNY",
        "totalCapturedAmount": Decimal("0.10"),
        "transaction": [payment],
    }
    return body | changes


def test_amounts_are_exact(answering):
    acquirer, _ = answering(content=b'{"id":"P1","currency":"CNY","totalCapturedAmount":1234567.1,"transaction":[]}')
    assert acquirer.retrieve_order("P1").captured == Decimal("1234567.10")


def test_order_without_card_details_is_read():
    order = read_order(order_body(), order_no="P1")
    assert (order.state, order.captured, order.card, order.eci) == (
        AcquirerState.SUCCEEDED,
        Decimal("0.10"),
        None,
        "02",
    )


def test_refunds_are_told_apart_from_the_payment():
    refund = {"result": "PENDING", "transaction": {"id": "R1", "type": "REFUND", "amount": 5}}
    order = read_order(order_body(transaction=[*order_body()["transaction"], refund]), order_no="P1")
    assert order.state is AcquirerState.SUCCEEDED
    assert [(one.tid, one.state, one.amount) for one in order.refunds] == [("R1", AcquirerState.PENDING, Decimal(5))]


@pytest.mark.parametrize(
    "body", [order_body(id="P2"), order_body(totalCapturedAmount="much"), {"id": "P1"}, {}], ids=repr
)
def test_answer_that_says_nothing_is_no_answer(body):
    with pytest.raises(AcquirerUnavailable):
        read_order(body, order_no="P1")


@pytest.mark.parametrize("result", ["PENDING", "UNKNOWN", "", None, "SOMETHING_NEW"])
def test_result_that_is_not_final_is_pending(result):
    body = {"result": result, "transaction": {"id": "R1", "amount": "1.00"}}
    assert read_transaction(body, tid="R1").state is AcquirerState.PENDING


def test_answer_about_another_transaction_is_no_answer():
    with pytest.raises(AcquirerUnavailable):
        read_transaction({"result": "SUCCESS", "transaction": {"id": "R2", "amount": "1.00"}}, tid="R1")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (500, AcquirerUnavailable),
        (503, AcquirerUnavailable),
        (429, AcquirerUnavailable),
        (408, AcquirerUnavailable),
        (302, AcquirerUnavailable),
        (401, AcquirerRejected),
        (403, AcquirerRejected),
        (400, AcquirerRejected),
    ],
)
def test_errors_are_lasting_or_passing(answering, status, error):
    acquirer, _ = answering(status, json={"error": {"cause": "SERVER_BUSY"}, "result": "ERROR"})
    with pytest.raises(error):
        acquirer.retrieve_order("P1")


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b'"text"'])
def test_success_without_a_body_is_no_answer(answering, content):
    acquirer, _ = answering(200, content=content)
    with pytest.raises(AcquirerUnavailable):
        acquirer.refund(REFUND)


def test_unknown_order_is_none_only_when_retrieving(answering):
    acquirer, _ = answering(400, json={"error": {"cause": "INVALID_REQUEST"}, "result": "ERROR"})
    assert acquirer.retrieve_order("P1") is None
    with pytest.raises(AcquirerRejected):
        acquirer.refund(REFUND)


def test_refund_sends_text_amounts_under_our_id(answering):
    acquirer, seen = answering(
        201, json={"result": "SUCCESS", "transaction": {"id": "R1", "amount": 1.1}, "response": {}}
    )
    assert acquirer.refund(replace(REFUND, amount=Decimal("1.10"))).amount == Decimal("1.10")
    assert seen[0].method == "PUT"
    assert seen[0].url.path == "/api/rest/version/100/merchant/M1/order/P1/transaction/R1"
    assert b'"amount":"1.10"' in seen[0].content


def test_notification_needs_the_secret_an_id_and_an_order():
    acquirer = MpgsAcquirer(CONFIG)
    headers = {"X-Notification-Secret": "hush", "X-Notification-ID": "n1", "X-Notification-Attempt": "2"}
    body = b'{"order":{"id":"P1"}}'
    told = acquirer.read_notification(headers=headers, body=body, now=NOW)
    assert (told.notification_id, told.order_no, told.attempt) == ("n1", "P1", 2)
    for wrong in ({"X-Notification-Secret": "Hush"}, {"X-Notification-Secret": ""}, {"X-Notification-Secret": "é"}):
        with pytest.raises(NotificationNotGenuine):
            acquirer.read_notification(headers=headers | wrong, body=body, now=NOW)
    for broken in (b"", b"{}", b"[]", b'{"order":{"id":7}}'):
        with pytest.raises(NotificationUnreadable):
            acquirer.read_notification(headers=headers, body=broken, now=NOW)
    with pytest.raises(NotificationUnreadable):
        acquirer.read_notification(headers=headers | {"X-Notification-ID": ""}, body=body, now=NOW)


def test_without_a_configured_secret_nothing_is_genuine():
    open_config = MpgsConfig(**(CONFIG.__dict__ | {"webhook_secret": ""}))
    with pytest.raises(NotificationNotGenuine):
        MpgsAcquirer(open_config).read_notification(
            headers={"X-Notification-Secret": "", "X-Notification-ID": "n1"}, body=b'{"order":{"id":"P1"}}', now=NOW
        )


def test_configuration_does_not_show_its_secrets():
    assert "pass word" not in repr(CONFIG)
    assert "hush" not in repr(CONFIG)
