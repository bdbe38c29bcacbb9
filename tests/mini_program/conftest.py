"""A mini program written for these tests, packed for Chromium as the built one is."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from launch.mini_program import pack, serving

SAMPLE = Path(__file__).parent / "sample"
SAID_LOOK_MS, SAID_LOOKS = 60, 10


@dataclass
class Phone:
    """The sample on a telephone. `heard` is what was read last."""

    page: Page
    heard: str = ""

    def said(self) -> str:
        """What the last event said: who, which event, its detail. Waits a while for something new."""
        before = self.heard
        for _ in range(SAID_LOOKS):
            self.page.wait_for_timeout(SAID_LOOK_MS)
            self.heard = self.page.locator(".said").inner_text()
            if self.heard != before:
                break
        return self.heard

    def perform(self, name: str, **parameters: Any) -> Any:
        """The answer of a call of `wx.*`; waits for it."""
        return self.page.evaluate(
            "([name, parameters]) => window.__mpPages().at(-1).perform(name, parameters)", [name, parameters]
        )

    def begin(self, name: str, **parameters: Any) -> None:
        """Start a call whose answer needs a person."""
        self.page.evaluate(
            "([name, parameters]) => void window.__mpPages().at(-1).perform(name, parameters)", [name, parameters]
        )

    def records(self) -> list[str]:
        """What the application has written down of its life."""
        return list(self.page.evaluate("window.__mpApp.records"))

    def routes(self) -> list[str]:
        """The open pages."""
        return list(self.page.evaluate("window.__mpRoutes()"))


@pytest.fixture(scope="session")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The address of the packed sample; its requests reach its own server only."""
    folder = tmp_path_factory.mktemp("mini-program") / "packed"
    pack(SAMPLE, folder)
    with serving(folder, {}) as url:
        yield url


@pytest.fixture
def phone(chromium: Browser, sample_url: str) -> Generator[Phone]:
    """The sample, freshly opened; no error and no missing part may be left behind."""
    context = chromium.new_context(
        viewport={"width": 375, "height": 720}, has_touch=True, is_mobile=True, locale="zh-CN", base_url=sample_url
    )
    page = context.new_page()
    page.goto("/")
    page.wait_for_function("window.__mpReady")
    yield Phone(page)
    assert page.evaluate("window.__mpErrors") == []
    assert page.evaluate("[...window.__mpUnsupported]") == []
    context.close()
