"""The bill and paying it by card (A07, A18): quoted, paid once, and paid only when the server asked the acquirer."""

from datetime import timedelta
from uuid import uuid4

import pytest

from hospital.billing.models import Settlement
from hospital.catalog.tests.factories import make_rule
from hospital.encounters.tests.clinic import TEN
from hospital.patient_api.tests.callers import code_of, count_statements, read_everything
from hospital.patient_api.tests.factories import (
    answer_of,
    let_acquirer_say_paid,
    make_booking,
    make_payer,
    make_registration_fee,
    start_paying,
)
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import AcquirerRejected, AcquirerState
from hospital.payments.tests.factories import SECRET, unpaid_order

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A07")]


def refuse(answer, status, code):
    assert (answer.status_code, code_of(answer)) == (status, code)


def quote(booking):
    return booking.owner.post("/bills/quote", {"charge_ids": [booking.charge_id]})


def pay(booking, token, key="a-key-of-its-own"):
    return booking.owner.post("/bills/pay", {"quote_token": token, "idempotency_key": key})


@pytest.fixture
def paid(booking):
    payment_id = start_paying(booking.owner, [booking.charge_id])["payment"]["id"]
    let_acquirer_say_paid(payment_id)
    assert answer_of(booking.owner.get(f"/payments/{payment_id}"))["state"] == "PAID"
    return booking


@pytest.mark.requirement("B40", "N20")
def test_the_bill_says_line_by_line_what_and_why(world, acquirer):
    detail = answer_of(world.owner.get(f"/bills/{world.settlement_id}"))
    lines = {line["code"]: line for line in detail["lines"]}
    assert {code: (line["surcharge_mark"], line["amount"]) for code, line in lines.items()} == {
        "AML": ("", "12.96"),
        "ASP": ("", "12.96"),
        "CBC": ("+30 %", "26.00"),
        "CXR": ("+30 %", "78.00"),
    }
    assert (detail["totals"]["surcharge"], detail["totals"]["payable"]) == ("24.00", "129.92")
    for line in lines.values():
        assert line["why"]["en"].isascii()
        assert not line["why"]["zh"].isascii()


def test_a_quote_is_paid_on_the_acquirers_page(booking, acquirer):
    before = answer_of(booking.owner.get(f"/people/{booking.person_id}/bill"))
    assert before["payment"] is None
    started = start_paying(booking.owner, [booking.charge_id])
    assert started["payment"]["state"] == "PAYING"
    (checkout,) = acquirer.checkouts
    assert checkout.return_url.endswith(f"/pay/{started['payment']['id']}/")
    bill = answer_of(booking.owner.get(f"/people/{booking.person_id}/bill"))
    assert bill["payment"]["checkout_url"] == started["payment"]["checkout_url"]
    assert bill["lines"][0]["is_being_paid"] is True


@pytest.mark.requirement("A18")
def test_what_the_browser_brings_back_marks_nothing_paid(booking, anonymous):
    payment_id = start_paying(booking.owner, [booking.charge_id])["payment"]["id"]
    page = anonymous.client.get(f"/pay/{payment_id}/?resultIndicator=hush&state=PAID")
    assert page.status_code == 200
    assert PaymentOrder.objects.get(pk=payment_id).state == "PAYING"
    assert Settlement.objects.get().state != "SETTLED"


@pytest.mark.parametrize(
    ("language", "open_words", "paid_words"),
    [("en", "We are checking with the bank", "Payment received"), ("zh-CN", "正在向银行确认", "付款成功")],
)
def test_the_page_a_payer_returns_to_says_how_it_stands(booking, anonymous, language, open_words, paid_words):
    payment_id = start_paying(booking.owner, [booking.charge_id])["payment"]["id"]

    def read():
        page = anonymous.client.get(f"/pay/{payment_id}/", headers={"Accept-Language": language})
        return page.content.decode()

    assert open_words in read()
    let_acquirer_say_paid(payment_id)
    assert paid_words in read()
    assert "FRASER" not in read().upper()
    assert Settlement.objects.get().state == "SETTLED"
    assert anonymous.client.get(f"/pay/{uuid4()}/").status_code == 404


def test_the_same_key_again_is_the_same_payment(booking, acquirer):
    token = answer_of(quote(booking))["token"]
    assert answer_of(pay(booking, token)) == answer_of(pay(booking, token))
    assert len(acquirer.checkouts) == 1
    assert PaymentOrder.objects.count() == 1


def test_a_bill_that_is_being_paid_or_is_paid_is_not_paid_again(booking):
    first = answer_of(quote(booking))["token"]
    second = answer_of(quote(booking))["token"]
    payment_id = answer_of(pay(booking, first))["payment"]["id"]
    before = read_everything()
    refuse(quote(booking), 409, "payment_in_progress")
    refuse(pay(booking, second, key="another-key"), 409, "payment_in_progress")
    assert read_everything() == before
    let_acquirer_say_paid(payment_id)
    answer_of(booking.owner.get(f"/payments/{payment_id}"))
    before = read_everything()
    refuse(quote(booking), 409, "already_paid")
    refuse(pay(booking, second, key="another-key"), 409, "already_paid")
    assert read_everything() == before


