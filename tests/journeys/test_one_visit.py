"""One foreign patient's visit from sign-up to a paid, printed, reported visit, in each language.

The patient uses the API, the staff their pages in a browser, the money goes through the acquirer's own page.
"""

import re
from collections.abc import Callable, Generator
from decimal import Decimal
from typing import Any

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from demo.logins import DEMO_LOGINS
from tests.journeys import desks
from tests.journeys.arriving import bring_forward, read_code_of_today
from tests.journeys.conftest import LiveProduct, Staff
from tests.journeys.patient import Patient, find_place_today, pay_by_card, read_pdf, sign_up
from tests.journeys.pharmacy import collect_the_drugs, do_prescription, find_prescription
from tests.journeys.roster import open_late_session
from tests.journeys.waiting import wait_for

DOCTOR = "Doctor, Cardiology"
DOCTOR_LOGIN = next(login[2] for login in DEMO_LOGINS if login[1] == DOCTOR)
DOCTOR_NAME = {"zh": "周文君", "en": "ZHOU Wenjun"}
ASPIRIN, NITROGLYCERIN = "XY010001", "XY010022"
BLOOD_COUNT_CODE, XRAY_CODE = "250101015", "210102015-1"
HOSPITAL_NAME = {"广州粤澜医院", "国际医疗中心"}
STORY_WORDS = {
    "en": {
        "angina": ("Angina", "I20.9"),
        "aspirin": "aspirin",
        "nitro": "nitrogly",
        "count": "blood count",
        "xray": "Chest X-ray",
        "received": "Payment received",
    },
    "zh-hans": {
        "angina": ("xjt", "I20.9"),
        "aspirin": "阿司匹林",
        "nitro": "xsgy",
        "count": "xxbfx",
        "xray": "胸部X线",
        "received": "付款成功",
    },
}
pytestmark = [pytest.mark.requirement("N20")]


@pytest.fixture(scope="module", autouse=True)
def clinic(live_product: LiveProduct) -> None:
    """The cardiologist has places today, whatever time it is."""
    open_late_session(live_product.database_url, DOCTOR_LOGIN)


@pytest.fixture
def windows(staff: Staff, language: str) -> Generator["Windows"]:
    """Windows of the staff in the language of the story."""
    opened = Windows(staff, language)
    yield opened
    opened.close()


