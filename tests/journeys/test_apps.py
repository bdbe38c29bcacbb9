"""The Android and iOS apps' web part on a Pixel and an iPhone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from launch.apps import build
from tests.journeys.conftest import LiveProduct
from tests.journeys.shell import PHONES, PUBLIC_URL, shell_of

pytestmark = [pytest.mark.timeout(400), pytest.mark.requirement("N20")]
TAB_BAR = {"ios": ["Home", "Visit", "Reports", "Inbox", "Me"], "android": ["首页", "就诊", "报告", "消息", "我的"]}


@pytest.fixture(scope="module", autouse=True)
def web_part() -> None:
    build(PUBLIC_URL)


@pytest.mark.parametrize("platform", sorted(PHONES))
def test_the_app_starts_in_the_telephones_language_and_asks_one_host(
    chromium: Browser, live_product: LiveProduct, platform: str
) -> None:
    with shell_of(chromium, live_product, platform) as shell:
        links = shell.page.locator(".tabbar a")
        expect(links).to_have_count(5)
        for link, word in zip(links.all(), TAB_BAR[platform], strict=True):
            expect(link).to_contain_text(word)
        for word in TAB_BAR[platform][1:]:
            shell.page.locator(".tabbar:visible a").get_by_text(word, exact=True).tap()
            expect(shell.page.locator(".tabbar:visible [aria-current=page]")).to_contain_text(word)
        width = PHONES[platform]["viewport"]["width"]
        assert shell.page.evaluate("document.documentElement.scrollWidth") == width
        assert shell.foreign == []
        assert shell.complaints == []


@pytest.mark.parametrize("platform", sorted(PHONES))
@pytest.mark.parametrize("link", [f"{PUBLIC_URL}/#/info/hospital", "yuelanimc://open/#/info/hospital"])
def test_a_link_opens_its_page(chromium: Browser, live_product: LiveProduct, platform: str, link: str) -> None:
    with shell_of(chromium, live_product, platform) as shell:
        expect(shell.page.locator(".tabbar")).to_be_visible()
        shell.follow(link)
        expect(shell.page).to_have_url(re.compile(r"#/info/hospital$"))
        expect(shell.page.locator(".tabbar:visible")).to_have_count(0)
        assert shell.complaints == []
