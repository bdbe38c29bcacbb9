"""Options under a search field of the staff pages: what is taken arrives whole, whatever happens meanwhile."""

import re
from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from launch.environment import ROOT

BASE = "http://desk.example"
HTMX = files("django_htmx").joinpath("static", "django_htmx", "htmx-2.min.js").read_text("utf-8")
COMBO = (ROOT / "hospital/staff_web/static/staff_web/js/combo.js").read_text("utf-8")
PAGE = """<!doctype html><body>
<div data-combo><input id="dx" name="q" role="combobox" hx-get="/search" hx-trigger="input changed delay:10ms"
 hx-target="#list" hx-sync="this:replace"><div id="list" role="listbox"></div></div>
<div id="taken">nothing</div><input id="revision" value="1"><p>elsewhere</p>"""
OPTION = '<button role="option" hx-post="/take" hx-target="#taken">Angina</button>'
ANSWER = 'I20.9<input id="revision" value="2" hx-swap-oob="true">'


def type_on(tab: Page) -> None:
    """The doctor types the next letter."""
    tab.locator("#dx").press("n")
    tab.wait_for_timeout(150)  # the search that would replace the options was answered by then


def click_elsewhere(tab: Page) -> None:
    """The doctor goes on with the note."""
    tab.get_by_text("elsewhere").click()


@pytest.mark.parametrize("act", [type_on, click_elsewhere])
def test_what_an_option_brings_finds_its_places(chromium: Browser, act: Callable[[Page], None]) -> None:
    with chromium.new_context(base_url=BASE) as context:
        tab = context.new_page()
        held: list[Route] = []
        context.route(f"{BASE}/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        context.route(re.compile("/search"), lambda route: route.fulfill(body=OPTION, content_type="text/html"))
        context.route(f"{BASE}/take", lambda route: held.append(route))
        tab.goto("/")
        for script in (HTMX, COMBO):
            tab.add_script_tag(content=script)
        tab.locator("#dx").press("a")
        with tab.expect_request(f"{BASE}/take"):
            tab.get_by_role("option").click()
        act(tab)
        held[0].fulfill(body=ANSWER, content_type="text/html")
        expect(tab.locator("#taken")).to_have_text("I20.9")
        expect(tab.locator("#revision")).to_have_value("2")
        expect(tab.get_by_role("option")).to_have_count(0)
