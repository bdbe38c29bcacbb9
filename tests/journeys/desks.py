"""What members of staff do in their browser windows. Selectors do not depend on the language."""

import re
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Response, expect

# A plausible blood count of a man; platelets far below the critical limit.
BLOOD_COUNT = {
    "WBC": "6.1",
    "NEUT%": "58.2",
    "LYM%": "31.5",
    "MONO%": "7.1",
    "EO%": "2.7",
    "BASO%": "0.5",
    "NEUT": "3.55",
    "LYM": "1.92",
    "MONO": "0.43",
    "EO": "0.16",
    "BASO": "0.03",
    "RBC": "4.92",
    "HGB": "148",
    "HCT": "0.441",
    "MCV": "89.6",
    "MCH": "30.1",
    "MCHC": "336",
    "RDW-CV": "12.8",
    "RDW-SD": "41.5",
    "PLT": "21",
    "MPV": "10.2",
    "PDW": "12.1",
    "PCT": "0.021",
    "P-LCR": "26.0",
}


SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"


@contextmanager
def answered(tab: Page, path: str, method: str = "POST"):
    """Waits until the act inside was answered by an address that holds `path`.

    The act comes after the last swap: what a machine types into a field that is just being replaced is lost.
    """
    tab.wait_for_function(SETTLED)
    with tab.expect_response(lambda answer: path in answer.url and answer.request.method == method) as waiting:
        yield
    answer: Response = waiting.value
    assert answer.status < 400, (answer.url, answer.status, answer.text()[:600])


def press_main(tab: Page, path: str) -> None:
    """Presses the main button of the desk, whose form goes to `path`; the page that follows is loaded."""
    with tab.expect_navigation(wait_until="load"), answered(tab, path):
        tab.locator("[data-main]").last.click()


def open_visit(tab: Page, encounter_id: str) -> None:
    """The doctor opens the visit from the queue."""
    tab.goto("/staff/doctor/")
    entry = tab.locator(f"a.queue-item[href*='{encounter_id}']")
    expect(entry).to_be_visible()
    entry.click()
    tab.wait_for_url(f"**/{encounter_id}/**")


def call_and_start(tab: Page, seen: Callable[[], None] | None = None) -> None:
    """Calls the patient to the room, lets `seen` look who else knows, and starts the consultation."""
    press_main(tab, "/move/")
    if seen is not None:
        seen()
    press_main(tab, "/move/")


def write_note(tab: Page, *, complaint: str, findings: str, plan: str) -> None:
    """Fills in the note, which saves itself."""
    tab.fill("#complaint", complaint)
    tab.fill("#findings", findings)
    with answered(tab, "/note/"):
        tab.fill("#plan", plan)


def type_in(tab: Page, field: str, text: str) -> None:
    """Types into a search field key by key, as a person does; its options are those of the whole text."""
    tab.wait_for_function(SETTLED)
    tab.fill(field, "")
    with tab.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("q") == [text]):
        tab.locator(field).press_sequentially(text, delay=40)
    tab.wait_for_function(SETTLED)


def choose(tab: Page, field: str, text: str, pick: str, *, target: str, method: str = "POST") -> None:
    """Types into a search field with options under it and takes the option that holds `pick`."""
    type_in(tab, field, text)
    option = tab.locator(f"{field} >> xpath=ancestor::*[@data-combo]").locator("[role=option]", has_text=pick).first
    expect(option).to_be_visible(timeout=15_000)
    with answered(tab, target, method):
        option.click()


def add_drug(tab: Page, text: str, code: str, *, days: int, packs: str = "") -> None:
    """Prescribes a drug with its usual directions for so many days; one taken as needed says how many packs."""
    type_in(tab, "#find-drug", text)
    option = tab.locator(f"#drug-results [role=option][hx-get*='{code}']")
    expect(option).to_be_visible(timeout=15_000)
    option.click()
    form = tab.locator("#drug-form form")
    expect(form.locator(f"input[name=code][value='{code}']")).to_be_attached()
    tab.wait_for_function(SETTLED)  # the form takes the focus when it has settled
    form.locator("[name=days]").fill(str(days))
    if packs:
        form.locator("[name=quantity]").fill(packs)
    with answered(tab, "/drug/"):
        form.locator("button.btn-primary").click()


def describe_examination(tab: Page, *, purpose: str, info: str) -> None:
    """Says what the examination is for."""
    tab.locator("textarea[name=clinical_info]").fill(info)
    with answered(tab, "/describe/"):
        tab.locator("textarea[name=purpose]").fill(purpose)


def take_specimen_in(tab: Page, number: str) -> None:
    """The laboratory scans the label and takes the specimen in."""
    tab.goto("/staff/laboratory/")
    tab.fill("#scan", number)
    tab.press("#scan", "Enter")
    expect(tab.locator("[data-specimen]")).to_be_visible()
    press_main(tab, "/receive/")


def enter_values(tab: Page, values: Mapping[str, str]) -> None:
    """Enters each value and leaves its field, as with the Enter key."""
    fields = tab.locator("table.results input.cell-input")
    codes = [re.findall(r'"code": "([^"]+)"', str(field.get_attribute("hx-vals")))[0] for field in fields.all()]
    assert set(codes) <= set(values), set(codes) - set(values)
    for code in codes:
        field = tab.locator(f"table.results input.cell-input[hx-vals*='\"{code}\"']")
        with answered(tab, "/value/"):
            field.fill(values[code])
            field.blur()


def close_call(tab: Page, *, read_back: str) -> None:
    """Notes that the critical value was called through and read back."""
    form = tab.locator("form[action*='/call/']").first
    form.locator("[name=read_back]").fill(read_back)
    with tab.expect_navigation(wait_until="load"), answered(tab, "/call/"):
        form.locator("button").click()


def numbers_in(text: str) -> set[str]:
    """The numbers of a text as they are printed."""
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def facts_of(tab: Page, selector: str) -> dict[str, Any]:
    """The words of a definition list by their terms."""
    terms = tab.locator(f"{selector} dt").all_inner_texts()
    words = tab.locator(f"{selector} dd").all_inner_texts()
    return dict(zip(terms, words, strict=True))
