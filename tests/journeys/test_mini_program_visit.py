"""One visit in the mini program, in Chinese, paid by WeChat Pay: from sign-in to the report.

The patient holds the telephone, the desks are acted by other browsers, the money goes through the sandbox's WeChat.
"""

from collections.abc import Generator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.arriving import bring_forward, read_code_of_today
from tests.journeys.conftest import LiveProduct, Staff
from tests.journeys.desks import BLOOD_COUNT
from tests.journeys.mini_program import MiniProgram, mini_program_of, telephone
from tests.journeys.roster import open_late_session
from tests.journeys.test_one_visit import DOCTOR, DOCTOR_LOGIN, STORY_WORDS, Windows, analyze, consult, release
from tests.journeys.whole_visit import examine, open_wall_board, see_the_call, somebody_elses_place

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.journey,
    pytest.mark.requirement("A01", "A02", "A03", "A04", "A07", "A08", "W19", "W20", "W21", "N20"),
]
LANGUAGE = "zh-hans"
WORDS = STORY_WORDS[LANGUAGE]
DOCTOR_NAME = "周文君"
NURSE, TECHNICIAN = "Nurse", "Imaging technician"


@pytest.fixture(scope="module")
def mini_program_url(live_product: LiveProduct) -> Generator[str]:
    with mini_program_of(live_product) as url:
        yield url


@pytest.fixture
def windows(staff: Staff, live_product: LiveProduct) -> Generator[Windows]:
    open_late_session(live_product.database_url, DOCTOR_LOGIN)
    opened = Windows(staff, LANGUAGE)
    yield opened
    opened.close()


def test_one_visit_in_the_mini_program(
    chromium: Browser, live_product: LiveProduct, mini_program_url: str, windows: Windows
) -> None:
    with telephone(chromium, live_product, mini_program_url, user=f"camille-{uuid4().hex[:8]}") as phone:
        sign_in(phone)
        add_myself(phone)
        with somebody_elses_place(live_product, DOCTOR_LOGIN):
            wait_for_a_place(phone)
        accept_the_offer(phone)
        assert pay_by_wechat(phone) == "¥800.00"
        visit_id = take_number(phone)
        board = open_wall_board(windows.of(NURSE))

        def see_the_turn() -> None:
            see_the_call(board, live_product, visit_id)
            expect(phone.top.locator(".node-now")).to_contain_text("轮到您了")

        consult(windows.of(DOCTOR), visit_id, WORDS, seen=see_the_turn)
        pay_by_wechat(phone, has_notice=True)
        plan_the_examination(phone)
        examine(windows.of(TECHNICIAN), live_product, visit_id)
        analyze(windows, live_product, visit_id)
        release(windows.of(DOCTOR), visit_id)
        read_the_report(phone)
        phone.check()
        assert windows.complaints == []


def sign_in(phone: MiniProgram) -> None:
    """Reads that there is a privacy notice, agrees to it, and lets WeChat say who holds the telephone."""
    phone.open("account/sign-in")
    phone.press("微信登录")
    expect(phone.top).to_contain_text("请先阅读并同意隐私政策")
    phone.choose("我已阅读并同意隐私政策")
    phone.press("微信登录")
    phone.arrive("pages/home")


def add_myself(phone: MiniProgram) -> None:
    """Adds the holder of a British passport in five steps."""
    phone.open("people/people")
    phone.follow("添加就诊人")
    phone.arrive("people/add")
    phone.choose("护照")
    phone.press("继续")
    phone.arrive("people/add-document")
    phone.fill("证件号码", f"5{uuid4().int % 10**8:08d}")
    phone.press("继续")
    phone.arrive("people/add-name")
    phone.fill("姓氏", "Featherstonehaugh-Cholmondeley")
    phone.fill("名字", "Oliver James")
    phone.pick_date("出生日期", "1979-03-14")
    phone.choose("男")
    phone.pick("国籍/地区", "英国")
    phone.press("继续")
    phone.arrive("people/add-relation")
    phone.choose("本人")
    phone.press("继续")
    phone.arrive("people/add-review")
    expect(phone.top).to_contain_text("FEATHERSTONEHAUGH-CHOLMONDELEY")
    phone.press("保存就诊人")
    phone.leave("people/add-review")


