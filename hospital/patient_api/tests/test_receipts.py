"""Bills of all my people, receipts with their papers, and paying inside WeChat (A07, W25)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from hospital.billing.api import list_refundable_lines, request_refund
from hospital.billing.types import RefundRequestLine
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.patient_api import bills
from hospital.patient_api.tests.callers import code_of, read_everything
from hospital.patient_api.tests.factories import answer_of, let_acquirer_say_paid
from hospital.payments.models import PaymentOrder

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A07", "W25")]


def pay(booking, **changes):
    offer = answer_of(booking.owner.post("/bills/quote", {"charge_ids": [booking.charge_id]}))
    body = {"quote_token": offer["token"], "idempotency_key": "a-key-of-its-own"}
    return booking.owner.post("/bills/pay", body | changes)


@pytest.fixture
def linked(monkeypatch):
    """The account signed in with WeChat."""
    monkeypatch.setattr(bills, "find_payer_openid", lambda *, actor: f"o-{actor.id}")


def test_open_bills_of_all_my_people_in_one_list(booking, stranger):
    (row,) = answer_of(booking.owner.get("/bills/open"))
    assert (row["person"]["id"], row["payable"], row["lines"], row["is_being_paid"]) == (
        str(booking.person_id),
        "35.00",
        1,
        False,
    )
    assert row["person"]["family_name"]
    pay(booking)
    assert [one["is_being_paid"] for one in answer_of(booking.owner.get("/bills/open"))] == [True]
    assert answer_of(stranger.get("/bills/open")) == []


def test_a_quote_says_who_pays_what_where_and_until_when(booking):
    offer = answer_of(booking.owner.post("/bills/quote", {"charge_ids": [booking.charge_id]}))
    assert offer["shares"] == [{"payer": "SELF", "amount": offer["totals"]["payable"]}]
    assert offer["server_now"] < offer["expires_at"]
    assert offer["campus_name"]["zh"]
    assert offer["changes"] == []


def test_wechat_wants_an_account_that_signed_in_with_wechat(booking):
    before = read_everything()
    offer = answer_of(booking.owner.post("/bills/quote", {"charge_ids": [booking.charge_id]}))
    before = read_everything()
    body = {"quote_token": offer["token"], "idempotency_key": "a-key-of-its-own", "means": "wechat_jsapi"}
    answer = booking.owner.post("/bills/pay", body)
    assert (answer.status_code, code_of(answer)) == (409, "wechat_not_linked")
    assert read_everything() == before


def test_a_payment_inside_wechat_from_its_call_to_the_receipt(booking, acquirer, linked):
    payment = answer_of(pay(booking, means="wechat_jsapi"))["payment"]
    assert payment["means"]["code"] == "wechat_jsapi"
    assert set(payment["wechat"]) == {"appId", "timeStamp", "nonceStr", "package", "signType", "paySign"}
    assert acquirer.prepays[0].openid == f"o-{acquirer.prepays[0].openid[2:]}"
    bill = answer_of(booking.owner.get(f"/people/{booking.person_id}/bill"))
    assert bill["payment"]["wechat"]["package"] == payment["wechat"]["package"]
    let_acquirer_say_paid(payment["id"])
    after = answer_of(booking.owner.get(f"/payments/{payment['id']}"))
    assert (after["state"], after["wechat"]) == ("PAID", None)
    (receipt,) = answer_of(booking.owner.get("/bills/paid"))
    assert (receipt["id"], receipt["means"]["code"]) == (after["bill_id"], "wechat_jsapi")


def test_a_stopped_payment_leaves_the_bill_open_for_a_card(booking, acquirer, linked, stranger):
    payment = answer_of(pay(booking, means="wechat_jsapi"))["payment"]
    refused = stranger.post(f"/payments/{payment['id']}/cancel")
    assert (refused.status_code, code_of(refused)) == (404, "unknown_person")
    assert acquirer.closed == []
    stopped = answer_of(booking.owner.post(f"/payments/{payment['id']}/cancel"))
    assert (stopped["state"], acquirer.closed) == ("CLOSED", [PaymentOrder.objects.get().number])
    by_card = answer_of(pay(booking, idempotency_key="another-key"))["payment"]
    assert (by_card["means"]["code"], by_card["wechat"]) == ("card", None)
    again = booking.owner.post(f"/payments/{by_card['id']}/cancel")
    assert (again.status_code, code_of(again)) == (409, "payment_not_cancelable")


@pytest.mark.requirement("F47", "N20")
def test_a_receipt_tells_its_refunds_and_prints_its_papers(world, acquirer, stranger):
    cashier = make_staff(Role.CASHIER)
    lines = list_refundable_lines(settlement_id=world.settlement_id, actor=cashier, now=TEN)
    line = next(each for each in lines if each.qty > 0)
    refund = request_refund(
        settlement_id=world.settlement_id,
        lines=[RefundRequestLine(line.line.id, line.qty)],
        reason="PATIENT_CANCELED",
        idempotency_key=str(uuid4()),
        actor=cashier,
        now=TEN,
    )
    detail = answer_of(world.owner.get(f"/bills/{world.settlement_id}"))
    assert [(one["id"], one["state"], one["reason"]["en"]) for one in detail["refunds"]] == [
        (str(refund.id), "SENT", "Canceled by the patient")
    ]
    assert Decimal(detail["refunded"]) == refund.amount
    assert len(detail["titles"]) == 2
    assert detail["more"] == len(detail["lines"]) - 2
    for language in ("en", "zh", "both"):
        for path in (f"/bills/{world.settlement_id}/statement", f"/refunds/{refund.id}/notice"):
            paper = world.owner.get(f"{path}?language={language}")
            assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-"), (path, language)
    refused = stranger.get(f"/refunds/{refund.id}/notice")
    assert (refused.status_code, code_of(refused)) == (404, "unknown_person")


def test_receipts_page_on_by_time(world, acquirer):
    (only,) = answer_of(world.owner.get("/bills/paid"))
    assert answer_of(world.owner.get("/bills/paid", before=only["paid_at"])) == []


@pytest.mark.requirement("A18")
def test_a_forged_notice_of_wechat_is_refused(anonymous, acquirer):
    answer = anonymous.post("/payments/wechat/notifications", {})
    assert (answer.status_code, code_of(answer)) == (401, "forged_notification")


@pytest.mark.requirement("A18")
def test_who_came_from_the_app_goes_back_to_the_app(booking, acquirer, anonymous):
    payment = answer_of(pay(booking, returns_to="app"))["payment"]
    assert acquirer.checkouts[0].return_url.endswith(f"/pay/{payment['id']}/?to=app")
    answer = anonymous.client.get(f"/pay/{payment['id']}/?to=app&resultIndicator=hush")
    assert (answer.status_code, answer["Location"]) == (302, f"/#/bills/result?payment={payment['id']}")
    assert PaymentOrder.objects.get().state == "PAYING"
