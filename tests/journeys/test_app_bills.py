"""Paying a bill in the app in a browser: list, quote, the acquirer's page, the result, the papers (A07, A18)."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import LiveProduct
from tests.journeys.patient import answer_challenge, sign_up, type_card
from tests.journeys.telephone import telephone, visitor_of
from tests.journeys.test_card_troubles import NO_FUNDS, owe_something

pytestmark = pytest.mark.requirement("A07", "A18")
FRICTIONLESS = "4012000033330026"
APP_LANGUAGE = {"en": "en", "zh-hans": "zh-Hans"}
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Bills and payments",
        "pay": "Pay ¥",
        "declined": "Your bank declined the payment",
        "again": "Back to the bill",
        "paid": "You have paid ¥",
        "receipt": "Receipt and fee statement",
        "statement": "Fee statement",
    },
    "zh-hans": {
        "title": "账单与缴费",
        "pay": "支付 ¥",
        "declined": "银行拒绝了这笔支付",
        "again": "返回账单",
        "paid": "已支付 ¥",
        "receipt": "凭据和费用清单",
        "statement": "费用清单",
    },
}


def pay_with(page: Page, card: str, words: dict[str, str]) -> None:
    """Presses the one button and types the card on the acquirer's page."""
    page.get_by_role("button", name=words["pay"]).click()
    page.wait_for_url("**/checkout/pay/**")
    type_card(page, card)
    answer_challenge(page)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_bill_is_paid_in_the_app_and_its_statement_opened(
    live_product: LiveProduct, chromium: Browser, language: str
) -> None:
    patient, words = sign_up(live_product, language=language), WORDS[language]
    owe_something(patient)
    with telephone(
        chromium, live_product.url, visitor=visitor_of(patient), language="en" if language == "en" else "zh-Hans"
    ) as phone:
        page = phone.new_page()
        page.goto("/#/bills/bills")
        expect(page.get_by_role("heading", level=1, name=words["title"])).to_be_visible()
        page.get_by_role("link", name="FEATHERSTONEHAUGH").first.click()
        pay_with(page, FRICTIONLESS, words)
        page.wait_for_url("**/#/bills/result?payment=*")
        expect(page.get_by_role("heading", level=2, name=words["paid"])).to_be_visible()
        page.get_by_role("link", name=words["receipt"]).click()
        with page.expect_download() as download:
            page.get_by_role("button", name=words["statement"]).last.click()
        assert download.value.path().read_bytes()[:5] == b"%PDF-"
        assert patient.bill()["lines"] == []


def test_the_app_says_that_no_money_was_taken_only_once_the_bank_has_declined(
    live_product: LiveProduct, chromium: Browser
) -> None:
    patient, words = sign_up(live_product), WORDS["en"]
    owe_something(patient)
    with telephone(chromium, live_product.url, visitor=visitor_of(patient), language="en") as phone:
        page = phone.new_page()
        page.goto("/#/bills/bills")
        page.get_by_role("link", name="FEATHERSTONEHAUGH").first.click()
        pay_with(page, NO_FUNDS, words)
        expect(page.locator("[role=alert]")).to_contain_text("insufficient funds")
        payment_id = patient.bill()["payment"]["id"]
        page.goto(f"/pay/{payment_id}/?to=app")
        page.wait_for_url("**/#/bills/result?payment=*")
        expect(page.get_by_role("heading", level=2, name=words["declined"])).to_be_visible()
        expect(page.locator("body")).to_contain_text("No money was taken")
        page.get_by_role("button", name=words["again"]).click()
        expect(page.get_by_role("button", name=words["pay"])).to_be_enabled()
