"""The hosted pages, walked as a browser does."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from sandbox.acquirer.cards import TEST_CARDS, brand_of, has_valid_check_digit
from sandbox.acquirer.scenario import Outcome
from sandbox.pages import read_texts
from sandbox.process import SandboxClient
from tests.sandbox.conftest import open_session

CARD = {"number": "4508 7500 1574 1019", "expiry": "12/39", "code": "123", "name": "ANNA SMYTHE-JONES"}


def _code_on(page: httpx.Response) -> str:
    found = re.search(r"Code for this test: (\d{6})", page.text)
    assert found, page.text
    return found[1]


def test_card_challenge_and_return(sandbox: SandboxClient, gateway: httpx.Client, browser: httpx.Client) -> None:
    session = open_session(gateway, "A1")
    assert "CNY 100.00" in browser.get(f"/checkout/pay/{session}").text
    to_challenge = browser.post(f"/checkout/pay/{session}", data=CARD)
    assert to_challenge.status_code == 303
    code = _code_on(browser.get(to_challenge.headers["Location"]))
    back = browser.post(f"/checkout/challenge/{session}", data={"code": code})
    query = parse_qs(urlsplit(back.headers["Location"]).query)
    assert query["payment"] == ["7"]
    assert gateway.get("/order/A1").json()["status"] == "CAPTURED"
    sessions = browser.get("/_control/sessions").json()["sessions"]
    assert query["resultIndicator"] == [sessions[0]["successIndicator"]]
    assert browser.post(f"/checkout/pay/{session}", data=CARD).status_code == 409


def test_wrong_codes_fail_the_authentication(gateway: httpx.Client, browser: httpx.Client) -> None:
    session = open_session(gateway, "A1")
    browser.post(f"/checkout/pay/{session}", data=CARD)
    assert [browser.post(f"/checkout/challenge/{session}", data={"code": "x"}).status_code for _ in range(3)] == [
        422,
        422,
        402,
    ]
    order = gateway.get("/order/A1").json()
    assert (order["status"], order["authenticationStatus"]) == ("AUTHENTICATION_UNSUCCESSFUL", "AUTHENTICATION_FAILED")


def test_declined_card_may_be_replaced(gateway: httpx.Client, browser: httpx.Client) -> None:
    session = open_session(gateway, "A1")
    browser.post(f"/checkout/pay/{session}", data=CARD | {"number": "4012000000001006"})
    page = browser.get(f"/checkout/challenge/{session}")
    declined = browser.post(f"/checkout/challenge/{session}", data={"code": _code_on(page)})
    assert declined.status_code == 402
    assert read_texts("en")["declined_insufficient_funds"] in declined.text
    assert gateway.get("/order/A1").json()["status"] == "FAILED"
    paid = browser.post(f"/checkout/pay/{session}", data=CARD | {"number": "4012000033330026"})
    assert paid.status_code == 303
    assert gateway.get("/order/A1").json()["status"] == "CAPTURED"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"number": "4508750015741010"}, "error_number"),
        ({"number": "4111111111111111"}, "error_not_test_card"),
        ({"expiry": "01/20"}, "error_expiry"),
        ({"code": "12"}, "error_code"),
        ({"name": ""}, "error_name"),
    ],
)
def test_bad_field_is_shown_in_both_languages(
    gateway: httpx.Client, browser: httpx.Client, changes: dict[str, str], key: str
) -> None:
    session = open_session(gateway, "A1")
    for language in ("en", "zh"):
        page = browser.post(f"/checkout/pay/{session}?lang={language}", data=CARD | changes)
        assert page.status_code == 422
        assert read_texts(language)[key] in page.text
    assert gateway.get("/order/A1").status_code == 400


def test_session_locale_chooses_the_language(gateway: httpx.Client, browser: httpx.Client) -> None:
    session = open_session(gateway, "A1", interaction_fields={"locale": "zh_CN"})
    assert 'lang="zh-Hans"' in browser.get(f"/checkout/pay/{session}").text


def test_cancel_and_expiry_charge_nothing(sandbox: SandboxClient, gateway: httpx.Client, browser: httpx.Client) -> None:
    session = open_session(gateway, "A1")
    assert browser.post(f"/checkout/cancel/{session}").headers["Location"] == "http://127.0.0.1:9/cancel"
    sandbox.expire(session)
    assert browser.get(f"/checkout/pay/{session}").status_code == 410
    assert browser.post(f"/checkout/pay/{session}", data=CARD).status_code == 410
    assert gateway.get("/order/A1").status_code == 400
    assert browser.get("/checkout/pay/SESSION0").status_code == 404


def test_payer_who_stays_is_paid_all_the_same(gateway: httpx.Client, browser: httpx.Client) -> None:
    session = open_session(gateway, "A1")
    done = browser.post(f"/checkout/pay/{session}", data=CARD | {"number": "5123459999998221"})
    assert done.headers["Location"] == f"/checkout/done/{session}"
    assert read_texts("en")["message_paid_stays"] in browser.get(done.headers["Location"]).text
    assert gateway.get("/order/A1").json()["status"] == "CAPTURED"


def test_cards_and_texts_are_complete() -> None:
    assert read_texts("en").keys() == read_texts("zh").keys()
    for card in TEST_CARDS:
        assert has_valid_check_digit(card.number)
        assert brand_of(card.number) != "UNKNOWN"
        assert f"card_{card.key}" in read_texts("en")
    assert all(f"declined_{outcome.value.lower()}" in read_texts("en") for outcome in Outcome)
    assert len({card.number for card in TEST_CARDS}) == len(TEST_CARDS)
