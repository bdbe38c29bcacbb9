"""What pharmacists do with a prescription."""

import psycopg
from playwright.sync_api import Page, expect

from tests.journeys import desks
from tests.journeys.conftest import LiveProduct


def find_prescription(product: LiveProduct, encounter_id: str) -> str:
    """The prescription of the visit in the pharmacy."""
    with psycopg.connect(product.database_url) as connection:
        row = connection.execute(
            "SELECT id::text FROM pharmacy_prescription WHERE encounter_id = %s", [encounter_id]
        ).fetchone()
    assert row is not None
    return str(row[0])


def do_prescription(tab: Page, prescription_id: str) -> None:
    """Does what is to be done next: pass it, pick it, hand it over."""
    tab.goto(f"/staff/pharmacy/prescriptions/{prescription_id}/")
    desks.press_main(tab, "/act/")


def collect_the_drugs(picker: Page, checker: Page, prescription_id: str) -> None:
    """One pharmacist picks the drugs and may not hand them over; another checks them and does."""
    do_prescription(picker, prescription_id)
    picker.locator("[data-main]").last.click()
    expect(picker.locator("[data-code=same_dispenser]")).to_be_visible()
    do_prescription(checker, prescription_id)
