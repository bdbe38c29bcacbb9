"""How long the staff pages of the demonstration hospital take, from the request to the last byte.

The pages are those of `launch/screen_pages.py`, each opened by its role in both languages. What a server does once (to
compile a template, to prepare a statement) is left out: every page is opened before it is timed.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import Cookie, CookieJar
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from bench.load import base_address
from demo.logins import DEMO_LOGINS
from launch.screen_pages import PAGES, Page

NEEDS_PRODUCT = True
ROUNDS = 10
LANGUAGES = ("zh-hans", "en")
SIGN_IN = "/staff/sign-in/"
LANGUAGE_COOKIE = "imc_language"


@dataclass
class Form(HTMLParser):
    """The fields of a page's forms as they stand, and its links with their classes."""

    fields: dict[str, str] = field(default_factory=dict)
    links: list[tuple[set[str], str]] = field(default_factory=list)
    select: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects inputs, the option that is or would be chosen, and links."""
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and given.get("name") and given.get("type") not in {"checkbox", "radio"}:
            self.fields.setdefault(given["name"], given.get("value", ""))
        elif (
            tag == "input" and given.get("type") == "radio" and ("checked" in given or given["name"] not in self.fields)
        ):
            self.fields[given["name"]] = given.get("value", "")
        elif tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.fields):
            self.fields[self.select] = given.get("value", "")
        elif tag == "a" and "href" in given:
            self.links.append((set(given.get("class", "").split()), given["href"]))


class Client:
    """A browser of one member of staff, as far as the server can tell."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        """A page; one that is not shown is an error."""
        with self.opener.open(self.base + path, timeout=30) as answer:
            if answer.status != 200 or (SIGN_IN in answer.url and path != SIGN_IN):
                raise RuntimeError(f"{path} was not shown: {answer.status} {answer.url}")
            return str(answer.read().decode())

    def sign_in(self, role: str) -> None:
        """Signs in with the demonstration login of the role."""
        _, _, username, password = next(login for login in DEMO_LOGINS if login[1] == role)
        fields = read(self.get(SIGN_IN)).fields | {"username": username, "password": password}
        request = Request(  # noqa: S310 - our own address
            self.base + SIGN_IN, urlencode(fields).encode(), headers={"Referer": self.base + SIGN_IN}
        )
        with self.opener.open(request, timeout=30) as answer:
            if SIGN_IN in answer.url:
                raise RuntimeError(f"{role} could not sign in")

    def speak(self, language: str) -> None:
        """Chooses the language by its cookie."""
        host = urlsplit(self.base).hostname or ""
        self.cookies.set_cookie(
            Cookie(
                *(0, LANGUAGE_COOKIE, language, None, False, host, True, False, "/", True, False),
                *(None, False, None, None, {}),
            )
        )

    def find(self, page: Page) -> str:
        """The address of a page, which may hold the number of a record."""
        path = page.path
        for selector in page.follow:
            wanted = set(re.findall(r"\.([\w-]+)", selector))
            path = next(href for classes, href in read(self.get(path)).links if wanted <= classes)
        return path


def read(text: str) -> Form:
    """A page taken apart."""
    form = Form()
    form.feed(text)
    return form


def measure() -> dict[str, float]:
    """The 95th percentile over all pages, in milliseconds."""
    times: dict[str, list[float]] = {}
    for role in dict.fromkeys(page.role for page in PAGES):
        for name, taken in time_role(role):
            times.setdefault(name, []).append(taken)
    for name, all_taken in sorted(times.items(), key=lambda item: -median(item[1])):
        print(f"    {name:24} {median(all_taken):7.1f} ms, at most {max(all_taken):.1f} ms")
    every = [taken for all_taken in times.values() for taken in all_taken]
    return {"staff_pages_p95_ms": quantiles(every, n=20, method="inclusive")[-1]}


def time_role(role: str) -> Iterator[tuple[str, float]]:
    """Name and milliseconds of each opening of the pages of a role."""
    client = Client(base_address())
    if role:
        client.sign_in(role)
    addresses = {page.name: client.find(page) for page in PAGES if page.role == role}
    for language in LANGUAGES:
        client.speak(language)
        for path in addresses.values():
            client.get(path)
        for _ in range(ROUNDS):
            for name, path in addresses.items():
                began = time.perf_counter()
                client.get(path)
                yield name, (time.perf_counter() - began) * 1000
