"""The staff pages in a browser: keys, both languages and widths, the policy kept, readable by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import LiveProduct, Staff

PAGES = {
    "Registration desk": ("/staff/registration/", "/staff/registration/new/", "/staff/registration/?q=li"),
    "Cashier": ("/staff/cashier/", "/staff/cashier/refunds/", "/staff/settlements/", "/staff/account/"),
    "Finance office": ("/staff/settlements/", "/staff/settlements/finance/"),
    "Audit administrator": ("/staff/administration/audit/?period=all", "/staff/administration/audit/emergencies/"),
    "Editor": ("/staff/publications/", "/staff/publications/new/"),
    "Security administrator": ("/staff/administration/security/", "/staff/sign-in/enroll/"),
}


def list_faults(tab: Page) -> list[str]:
    """What the console says of the page from now on."""
    faults: list[str] = []
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    return faults


@pytest.mark.requirement("N20")
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("role", PAGES)
def test_pages_fit_and_break_no_policy(staff: Staff, role: str, language: str, width: int) -> None:
    with staff.open(role, language=language, width=width) as context:
        tab = context.pages[0]
        faults = list_faults(tab)
        for path in PAGES[role]:
            answer = tab.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert faults == []


@pytest.mark.parametrize("role", PAGES)
def test_pages_can_be_read_by_everybody(staff: Staff, role: str) -> None:
    with staff.browser.new_context(base_url=staff.product.url, bypass_csp=True) as context:
        signed_in = staff.open(role)
        context.add_cookies(signed_in.cookies())  # type: ignore[arg-type]
        signed_in.close()
        tab = context.new_page()
        for path in PAGES[role]:
            tab.goto(path)
            found = Axe().run(tab).response["violations"]
            assert [f"{path}: {each['id']}" for each in found if each["impact"] in {"serious", "critical"}] == []


def test_the_desk_is_worked_by_keys(staff: Staff) -> None:
    with staff.open("Cashier") as context:
        tab = context.pages[0]
        tab.goto("/staff/cashier/")
        tab.keyboard.press("j")
        expect(tab.locator("[data-queue] .queue-item").first).to_be_focused()
        tab.keyboard.press("j")
        expect(tab.locator("[data-queue] .queue-item").nth(1)).to_be_focused()
        tab.keyboard.press("k")
        tab.keyboard.press("Enter")
        expect(tab.locator(".banner .name")).to_be_visible()
        tab.keyboard.press("w")
        expect(tab.locator(".why:not([hidden])")).to_have_count(1)
        tab.keyboard.press("?")
        expect(tab.locator("#keys-dialog")).to_be_visible()
        tab.keyboard.press("Escape")
        tab.keyboard.press("/")
        expect(tab.locator("#omni")).to_be_focused()
        tab.keyboard.type("w")  # a letter in a field is a letter
        expect(tab.locator("#omni")).to_have_value("w")


@pytest.mark.requirement("N14")
def test_a_full_number_is_seen_for_ten_seconds(staff: Staff) -> None:
    with staff.open("Cashier") as context:
        tab = context.pages[0]
        tab.goto("/staff/cashier/")
        tab.locator("[data-queue] .queue-item").first.click()
        value = tab.locator(".mask-value").first
        masked = value.inner_text()
        assert "****" in masked
        tab.locator("[data-unmask]").first.click()
        tab.fill("#unmask-reason", "Name on the card differs")
        tab.click("#unmask-dialog .btn-primary")
        expect(value).not_to_contain_text("****")
        expect(value).to_have_text(masked, timeout=12_000)


@pytest.mark.requirement("N20")
def test_the_night_theme_and_the_language_are_remembered(staff: Staff) -> None:
    with staff.open("Cashier") as context:
        tab = context.pages[0]
        tab.goto("/staff/cashier/")
        tab.click(".who")
        with tab.expect_navigation():
            tab.click("[data-theme-toggle]")
        assert tab.get_attribute("html", "data-theme") == "dark"
        with tab.expect_navigation():
            tab.click(".lang button[value=zh-hans]")
        tab.goto("/staff/cashier/refunds/")
        assert tab.get_attribute("html", "lang") == "zh-CN"
        assert tab.get_attribute("html", "data-theme") == "dark"


def test_an_ended_session_moves_the_whole_page(staff: Staff, live_product: LiveProduct) -> None:
    with staff.open("Cashier") as context:
        tab = context.pages[0]
        tab.goto("/staff/cashier/")
        context.clear_cookies(name="sessionid")
        tab.fill("#omni", "moreau")
        tab.wait_for_url(f"{live_product.url}/staff/sign-in/**")
