"""The editor's story: written in both languages, looked at, scheduled, published, read by a patient (A02)."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Staff

EDITOR = "Editor"
SLUG = "heat-wave"


def read_article(staff: Staff, *, language: str = "en") -> httpx.Response:
    """What the app gets."""
    return httpx.get(
        f"{staff.product.url}/api/articles/announcement/{SLUG}", headers={"Accept-Language": language}, timeout=20
    )


def write(tab: Page, **texts: str) -> None:
    for name, text in texts.items():
        tab.fill(f"[name={name}]", text)


@pytest.mark.requirement("A02", "W20", "N20")
def test_an_editor_writes_schedules_and_publishes(staff: Staff) -> None:
    with staff.open(EDITOR) as context:
        tab = context.pages[0]
        tab.goto("/staff/publications/new/")
        write(tab, slug=SLUG, title_zh="门诊提醒", title_en="Heat warning")
        tab.get_by_role("button", name="Start writing").click()
        expect(tab.get_by_role("heading", name="Heat warning").first).to_be_visible()

        # What is typed stands in the preview, in each language, before anything is saved.
        write(tab, body_zh="多喝水，**避免**正午外出。", body_en="Drink water and **stay inside** at noon.")
        expect(tab.locator("#preview")).to_contain_text("stay inside")
        tab.locator("[name=preview][value=hant]").check(force=True)
        expect(tab.locator("#preview")).to_contain_text("門診提醒")
        expect(tab.locator("#preview b")).to_have_text("避免")

        # English that nobody has reviewed does not go out by itself.
        tab.keyboard.press("Control+Enter")
        expect(tab.get_by_text("The English is not reviewed yet").first).to_be_visible()
        assert read_article(staff).status_code == 404

        tomorrow = datetime.now(UTC) + timedelta(days=1, hours=8)  # the clock of Guangzhou
        tab.check("[name=is_confirmed]")
        tab.fill("[name=shown_from]", tomorrow.strftime("%Y-%m-%dT%H:%M"))
        tab.get_by_role("button", name="Schedule").click()
        expect(tab.get_by_text("Appears by itself").first).to_be_visible()
        assert read_article(staff).status_code == 404

        tab.get_by_role("button", name="Publish now").click()
        expect(tab.get_by_text("Published. Readers see it now.").first).to_be_visible()
        article = read_article(staff).json()
        assert article["title"] == {"zh": "门诊提醒", "en": "Heat warning"}
        assert article["translation"] == "reviewed"
        assert json.dumps(article["body"]["en"]).count("stay inside") == 1
        assert read_article(staff, language="zh-Hant").json()["title"]["zh"] == "門診提醒"

        tab.fill("#why", "the heat is over")
        tab.get_by_role("button", name="Withdraw").click()
        expect(tab.get_by_text("Readers do not see it any more").first).to_be_visible()
        assert read_article(staff).status_code == 404


def test_two_editors_of_one_article_lose_nothing(staff: Staff) -> None:
    with staff.open(EDITOR) as context:
        first, second = context.pages[0], context.new_page()
        first.goto("/staff/publications/?q=antenatal")
        first.locator("a[data-row]").first.click()
        first.wait_for_selector("#article-form")
        second.goto(first.url)
        first.fill("[name=summary_en]", "Every second Wednesday")
        first.get_by_role("button", name="Save draft").click()
        expect(first.get_by_text("Readers do not see it yet").first).to_be_visible()
        second.fill("[name=summary_en]", "On Wednesdays")
        second.get_by_role("button", name="Save draft").click()
        expect(second.get_by_role("alert").first).to_contain_text("saved this article")
        expect(second.locator("[name=summary_en]")).to_have_value("On Wednesdays")
        expect(second.locator("del").first).to_be_visible()
        second.get_by_role("button", name="Save draft").click()
        expect(second.get_by_text("Readers do not see it yet").first).to_be_visible()
