"""An account in the patient app, as a person on a telephone makes it, uses it and ends it (A01, W19)."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import LiveProduct
from tests.journeys.patient import read_code
from tests.journeys.telephone import telephone
from tests.journeys.waiting import wait_for

pytestmark = [pytest.mark.journey, pytest.mark.requirement("A01", "W19", "N14"), pytest.mark.timeout(300)]
PASSWORD = "quiet-harbor-27"


def field(page: Page, name: str):
    return page.locator(f"[data-field={name}] input")


def act(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def open_page(page: Page, address: str, title: str) -> None:
    page.goto(f"/#{address}")
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def next_code(product: LiveProduct, address: str, *, after: str = "") -> str:
    """A code that is not the one before."""

    def look() -> str:
        code = read_code(product, address)
        return code if code != after else ""

    return wait_for(look, f"a new code for {address}")


def sign_up(page: Page, product: LiveProduct, address: str) -> str:
    """Signs up with a code, with whatever stands in the way on the first try."""
    open_page(page, "/account/sign-in", "Sign in or sign up")
    act(page, "Send me a code")
    expect(page.get_by_text("Please read and accept the privacy notice")).to_be_visible()
    field(page, "address").fill(address)
    page.get_by_role("link", name="Read the privacy notice").click()
    expect(page.get_by_text("Sensitive data")).to_be_visible()
    act(page, "Back")
    expect(field(page, "address")).to_have_value(address)
    page.get_by_label("I have read the privacy notice and agree to it").check(force=True)
    act(page, "Send me a code")
    expect(page.get_by_role("heading", level=1, name="Enter the code")).to_be_visible()
    code = next_code(product, address)
    field(page, "code").fill(f"{(int(code) + 1) % 1_000_000:06d}")
    act(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("This code is wrong")
    field(page, "code").fill(code)
    act(page, "Continue")
    expect(page.get_by_text("Add your passport").first).to_be_visible()
    return code


def test_signing_up_in_english_setting_a_password_and_deleting_the_account(chromium, live_product):
    address = f"priya.{uuid4().hex[:10]}@example.com"
    with telephone(chromium, live_product.url) as phone:
        page = phone.new_page()
        code = sign_up(page, live_product, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

        open_page(page, "/account/password", "Choose a password")
        field(page, "new-password").fill("short")
        act(page, "Save the password")
        expect(page.get_by_text("Use at least 10 characters")).to_be_visible()
        field(page, "new-password").fill(PASSWORD)
        act(page, "Save the password")
        expect(page.get_by_text("Your password is saved")).to_be_visible()

        open_page(page, "/account/consents", "Consents")
        abroad = page.locator("[data-field=CROSS_BORDER] input")
        abroad.check(force=True)
        expect(page.get_by_text(re.compile("^Since"))).to_have_count(2)
        abroad.uncheck(force=True)
        expect(page.get_by_text(re.compile("^Withdrawn"))).to_have_count(1)

        open_page(page, "/pages/me", "Me")
        act(page, "Sign out")
        expect(page.get_by_text("Sign in or sign up").first).to_be_visible()

    with telephone(chromium, live_product.url) as phone:
        page = phone.new_page()
        open_page(page, "/account/sign-in?next=%2Faccount%2Fdevices", "Sign in or sign up")
        act(page, "With a password")
        field(page, "address").fill(address.upper())
        field(page, "password").fill(PASSWORD)
        act(page, "Sign in")
        expect(page.get_by_role("heading", level=1, name="Devices")).to_be_visible()
        expect(page.get_by_text("This device")).to_have_count(1)

        open_page(page, "/account/data", "My data")
        act(page, "Ask for a copy")
        expect(page.get_by_text("Your copy is ready")).to_be_visible(timeout=60_000)
        with page.expect_download() as downloading:
            act(page, "Download")
        assert downloading.value.suggested_filename == "imc-my-data.zip"
        expect(page.get_by_text("You have downloaded the last copy")).to_be_visible(timeout=15_000)

        open_page(page, "/account/delete", "Delete my account")
        act(page, "Send me a code")
        field(page, "code").fill(next_code(live_product, address, after=code))
        act(page, "Delete my account now")
        expect(page.get_by_role("heading", level=2, name="Your account is deleted")).to_be_visible()
        open_page(page, "/account/sign-in", "Sign in or sign up")
        act(page, "With a password")
        field(page, "address").fill(address)
        field(page, "password").fill(PASSWORD)
        act(page, "Sign in")
        expect(page.get_by_role("alert")).to_contain_text("not right")


def test_a_phone_of_another_country_gets_its_code_by_text_message(chromium, live_product):
    number = f"+4477009{uuid4().int % 100_000:05d}"
    with telephone(chromium, live_product.url) as phone:
        page = phone.new_page()
        sign_up(page, live_product, number)
        open_page(page, "/account/profile", "Sign-in and contact")
        expect(page.get_by_text(number)).to_be_visible()


def test_a_token_that_ended_is_renewed_without_the_reader_noticing(chromium, live_product):
    address = f"priya.{uuid4().hex[:10]}@example.com"
    with telephone(chromium, live_product.url) as phone:
        page = phone.new_page()
        sign_up(page, live_product, address)
        page.evaluate(
            """() => {
              const key = Object.keys(localStorage).find((each) => localStorage[each].includes('refreshToken'))
              localStorage[key] = localStorage[key].replace(/"token":"[^"]+"/, '"token":"ended"')
            }"""
        )
        with page.expect_response(re.compile("/api/sign-in/refresh")) as renewed:
            page.reload()
            open_page(page, "/account/devices", "Devices")
        assert renewed.value.status == 200
        expect(page.get_by_text("This device")).to_have_count(1)
