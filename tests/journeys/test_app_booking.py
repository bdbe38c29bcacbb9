"""A visit is found, held, booked, changed and given back on a telephone, in English, against the running product."""

import re
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from launch.app_pages import Visitor, sign_up_patient
from tests.journeys.conftest import LiveProduct
from tests.journeys.telephone import telephone

pytestmark = [pytest.mark.requirement("A04", "W22"), pytest.mark.timeout(300)]
FREE_DAY = re.compile(r"\d+ free$")
FREE_PLACE = re.compile(r", free$")


def add_person(product: LiveProduct, visitor: Visitor) -> httpx.Client:
    """The account's own person; the account's way to the API."""
    assert visitor.session is not None
    http = httpx.Client(
        base_url=f"{product.url}/api",
        headers={"Authorization": f"Bearer {visitor.session['token']}"},
        timeout=30,
        trust_env=False,
    )
    http.post(
        "/people",
        json={
            "relation": "SELF",
            "family_name": "Okafor",
            "given_names": "Amara",
            "sex": "F",
            "birth_date": "1990-05-04",
            "nationality": "GBR",
            "document": {"type": "PASSPORT", "number": f"5{uuid4().int % 10**8:08d}"},
        },
    ).raise_for_status()
    return http


def choose_place(tab: Tab) -> str:
    """Chooses a day a few days ahead and its first free place; how that place is called."""
    days = tab.get_by_role("group", name="Day").get_by_role("button", name=FREE_DAY)
    expect(days.first).to_be_visible()
    days.nth(min(3, days.count() - 1)).click()
    return choose_first(tab)


def choose_first(tab: Tab) -> str:
    places = tab.get_by_role("group", name="Choose a time").get_by_role("button", name=FREE_PLACE)
    expect(places.first).to_be_visible()
    name = places.first.get_attribute("aria-label") or ""
    places.first.click()
    return name.removesuffix(", free")


def heading(tab: Tab) -> Locator:
    return tab.get_by_role("heading", level=1)


def test_a_visit_is_found_booked_changed_and_given_back(chromium: Browser, live_product: LiveProduct) -> None:
    visitor = sign_up_patient(live_product.url, live_product.sandbox_url)
    http = add_person(live_product, visitor)
    with telephone(chromium, live_product.url, visitor=visitor, language="en") as context:
        tab = context.new_page()
        tab.goto("/#/booking/doctors")
        words = tab.get_by_label("Doctor, department or problem")
        words.fill("chest pain and short of breath")
        expect(tab.get_by_text("This may be an emergency")).to_be_visible()
        words.fill("xt")  # the initials of 胸痛, chest pain
        expect(tab.get_by_text("This may be an emergency")).to_be_hidden()
        offer = tab.get_by_role("link", name=re.compile("Cardiology.*Choose a time", re.DOTALL)).first
        expect(offer).to_contain_text(re.compile(r"You pay ¥\d"))
        offer.click()

        tab.get_by_role("heading", name="What it costs").wait_for()
        time = choose_place(tab)
        tab.get_by_role("button", name=re.compile(f"^Hold .*{time}$")).click()
        expect(heading(tab)).to_have_text("Confirm your booking")
        expect(tab.get_by_role("timer")).to_contain_text(re.compile(r"^1[45]:\d\d"))
        tab.get_by_role("radio", name=re.compile("Pay later")).press("Space")
        tab.get_by_role("button", name=re.compile(f"^Book .*{time}$")).click()
        expect(heading(tab)).to_have_text("Your visit is booked")
        expect(tab.get_by_text(re.compile("Pay by .* or the place goes"))).to_be_visible()

        (booked,) = http.get("/my-appointments").json()["items"]
        assert (booked["state"], booked["fee"]["state"]) == ("BOOKED", "OPEN")
        with tab.expect_download() as download:
            tab.get_by_role("button", name="Add to calendar").click()
        assert f"UID:{booked['id']}" in download.value.path().read_text(encoding="utf-8")

        tab.get_by_role("link", name="See my appointments").click()
        tab.get_by_role("link", name=re.compile(booked["clinician_name"]["en"])).click()
        tab.get_by_role("button", name="Change the time").click()
        expect(heading(tab).last).to_have_text("Change the time")
        new_time = choose_first(tab)
        tab.get_by_role("button", name=re.compile(f"^Change to .*{new_time}$")).click()
        tab.get_by_role("dialog").get_by_role("button", name="Change the appointment").click()
        expect(heading(tab).last).to_have_text("Your appointment")
        (changed,) = http.get("/my-appointments").json()["items"]
        assert (changed["id"], changed["revision"]) == (booked["id"], 1)
        assert changed["starts_at"] != booked["starts_at"]

        tab.get_by_role("button", name="Cancel the appointment").click()
        expect(tab.get_by_text("You have paid nothing, so you owe nothing.")).to_be_visible()
        tab.get_by_role("radio", name="I feel better").press("Space")
        tab.get_by_role("button", name="Cancel the appointment").last.click()
        expect(tab.get_by_text("This appointment was canceled.")).to_be_visible()
        assert http.get("/my-appointments").json()["items"] == []
        (gone,) = http.get("/my-appointments", params={"when": "past"}).json()["items"]
        assert (gone["state"], gone["fee"]["state"]) == ("CANCELLED", "NONE")
