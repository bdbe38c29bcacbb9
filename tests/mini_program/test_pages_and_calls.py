"""WeChat's pages, bars and calls in Chromium."""

from pathlib import Path

from playwright.sync_api import expect

from tests.mini_program.conftest import Phone


def test_a_link_opens_a_page_of_a_subpackage_and_leaving_it_shows_the_first_again(phone: Phone) -> None:
    phone.page.locator(".link").press("Enter")
    expect(phone.page.locator(".detail")).to_have_text("7 李")
    assert phone.routes() == ["pages/controls", "extra/detail"]
    expect(phone.page.locator(".mp-bar")).to_be_hidden()  # this page draws its own
    phone.page.locator(".back").tap()
    expect(phone.page.locator(".said")).to_be_visible()
    told = [record for record in phone.records() if "card" not in record]
    assert told[-4:] == ["hide controls", "load detail", "unload detail", "show controls"]


def test_the_tab_bar_keeps_its_pages_alive(phone: Phone) -> None:
    phone.page.locator(".field input").fill("kept")
    phone.page.get_by_role("button", name="接口").tap()
    assert phone.routes() == ["pages/calls"]
    expect(phone.page).to_have_title("接口")
    expect(phone.page.get_by_role("button", name="接口")).to_have_attribute("aria-current", "page")
    phone.page.get_by_role("button", name="组件").tap()
    expect(phone.page.locator(".field input")).to_have_value("kept")
    assert "unload calls" not in phone.records()
    refused = phone.page.evaluate("window.__mpWx.navigateTo({ url: '/pages/calls' }).catch(answer => answer.errMsg)")
    assert refused == "navigateTo:fail can not navigateTo a tabbar page"


def test_pages_do_not_style_each_other_and_have_their_own_height(phone: Phone) -> None:
    row = phone.page.locator("[data-route='pages/controls'] .said")
    phone.page.get_by_role("button", name="接口").tap()
    assert row.evaluate("element => getComputedStyle(element).letterSpacing") == "normal"
    answer = phone.page.evaluate(
        "new Promise(done => window.__mpWx.createSelectorQuery().select('.box').boundingClientRect()"
        ".select('.target').boundingClientRect().selectViewport().scrollOffset().exec(done))"
    )
    box, target, viewport = answer
    assert box["height"] == (720 - 64 - 56) / 2
    assert (target["left"], target["height"]) == (15, 37.5)
    assert viewport["scrollTop"] == 0


def test_pulling_down_refreshes(phone: Phone) -> None:
    phone.page.evaluate("window.__mpWx.startPullDownRefresh()")
    phone.page.wait_for_timeout(50)
    assert phone.records()[-1] == "pull"
    expect(phone.page.locator(".mp-refresh")).to_have_count(0)


def test_dialogs_wait_for_the_person(phone: Phone) -> None:
    phone.page.get_by_role("button", name="接口").tap()
    phone.begin("showModal", title="取消预约？", content="今天 9:00", confirmText="取消预约", cancelText="保留")
    expect(phone.page.get_by_role("dialog")).to_contain_text("今天 9:00")
    phone.page.get_by_role("button", name="保留").tap()
    expect(phone.page.locator(".answer")).to_contain_text('"confirm":false,"cancel":true')
    phone.begin("showActionSheet", itemList=["拍照", "相册"])
    phone.page.get_by_role("button", name="相册").tap()
    expect(phone.page.locator(".answer")).to_contain_text('"tapIndex":1')
    phone.begin("showActionSheet", itemList=["拍照"])
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator(".answer")).to_contain_text("showActionSheet:fail cancel")
    phone.perform("showToast", title="已保存", duration=200)
    expect(phone.page.get_by_role("status")).to_have_text("已保存")
    expect(phone.page.get_by_role("status")).to_have_count(0)


def test_storage_keeps_what_it_is_given(phone: Phone) -> None:
    phone.page.get_by_role("button", name="接口").tap()
    phone.perform("setStorage", key="a", data={"b": [1]})
    assert phone.perform("getStorage", key="a")["data"] == {"b": [1]}
    assert phone.page.evaluate("window.__mpWx.getStorageSync('none')") == ""
    assert phone.perform("getStorage", key="none")["errMsg"] == "getStorage:fail data not found"


def test_only_registered_hosts_are_asked(phone: Phone) -> None:
    phone.page.get_by_role("button", name="接口").tap()
    answer = phone.perform("request", url="https://elsewhere.example/api")
    assert answer["errMsg"] == "request:fail url not in domain list"


def test_a_chosen_picture_can_be_measured_and_shown(phone: Phone, tmp_path: Path) -> None:
    phone.page.get_by_role("button", name="接口").tap()
    file = tmp_path / "passport.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>', encoding="utf-8")
    with phone.page.expect_file_chooser() as chooser:
        phone.begin("chooseMedia", count=1, mediaType=["image"])
    chooser.value.set_files(file)
    phone.page.wait_for_function("document.querySelector('.answer').innerText.includes('tempFilePath')")
    answer = phone.page.evaluate("JSON.parse(document.querySelector('.answer').innerText)")
    path = answer["tempFiles"][0]["tempFilePath"]
    assert path.startswith("wxfile://")
    measured = phone.perform("getImageInfo", src=path)
    assert (measured["width"], measured["height"]) == (30, 20)


def test_the_telephone_says_when_it_is_offline(phone: Phone) -> None:
    phone.page.get_by_role("button", name="接口").tap()
    phone.page.evaluate("window.__mpWx.onNetworkStatusChange(result => (window.heardState = result))")
    phone.page.context.set_offline(True)
    phone.page.wait_for_function("window.heardState")
    assert phone.page.evaluate("window.heardState") == {"isConnected": False, "networkType": "none"}
    assert phone.perform("request", url="http://127.0.0.1:9/")["errMsg"] == "request:fail network is disconnected"


def test_language_and_window_are_those_of_the_telephone(phone: Phone) -> None:
    info = phone.page.evaluate("window.__mpWx.getSystemInfoSync()")
    assert (info["language"], info["windowWidth"], info["windowHeight"]) == ("zh_CN", 375, 720 - 64 - 56)
    capsule = phone.page.evaluate("window.__mpWx.getMenuButtonBoundingClientRect()")
    assert (capsule["width"], capsule["right"]) == (87, 368)