def test_a_quote_runs_out(booking, clock):
    token = answer_of(quote(booking))["token"]
    clock.now = TEN + timedelta(minutes=16)
    before = read_everything()
    refuse(pay(booking, token), 409, "quote_expired")
    assert read_everything() == before


def test_an_unknown_quote_charge_payment_or_bill_is_refused(booking):
    before = read_everything()
    refuse(pay(booking, "no-such-token"), 404, "quote_unknown")
    refuse(booking.owner.post("/bills/quote", {"charge_ids": [str(uuid4())]}), 404, "charge_unknown")
    refuse(booking.owner.get(f"/payments/{uuid4()}"), 404, "payment_not_found")
    refuse(booking.owner.get(f"/bills/{uuid4()}"), 404, "settlement_unknown")
    refuse(booking.owner.get(f"/bills/{uuid4()}/statement"), 404, "settlement_unknown")
    assert read_everything() == before


@pytest.mark.parametrize("charge_ids", [[], ["x"], "x", [None], [str(uuid4())] * 201])
def test_a_malformed_quote_is_refused(stranger, charge_ids):
    refuse(stranger.post("/bills/quote", {"charge_ids": charge_ids}), 422, "malformed_request")


def test_an_acquirer_that_opens_no_checkout_leaves_the_bill_payable(booking, acquirer):
    acquirer.failures["start_checkout"] = [AcquirerRejected("INVALID_REQUEST")]
    token = answer_of(quote(booking))["token"]
    refuse(pay(booking, token), 503, "card_payment_unavailable")
    assert answer_of(booking.owner.get(f"/people/{booking.person_id}/bill"))["lines"]


@pytest.mark.requirement("A18")
def test_a_declined_card_gives_the_lines_back(booking, acquirer):
    payment_id = start_paying(booking.owner, [booking.charge_id])["payment"]["id"]
    payment = PaymentOrder.objects.get(pk=payment_id)
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.FAILED)
    read = answer_of(booking.owner.get(f"/payments/{payment_id}"))
    assert read["paid"] == "0.00"
    line = answer_of(booking.owner.get(f"/people/{booking.person_id}/bill"))["lines"][0]
    assert (line["state"], line["is_being_paid"]) == ("PENDING", False)


@pytest.mark.requirement("A18")
def test_a_webhook_with_the_secret_makes_the_server_ask_and_a_forged_one_nothing(booking, anonymous):
    payment_id = start_paying(booking.owner, [booking.charge_id])["payment"]["id"]
    number = PaymentOrder.objects.get(pk=payment_id).number
    before = read_everything()
    forged = anonymous.client.post(
        "/api/payments/notifications", number, content_type="text/plain", headers={"secret": "guess", "id": "1"}
    )
    refuse(forged, 401, "forged_notification")
    assert read_everything() == before
    empty = anonymous.client.post(
        "/api/payments/notifications", "", content_type="text/plain", headers={"secret": SECRET, "id": "2"}
    )
    refuse(empty, 422, "malformed_notification")
    taken = anonymous.client.post(
        "/api/payments/notifications", number, content_type="text/plain", headers={"secret": SECRET, "id": "3"}
    )
    assert taken.status_code == 200
    assert PaymentOrder.objects.get(pk=payment_id).state == "PAYING"


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.requirement("N20")
def test_the_statement_prints_in_every_language(paid, language):
    (bill,) = answer_of(paid.owner.get(f"/people/{paid.person_id}/bills"))
    paper = paid.owner.get(f"/bills/{bill['id']}/statement", language=language)
    assert paper.status_code == 200
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Cache-Control"] == "no-store"
    assert paper.content.startswith(b"%PDF")


def test_an_unknown_paper_language_is_refused(paid):
    (bill,) = answer_of(paid.owner.get(f"/people/{paid.person_id}/bills"))
    refuse(paid.owner.get(f"/bills/{bill['id']}/statement", language="fr"), 422, "malformed_request")


def test_long_bills_take_as_many_statements_as_short_ones(acquirer, db):
    make_registration_fee()
    make_rule("INTL", "0.30")
    payer = make_payer()

    def book_and_pay(number):
        booked = make_booking(payer=payer, starts_at=TEN + timedelta(days=number, hours=1))
        started = start_paying(booked.owner, [booked.charge_id], key=f"key-number-{number}")
        let_acquirer_say_paid(started["payment"]["id"])
        answer_of(booked.owner.get(f"/payments/{started['payment']['id']}"))

    def count_open():
        answer, path = payer.caller, f"/people/{payer.person_id}/bill"
        return count_statements(answer, path)[0]

    book_and_pay(1)
    few, rows = count_statements(payer.caller, f"/people/{payer.person_id}/bills")
    assert rows == 1
    for number in range(2, 3):
        book_and_pay(number)
    assert count_statements(payer.caller, f"/people/{payer.person_id}/bills") == (few, 2)
    make_booking(payer=payer, starts_at=TEN + timedelta(days=6))
    short = count_open()
    for number in range(7, 9):
        make_booking(payer=payer, starts_at=TEN + timedelta(days=number))
    assert count_open() == short
