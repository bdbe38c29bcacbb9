"""A patient with a telephone: the API over HTTP, the mailbox, the acquirer's page in a browser."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.journeys.conftest import LiveProduct
from tests.journeys.waiting import wait_for

VISA = "4508750015741019"
CENTER = "IMC"


@dataclass
class Patient:
    """A signed-in account with one person; `language` is en or zh-hans."""

    product: LiveProduct
    http: httpx.Client
    language: str
    email: str
    person_id: str

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of an address of the API."""
        answer = self.http.get(path, params=query)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        """The JSON of an answer to a POST."""
        answer = self.http.post(path, json=body)
        assert answer.status_code in {200, 201}, (path, answer.status_code, answer.text)
        return answer.json()

    def refused(self, path: str, **body: Any) -> str:
        """The code of a refusal."""
        answer = self.http.post(path, json=body)
        assert answer.headers["content-type"] == "application/problem+json", (path, answer.status_code, answer.text)
        return str(answer.json()["code"])

    def pdf_text(self, path: str, language: str = "en") -> str:
        """The text of a paper."""
        answer = self.http.get(path, params={"language": language})
        assert answer.headers["content-type"] == "application/pdf", answer.text
        return read_pdf(answer.content)

    def book(self, slot_id: int) -> dict[str, Any]:
        """Holds and books a place."""
        held = self.post("/appointments/hold", slot_id=slot_id, person_id=self.person_id)
        return dict(self.post(f"/appointments/{held['appointment_id']}/book"))

    def bill(self) -> Any:
        """What is open."""
        return self.get(f"/people/{self.person_id}/bill")

    def quote(self) -> dict[str, Any]:
        """A quote over everything that is open."""
        return dict(self.post("/bills/quote", charge_ids=[line["id"] for line in self.bill()["lines"]]))

    def accept_price_notices(self, quote: dict[str, Any]) -> None:
        """Agrees to what has to be read before the first surcharge."""
        for notice in quote["price_notices"]:
            facts = {name: notice[name] for name in ("service_line", "campus_code", "hash")}
            self.post(f"/people/{self.person_id}/price-notices", **facts, language="en")

    def start_paying(self) -> dict[str, Any]:
        """Quotes everything that is open and opens the acquirer's checkout."""
        quote = self.quote()
        self.accept_price_notices(quote)
        return dict(self.post("/bills/pay", quote_token=quote["token"], idempotency_key=str(uuid4())))

    def payment(self, started: dict[str, Any]) -> dict[str, Any]:
        """How a started payment stands."""
        return dict(self.get(f"/payments/{started['payment']['id']}"))

    def nodes(self, appointment_id: str) -> dict[str, str]:
        """The steps of the visit with their states."""
        journey = self.get(f"/appointments/{appointment_id}/journey")
        return {node["kind"]: node["state"] for node in journey["nodes"]}


def read_pdf(content: bytes) -> str:
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def read_code(product: LiveProduct, email: str) -> str:
    """The newest sign-in code in the mailbox page, as a person reads it there."""

    def look() -> str:
        page = httpx.get(f"{product.sandbox_url}/mailbox", params={"to": email}).text
        found = re.search(r"\b(\d{6})\b", re.sub(r"<[^>]+>", " ", page))
        return found.group(1) if found else ""

    return wait_for(look, f"a code in the mail of {email}")


def sign_up(product: LiveProduct, *, language: str = "en", **person: Any) -> Patient:
    """A new patient signs in with a code from his mail and adds himself."""
    email = f"oliver.{uuid4().hex[:12]}@example.co.uk"
    http = httpx.Client(
        base_url=f"{product.url}/api",
        headers={"Accept-Language": "zh-CN" if language == "zh-hans" else "en-GB"},
        timeout=30,
        trust_env=False,
    )
    patient = Patient(product, http, language, email, "")
    assert http.post("/sign-in/codes", json={"address": email, "language": language}).status_code == 204
    code = read_code(product, email)
    http.headers["Authorization"] = (
        "Bearer " + patient.post("/sign-in", address=email, language=language, code=code, privacy_notice=1)["token"]
    )
    body = {
        "relation": "SELF",
        "family_name": "Featherstonehaugh-Cholmondeley",
        "given_names": "Oliver James",
        "sex": "M",
        "birth_date": "1979-03-14",
        "nationality": "GBR",
        "document": {"type": "PASSPORT", "number": f"5{uuid4().int % 10**8:08d}"},
        "languages": ["en"],
    }
    made = patient.post("/people", **(body | person))
    assert made["warnings"] == []
    patient.person_id = made["id"]
    return patient


def find_place_today(patient: Patient, doctor_id: str) -> int:
    """A free place of the doctor later today."""
    for session in patient.get("/sessions", doctor=doctor_id, days=1):
        for place in patient.get(f"/sessions/{session['id']}/slots"):
            if place["free"] and datetime.fromisoformat(place["starts_at"]) > datetime.now(UTC) + timedelta(minutes=1):
                return int(place["id"])
    raise AssertionError("the doctor has no free place today; open_late_session makes one")


def pay_by_card(browser: Browser, checkout_url: str, *, card: str = VISA, language: str = "en") -> Page:
    """Types the card into the acquirer's page and answers the 3-D Secure question; the page where the payer ends.

    The window stays open for the caller to look at.
    """
    window = browser.new_context(locale="zh-CN" if language == "zh-hans" else "en-GB")
    page = window.new_page()
    page.goto(checkout_url)
    type_card(page, card)
    answer_challenge(page)
    return page


def answer_challenge(page: Page) -> None:
    """Types the code of the card's bank, when it asks for one (3-D Secure)."""
    if page.locator("#code[autocomplete='one-time-code']").count():
        shown = re.search(r"\b(\d{6})\b", page.inner_text(".hint"))
        assert shown, page.inner_text("body")
        page.fill("#code", shown.group(1))
        page.click("button.primary")


def type_card(page: Page, card: str) -> None:
    """Fills the acquirer's form in and sends it."""
    page.fill("#number", card)
    page.fill("#expiry", "12/39")
    page.fill("#code", "1234" if card.startswith("3") and not card.startswith("35") else "123")
    page.fill("#name", "O J FEATHERSTONEHAUGH")
    page.click("form[action*='/checkout/pay/'] button.primary")
    page.wait_for_load_state("load")