def wait_for_a_place(phone: MiniProgram) -> None:
    """Finds the cardiologist by pinyin, sees that today is full, and joins the waitlist."""
    phone.open("booking/doctors")
    phone.fill("医生、科室或不适", "zhouwenjun")
    phone.follow(DOCTOR_NAME)
    phone.arrive("booking/doctor")
    phone.top.locator(".date").first.tap()
    phone.press("加入候补")
    phone.arrive("booking/appointments")
    expect(phone.top).to_contain_text("候补第 1 位")


def accept_the_offer(phone: MiniProgram) -> None:
    """Books the place that somebody gave back while the clock runs."""
    phone.open("booking/appointments")
    phone.follow("查看并预约")
    phone.arrive("booking/confirm")
    expect(phone.top.locator(".hold")).to_contain_text("已为您保留")
    phone.choose("现在支付")
    phone.top.locator(".actionbar").get_by_role("button").filter(has_text="预约并支付").tap()
    phone.leave("booking/confirm")


def pay_by_wechat(phone: MiniProgram, *, has_notice: bool = False) -> str:
    """Opens the one open bill and pays it on WeChat's own sheet; what it came to.

    `has_notice`: it is the patient's first bill with a surcharge, so its price notice is read first.
    """
    phone.open("bills/bills")
    phone.follow("FEATHERSTONEHAUGH")
    phone.arrive("bills/bill")
    amount = phone.top.locator(".money-xl").inner_text()
    if has_notice:
        expect(phone.top).to_contain_text("国际医疗服务")
        phone.choose("我已阅读并同意价格告知单")
        phone.press("同意并继续")
        expect(phone.top.get_by_role("checkbox")).to_be_hidden()
    phone.press(f"支付 {amount}")
    sheet = phone.page.get_by_role("dialog")
    expect(sheet).to_contain_text("微信支付")
    sheet.get_by_role("button", name="支付").tap()
    phone.arrive("bills/result")
    expect(phone.top).to_contain_text(f"已支付 {amount}")
    return amount


def take_number(phone: MiniProgram) -> str:
    """Takes the number and checks in on the page of the visit; the id of the visit."""
    phone.open("pages/visit")
    phone.press("取号")
    expect(phone.top.get_by_role("button", name="签到", exact=True)).to_be_visible()
    visit_id = phone.visit_id()
    bring_forward(phone.product, visit_id)
    phone.press("签到")
    phone.arrive("visit/check-in")
    phone.press("扫码签到")
    scanner = phone.page.get_by_role("dialog")
    scanner.locator("textarea").fill(f"{phone.product.url}/#/visit/check-in?code={read_code_of_today(phone.product)}")
    scanner.get_by_role("button", name="确定").tap()
    expect(phone.top).to_contain_text("签到成功")
    phone.open("pages/visit")
    expect(phone.top.locator(".node-now")).to_contain_text("候诊")
    return visit_id


def plan_the_examination(phone: MiniProgram) -> None:
    """Lets the X-ray that is paid find its time."""
    phone.open("pages/visit")
    phone.press("安排检查时间")
    phone.arrive("visit/exams")
    phone.press("安排检查时间")
    phone.press("预约1项检查")
    expect(phone.top).to_contain_text("预约成功")


def read_the_report(phone: MiniProgram) -> None:
    """Reads the released report and takes its paper away."""
    phone.open("pages/reports")
    phone.follow("血细胞")
    phone.arrive("reports/report")
    expect(phone.top).to_contain_text(BLOOD_COUNT["PLT"])
    phone.top.locator(".actionbar").get_by_role("button").tap()
    expect(phone.page.get_by_role("dialog")).to_contain_text("PDF")
    phone.page.get_by_role("dialog").get_by_role("button", name="确定").tap()
