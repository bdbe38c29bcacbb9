"""Every page in both languages at the width of a telephone and of a desk: it answers, fits, speaks one language, breaks
no policy, and can be read by everybody."""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urljoin

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from launch.screen_pages import DOCTOR, PAGES
from launch.screen_pages import Page as Listed
from launch.screens import find_address, speak
from tests.journeys.conftest import LiveProduct, Staff

LANGUAGES = {"en": "en", "zh-hans": "zh-CN"}
EXAMINED_IN = "zh-hans"
WIDTHS = (390, 1440)
# Pages that the list of pictures does not hold, with a role or without.
MORE_PAGES = (
    Listed("api-docs", "", "/api/docs"),
    Listed("verification", "", "/v/"),
    Listed("payment-unknown", "", "/pay/00000000-0000-4000-8000-000000000000/"),
    Listed("doctor-report", DOCTOR, "/staff/doctor/reports/{report}/"),
    Listed("campus", DOCTOR, "/staff/campus/"),
)
ALL_PAGES = (*PAGES, *MORE_PAGES)
ROLES = tuple(dict.fromkeys(page.role for page in ALL_PAGES))
ENGLISH_ONLY = {"api-docs"}  # a page for programmers, as the names in the code
ANSWERS = {"payment-unknown": 404}
pytestmark = [pytest.mark.requirement("N20")]

# The words of the interface, not of the content: headings, labels, buttons, heads of tables, terms. What is marked as
# another language, keys and pictures are left out.
READ_LABELS = """() => {
  const lang = document.documentElement.lang;
  const found = new Set();
  for (const node of document.querySelectorAll('h1,h2,h3,label,button,th,legend,summary,dt,.field-help,.queue-sep')) {
    if (!node.checkVisibility() || node.closest('[lang]').lang !== lang) continue;
    if (node.closest('[data-content], .content, .banner, .timeline, .menu-list, .who, .dx-chosen')) continue;
    const copy = node.cloneNode(true);
    const foreign = '[lang],kbd,svg,input,select,textarea,.muted,.sub,bdi,.name';
    copy.querySelectorAll(foreign).forEach((part) => part.remove());
    const text = copy.textContent.replace(/\\s+/g, ' ').trim();
    if (text) found.add(text);
  }
  return [...found];
}"""
SPEAKS_NEITHER = re.compile(r"中\+EN|[\d\s\W]*|[A-Z0-9 +/.:()¥%·-]{1,12}")
HAN = re.compile(r"[一-鿿]")


def list_pages(role: str, product: LiveProduct) -> list[Listed]:
    """The pages of a role, with a report of the demonstration in the addresses that need one."""
    with psycopg.connect(product.database_url) as connection:
        row = connection.execute(
            """SELECT report.id FROM results_labreport report
               JOIN encounters_encounter visit ON visit.id = report.encounter_id
               WHERE report.state = 'VERIFIED' AND visit.campus_id = 'IMC' ORDER BY report.id LIMIT 1"""
        ).fetchone()
    assert row is not None
    return [replace(page, path=page.path.format(report=row[0])) for page in ALL_PAGES if page.role == role]


@contextmanager
def window_of(staff: Staff, role: str) -> Iterator[BrowserContext]:
    """A window of the role, or of a visitor."""
    with staff.browser.new_context(base_url=staff.product.url, reduced_motion="reduce") as context:
        if role:
            with staff.open(role) as signed_in:
                context.add_cookies(signed_in.cookies())  # type: ignore[arg-type]
        yield context


def follow_links(tab: Page, page: Listed) -> Listed:
    """The page with the address that its links lead to."""
    address = find_address(tab, page.path, page.follow)
    assert address, f"{page.name}: its links lead nowhere"
    return replace(page, path=address, follow=())


