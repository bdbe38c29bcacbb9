"""`./imc screens [NAME…]`: a picture of every page in every language, at the widths that it is used at.

A name is that of a staff page (launch/screen_pages.py), that of a page of the patient app (`booking/doctors`), or
`staff` or `app` for all of one face.

The product is started on a folder and ports of its own with the demonstration hospital. With IMC_SCREENS_URL the
pictures are taken of a product that already runs there.
"""

import os
import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Error, Response
from playwright.sync_api import Page as Tab
from playwright.sync_api import TimeoutError as Timeout

from launch.app_pages import list_app_pages
from launch.app_screens import picture_app
from launch.chromium import open_browser
from launch.environment import BUILD
from launch.ports import find_free_port
from launch.product import Product
from launch.run import demo_logins
from launch.screen_pages import PAGES, Page
from launch.terminal import give_up, say

FOLDER = BUILD / "screens"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
WIDTHS = {390: 844, 1440: 900}
SIGN_IN = "/staff/sign-in/"
LANGUAGE_COOKIE = "imc_language"
LINK_MS = 5_000
MOST_TRIES = 8


@contextmanager
def running_product() -> Generator[str]:
    """The address of a product with the demonstration hospital."""
    given = os.environ.get("IMC_SCREENS_URL")
    if given:
        yield given.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="imc-screens-") as folder:
        Path(folder).chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        product = Product(folder=Path(folder), port=find_free_port(), is_disposable=True)
        try:
            product.start()
            yield f"http://127.0.0.1:{product.port}"
        finally:
            product.stop()


def main(names: Sequence[str]) -> int:
    """Take the pictures; 1 when a page was not shown or does not fit its width."""
    pages = [page for page in PAGES if not names or page.name in names or "staff" in names]
    app_pages = [page for page in list_app_pages() if not names or page in names or "app" in names]
    if not pages and not app_pages:
        give_up("no such page; launch/screen_pages.py and patient-app/src/pages.json list them")
    if not names:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with running_product() as base, open_browser() as browser:
        for role in dict.fromkeys(page.role for page in pages):
            faults += picture_role(browser, base, role, [page for page in pages if page.role == role])
        if app_pages:
            faults += picture_app(browser, base, FOLDER, app_pages)
    for fault in faults:
        print(f"  {fault}")
    say(f"{len(list(FOLDER.glob('*.png')))} pictures in build/screens/, {len(faults)} faults")
    return 1 if faults else 0


def picture_role(browser: Browser, base: str, role: str, pages: Sequence[Page]) -> list[str]:
    """Pictures of the pages of one role, signed in once; the faults that were seen."""
    faults: list[str] = []
    with browser.new_context(reduced_motion="reduce") as context:
        tab = context.new_page()
        if role:
            sign_in(tab, base, role)
        for language, code in LANGUAGES.items():
            speak(context, base, code)
            for width, height in WIDTHS.items():
                tab.set_viewport_size({"width": width, "height": height})
                for page in pages:
                    faults += picture_page(tab, base, page, f"{page.name}-{language}-{width}")
    return faults


def speak(context: BrowserContext, base: str, code: str) -> None:
    """Choose the language as the switch on the pages does: by cookie."""
    context.add_cookies([{"name": LANGUAGE_COOKIE, "value": code, "url": base}])


def sign_in(tab: Tab, base: str, role: str) -> None:
    """Sign in with the demonstration login of the role (its English name, or the user name)."""
    login = next((row for row in demo_logins() if role in row[1:3]), None)
    if login is None:
        give_up(f"there is no demonstration login for '{role}'")
    tab.goto(base + SIGN_IN)
    tab.fill("input[name=username]", login[2])
    tab.fill("input[type=password]", login[3])
    tab.press("input[type=password]", "Enter")
    tab.wait_for_url(lambda address: SIGN_IN not in address)


def is_shown(answer: Response | None) -> bool:
    """Whether the server gave the page."""
    return answer is not None and answer.status == 200


def find_address(tab: Tab, path: str, follow: Sequence[str]) -> str | None:
    """Where the links lead that `follow` names, from the page at `path` on; None where they lead nowhere.

    Not every record has what a later link needs (which visits are over by now changes with the hour), so the next of
    the same kind is tried.
    """
    if not follow:
        return path
    tab.goto(path, wait_until="domcontentloaded")
    links = tab.locator(follow[0])
    with suppress(Timeout):
        links.first.wait_for(state="attached", timeout=LINK_MS)
    found = [urljoin(tab.url, link.get_attribute("href") or "") for link in links.all()[:MOST_TRIES]]
    return next((address for each in found if (address := find_address(tab, each, follow[1:]))), None)


def picture_page(tab: Tab, base: str, page: Page, name: str) -> list[str]:
    """One picture; what is wrong with the page, if anything."""
    try:
        address = find_address(tab, base + page.path, page.follow)
        if address is None:
            return [f"{name}: its links lead nowhere"]
        answer = tab.goto(address, wait_until="load")
        tab.wait_for_timeout(150)
        tab.screenshot(path=FOLDER / f"{name}.png", full_page=True)
        overflow = int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
    except Error as error:
        return [f"{name}: {str(error).splitlines()[0]}"]
    faults = []
    if not is_shown(answer):
        faults.append(f"{name}: answered {answer.status if answer else 'nothing'}")
    if SIGN_IN in tab.url and page.role:
        faults.append(f"{name}: led to the sign-in page")
    if overflow > 0:
        faults.append(f"{name}: is {overflow} px wider than the window")
    return faults
