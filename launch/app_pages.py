"""The pages of the patient app, as pictures and tests open them: each page of pages.json, signed in as somebody.

A page whose address holds an id finds it in `QUERIES`; the ids are asked of the API for the account that looks.
"""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import BrowserContext, Route
from playwright.sync_api import Page as Tab

from launch.patient_app import APP

DEMO_PATIENT = "camille.moreau@example.com"  # has a finished visit with a report, a booking, and a daughter
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
LANG_TAGS = {"en": "en", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant-HK"}
CODE_SECONDS = 60
# Resolves when the page of the address is there, nothing is loading and nothing has changed for a moment.
QUIET = """() => new Promise((done) => {
  const QUIET_MS = 100, LOAD_MS = 15000, LOOK_MS = 20;
  const begun = performance.now();
  let changed = begun;
  const watch = new MutationObserver(() => { changed = performance.now(); });
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const isShown = () => {
    const wanted = location.hash.slice(2).split('?')[0];
    const shown = document.querySelector('uni-page')?.dataset.page;
    const isBusy = document.querySelector('[aria-busy=true]') || !document.querySelector('.screen');
    return !isBusy && (!wanted || shown === wanted);
  };
  const look = () => {
    const now = performance.now();
    if ((isShown() && now - changed > QUIET_MS) || now - begun > LOAD_MS) {
      watch.disconnect();
      done();
    } else setTimeout(look, LOOK_MS);
  };
  look();
})"""
# Page → query; `{…}` is an id of the account that looks.
QUERIES: Mapping[str, str] = {
    "account/contact": "kind=phone",
    "account/notice": "purpose=PRIVACY",
    "people/claim": "id={claim}",
    "people/contact": "person={person}",
    "people/document": "person={person}",
    "people/insurance": "person={person}",
    "people/person": "id={person}",
    "people/proof": "person={person}&kind=RELATION",
    "booking/doctor": "id={doctor}",
    "booking/confirm": "id={appointment}",
    "booking/booked": "id={appointment}",
    "booking/appointment": "id={appointment}",
    "booking/change": "id={appointment}",
    "booking/cancel": "id={appointment}",
    "booking/help": "id={appointment}",
    "booking/waits": "doctor={doctor}",
    "people/wishes": "person={person}",
    "bills/bills": "person={person}",
    "bills/bill": "person={person}&campus=IMC",
    "bills/result": "payment={payment}",
    "bills/receipt": "bill={bill}",
    "visit/journey": "id={visit}",
    "visit/queue": "id={visit}",
    "visit/exams": "person={person}",
    "visit/exam": "id={exam_booking}",
    "visit/exam-move": "id={exam_booking}",
    "reports/report": "id={report}",
    "reports/exam": "id={exam}",
    "reports/closed": "id={closed}",
    "reports/share": "id={report}&kind=LAB",
    "inbox/message": "id={message}",
    "inbox/thread": "id={enquiry}",
    "info/article": "kind=guide&slug={guide}",
    "info/department": "id={department}",
    "info/campus": "code=IMC",
}
SERVER_ERROR = {
    "zh-Hant": "系統出了點問題，未完成的操作已撤銷，請稍後再試。",
    "zh": "系统出了点问题，未完成的操作已撤销，请稍后再试。",
    "": "Something went wrong on our side. What was not finished was undone; please try again.",
}
# Pages that are there for a moment only and lead on by themselves.
PASSING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Visitor:
    """Who looks: a session of the app (none for somebody signed out) and the ids that the account may see."""

    session: Mapping[str, str] | None = None
    ids: Mapping[str, str] = field(default_factory=dict)


def list_app_pages() -> list[str]:
    """Every page of pages.json, such as `booking/doctors`."""
    listed: dict[str, Any] = json.loads((APP / "src" / "pages.json").read_text(encoding="utf-8"))
    pages = [page["path"] for page in listed["pages"]]
    for package in listed.get("subPackages", []):
        pages += [f"{package['root']}/{page['path']}" for page in package["pages"]]
    return [page for page in pages if page not in PASSING]


def address_of(page: str, visitor: Visitor) -> str:
    """The page's place after `#`, with the ids that the visitor has."""
    query = QUERIES.get(page, "")
    filled = re.sub(r"\{(\w+)\}", lambda found: visitor.ids.get(found.group(1), ""), query)
    return f"/{page}?{filled}" if filled else f"/{page}"


def sign_in_patient(base: str, sandbox: str, address: str) -> Visitor:
    """Signs in with a code from the demonstration's mailbox, agreeing to the privacy notice."""
    with httpx.Client(base_url=f"{base}/api", timeout=30, trust_env=False) as http:
        asked = {"address": address, "language": "en"}
        http.post("/sign-in/codes", json=asked).raise_for_status()
        body = {**asked, "code": read_code(sandbox, address), "privacy_notice": 1}
        answer = http.post("/sign-in", json=body).raise_for_status().json()
        http.headers["Authorization"] = f"Bearer {answer['token']}"
        session = {"token": answer["token"], "refreshToken": answer["refresh_token"]}
        return Visitor(session, find_ids(http))


def sign_up_patient(base: str, sandbox: str) -> Visitor:
    """A new account that has nothing yet."""
    return sign_in_patient(base, sandbox, f"nora.{uuid4().hex[:12]}@example.com")


def read_code(sandbox: str, address: str) -> str:
    """The newest sign-in code in the mailbox."""
    deadline = time.monotonic() + CODE_SECONDS
    while time.monotonic() < deadline:
        mail = httpx.get(f"{sandbox}/_control/mail", params={"to": address}, trust_env=False).json()["mail"]
        found = re.search(r"\b(\d{6})\b", mail[0]["subject"]) if mail else None
        if found:
            return found.group(1)
        time.sleep(0.2)
    raise TimeoutError(f"no code came for {address}")


def find_ids(http: httpx.Client) -> dict[str, str]:
    """One id of each kind that the account may see."""

    def first(path: str, key: str = "id", **query: str) -> str:
        answer = http.get(path, params=query)
        found = answer.json() if answer.status_code == 200 else []
        items = found["items"] if isinstance(found, dict) and "items" in found else found
        return str(items[0].get(key) or "") if isinstance(items, list) and items else ""

    ids = {
        "person": first("/people"),
        "claim": first("/people/claims"),
        "appointment": first("/appointments"),
        "doctor": first("/doctors", specialty="CARD", campus="IMC"),
        "department": first("/departments", campus="IMC"),
        "guide": first("/articles", "slug", kind="guide"),
        "enquiry": first("/enquiries"),
        **find_told_ids(http),
    }
    step = http.get("/next-step")
    following = step.json()["next"] if step.status_code == 200 else None
    ids["visit"] = following["journey"]["appointment"]["id"] if following else ids["appointment"]
    if ids["person"]:
        ids["report"] = first(f"/people/{ids['person']}/reports")
        ids["bill"] = first(f"/people/{ids['person']}/bills")
        ids["exam_booking"] = find_exam_booking(http, ids["person"])
        ids["payment"] = first(f"/people/{ids['person']}/bills", "payment_id")
    return ids


def find_exam_booking(http: httpx.Client, person: str) -> str:
    """A booked examination of the person, where there is one."""
    answer = http.get(f"/people/{person}/examinations")
    exams = answer.json()["exams"] if answer.status_code == 200 else []
    return next((str(exam["booking"]["id"]) for exam in exams if exam["booking"]), "")


def find_told_ids(http: httpx.Client) -> dict[str, str]:
    """A message, an examination report and a report that waits for its doctor, where the account has them."""
    inbox, reports = http.get("/inbox"), http.get("/reports")
    messages = inbox.json()["messages"] if inbox.status_code == 200 else []
    listed = reports.json()["reports"] if reports.status_code == 200 else []
    wanted = {
        "message": messages,
        "exam": [each for each in listed if (each["kind"], each["state"]) == ("EXAM", "OPEN")],
        "closed": [each for each in listed if each["state"] == "CLOSED"],
    }
    return {name: found[0]["id"] if found else "" for name, found in wanted.items()}


def remember(context: BrowserContext, *, language: str, visitor: Visitor) -> None:
    """Lets the app find its language and its session on the device."""
    kept: dict[str, object] = {"language": {"type": "string", "data": language}}
    if visitor.session is not None:
        kept["session"] = {"type": "object", "data": dict(visitor.session)}
    for name, value in kept.items():
        line = f"localStorage.setItem({json.dumps(name)}, {json.dumps(json.dumps(value))})"
        context.add_init_script(f"if (location.protocol.startsWith('http')) {line}")


def break_the_api(context: BrowserContext) -> None:
    """From now on the server answers every call with an error of its own, in the reader's language."""

    def fail(route: Route) -> None:
        speaks = route.request.headers.get("accept-language", "")
        detail = next(words for tag, words in SERVER_ERROR.items() if speaks.startswith(tag))
        problem = {
            "type": "urn:imc:problem:server_error",
            "title": detail,
            "status": 500,
            "code": "server_error",
            "detail": detail,
        }
        route.fulfill(status=500, content_type="application/problem+json", body=json.dumps(problem))

    context.route("**/api/**", fail)


def open_app_page(tab: Tab, base: str, page: str, visitor: Visitor) -> None:
    """Opens a page and waits until it has what it shows.

    A tab that shows the app goes on within it, which is quicker; leave it first (`about:blank`) for a new start.
    """
    address = address_of(page, visitor)
    if tab.url.startswith(f"{base}/#"):
        tab.evaluate("(address) => { location.hash = address }", f"#{address}")
    else:
        tab.goto(f"{base}/#{address}")
        tab.wait_for_selector(".screen")
    tab.evaluate(QUIET)