class Windows:
    """One window a role, opened when it is first needed; its console must stay clean."""

    def __init__(self, staff: Staff, language: str) -> None:
        self.staff = staff
        self.language = language
        self.tabs: dict[str, Page] = {}
        self.complaints: list[str] = []

    def of(self, role: str) -> Page:
        """The window of a role."""
        if role not in self.tabs:
            tab = self.staff.open(role, language=self.language).pages[0]
            tab.on("pageerror", lambda error: self.complaints.append(str(error)))
            tab.on("console", self.note)
            self.tabs[role] = tab
        return self.tabs[role]

    def note(self, line: ConsoleMessage) -> None:
        """Remembers an error of the console; a refusal that the story asks for is none."""
        is_refusal = any(part in str(line.location.get("url")) for part in ("/verify/", "?person=", "/act/"))
        if line.type == "error" and not is_refusal:
            self.complaints.append(f"{line.text} {line.location.get('url')}")

    def close(self) -> None:
        """Closes all windows."""
        for tab in self.tabs.values():
            tab.context.close()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.requirement(
    *("A04", "A07", "A08", "A16", "A18", "D52", "N08", "D53", "F46", "F47", "F48", "R56", "N01", "N10", "N14", "N19")
)
def test_one_visit_from_sign_up_to_report(
    live_product: LiveProduct, chromium: Browser, windows: Windows, language: str
) -> None:
    words = STORY_WORDS[language]
    patient = sign_up(live_product, language=language)

    appointment = book_and_pay_the_fee(patient, chromium, words, language)
    visit = arrive(patient, appointment, live_product)
    consult(windows.of(DOCTOR), visit["id"], words)
    assert (patient.nodes(appointment["id"])["CONSULTED"], patient.nodes(appointment["id"])["BILL_PAID"]) == (
        "DONE",
        "NOW",
    )

    assert {line["code"] for line in patient.bill()["lines"]} == {BLOOD_COUNT_CODE, XRAY_CODE}  # drugs are reviewed
    prescription = find_prescription(live_product, visit["id"])
    do_prescription(windows.of("Pharmacist"), prescription)

    bill_id, payment = pay_the_orders(patient, chromium, language)
    assert patient.nodes(appointment["id"])["SPECIMEN_TAKEN"] == "NOW"

    analyze(windows, live_product, visit["id"])
    assert patient.get(f"/people/{patient.person_id}/reports") == []  # critical: the doctor speaks first
    release(windows.of(DOCTOR), visit["id"])
    read_report(patient)
    assert patient.nodes(appointment["id"])["REPORT_READY"] == "DONE"

    collect_the_drugs(windows.of("Pharmacist"), windows.of("Pharmacist, checker"), prescription)
    assert patient.nodes(appointment["id"])["DRUGS_COLLECTED"] == "DONE"

    give_back_the_xray(windows.of("Cashier"), live_product, bill_id, payment)
    assert Decimal(patient.get(f"/bills/{bill_id}")["refunded"]) == Decimal("84.50")

    look_without_relation(windows.of("Doctor, North Campus (no care relation)"), patient.person_id)
    see_who_looked(windows.of("Audit administrator"), patient.person_id)
    assert windows.complaints == []


def book_and_pay_the_fee(patient: Patient, chromium: Browser, words: dict[str, Any], language: str) -> dict[str, Any]:
    """Finds a cardiologist at the Center, books a place of today and pays the registration fee with a Visa card."""
    doctors = patient.get("/doctors", campus="IMC", specialty="CARD", q="chest pain")
    doctor = next(doctor for doctor in doctors if doctor["name"] == DOCTOR_NAME)
    appointment = patient.book(find_place_today(patient, doctor["id"]))
    assert appointment["state"] == "BOOKED"
    (fee,) = patient.bill()["lines"]
    assert fee["surcharge_mark"] == ""  # the Center's own price is not raised again
    assert patient.nodes(appointment["id"])["REGISTRATION_PAID"] == "NOW"

    started = patient.start_paying()
    assert started["payment"]["amount"] == fee["amount"]
    page = pay_by_card(chromium, started["payment"]["checkout_url"], language=language)
    page.wait_for_url(f"**/pay/{started['payment']['id']}/**")
    expect(page.locator("body")).to_contain_text(words["received"])
    page.context.close()
    paid = patient.payment(started)
    assert (paid["state"], paid["card_brand"], paid["card_last4"]) == ("PAID", "VISA", "1019")
    assert patient.bill()["lines"] == []
    assert patient.nodes(appointment["id"])["REGISTRATION_PAID"] == "DONE"
    return appointment


def arrive(patient: Patient, appointment: dict[str, Any], product: LiveProduct) -> dict[str, Any]:
    """Takes the number and checks in."""
    visit = patient.post(f"/appointments/{appointment['id']}/number")
    assert re.fullmatch(r"[A-Z]\d{3}", visit["queue_number"])
    bring_forward(product, visit["id"])
    checked = patient.post("/check-in", code=read_code_of_today(product))
    assert checked["visit"]["state"] == "CHECKED_IN"
    nodes = patient.nodes(appointment["id"])
    assert (nodes["NUMBER_TAKEN"], nodes["CHECKED_IN"], nodes["CALLED"]) == ("DONE", "DONE", "NOW")
    return dict(visit)


