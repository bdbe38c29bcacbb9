"""The built mini program on a telephone: in Chromium, against the running product and its sandbox."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from launch.mini_program import pack, serving
from tests.journeys.conftest import LiveProduct
from tests.mini_program.built import PUBLIC_URL, built_program

WIDTH, HEIGHT = 390, 844
PATIENCE_MILLISECONDS = 30_000  # for what a busy machine shows late


@dataclass
class MiniProgram:
    """A telephone with the mini program; `complaints` are what its console said."""

    product: LiveProduct
    page: Page
    url: str
    query: dict[str, str]
    complaints: list[str]

    def open(self, page: str = "") -> Page:
        """Start the program at a page (without it, at its first)."""
        self.page.goto(f"{self.url}/?{urlencode(self.query | ({'page': page} if page else {}))}")
        self.page.wait_for_function("window.__mpReady")
        return self.page

    def route(self) -> str:
        """The page that is shown."""
        return str(self.page.evaluate("window.__mpRoutes().at(-1)"))

    @property
    def top(self) -> Locator:
        """The visible page."""
        return self.page.locator(".mp-page:not([hidden])")

    def fill(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.top.get_by_label(label, exact=True).fill(text)

    def press(self, name: str) -> None:
        """Tap the button of this name."""
        self.top.get_by_role("button", name=name, exact=True).tap()

    def follow(self, name: str) -> None:
        """Tap the first link with these words in it."""
        self.top.get_by_role("link").filter(has_text=name).first.tap()

    def choose(self, name: str) -> None:
        """Tap the choice (one of several, or a box to tick) with these words, once it can be taken."""
        choice = self.top.locator("[role=radio], [role=checkbox], [role=switch]").filter(has_text=name).first
        expect(choice).not_to_have_attribute("aria-disabled", "true")
        choice.tap()

    def pick(self, label: str, option: str) -> None:
        """Choose from the list of WeChat's picker."""
        self.top.locator(f"wx-picker:has([aria-label='{label}'])").tap()
        self.page.get_by_role("listbox").select_option(option)
        self.page.get_by_role("button", name="确定").tap()

    def pick_date(self, label: str, day: str) -> None:
        """Choose a day in WeChat's picker."""
        self.top.locator(f"wx-picker:has([aria-label='{label}'])").tap()
        self.page.locator(".mp-columns input").fill(day)
        self.page.get_by_role("button", name="确定").tap()

    def arrive(self, route: str) -> None:
        """Wait until this page is shown."""
        self.page.wait_for_function("route => window.__mpRoutes().at(-1) === route", arg=route)

    def leave(self, route: str) -> None:
        """Wait until another page than this is shown."""
        self.page.wait_for_function("route => window.__mpRoutes().at(-1) !== route", arg=route)

    def ask(self, path: str) -> Any:
        """What the server tells the account of this telephone."""
        token = self.page.evaluate("window.__mpWx.getStorageSync('session').token")
        answer = httpx.get(f"{self.product.url}/api{path}", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def visit_id(self) -> str:
        """The id of the visit that waits for its check-in."""
        (appointment,) = self.ask("/appointments")
        return str(self.ask(f"/appointments/{appointment['id']}/journey")["visit"]["id"])

    def check(self) -> None:
        """Nothing was missing, nothing failed."""
        assert self.page.evaluate("[...window.__mpUnsupported]") == []
        assert self.page.evaluate("window.__mpErrors") == []
        assert self.complaints == []


@contextmanager
def mini_program_of(product: LiveProduct) -> Generator[str]:
    """The address at which the program is served; what it asks the hospital is answered by the running product."""
    with tempfile.TemporaryDirectory(prefix="imc-mini-program-") as name:
        folder = Path(name) / "packed"
        pack(built_program(), folder)
        with serving(folder, {PUBLIC_URL: product.url, product.sandbox_url: product.sandbox_url}) as url:
            yield url


@contextmanager
def telephone(
    browser: Browser, product: LiveProduct, url: str, *, user: str, locale: str = "zh-CN"
) -> Generator[MiniProgram]:
    """A telephone of the WeChat user `user`."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True, locale=locale
    )
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    page = context.new_page()
    complaints: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type == "error":
            complaints.append(f"{line.text} {line.location.get('url')}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    query = {"sandbox": product.sandbox_url, "user": user, "appid": read_app_id(product)}
    try:
        yield MiniProgram(product, page, url, query, complaints)
    finally:
        context.close()


def read_app_id(product: LiveProduct) -> str:
    """The id under which the product and the sandbox know the mini program; what the environment says comes first."""
    given = os.environ.get("IMC_WECHAT_APP_ID")
    if given:
        return given
    lines = (product.folder / "secrets.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)["IMC_WECHAT_APP_ID"]
