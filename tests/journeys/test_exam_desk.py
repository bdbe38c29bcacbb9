"""The technician takes a patient from the list to done, in a browser (W33)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Staff


@pytest.mark.journey
@pytest.mark.requirement("W33")
def test_a_technician_calls_examines_and_finishes(staff: Staff) -> None:
    with staff.open("Imaging technician") as context:
        tab = context.pages[0]
        tab.goto("/staff/examinations/")
        row = (
            tab.locator("tr[data-booking]").filter(has=tab.locator("button[value=check-in], button[value=call]")).first
        )
        booking = str(row.get_attribute("data-booking"))
        mine = tab.locator(f"tr[data-booking='{booking}']")
        if mine.locator("button[value=check-in]").count():
            mine.locator("button[value=check-in]").click()
        for step in ("call", "start", "done"):
            mine.locator(f"button[value={step}]").click()
        expect(mine.get_by_text("Done")).to_be_visible()
        expect(mine.locator("button")).to_have_count(0)
