"""Every page of the patient app in every language: readable by everybody, at home on its own server, never wider than
the telephone. A text twice as long and letters twice as large break nothing."""

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Route
from playwright.sync_api import Page as Tab

from launch.app_pages import (
    DEMO_PATIENT,
    LANG_TAGS,
    LANGUAGES,
    Visitor,
    break_the_api,
    list_app_pages,
    open_app_page,
    sign_in_patient,
    sign_up_patient,
)
from launch.patient_app import APP, H5, H5_PSEUDO, prepare_pseudo
from tests.journeys.conftest import LiveProduct
from tests.journeys.telephone import telephone

pytestmark = [pytest.mark.requirement("N20"), pytest.mark.timeout(600)]
COLORS = ["color-contrast", "link-in-text-block"]
# Nothing is fetched beforehand: that serves the rule about media that play by themselves, and there are none.
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Bytes of everything that the home page asks for, as sent.
MOST_FIRST_LOAD = 250 * 1000
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text that is cut off: an element whose words are wider than itself and hidden by it.
CUT = """() => [...document.querySelectorAll('.screen *')].filter((each) => {
  const style = getComputedStyle(each);
  return each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1 && style.overflowX === 'hidden'
    && style.clipPath === 'none' && each.innerText?.trim();
}).map((each) => each.className + ': ' + each.innerText.slice(0, 40))"""
LARGE_TEXT = "html { font-size: 200% !important }"


@pytest.fixture(scope="session")
def patient(live_product: LiveProduct) -> Visitor:
    """The demonstration's patient, signed in, with something on every page."""
    return sign_in_patient(live_product.url, live_product.sandbox_url, DEMO_PATIENT)


@pytest.fixture(scope="session")
def newcomer(live_product: LiveProduct) -> Visitor:
    """An account that has nothing yet."""
    return sign_up_patient(live_product.url, live_product.sandbox_url)