@pytest.mark.parametrize("role", ROLES, ids=[role or "visitor" for role in ROLES])
def test_pages_answer_fit_and_speak_one_language(staff: Staff, role: str, axe: str) -> None:
    """Opened at the width of a telephone, then made as wide as a desk; in Chinese examined for who reads by ear too."""
    faults: list[str] = []
    with window_of(staff, role) as context:
        tab = context.new_page()
        said: list[str] = []
        tab.on("console", lambda line: said.append(line.text) if line.type in {"error", "warning"} else None)
        tab.on("pageerror", lambda error: said.append(str(error)))
        pages = [follow_links(tab, page) for page in list_pages(role, staff.product)]
        for language, tag in LANGUAGES.items():
            speak(context, staff.product.url, language)
            context.set_extra_http_headers({"Accept-Language": tag})
            for page in pages:
                said.clear()
                tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
                expected = ANSWERS.get(page.name, 200)
                where = f"{page.name} {language}"
                answer = tab.goto(page.path, wait_until="load")
                if answer is None or answer.status != expected:
                    faults.append(f"{where}: answered {answer and answer.status}")
                for width in WIDTHS:
                    tab.set_viewport_size({"width": width, "height": 900})
                    faults += [f"{where} {width}: {fault}" for fault in look_at(tab, page, tag)]
                faults += [f"{where}: console: {line}" for line in said if "404" not in line or expected != 404]
                if language == EXAMINED_IN and page.name not in ENGLISH_ONLY:
                    faults += [f"{where}: {fault}" for fault in examine(tab, axe)]
    assert not faults, "\n".join(faults)


def look_at(tab: Page, page: Listed, tag: str) -> list[str]:
    """What is wrong with the page that is shown."""
    faults = []
    overflow = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    if overflow > 0:
        faults.append(f"is {overflow} px too wide")
    if page.name in ENGLISH_ONLY:
        return faults
    if tab.get_attribute("html", "lang") != tag:
        faults.append(f"says that it is {tab.get_attribute('html', 'lang')}")
    for label in tab.evaluate(READ_LABELS):
        if SPEAKS_NEITHER.fullmatch(label):
            continue
        if bool(HAN.search(label)) != (tag == "zh-CN"):
            faults.append(f"speaks the other language: {label!r}")
    return faults


def examine(tab: Page, axe: str) -> list[str]:
    """What axe-core finds that keeps somebody from reading the page that is shown."""
    tab.evaluate(axe)
    found = tab.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")
    return [
        f"{each['id']} {'; '.join(str(node['target']) for node in each['nodes'][:3])}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.fixture
def docs(live_product: LiveProduct, chromium: Browser) -> Generator[Page]:
    """The page of the API's description."""
    with chromium.new_context(base_url=live_product.url) as context:
        yield context.new_page()


def test_the_description_of_the_api_works_under_our_policy(docs: Page, live_product: LiveProduct) -> None:
    said: list[str] = []
    asked: list[str] = []
    docs.on("console", lambda line: said.append(line.text) if line.type in {"error", "warning"} else None)
    docs.on("pageerror", lambda error: said.append(str(error)))
    docs.on("request", lambda request: asked.append(request.url))
    docs.goto("/api/docs")
    operation = docs.locator("#operations-Booking-hold_place")
    expect(operation).to_be_visible(timeout=20_000)
    operation.locator(".opblock-summary").click()
    expect(operation).to_contain_text("slot_full")
    campuses = docs.locator("#operations-Directory-read_campuses")
    campuses.locator(".opblock-summary").click()
    campuses.locator(".try-out__btn").click()
    campuses.locator(".execute").click()
    expect(campuses.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("200")
    assert said == []
    assert {url for url in asked if not url.startswith((live_product.url, "data:", "blob:"))} == set()


def test_no_page_may_be_framed_or_run_foreign_scripts(live_product: LiveProduct) -> None:
    for page in ALL_PAGES:
        if page.role:
            continue
        answer = httpx.get(urljoin(live_product.url, page.path))
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy, page.path
        assert "default-src 'self'" in policy, page.path
        assert "unsafe-inline" not in policy, page.path
