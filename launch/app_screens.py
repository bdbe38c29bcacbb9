"""`./imc screens` of the patient app: every page × language × width, full, empty and when the server fails."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error

from launch.app_pages import (
    DEMO_PATIENT,
    LANGUAGES,
    Visitor,
    break_the_api,
    list_app_pages,
    open_app_page,
    remember,
    sign_in_patient,
    sign_up_patient,
)

WIDTHS = {390: 844, 768: 1024}
STATES = ("full", "empty", "error")
# Whoever sits at a page wider than this would scroll sideways.
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def picture_app(browser: Browser, base: str, folder: Path, names: Sequence[str] = ()) -> list[str]:
    """Takes the pictures as `app-PAGE-STATE-LANGUAGE-WIDTH.png`; the faults that were seen."""
    pages = [page for page in list_app_pages() if not names or page in names]
    sandbox = sandbox_of(base)
    full, empty = sign_in_patient(base, sandbox, DEMO_PATIENT), sign_up_patient(base, sandbox)
    faults: list[str] = []
    for state, visitor in zip(STATES, (full, empty, full), strict=True):
        for language in LANGUAGES:
            faults += picture_state(browser, base, folder, pages, state, language, visitor)
    return faults


def picture_state(
    browser: Browser, base: str, folder: Path, pages: Sequence[str], state: str, language: str, visitor: Visitor
) -> list[str]:
    """The pictures of one state in one language."""
    faults: list[str] = []
    with browser.new_context(reduced_motion="reduce", has_touch=True) as context:
        remember(context, language=language, visitor=visitor)
        if state == "error":
            break_the_api(context)
        tab = context.new_page()
        for width, height in WIDTHS.items():
            for page in pages:
                name = f"app-{page.replace('/', '-')}-{state}-{language}-{width}"
                tab.set_viewport_size({"width": width, "height": height})
                try:
                    tab.goto("about:blank")  # each picture of a new start
                    open_app_page(tab, base, page, visitor)
                    # The bar at the bottom sticks to the window: a window as tall as the page has it at its end.
                    tall = int(tab.evaluate("document.documentElement.scrollHeight"))
                    tab.set_viewport_size({"width": width, "height": max(height, min(tall, 6000))})
                    tab.screenshot(path=folder / f"{name}.png")
                    if (wider := int(tab.evaluate(WIDER))) > 0:
                        faults.append(f"{name}: is {wider} px wider than the window")
                except Error as error:
                    faults.append(f"{name}: {str(error).splitlines()[0]}")
    return faults


def sandbox_of(base: str) -> str:
    """The sandbox beside a product: one port above."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.hostname}:{(parts.port or 80) + 1}"
