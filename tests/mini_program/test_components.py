"""WeChat's built-in components in Chromium, worked by finger and keyboard."""

import json
from typing import Any

from playwright.sync_api import expect

from tests.mini_program.conftest import Phone


def heard(phone: Phone, name: str, event: str) -> Any:
    """The detail of the last event, which must be this one."""
    said = phone.said()
    start = f"{name} {event} "
    assert said.startswith(start), said
    return json.loads(said.removeprefix(start))


def test_a_field_tells_what_is_typed_and_keeps_its_limit(phone: Phone) -> None:
    field = phone.page.locator(".field input")
    field.fill("Chen")
    assert heard(phone, "input", "input")["value"] == "Chen"
    field.press("Enter")
    assert heard(phone, "input", "confirm")["value"] == "Chen"
    expect(field).to_have_attribute("placeholder", "请输入")
    expect(field).to_have_attribute("maxlength", "140")
    phone.page.locator(".short input").press_sequentially("12345")
    expect(phone.page.locator(".short input")).to_have_value("123")
    expect(phone.page.locator(".secret input")).to_have_attribute("type", "password")


def test_a_text_area_grows_with_its_text(phone: Phone) -> None:
    area = phone.page.locator(".area")
    area.locator("textarea").fill("a")
    before = area.bounding_box()
    area.locator("textarea").fill("a\n" * 12)
    after = area.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"] + 100


def test_a_switch_and_a_slider_tell_their_value(phone: Phone) -> None:
    phone.page.locator(".switch input").tap()
    assert heard(phone, "switch", "change") == {"value": True}
    phone.page.locator(".switch input").press("Space")
    assert heard(phone, "switch", "change") == {"value": False}
    expect(phone.page.get_by_role("switch", name="开关")).not_to_be_checked()
    phone.page.locator(".slider input").press("ArrowRight")
    assert heard(phone, "slider", "change") == {"value": 6}


def test_labels_choose_boxes_and_radios(phone: Phone) -> None:
    phone.page.locator(".label-a wx-text").tap()
    assert heard(phone, "checkbox-group", "change") == {"value": ["a", "b"]}
    phone.page.locator(".label-b input").tap()
    assert heard(phone, "checkbox-group", "change") == {"value": ["a"]}
    phone.page.locator(".radio-a wx-text").tap()
    assert heard(phone, "radio-group", "change") == {"value": "a"}
    expect(phone.page.locator(".radio-b input")).not_to_be_checked()


def test_a_picker_offers_its_range(phone: Phone) -> None:
    phone.page.locator(".selector").tap()
    phone.page.get_by_role("listbox").select_option("外科")
    phone.page.get_by_role("button", name="确定").tap()
    assert heard(phone, "selector", "change") == {"value": 1}
    phone.page.locator(".selector").press("Enter")
    phone.page.keyboard.press("Escape")
    assert heard(phone, "selector", "cancel") == {}
    expect(phone.page.get_by_role("dialog")).to_have_count(0)


def test_a_picker_of_many_columns_lets_one_change_the_next(phone: Phone) -> None:
    phone.page.locator(".many").tap()
    columns = phone.page.get_by_role("listbox")
    columns.nth(0).select_option("夏")
    expect(columns.nth(1).get_by_role("option")).to_have_text(["六月", "七月", "八月"])
    columns.nth(1).select_option("八月")
    phone.page.get_by_role("button", name="确定").tap()
    assert heard(phone, "multiSelector", "change") == {"value": [1, 2]}


def test_dates_and_times_stay_within_their_range(phone: Phone) -> None:
    phone.page.locator(".date").tap()
    phone.page.locator(".mp-columns input").fill("2027-05-01")
    phone.page.get_by_role("button", name="确定").tap()
    assert heard(phone, "date", "change") == {"value": "2026-12-31"}
    phone.page.locator(".time").tap()
    phone.page.locator(".mp-columns input").fill("09:15")
    phone.page.get_by_role("button", name="确定").tap()
    assert heard(phone, "time", "change") == {"value": "09:15"}


def test_a_form_hands_over_all_named_values(phone: Phone) -> None:
    phone.page.locator(".field input").fill("Chen")
    phone.page.locator(".area textarea").fill("text")
    phone.page.locator(".submit").tap()
    assert heard(phone, "form", "submit")["value"] == {
        "field": "Chen",
        "area": "text",
        "switch": False,
        "boxes": ["b"],
        "radios": "b",
        "slider": 4,
        "selector": 0,
    }
    phone.page.locator(".reset").press("Enter")
    heard(phone, "form", "reset")
    expect(phone.page.locator(".field input")).to_have_value("")


def test_a_button_is_tapped_by_finger_and_keyboard_once_each_and_not_when_disabled(phone: Phone) -> None:
    phone.page.locator(".in-button").tap()
    assert phone.said().startswith("tap tap ")
    box = phone.page.locator(".off").bounding_box()
    assert box is not None
    phone.page.touchscreen.tap(box["x"] + 20, box["y"] + 10)
    assert phone.said().startswith("tap tap ")
    phone.page.locator(".off").press("Enter")
    assert phone.said().startswith("tap tap ")


def test_a_swiper_turns_by_keyboard_and_shows_where_it_is(phone: Phone) -> None:
    dots = phone.page.locator(".mp-dots i")
    expect(dots).to_have_count(2)
    phone.page.locator(".swiper").press("ArrowRight")
    assert heard(phone, "swiper", "change")["current"] == 1
    expect(phone.page.locator(".second")).to_be_in_viewport()
    expect(dots.nth(1)).to_have_class("mp-is-current")


def test_a_scroll_view_tells_its_end_and_goes_to_a_row(phone: Phone) -> None:
    view = phone.page.locator(".scroll")
    view.scroll_into_view_if_needed()
    view.evaluate("element => element.scrollTo(0, element.scrollHeight)")
    assert heard(phone, "scroll", "scrolltolower") == {"direction": "bottom"}
    phone.page.evaluate("window.__mpPages().at(-1).setData({ into: 'row-3' })")
    expect(view.get_by_text("3", exact=True)).to_be_in_viewport()
    assert view.evaluate("element => element.scrollTop") == 90


def test_rich_text_lets_no_script_through(phone: Phone) -> None:
    rich = phone.page.locator(".rich")
    expect(rich.locator("strong")).to_have_text("Chen")
    assert rich.inner_html() == '<p class="bold">您好 <strong>Chen</strong></p>'


def test_pictures_have_their_words(phone: Phone) -> None:
    picture = phone.page.get_by_role("img", name="圆点")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => [image.naturalWidth, getComputedStyle(image).objectFit]") == [40, "contain"]


def test_a_component_of_the_program_has_slots_events_and_a_life(phone: Phone) -> None:
    expect(phone.page.locator(".card-of-page")).to_contain_text("卡片 插槽")
    phone.page.locator(".card-of-page .card").tap()
    assert heard(phone, "card", "choose") == {"title": "卡片"}
    assert phone.records()[:5] == ["launch pages/controls", "show", "card attached", "load controls", "show controls"]
    assert "card show" in phone.records()