def consult(tab: Page, encounter_id: str, words: dict[str, Any], *, seen: Callable[[], None] | None = None) -> None:
    """The doctor calls (`seen` looks who else knows), writes note, diagnosis, two drugs, a blood count and an X-ray,
    signs and finishes."""
    desks.open_visit(tab, encounter_id)
    desks.call_and_start(tab, seen)
    desks.write_note(
        tab,
        complaint="Chest tightness on exertion for two weeks",
        findings="BP 148/92, heart sounds regular",
        plan="Blood count, chest X-ray, aspirin; nitroglycerin when needed",
    )
    typed, code = words["angina"]
    desks.choose(tab, "#dx", typed, code, target="/diagnoses/")
    expect(tab.locator("#diagnoses .code")).to_have_text([code])
    desks.add_drug(tab, words["aspirin"], ASPIRIN, days=7)
    desks.add_drug(tab, words["nitro"], NITROGLYCERIN, days=3, packs="1")
    take_option(tab, "#find-lab", words["count"], BLOOD_COUNT_CODE)
    take_option(tab, "#find-exam", words["xray"], XRAY_CODE)
    desks.describe_examination(tab, info="Exertional chest tightness", purpose="Rule out lung and heart enlargement")
    expect(tab.locator("#orders tr[id^=line-]")).to_have_count(4)
    desks.press_main(tab, "/sign/")
    print_orders(tab)
    desks.press_main(tab, "/finish/")


def print_orders(tab: Page) -> None:
    """The prescription and the two requests in English: what was ordered, and no Chinese but the hospital's name."""
    papers = tab.locator("#papers .doclist form")
    expect(papers).to_have_count(3)
    texts = []
    for paper in papers.all():
        answer = tab.request.get(str(paper.get_attribute("action")), params={"language": "en"})
        assert answer.headers["content-type"] == "application/pdf"
        texts.append(read_pdf(answer.body()))
    for text in texts:
        assert set(re.findall(r"[一-鿿]+", text)) <= HOSPITAL_NAME
        assert "FEATHERSTONEHAUGH-CHOLMONDELEY" in text.replace("\n", "").upper()
    together = "\n".join(texts)
    for words in ("Aspirin", "Nitroglycerin", "Complete blood count", "Chest X-ray", "Rule out lung"):
        assert words in together, together


def take_option(tab: Page, field: str, text: str, code: str) -> None:
    """Adds the test or examination with this code."""
    desks.type_in(tab, field, text)
    option = tab.locator(f"[role=option][hx-vals*='\"{code}\"']")
    expect(option).to_be_visible(timeout=15_000)
    with desks.answered(tab, "/items/"):
        option.click()


def pay_the_orders(patient: Patient, chromium: Browser, language: str) -> tuple[str, dict[str, Any]]:
    """Reads the bill line by line, pays it with the Visa card; the bill and the payment."""
    lines = {line["code"]: line for line in patient.bill()["lines"]}
    assert set(lines) == {ASPIRIN, NITROGLYCERIN, BLOOD_COUNT_CODE, XRAY_CODE}
    for code, line in lines.items():
        is_drug = code.startswith("XY")
        base, ratio = Decimal(line["base"]), Decimal(0) if is_drug else Decimal("0.30")
        assert line["surcharge_mark"] == ("" if is_drug else "+30 %")
        assert Decimal(line["surcharge"]) == (base * ratio).quantize(Decimal("0.01"))
        assert Decimal(line["amount"]) == base + Decimal(line["surcharge"])
        assert line["name"]["en"].isascii()
        assert re.search(r"[一-鿿]", line["name"]["zh"])
        assert re.search(r"[一-鿿]", line["why"]["zh"])
        assert line["why"]["en"].isascii()
    assert (lines[BLOOD_COUNT_CODE]["amount"], lines[XRAY_CODE]["amount"]) == ("26.00", "84.50")
    read_the_price_notice(patient)
    started = patient.start_paying()
    page = pay_by_card(chromium, started["payment"]["checkout_url"], language=language)
    page.wait_for_url(f"**/pay/{started['payment']['id']}/**")
    page.context.close()
    assert patient.payment(started)["state"] == "PAID"
    assert patient.bill()["lines"] == []
    assert patient.refused("/bills/quote", charge_ids=[line["id"] for line in lines.values()]) == "already_paid"
    statement = patient.pdf_text(f"/bills/{started['settlement_id']}/statement")
    assert "+30" in statement
    return started["settlement_id"], started["payment"]


