"""What goes wrong with cards, through the acquirer's page, the worker and the notifications (A07, A18).

Whether somebody paid is read from the database: asking through the API would make the server ask the acquirer.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import LiveProduct
from tests.journeys.patient import VISA, Patient, pay_by_card, sign_up, type_card
from tests.journeys.waiting import wait_for

NO_FUNDS = "4012000000001006"
LATE_SUCCESS, LATE_FAILURE = "4012000000004000", "4012000000005007"
WEBHOOK_LOST, WEBHOOK_TWICE, WEBHOOK_LATE = "5200000000006004", "4012000000007003", "5200000000008000"
GATEWAY_ERRORS, NEVER_RETURNS, FRICTIONLESS = "4012000000009009", "5123459999998221", "4012000033330026"
pytestmark = pytest.mark.requirement("A07", "A18")


@pytest.fixture(scope="module")
def patient(live_product: LiveProduct) -> Patient:
    """One patient for all of these."""
    return sign_up(live_product)


class Acquirer:
    """The control interface of the running sandbox."""

    def __init__(self, product: LiveProduct) -> None:
        self.http = httpx.Client(base_url=product.sandbox_url, timeout=30, trust_env=False)

    def pay(self, checkout_url: str, card: str) -> None:
        """Pays without the pages, as a payer who answers every question rightly."""
        session = re.search(r"/checkout/pay/([^/?]+)", checkout_url)
        assert session
        self.http.post(f"/_control/sessions/{session.group(1)}/pay", json={"card": card}).raise_for_status()

    def order(self, number: str) -> dict[str, Any]:
        """An order as the gateway tells it."""
        orders = self.http.get("/_control/orders").json()["orders"]
        return next(dict(order) for order in orders if order["id"] == number)

    def settle(self, number: str, *, succeeded: bool) -> None:
        """Ends the pending transaction of an order."""
        for transaction in self.order(number)["transaction"]:
            tid = transaction["transaction"]["id"]
            address = f"/_control/orders/{number}/transactions/{tid}/settle"
            self.http.post(address, json={"succeeded": succeeded})

    def webhooks(self, number: str) -> list[dict[str, Any]]:
        """The notifications about an order."""
        return list(self.http.get("/_control/webhooks", params={"order": number}).json()["webhooks"])


@pytest.fixture(scope="module")
def acquirer(live_product: LiveProduct) -> Acquirer:
    """The acquirer of the running product."""
    return Acquirer(live_product)


class Books:
    """What the hospital's database says."""

    def __init__(self, product: LiveProduct) -> None:
        self.url = product.database_url

    def one(self, statement: str, *values: object) -> Any:
        """The single value of a statement."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute(statement, values).fetchone()
        return row[0] if row else None

    def state(self, started: dict[str, Any]) -> str:
        """The state of a payment."""
        return str(self.one("SELECT state FROM payments_paymentorder WHERE id = %s", started["payment"]["id"]))

    def number(self, started: dict[str, Any]) -> str:
        """The number under which the acquirer knows a payment."""
        return str(self.one("SELECT number FROM payments_paymentorder WHERE id = %s", started["payment"]["id"]))

    def is_settled(self, started: dict[str, Any]) -> bool:
        """Whether the bill of a payment is settled."""
        state = self.one("SELECT state FROM billing_settlement WHERE id = %s", started["settlement_id"])
        return bool(state == "SETTLED")


@pytest.fixture(scope="module")
def books(live_product: LiveProduct) -> Books:
    """The books of the running product."""
    return Books(live_product)


def owe_something(patient: Patient) -> str:
    """Books a place in the next days, for a registration fee that is open; the charge."""
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    taken = {row["starts_at"] for row in patient.get("/appointments")}
    for session in patient.get("/sessions", campus="IMC", first=tomorrow, days=6):
        if session["service_line"] != "INTL" or not session["free"]:
            continue
        places = patient.get(f"/sessions/{session['id']}/slots")
        free = [place for place in places if place["free"] and place["starts_at"] not in taken]
        code = free and book_if_possible(patient, free[-1]["id"])
        if code:
            return code
    raise AssertionError("the demonstration hospital has no free place left")


def book_if_possible(patient: Patient, slot_id: int) -> str:
    """Books the place; empty where the patient has one in this session, or enough places that day."""
    before = {line["id"] for line in patient.bill()["lines"]}
    held = patient.http.post("/appointments/hold", json={"slot_id": slot_id, "person_id": patient.person_id})
    if held.status_code != 201:
        assert held.json()["code"] in {"already_booked", "too_many_in_department", "too_many_that_day"}
        return ""
    patient.post(f"/appointments/{held.json()['appointment_id']}/book")
    (charge,) = {line["id"] for line in patient.bill()["lines"]} - before
    return str(charge)


def start(patient: Patient, charge_id: str) -> dict[str, Any]:
    """Quotes one line and opens the checkout for it."""
    quote = patient.post("/bills/quote", charge_ids=[charge_id])
    key = f"journey-{quote['token'][:20]}"
    return dict(patient.post("/bills/pay", quote_token=quote["token"], idempotency_key=key))


def open_lines(patient: Patient) -> dict[str, bool]:
    """The open lines, and whether each is being paid."""
    return {line["id"]: line["is_being_paid"] for line in patient.bill()["lines"]}


def test_after_a_declined_card_another_one_pays_on_the_same_page(
    patient: Patient, books: Books, chromium: Browser
) -> None:
    started = start(patient, owe_something(patient))
    page = pay_by_card(chromium, started["payment"]["checkout_url"], card=NO_FUNDS)
    expect(page.locator("[role=alert]")).to_contain_text("insufficient funds")
    assert books.state(started) == "PAYING"
    type_card(page, FRICTIONLESS)
    page.wait_for_url(f"**/pay/{started['payment']['id']}/**")
    expect(page.locator("body")).to_contain_text("Payment received")
    page.context.close()
    assert books.state(started) == "PAID"
    assert books.is_settled(started)


def test_after_a_declined_card_and_giving_up_the_bill_is_paid_with_a_new_payment(
    patient: Patient, books: Books, chromium: Browser
) -> None:
    charge = owe_something(patient)
    started = start(patient, charge)
    page = pay_by_card(chromium, started["payment"]["checkout_url"], card=NO_FUNDS)
    page.click("form[action*='/checkout/cancel/'] button")
    page.wait_for_url(f"**/pay/{started['payment']['id']}/**")
    assert "Payment received" not in page.inner_text("body")
    page.context.close()
    wait_for(lambda: books.state(started) == "FAILED", "the declined payment to end")
    wait_for(lambda: open_lines(patient).get(charge) is False, "the line to be payable again")
    second = start(patient, charge)
    assert second["payment"]["id"] != started["payment"]["id"]
    page = pay_by_card(chromium, second["payment"]["checkout_url"], card=VISA)
    page.wait_for_url(f"**/pay/{second['payment']['id']}/**")
    page.context.close()
    assert (books.state(second), books.is_settled(second)) == ("PAID", True)


@pytest.mark.parametrize(("card", "succeeded", "end"), [(LATE_SUCCESS, True, "PAID"), (LATE_FAILURE, False, "FAILED")])
def test_a_silent_acquirer_leaves_the_payment_unknown_until_it_tells(
    patient: Patient, books: Books, acquirer: Acquirer, card: str, succeeded: bool, end: str
) -> None:
    charge = owe_something(patient)
    started = start(patient, charge)
    acquirer.pay(started["payment"]["checkout_url"], card)
    assert patient.payment(started)["state"] == "UNKNOWN"  # asked, and not answered in time
    assert patient.refused("/bills/quote", charge_ids=[charge]) == "payment_in_progress"
    acquirer.settle(books.number(started), succeeded=succeeded)
    wait_for(lambda: books.state(started) == end, f"the worker to find {end}", seconds=90)
    if succeeded:
        wait_for(lambda: books.is_settled(started), "the bill to be settled")
    else:
        wait_for(lambda: open_lines(patient).get(charge) is False, "the line to be payable again")


def test_the_worker_finds_out_by_itself(patient: Patient, books: Books, acquirer: Acquirer) -> None:
    """Nobody returns, nobody asks: lost, late and failing notifications, and an acquirer that errs three times."""
    payments = {}
    for card in (WEBHOOK_LOST, NEVER_RETURNS, WEBHOOK_LATE, GATEWAY_ERRORS):
        payments[card] = start(patient, owe_something(patient))
        acquirer.pay(payments[card]["payment"]["checkout_url"], card)
    for card, started in payments.items():
        wait_for(partial(books.is_settled, started), f"the bill paid with {card}", seconds=120)
        assert books.state(started) == "PAID"
    lost = acquirer.webhooks(books.number(payments[WEBHOOK_LOST]))
    assert all(not webhook.get("attempts") for webhook in lost)


def test_a_notification_that_comes_twice_pays_once(patient: Patient, books: Books, acquirer: Acquirer) -> None:
    started = start(patient, owe_something(patient))
    acquirer.pay(started["payment"]["checkout_url"], WEBHOOK_TWICE)
    number = books.number(started)
    wait_for(lambda: books.is_settled(started), "the bill to be settled")
    wait_for(lambda: len(acquirer.webhooks(number)) >= 1, "the notifications")
    payment_id = started["payment"]["id"]
    count = "SELECT count(*) FROM payments_paymentevent WHERE order_id = %s AND kind = %s"
    assert books.one(count, payment_id, "PAID") == 1
    allocated = "SELECT count(*) FROM billing_allocation WHERE payment_id = %s"
    assert books.one(allocated, payment_id) == 1
    assert patient.payment(started)["paid"] == started["payment"]["amount"]


def test_a_forged_notification_changes_nothing(patient: Patient, books: Books, live_product: LiveProduct) -> None:
    started = start(patient, owe_something(patient))
    body = {"order": {"id": books.number(started), "status": "CAPTURED"}, "result": "SUCCESS"}
    for headers in ({}, {"X-Notification-Secret": "guess"}):
        answer = httpx.post(
            f"{live_product.url}/api/payments/notifications",
            json=body,
            headers={"X-Notification-ID": "1", "X-Notification-Attempt": "1", **headers},
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "forged_notification")
    assert (books.state(started), books.is_settled(started)) == ("PAYING", False)


def test_what_was_paid_is_not_paid_again(patient: Patient, books: Books, acquirer: Acquirer, chromium: Browser) -> None:
    charge = owe_something(patient)
    quotes = [patient.post("/bills/quote", charge_ids=[charge])["token"] for _ in range(2)]
    started = patient.post("/bills/pay", quote_token=quotes[0], idempotency_key="journey-once-and-only")
    second = {"quote_token": quotes[1], "idempotency_key": "journey-a-second-time"}
    assert patient.refused("/bills/pay", **second) == "payment_in_progress"
    acquirer.pay(started["payment"]["checkout_url"], FRICTIONLESS)
    wait_for(lambda: books.is_settled(started), "the bill to be settled")
    assert patient.refused("/bills/pay", **second) == "already_paid"
    assert patient.refused("/bills/quote", charge_ids=[charge]) == "already_paid"
    with chromium.new_context() as window:
        page = window.new_page()
        page.goto(started["payment"]["checkout_url"])
        assert page.locator("#number").count() == 0
    assert acquirer.order(books.number(started))["totalCapturedAmount"] == float(started["payment"]["amount"])