def examine(tab: Tab, axe: str, page: str, only: Sequence[str] = WCAG) -> list[str]:
    """What axe-core says against the page that is shown, all of it: the bars at the bottom must hide nothing."""
    size = tab.viewport_size or {"width": 390, "height": 844}
    tall = int(tab.evaluate("document.documentElement.scrollHeight"))
    tab.set_viewport_size({"width": size["width"], "height": max(844, tall)})
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(axe)
    found = tab.evaluate("(options) => axe.run(document, options)", {**AXE_OPTIONS, "runOnly": list(only)})
    tab.set_viewport_size({"width": size["width"], "height": 844})
    return [
        f"{page}: {each['id']} {each['help']} {[node['target'] for node in each['nodes'][:3]]}"
        for each in found["violations"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_in_each_language(
    chromium: Browser, live_product: LiveProduct, patient: Visitor, axe: str, language: str
) -> None:
    """Readable by everybody, one heading, its language named, nothing too wide at 200 % text, nobody else asked."""
    faults: list[str] = []
    asked: list[str] = []
    with telephone(chromium, live_product.url, visitor=patient, language=language, bypass_csp=True) as context:
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        for page in list_app_pages():
            if language == "en":  # each by its own address, as a link leads to it; the others from page to page
                tab.goto("about:blank")
            open_app_page(tab, live_product.url, page, patient)
            faults += examine(tab, axe, page)
            if tab.get_attribute("html", "lang") != LANG_TAGS[language]:
                faults.append(f"{page}: says that it is {tab.get_attribute('html', 'lang')}")
            if tab.locator("h1").count() != 1:
                faults.append(f"{page}: has {tab.locator('h1').count()} headings of the first level")
            if " · " not in tab.title():
                faults.append(f"{page}: is called {tab.title()!r}")
            faults += list_overflow(tab, f"{page} at 200 %", LARGE_TEXT)
    assert not faults, "\n".join(faults)
    own = (live_product.url, live_product.live_url, "data:", "blob:", "about:")
    assert {url for url in asked if not url.startswith(own)} == set()


@pytest.mark.parametrize("state", ["empty", "error", "dark"])
def test_states_can_be_read_by_everybody(
    chromium: Browser, live_product: LiveProduct, patient: Visitor, newcomer: Visitor, axe: str, state: str
) -> None:
    visitor = newcomer if state == "empty" else patient
    faults: list[str] = []
    scheme = "dark" if state == "dark" else "light"
    only = COLORS if state == "dark" else WCAG  # nothing else differs from the page in the light
    with telephone(chromium, live_product.url, visitor=visitor, language="en", color_scheme=scheme) as context:
        if state == "error":
            break_the_api(context)
        tab = context.new_page()
        # What is said about the policy or a broken script; a page that asks for what is not there answers 404 itself.
        tab.on("console", lambda line: said(faults, tab, line.text) if line.type == "error" else None)
        tab.on("pageerror", lambda error: said(faults, tab, str(error)))
        for page in list_app_pages():
            open_app_page(tab, live_product.url, page, visitor)
            faults += examine(tab, axe, page, only)
    assert not faults, "\n".join(faults)


def said(faults: list[str], tab: Tab, words: str) -> None:
    """Keeps what the console says, save that the server refused."""
    if "Failed to load resource" not in words:
        faults.append(f"{tab.url}: console: {words}")


def list_overflow(tab: Tab, page: str, style: str = "") -> list[str]:
    """Whether the page scrolls sideways or cuts its words off, with more style where one is given."""
    added = tab.add_style_tag(content=style) if style else None
    wider, cuts = int(tab.evaluate(WIDER)), tab.evaluate(CUT)
    if added is not None:
        added.evaluate("(style) => style.remove()")
    return [
        *([f"{page}: is {wider} px too wide"] if wider > 0 else []),
        *(f"{page}: cuts {cut}" for cut in cuts),
    ]


def hand_out_pseudo(context: BrowserContext, base: str) -> None:
    """Lets the page and its files come from the build with the language that is twice as long."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(base).split("?")[0].split("#")[0].lstrip("/")
        file = H5_PSEUDO / (path or "index.html")
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.continue_()

    for pattern in ("/", "/assets/*", "/static/h5/*"):
        context.route(base + pattern, answer)


def test_longer_and_larger_words_break_no_page(chromium: Browser, live_product: LiveProduct, patient: Visitor) -> None:
    prepare_pseudo()
    faults: list[str] = []
    with telephone(chromium, live_product.url, visitor=patient, language="pseudo", bypass_csp=True) as context:
        hand_out_pseudo(context, live_product.url)
        tab = context.new_page()
        for page in list_app_pages():
            tab.set_viewport_size({"width": 390, "height": 844})
            open_app_page(tab, live_product.url, page, patient)
            assert re.search("[åéïöü]", tab.inner_text(".screen")), f"{page} does not speak the longer language"
            faults += list_overflow(tab, f"{page}, twice as long")
            tab.set_viewport_size({"width": 768, "height": 1024})
            faults += list_overflow(tab, f"{page}, twice as long, 768 px")
            tab.set_viewport_size({"width": 390, "height": 844})
            faults += list_overflow(tab, f"{page}, twice as long and large", LARGE_TEXT)
    assert not faults, "\n".join(faults)


def test_the_first_load_is_small(chromium: Browser, live_product: LiveProduct) -> None:
    asked: list[str] = []
    with telephone(chromium, live_product.url, language="en") as context:
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        open_app_page(tab, live_product.url, "pages/home", Visitor())
    sizes = {url: transferred(url) for url in asked if url.startswith("http")}
    assert sum(sizes.values()) <= MOST_FIRST_LOAD, json.dumps(sizes, indent=1)


def transferred(url: str) -> int:
    """Bytes that the server sends for an address, compressed as it compresses."""
    with httpx.stream("GET", url, headers={"Accept-Encoding": "br, gzip"}, trust_env=False) as answer:
        return sum(len(part) for part in answer.iter_raw())


def test_files_are_kept_for_good_and_the_page_never(live_product: LiveProduct) -> None:
    page = httpx.get(live_product.url + "/", trust_env=False)
    assert page.headers["cache-control"] == "no-cache"
    files = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', page.text)
    assert files
    for file in files:
        answer = httpx.get(f"{live_product.url}/{file}", headers={"Accept-Encoding": "br"}, trust_env=False)
        assert "immutable" in answer.headers["cache-control"], file
        whole = (H5 / file).read_bytes()
        if len(whole) > 5000:
            assert answer.headers["content-encoding"] == "br", file
            assert int(answer.headers["content-length"]) < len(gzip.compress(whole)) * 1.05, file


def test_the_app_can_be_installed(live_product: LiveProduct) -> None:
    page = httpx.get(live_product.url + "/", trust_env=False).text
    found = re.search(r'rel="manifest" href="\./([^"]+)"', page)
    assert found
    address = f"{live_product.url}/{found.group(1)}"
    manifest = httpx.get(address, trust_env=False).json()
    assert manifest["display"] == "standalone"
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    for icon in manifest["icons"]:
        answer = httpx.get(address.rsplit("/", 1)[0] + "/" + icon["src"], trust_env=False)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("image/")


def test_every_page_of_the_app_is_listed_once() -> None:
    pages = list_app_pages()
    assert len(pages) == len(set(pages))
    for page in pages:
        assert Path(APP / "src" / f"{page}.vue").exists(), page