def read_the_price_notice(patient: Patient) -> None:
    """Nobody pays a surcharge that they were not told of; told once, they are not asked again."""
    quote = patient.quote()
    (notice,) = quote["price_notices"]
    assert (notice["service"]["en"], notice["title"]["zh"]) == ("International medical service", "价格告知单")
    assert notice["rates"][0]["said"]["en"] == "+30\u00a0%"
    first_try = {"quote_token": quote["token"], "idempotency_key": "journey-before-the-notice"}
    assert patient.refused("/bills/pay", **first_try) == "price_notice_needed"
    patient.accept_price_notices(quote)
    assert patient.quote()["price_notices"] == []


def analyze(windows: Windows, product: LiveProduct, encounter_id: str) -> None:
    """The tester takes the specimen in, enters the values and calls the critical one; another person verifies."""
    with psycopg.connect(product.database_url) as connection:
        (number,) = connection.execute(
            "SELECT number FROM results_specimen WHERE encounter_id = %s", [encounter_id]
        ).fetchone() or ("",)
    tester = windows.of("Laboratory, tester")
    desks.take_specimen_in(tester, number)
    address = tester.url
    desks.enter_values(tester, desks.BLOOD_COUNT)
    expect(tester.locator("tr.is-critical")).to_have_count(1)
    desks.press_main(tester, "/submit/")
    # The critical value has to be called through before anybody verifies.
    desks.close_call(tester, read_back=desks.BLOOD_COUNT["PLT"])
    # The same person is refused.
    tester.locator("[data-main]").last.click()
    expect(tester.locator("[data-code=same_verifier]")).to_be_visible()
    verifier = windows.of("Laboratory, verifier")
    verifier.goto(address)
    desks.press_main(verifier, "/verify/")


def release(tab: Page, encounter_id: str) -> None:
    """The doctor has spoken to the patient and shows the critical report."""
    tab.goto(f"/staff/doctor/visits/{encounter_id}/")
    link = tab.locator("a[href*='/doctor/reports/']").first
    tab.goto(str(link.get_attribute("href")))
    desks.press_main(tab, "/release/")


def read_report(patient: Patient) -> None:
    """Reads the report in the app and the English paper: every value, and no Chinese on it."""
    (row,) = patient.get(f"/people/{patient.person_id}/reports")
    report = patient.get(f"/reports/{row['id']}")
    values = {value["code"]: value for value in report["values"]}
    assert {code: value["value"]["en"] for code, value in values.items()} == {
        code: desks.BLOOD_COUNT[code] for code in values
    }
    assert (values["PLT"]["flag"], values["WBC"]["flag"]) == ("LL", "N")
    assert values["PLT"]["flag_text"]["en"] == "Far below the usual range"
    english = patient.pdf_text(f"/reports/{row['id']}/pdf", "en")
    assert set(desks.BLOOD_COUNT.values()) <= desks.numbers_in(english)
    assert "FEATHERSTONEHAUGH-CHOLMONDELEY" in english.replace("\n", "").upper()
    assert set(re.findall(r"[一-鿿]+", english)) <= HOSPITAL_NAME  # the letterhead carries the name in both languages
    assert re.search(r"[一-鿿]", patient.pdf_text(f"/reports/{row['id']}/pdf", "zh"))
    check_the_paper(patient, english)


