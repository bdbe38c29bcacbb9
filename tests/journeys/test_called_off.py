"""A clerk stops a session; on the patient's telephone it is called off, refunded and booked again (A04)."""

import re
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from launch.app_pages import Visitor, sign_up_patient
from tests.journeys.conftest import LiveProduct, Staff
from tests.journeys.patient import Patient, pay_by_card
from tests.journeys.roster import GUANGZHOU
from tests.journeys.telephone import telephone
from tests.journeys.test_app_booking import add_person
from tests.journeys.waiting import wait_for

pytestmark = [pytest.mark.requirement("A04", "N12"), pytest.mark.timeout(300)]


def test_a_stopped_session_refunds_and_rebooks(chromium: Browser, staff: Staff, live_product: LiveProduct) -> None:
    visitor = sign_up_patient(live_product.url, live_product.sandbox_url)
    patient = _patient(live_product, visitor)
    session, slot = _find_place(patient)
    booked = patient.book(slot)
    pay_by_card(chromium, patient.start_paying()["payment"]["checkout_url"]).context.close()
    wait_for(lambda: _one(patient, booked["id"])["fee"]["state"] == "PAID", "the payment")

    with staff.open("Roster clerk") as window:
        desk = window.pages[0]
        desk.goto(f"{live_product.url}/staff/roster/sessions/{session}/")
        expect(desk.get_by_role("button", name=re.compile("Stop session, call off"))).to_be_visible()
        desk.get_by_label("Reason in Chinese").fill("医生临时生病")
        desk.get_by_label("Reason in English").fill("The doctor is ill")
        desk.get_by_role("button", name=re.compile("Stop session, call off")).click()
        expect(desk.get_by_text("This session was stopped")).to_be_visible()

    wait_for(lambda: _one(patient, booked["id"])["ended"] == "CALLED_OFF", "the calling off", seconds=90)
    with telephone(chromium, live_product.url, visitor=visitor, language="en") as context:
        tab = context.new_page()
        tab.goto(f"/#/booking/appointment?id={booked['id']}")
        expect(tab.get_by_text("Reason: The doctor is ill")).to_be_visible()
        expect(tab.get_by_text("Called off by the hospital")).to_be_visible()
        tab.get_by_role("button", name="Book this time").first.click()
        expect(tab.get_by_text("Reason: The doctor is ill")).to_be_hidden()
        expect(tab.get_by_text(re.compile("Pay by|Please pay"))).to_be_visible()
    wait_for(lambda: _one(patient, booked["id"])["fee"]["state"] == "REFUNDED", "the refund", seconds=90)
    (again,) = patient.get("/my-appointments")["items"]
    assert (again["state"], again["id"] == booked["id"]) == ("BOOKED", False)


def _patient(product: LiveProduct, visitor: Visitor) -> Patient:
    http: httpx.Client = add_person(product, visitor)
    people = http.get("/people").json()
    return Patient(product, http, "en", "", people[0]["id"])


def _find_place(patient: Patient) -> tuple[str, int]:
    """A session of the Center some days ahead that nobody has booked, and its first free place."""
    first = (datetime.now(GUANGZHOU) + timedelta(days=4)).date()
    for session in patient.get("/sessions", campus="IMC", first=first.isoformat(), days=4):
        places = [place for place in patient.get(f"/sessions/{session['id']}/slots") if place["free"]]
        if places:
            return session["id"], int(places[0]["id"])
    raise AssertionError("nobody has a free place")


def _one(patient: Patient, appointment_id: str) -> Any:
    return patient.get(f"/appointments/{appointment_id}")
