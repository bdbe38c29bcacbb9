"""The mini program in Chinese: it starts, speaks Chinese, looks like H5, and misses nothing of WeChat."""

from collections.abc import Generator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import LiveProduct
from tests.journeys.mini_program import HEIGHT, WIDTH, mini_program_of, telephone
from tests.mini_program.built import PUBLIC_URL

pytestmark = [pytest.mark.timeout(400), pytest.mark.requirement("N20")]

TABS = ["首页", "就诊", "报告", "消息", "我的"]
LOOK = """selectors => selectors.map(selector => {
  const element = document.querySelector(selector)
  if (!element) return [selector, 'missing']
  const style = getComputedStyle(element)
  return [selector, style.color, style.backgroundColor, style.fontSize, style.fontWeight, style.borderRadius]
})"""


@pytest.fixture(scope="module")
def mini_program_url(live_product: LiveProduct) -> Generator[str]:
    with mini_program_of(live_product) as url:
        yield url


def test_the_start_page_is_there_in_chinese_and_nothing_is_missing(
    chromium: Browser, live_product: LiveProduct, mini_program_url: str
) -> None:
    with telephone(chromium, live_product, mini_program_url, user="start") as phone:
        page = phone.open()
        assert phone.route() == "pages/home"
        expect(page.locator(".tabbar")).to_contain_text("首页")
        for tab in TABS:
            expect(page.locator(".tabbar")).to_contain_text(tab)
        assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
        phone.check()


def test_every_tab_opens(chromium: Browser, live_product: LiveProduct, mini_program_url: str) -> None:
    with telephone(chromium, live_product, mini_program_url, user="tabs") as phone:
        page = phone.open()
        for tab, route in zip(TABS, ["home", "visit", "reports", "inbox", "me"], strict=True):
            page.locator(".mp-page:not([hidden]) .tabbar").get_by_text(tab, exact=True).tap()
            page.wait_for_function("route => window.__mpRoutes().at(-1) === route", arg=f"pages/{route}")
            page.wait_for_load_state("networkidle")
        phone.check()


def test_it_looks_like_h5(chromium: Browser, live_product: LiveProduct, mini_program_url: str) -> None:
    selectors = [".screen", ".hello-title", ".tabbar", ".tabbar .tab-on"]
    with telephone(chromium, live_product, mini_program_url, user="look") as phone:
        page = phone.open()
        page.wait_for_load_state("networkidle")
        seen = look_of(page, selectors)
    context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_product.url}/")
    page.wait_for_load_state("networkidle")
    assert seen == look_of(page, selectors)
    context.close()


def look_of(page: Page, selectors: list[str]) -> list[list[str]]:
    """Color, ground, size and weight of each part."""
    page.locator(selectors[0]).first.wait_for()
    return list(page.evaluate(LOOK, selectors))


def test_wechat_signs_its_user_in(chromium: Browser, live_product: LiveProduct, mini_program_url: str) -> None:
    with telephone(chromium, live_product, mini_program_url, user="camille") as phone:
        page = phone.open()
        given = page.evaluate("window.__mpWx.login().then(({ code }) => code)")
        answer = page.evaluate(
            "call => window.__mpWx.request(call)",
            {
                "url": f"{PUBLIC_URL}/api/sign-in/wechat",
                "method": "POST",
                "data": {"code": given, "language": "zh-hans", "privacy_notice": read_notice(live_product)},
            },
        )
        assert answer["statusCode"] == 200, answer
        assert answer["data"]["token"]
        again = page.evaluate(
            "call => window.__mpWx.request(call)",
            {"url": f"{PUBLIC_URL}/api/sign-in/wechat", "method": "POST", "data": {"code": given}},
        )
        assert again["statusCode"] >= 400  # a code is good for one exchange
        phone.check()


def read_notice(product: LiveProduct) -> int:
    """The version of the privacy notice that is in force."""
    return int(httpx.get(f"{product.url}/api/notices/PRIVACY").json()["version"])