def check_the_paper(patient: Patient, text: str) -> None:
    """What the QR code of the paper leads to: genuine, and nothing about the patient."""
    number = re.search(r"\b[A-Z]{2}\d{12,18}\b", text)
    code = re.search(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b", text)
    assert number, text
    assert code, text
    for language, verdict in (("en", "Genuine and valid"), ("zh", "真实有效")):
        address = f"{patient.product.url}/v/{number.group()}"
        page = httpx.get(address, params={"k": code.group(), "lang": language})
        assert page.status_code == 200
        assert verdict in page.text
        assert "FEATHERSTONEHAUGH" not in page.text.upper()
        assert "White" not in page.text
    wrong = httpx.get(f"{patient.product.url}/v/{number.group()}", params={"k": "0000-0000", "lang": "en"})
    assert "do not match" in wrong.text


def give_back_the_xray(tab: Page, product: LiveProduct, bill_id: str, payment: dict[str, Any]) -> None:
    """The cashier gives the X-ray that nobody made back; the line that was carried out cannot be chosen."""
    tab.goto(f"/staff/cashier/refunds/bills/{bill_id}/")
    boxes = tab.locator("#refund-lines input[type=checkbox]")
    by_name = {box.get_attribute("aria-label"): box for box in boxes.all()}
    xray = next(box for name, box in by_name.items() if "X" in str(name) and ("ray" in str(name) or "线" in str(name)))
    count = next(box for name, box in by_name.items() if "count" in str(name) or "血细胞" in str(name))
    assert count.is_disabled()
    with desks.answered(tab, "/preview/"):
        xray.check()
    tab.select_option("#reason", "PATIENT_CANCELED")
    desks.press_main(tab, "/ask/")
    tab.wait_for_url("**/refunds/*/")

    number = read_order_number(product, payment["id"])

    def refunds() -> list[str]:
        orders = httpx.get(f"{product.sandbox_url}/_control/orders").json()["orders"]
        (order,) = [order for order in orders if order["id"] == number]
        return [str(Decimal(str(order["totalRefundedAmount"])))]

    wait_for(lambda: Decimal(refunds()[0]) == Decimal("84.5"), "the money at the acquirer")
    wait_for(lambda: tab.reload() and "notice" in tab.content(), "the refund notice")
    answer = tab.request.get(f"{tab.url}notice/", params={"language": "en"})
    assert answer.headers["content-type"] == "application/pdf"
    notice = read_pdf(answer.body())
    assert "+30" in notice
    assert "84.50" in notice
    assert "Canceled by the patient" in notice


def read_order_number(product: LiveProduct, payment_id: str) -> str:
    """The number under which the acquirer knows the payment."""
    with psycopg.connect(product.database_url) as connection:
        row = connection.execute("SELECT number FROM payments_paymentorder WHERE id = %s", [payment_id]).fetchone()
    assert row is not None
    return str(row[0])


def look_without_relation(tab: Page, person_id: str) -> None:
    """A doctor of another campus is refused, gives a reason, and then sees the record."""
    address = f"/staff/doctor/?person={person_id}"
    answer = tab.goto(address)
    assert answer is not None
    assert answer.status == 403
    tab.goto(f"/staff/people/{person_id}/emergency/?next={address}")
    tab.fill("[name=reason]", "Collapsed in our emergency room, history unknown")
    with tab.expect_navigation(wait_until="load"):
        tab.locator("[data-main]").click()
    answer = tab.goto(address)
    assert answer is not None
    assert answer.status == 200


def see_who_looked(tab: Page, person_id: str) -> None:
    """The audit administrator sees who looked, who changed something, who was refused and who broke the glass."""
    tab.goto(f"/staff/administration/audit/?period=all&person={person_id}")
    rows = tab.locator("table.audit tbody tr, table.audit tr:has(td)")
    expect(rows.first).to_be_visible()
    text = "\n".join(rows.all_inner_texts())
    assert "Collapsed in our emergency room" in text
    tab.goto("/staff/administration/audit/emergencies/")
    assert "Collapsed in our emergency room" in tab.inner_text("body")
