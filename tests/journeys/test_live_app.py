"""What a desk does shows in the patient's app and on the wall board within two seconds (A16, W31, A06, W24)."""

from time import monotonic

import pytest
from playwright.sync_api import Browser, expect

from demo.logins import DEMO_LOGINS
from tests.journeys import desks
from tests.journeys.arriving import bring_forward, read_code_of_today
from tests.journeys.conftest import LiveProduct, Staff
from tests.journeys.patient import find_place_today, sign_up
from tests.journeys.roster import open_late_session
from tests.journeys.telephone import telephone, visitor_of

DOCTOR = "Doctor, Cardiology"
NURSE = "Nurse"
DOCTOR_LOGIN = next(login[2] for login in DEMO_LOGINS if login[1] == DOCTOR)
WITHIN = 2.0
pytestmark = [pytest.mark.requirement("A16", "W31", "A06", "W24")]


def test_the_call_of_the_doctor_shows_in_the_app_within_two_seconds(
    live_product: LiveProduct, chromium: Browser, staff: Staff
) -> None:
    open_late_session(live_product.database_url, DOCTOR_LOGIN)
    patient = sign_up(live_product)
    doctors = patient.get("/doctors", campus="IMC", specialty="CARD", q="chest pain")
    doctor = next(each for each in doctors if each["name"]["en"] == "ZHOU Wenjun")
    appointment = patient.book(find_place_today(patient, doctor["id"]))
    visit = patient.post(f"/appointments/{appointment['id']}/number")
    bring_forward(live_product, visit["id"])
    patient.post("/check-in", code=read_code_of_today(live_product))

    with telephone(chromium, live_product.url, visitor=visitor_of(patient), language="en") as phone:
        app = phone.new_page()
        app.goto(f"/#/visit/journey?id={appointment['id']}")
        expect(app.get_by_role("heading", name="Wait for your turn")).to_be_visible(timeout=30_000)
        expect(app.get_by_text("This page updates by itself", exact=False)).to_be_visible(timeout=15_000)

        triage = staff.open(NURSE).pages[0]
        triage.goto("/staff/triage/")
        board = triage.context.new_page()
        board.goto(str(triage.get_by_role("link", name="Outpatient, floor 3").get_attribute("href")))
        expect(board.get_by_role("heading", name="Please come in")).to_be_visible()

        desk = staff.open(DOCTOR).pages[0]
        desks.open_visit(desk, visit["id"])
        with desks.answered(desk, "/move/"):
            desk.locator("[data-main]").last.click()
        called_at = monotonic()
        expect(app.get_by_text("It is your turn")).to_be_visible(timeout=15_000)
        assert monotonic() - called_at <= WITHIN
        expect(board.locator(".wall-call .wall-no", has_text=visit["queue_number"])).to_be_visible(timeout=15_000)
        assert monotonic() - called_at <= WITHIN
        triage.context.close()

        app.context.set_offline(True)
        expect(app.get_by_text("Last known at", exact=False)).to_be_visible(timeout=20_000)  # asked seldom while told
        desk.context.close()
