"""The kiosk in the hall registers, looks up and pays through the signed interfaces, in both languages (X49–X51)."""

import json
import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect
from playwright.sync_api import Page as Tab

from launch.environment import ROOT
from tests.journeys.conftest import LiveProduct
from tests.journeys.waiting import wait_for

UPRIGHT = {"width": 1080, "height": 1920}
WIDE = {"width": 1440, "height": 900}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SMALLEST = 44  # CSS pixels; most are far larger


@dataclass
class Machine:
    """One kiosk before which somebody stands."""

    tab: Tab
    faults: list[str]

    def touch(self, what: str) -> None:
        """The large button of the page."""
        self.tab.locator(f"main {what}").first.click()

    def touch_footer(self) -> None:
        """Start over."""
        self.tab.locator("footer button").click()
        self.tab.wait_for_url("**/kiosk/")

    def expect_page(self, name: str) -> None:
        """Waits for a page, which must fit the screen and be readable by everybody."""
        self.tab.wait_for_url(f"**/kiosk/{name}*")
        assert self.tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        found = Axe().run(self.tab, options=WCAG).response["violations"]
        self.faults += [f"{name}: {each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]
        small = self.tab.evaluate(
            f"""[...document.querySelectorAll('main button, main a, footer button, header a')]
                .filter((one) => one.offsetParent && Math.min(one.offsetHeight, one.offsetWidth) < {SMALLEST})
                .map((one) => one.outerHTML.slice(0, 120))"""
        )
        self.faults += [f"{name}: too small to touch: {each}" for each in small]

    def type(self, text: str) -> None:
        """On the keyboard of the screen."""
        for each in text:
            self.tab.locator(".keyboard").get_by_role("button", name=each, exact=True).click()

    def show_passport(self, number: str, *, born: str = "19880602") -> None:
        """The page that asks who they are."""
        self.type(number)
        self.tab.locator("[name=born]").focus()
        self.type(born)
        self.touch(".primary")


@pytest.fixture
def stand(chromium: Browser, live_product: LiveProduct) -> Any:
    """Stands before a kiosk."""
    contexts: list[BrowserContext] = []

    def open_kiosk(language: str, size: dict[str, int]) -> Machine:
        context = chromium.new_context(base_url=live_product.sandbox_url, viewport=size)  # type: ignore[arg-type]
        contexts.append(context)
        tab = context.new_page()
        faults: list[str] = []
        tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.goto(f"/kiosk/?lang={language}")
        return Machine(tab, faults)

    yield open_kiosk
    for context in contexts:
        context.close()


def register(machine: Machine, passport: str) -> None:
    """A patient who was never here, up to the page that asks how to pay."""
    machine.touch("button.register")
    machine.expect_page("who")
    machine.show_passport(passport)
    machine.expect_page("new")
    machine.type("OKAFOR")
    machine.tab.locator("[name=given_names]").focus()
    machine.type("CHIDI")
    machine.tab.select_option("[name=nationality]", "GBR")
    machine.touch(".options label >> nth=1")
    machine.touch(".primary")
    machine.expect_page("clinics")
    machine.touch(".card")
    machine.expect_page("places")
    machine.touch(".time:not([disabled])")
    machine.expect_page("confirm")
    expect(machine.tab.locator("main")).to_contain_text("CHIDI O****")
    machine.touch(".primary")
    machine.expect_page("pay")


def pay(machine: Machine) -> None:
    """Scans the code of the first wallet."""
    machine.touch(".choice")
    machine.expect_page("code")
    machine.touch(".primary")
    machine.expect_page("result")


def check_in_if_today(machine: Machine) -> None:
    """The first booking of today, checked in by one touch; late in the evening there may be none."""
    button = machine.tab.get_by_role("button", name="我已到院，签到").first
    if button.count() == 0:
        return
    button.click()
    machine.expect_page("result")
    expect(machine.tab.get_by_role("heading", level=1)).to_have_text("签到成功")
    expect(machine.tab.locator("main")).to_contain_text("候诊地点")


def ask(product: LiveProduct, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """What the database of the hospital says."""
    with psycopg.connect(product.database_url) as connection:
        return connection.execute(statement, values).fetchall()


def new_passport() -> str:
    """One that nobody in the demonstration has."""
    return f"K{secrets.randbelow(10**8):08d}"


@pytest.mark.requirement("X49", "X51")
@pytest.mark.parametrize(
    ("language", "size", "paid"), [("en", UPRIGHT, "Paid. Thank you"), ("zh", WIDE, "支付成功")], ids=["en", "zh"]
)
def test_a_stranger_registers_and_pays(
    stand: Callable[..., Machine], live_product: LiveProduct, language: str, size: dict[str, int], paid: str
) -> None:
    machine = stand(language, size)
    register(machine, new_passport())
    pay(machine)
    expect(machine.tab.get_by_role("heading", level=1)).to_have_text(paid)
    transaction = machine.tab.locator(".code").inner_text()
    ((channel, taken_by, state),) = ask(
        live_product,
        "SELECT channel, taken_by, state FROM payments_paymentorder WHERE transaction_no = %s",
        transaction,
    )
    assert (channel, taken_by, state) == ("PARTNER", "kiosk", "PAID")
    machine.touch(".primary")
    expect(machine.tab.get_by_role("heading", level=1)).to_have_text(
        "Welcome. What would you like to do?" if language == "en" else "您好，请选择业务"
    )
    assert machine.faults == []


@pytest.mark.requirement("X50", "X51")
def test_a_bill_is_looked_up_and_the_second_payer_gets_the_money_back(
    stand: Callable[..., Machine], live_product: LiveProduct
) -> None:
    passport = new_passport()
    first, second = stand("en", WIDE), stand("zh", UPRIGHT)
    register(first, passport)
    second.touch("button.pay")
    second.expect_page("who")
    second.show_passport(passport)
    second.expect_page("bills")
    expect(second.tab.locator("table")).to_contain_text("诊查费")
    second.touch(".primary")
    second.expect_page("pay")
    pay(first)
    expect(first.tab.get_by_role("heading", level=1)).to_have_text("Paid. Thank you")
    pay(second)
    expect(second.tab.get_by_role("heading", level=1)).to_have_text("未支付成功，款项原路退回")
    expect(second.tab.get_by_role("alert")).to_have_text("这笔账单已经缴费。")
    transaction = second.tab.locator(".code").inner_text()
    ((code, refunded_at),) = ask(
        live_product, "SELECT code, refunded_at FROM partners_refusedpayment WHERE transaction_no = %s", transaction
    )
    assert code == "already_paid"
    assert refunded_at is not None
    assert first.faults + second.faults == []


@pytest.mark.requirement("X49", "X50")
def test_numbers_are_taken_and_lines_chosen_by_touch(stand: Callable[..., Machine], live_product: LiveProduct) -> None:
    passport = new_passport()
    first, second = stand("en", WIDE), stand("zh", UPRIGHT)
    register(first, passport)
    first.touch_footer()
    second.touch("button.number")
    second.expect_page("who")
    second.show_passport(passport)
    second.expect_page("bookings")
    check_in_if_today(second)
    second.touch_footer()
    first.touch("button.pay")
    first.expect_page("who")
    first.show_passport(passport)
    first.expect_page("bills")
    first.tab.locator("[data-amount]").first.uncheck()
    expect(first.tab.locator("[data-sum]")).to_have_text("0.00")
    first.touch(".primary")
    expect(first.tab.get_by_role("alert")).to_have_text("Please select at least one item.")
    assert first.faults + second.faults == []


@pytest.mark.requirement("X49")
def test_nobody_there_any_more(stand: Callable[..., Machine], live_product: LiveProduct) -> None:
    machine = stand("en", WIDE)
    machine.tab.clock.install()
    machine.touch("button.register")
    machine.show_passport(new_passport())
    machine.tab.wait_for_url("**/new")
    machine.tab.clock.fast_forward(62_000)
    machine.tab.clock.run_for(1_000)
    expect(machine.tab.get_by_role("dialog")).to_be_visible()
    machine.tab.get_by_role("button", name="I am still here").click()
    expect(machine.tab.get_by_role("dialog")).to_be_hidden()
    machine.tab.clock.fast_forward(76_000)
    machine.tab.clock.run_for(1_000)
    expect(machine.tab.get_by_role("heading", level=1)).to_have_text("Welcome. What would you like to do?")
    machine.tab.goto("/kiosk/new")
    expect(machine.tab.locator("[name=number]")).to_have_count(0)


@pytest.mark.requirement("X49")
def test_a_place_goes_back_when_they_leave(stand: Callable[..., Machine], live_product: LiveProduct) -> None:
    machine = stand("en", WIDE)
    name = "WREN" + "".join(secrets.choice("ABCDEFGH") for _ in range(8))
    machine.touch("button.register")
    machine.show_passport(new_passport())
    machine.tab.wait_for_url("**/new")
    machine.type(name)
    machine.touch(".options label")
    machine.touch(".primary")
    machine.touch(".card")
    machine.touch(".time:not([disabled])")
    machine.tab.wait_for_url("**/confirm")
    machine.tab.locator("footer button").click()
    expect(machine.tab.get_by_role("heading", level=1)).to_have_text("Welcome. What would you like to do?")
    states = ask(
        live_product,
        """SELECT state FROM appointments_appointment booking JOIN patients_person person
           ON person.id = booking.person_id WHERE person.family_name = %s""",
        name,
    )
    assert states == [("CANCELLED",)]


@pytest.mark.requirement("X49", "X50", "X51")
def test_the_program_of_the_guide(live_product: LiveProduct) -> None:
    key_id, secret = live_product.kiosk
    program = ROOT / "docs" / "guides" / "partner_example.py"
    access = ("--url", live_product.url, "--key", key_id, f"--secret={secret}")

    def run(*words: str, status: int = 0) -> Any:
        return run_program(program, *access, *words, status=status)

    assert run("heartbeat")["partner"] == "kiosk"
    session = next(row for row in run("sessions", "--campus", "IMC") if row["free"])
    slot = next(row for row in run("places", session["id"]) if row["free"])
    who = ("--passport", new_passport(), "--issuer", "GBR", "--born", "1988-06-02")
    new = ("--family", "Okafor", "--given", "Chidi", "--sex", "M", "--nationality", "GBR")
    booked = run("register", "--slot", str(slot["id"]), *who, *new)
    (bill,) = run("bills", *who)["bills"]
    assert bill["quote"]["amount"] == booked["quote"]["amount"]
    paying = ("pay", f"--quote={bill['quote']['token']}", "--amount", bill["quote"]["amount"], "--transaction")
    transaction = f"guide-{secrets.token_hex(6)}"
    assert run(*paying, transaction)["transaction_no"] == transaction
    assert run(*paying, f"guide-{secrets.token_hex(6)}", status=1)["code"] == "already_paid"
    # The kiosk of the demonstration has the same key, and carries out what is owed.
    assert wait_for(lambda: run("refunds") == [], "the refund of the second payment")


def run_program(program: Path, *words: str, status: int) -> Any:
    """What it prints."""
    done = subprocess.run([sys.executable, program, *words], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return json.loads(done.stdout)
