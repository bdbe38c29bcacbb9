"""The product as `./imc run` starts it: every address answers, in both languages."""

import httpx
import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import LiveProduct


@pytest.mark.parametrize("path", ["/", "/about/", "/healthz", "/readyz", "/metrics", "/api/docs", "/staff/sign-in/"])
def test_addresses_answer(live_product: LiveProduct, path: str) -> None:
    assert httpx.get(live_product.url + path, follow_redirects=True).status_code == 200


def test_outside_world_answers(live_product: LiveProduct) -> None:
    assert httpx.get(live_product.sandbox_url, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(("language", "word"), [("en", "Sign in"), ("zh-hans", "登录")])
def test_sign_in_speaks_both_languages(live_product: LiveProduct, chromium: Browser, language: str, word: str) -> None:
    with chromium.new_context(base_url=live_product.url) as context:
        context.add_cookies([{"name": "imc_language", "value": language, "url": live_product.url}])
        page = context.new_page()
        page.goto("/staff/sign-in/")
        assert word in page.inner_text("body")


def test_pages_ask_no_foreign_host(live_product: LiveProduct, chromium: Browser) -> None:
    asked: list[str] = []
    with chromium.new_context(base_url=live_product.url) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        for path in ("/", "/about/", "/staff/sign-in/", "/api/docs"):
            page.goto(path)
    foreign = {url for url in asked if not url.startswith((live_product.url, "data:", "blob:"))}
    assert foreign == set()
