"""Paying inside WeChat on the running product: server, worker, sandbox, notices (A07, W25).

Whether somebody paid is read from the database: asking through the API would make the server ask WeChat.
"""

from typing import Any

import httpx
import pytest

from tests.journeys.conftest import LiveProduct
from tests.journeys.patient import Patient, sign_up
from tests.journeys.test_card_troubles import Books, open_lines, owe_something
from tests.journeys.waiting import wait_for

pytestmark = pytest.mark.requirement("A07", "W25")


@pytest.fixture(scope="module")
def wechat(live_product: LiveProduct) -> httpx.Client:
    """The sandbox's WeChat: the phone, and what steers it."""
    return httpx.Client(base_url=live_product.sandbox_url, timeout=30, trust_env=False)


@pytest.fixture(scope="module")
def books(live_product: LiveProduct) -> Books:
    """The books of the running product."""
    return Books(live_product)


@pytest.fixture(scope="module")
def payer(live_product: LiveProduct, wechat: httpx.Client) -> Patient:
    """A patient who signed up by e-mail and connected WeChat."""
    patient = sign_up(live_product, language="zh-hans")
    code = wechat.post("/_control/wechat/codes", json={"user": patient.email}).json()["code"]
    assert patient.http.put("/account/wechat", json={"code": code}).status_code == 204
    return patient


def start(payer: Patient, charge_id: str) -> dict[str, Any]:
    """Quotes one line and announces its payment to WeChat."""
    quote = payer.post("/bills/quote", charge_ids=[charge_id])
    key = f"journey-{quote['token'][:20]}"
    return dict(payer.post("/bills/pay", quote_token=quote["token"], idempotency_key=key, means="wechat_jsapi"))


def confirm(wechat: httpx.Client, started: dict[str, Any], answer: str = "pay") -> str:
    """What `wx.requestPayment` says after the payer's answer."""
    call = started["payment"]["wechat"] | {"answer": answer}
    return str(wechat.post("/wechat-pay/phone/requests", json=call).json()["errMsg"])


def force(wechat: httpx.Client, number: str, **scenario: Any) -> None:
    """Fixes what becomes of an order."""
    wechat.put(f"/_control/wechat/orders/{number}/scenario", json=scenario).raise_for_status()


def test_the_notice_alone_settles_the_bill(payer: Patient, books: Books, wechat: httpx.Client) -> None:
    started = start(payer, owe_something(payer))
    assert confirm(wechat, started) == "requestPayment:ok"
    wait_for(lambda: books.is_settled(started), "the bill of a payment that was notified")
    number = books.number(started)
    notices = wechat.get("/_control/wechat/notices", params={"order": number}).json()["notices"]
    assert [(one["event"], one["delivered"]) for one in notices] == [("TRANSACTION.SUCCESS", True)]
    receipt = payer.get(f"/bills/{started['settlement_id']}")
    assert receipt["means"]["code"] == "wechat_jsapi"
    assert "微信支付" in payer.pdf_text(f"/bills/{started['settlement_id']}/statement", "zh")


def test_without_a_notice_the_payers_question_settles_it(payer: Patient, books: Books, wechat: httpx.Client) -> None:
    started = start(payer, owe_something(payer))
    force(wechat, books.number(started), notices="LOST")
    assert confirm(wechat, started) == "requestPayment:ok"
    assert not books.is_settled(started)
    assert payer.payment(started)["state"] == "PAID"
    assert books.is_settled(started)


def test_a_forged_notice_pays_nothing_and_who_cancels_goes_on(
    payer: Patient, books: Books, wechat: httpx.Client
) -> None:
    started = start(payer, owe_something(payer))
    number = books.number(started)
    forged = wechat.post(f"/_control/wechat/orders/{number}/forge").json()["id"]

    def answers() -> list[int]:
        notices = wechat.get("/_control/wechat/notices", params={"order": number}).json()["notices"]
        return list(next(one["answers"] for one in notices if one["id"] == forged))

    assert wait_for(answers, "the answer to a forged notice") == [401]
    assert confirm(wechat, started, "cancel") == "requestPayment:fail cancel"
    assert payer.payment(started)["state"] == "PAYING"
    assert payer.bill()["payment"]["wechat"]["package"] == started["payment"]["wechat"]["package"]
    stopped = payer.post(f"/payments/{started['payment']['id']}/cancel")
    assert stopped["state"] == "CLOSED"
    assert confirm(wechat, started) == "requestPayment:fail"
    assert not any(open_lines(payer).values())


def test_while_the_payer_types_the_bill_is_bound_and_then_paid(
    payer: Patient, books: Books, wechat: httpx.Client
) -> None:
    started = start(payer, owe_something(payer))
    number = books.number(started)
    force(wechat, number, payment="USERPAYING")
    confirm(wechat, started)
    assert payer.payment(started)["state"] == "UNKNOWN"
    assert any(open_lines(payer).values())
    wechat.post(f"/_control/wechat/orders/{number}/settle", json={"succeeded": True}).raise_for_status()
    wait_for(lambda: books.is_settled(started), "the bill of a payment that was unclear")
