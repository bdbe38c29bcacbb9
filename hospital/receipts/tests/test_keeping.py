"""Receipts follow the money of a bill (F46, F47, F48, N16)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hospital.audit.api import list_entries
from hospital.billing.errors import NotCashier
from hospital.billing.tests.factories import charge, make_desk, order, settle, start
from hospital.payments.tests.factories import list_jobs
from hospital.receipts.api import ask_after, issue_again, replace_receipt
from hospital.receipts.errors import ReceiptNotRepeatable, ReceiptNotReversible, ReceiptReasonMissing
from hospital.receipts.models import FiscalReceipt
from hospital.receipts.states import ReceiptKind, ReceiptState
from hospital.receipts.tests.factories import (
    NOW,
    finish,
    keep,
    net_of,
    receipts_of,
    refund,
    sum_of,
    tell,
)
from hospital.receipts.tests.platform import FakePlatform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer", "platform")]


@pytest.mark.requirement("F48", "N16")
def test_a_paid_bill_gets_one_receipt_by_itself(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"), order("AML", "2"))
    assert tell("billing.settled") == 1
    (receipt,) = receipts_of(settlement)
    assert (receipt.kind, receipt.state, receipt.amount) == (
        ReceiptKind.BLUE,
        ReceiptState.ISSUED,
        settlement.amount,
    )
    assert (receipt.batch, receipt.number, receipt.check_code) == ("44060126", "0000000001", "000001")
    (request,) = platform.requests
    assert request.business_number == receipt.business_number
    assert sum((each.amount for each in request.content.classes), Decimal(0)) == settlement.amount
    assert request.content.shares.total == request.content.total
    assert sum((each.amount for each in request.content.channels), Decimal(0)) == settlement.amount
    assert keep(settlement) == (receipt,)
    assert platform.calls == ["issue"]


def test_an_unpaid_bill_has_none(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement = start(desk, charge(desk, order("CBC")))
    assert keep(settlement) == ()
    assert platform.calls == []


@pytest.mark.requirement("F48")
def test_an_answer_that_was_lost_is_asked_after_and_never_issued_twice(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    platform.troubles["issue"] = ["LOST"]
    platform.troubles["find"] = ["DOWN"]
    (receipt,) = keep(settlement)
    assert (receipt.state, receipt.number) == (ReceiptState.SENT, "")
    for job in list_jobs("receipts.ask_after"):
        ask_after(receipt_id=receipt.id, attempt=job["attempt"], now=NOW)
    (receipt,) = receipts_of(settlement)
    assert receipt.state is ReceiptState.SENT
    latest = list_jobs("receipts.ask_after")[-1]
    ask_after(receipt_id=receipt.id, attempt=1, now=NOW)
    assert receipts_of(settlement) == (receipt,)
    ask_after(receipt_id=receipt.id, attempt=latest["attempt"], now=NOW)
    (receipt,) = receipts_of(settlement)
    assert (receipt.state, receipt.number) == (ReceiptState.ISSUED, "0000000001")
    assert len(platform.requests) == 1
    assert platform.calls == ["issue", "find", "find"]


def test_a_call_that_never_arrived_is_sent_again_under_the_same_number(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    platform.troubles["issue"] = ["DOWN"]
    (waiting,) = keep(settlement)
    (receipt,) = keep(settlement)
    assert (waiting.state, receipt.state) == (ReceiptState.SENT, ReceiptState.ISSUED)
    assert platform.requests[0].business_number == waiting.business_number == receipt.business_number


@pytest.mark.requirement("F47")
def test_a_part_refund_reverses_the_whole_and_issues_the_rest(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, (cbc, _aml) = settle(desk, order("CBC"), order("AML", "2"))
    keep(settlement)
    note = refund(desk, settlement, (cbc, "1"))
    assert len(keep(settlement)) == 1, "money that is only under way changes nothing"
    finish(note)
    assert tell("billing.refund_completed") == 1
    blue, red, rest = receipts_of(settlement)
    assert (blue.state, red.kind, red.state, rest.kind, rest.state) == (
        ReceiptState.REVERSED,
        ReceiptKind.RED,
        ReceiptState.ISSUED,
        ReceiptKind.BLUE,
        ReceiptState.ISSUED,
    )
    assert (red.reverses_id, red.amount) == (blue.id, blue.amount)
    assert len({blue.number, red.number, rest.number}) == 3
    assert sum_of((blue, red, rest)) == rest.amount == net_of(settlement)
    assert [line.key for line in rest.content.lines] == [str(_aml)]
    assert platform.blue_total - platform.red_total == net_of(settlement)


@pytest.mark.requirement("F47")
def test_a_whole_refund_leaves_no_receipt_in_force(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC"))
    keep(settlement)
    finish(refund(desk, settlement, (cbc, "1")))
    blue, red = keep(settlement)
    assert (blue.state, red.state, sum_of((blue, red))) == (
        ReceiptState.REVERSED,
        ReceiptState.ISSUED,
        Decimal("0.00"),
    )
    assert platform.blue_total == platform.red_total


@pytest.mark.requirement("F47")
def test_several_refunds_at_once_end_in_one_replacement(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, (cbc, aml) = settle(desk, order("CBC"), order("AML", "3"))
    keep(settlement)
    for note in [refund(desk, settlement, (cbc, "1")), refund(desk, settlement, (aml, "1"))]:
        finish(note)
    tell("billing.refund_completed")
    receipts = receipts_of(settlement)
    assert [one.kind for one in receipts] == [ReceiptKind.BLUE, ReceiptKind.RED, ReceiptKind.BLUE]
    assert sum_of(receipts) == net_of(settlement)
    assert len(platform.reversals) == 1


def test_a_reversal_whose_answer_was_lost_is_found_by_what_it_took_back(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC"))
    keep(settlement)
    finish(refund(desk, settlement, (cbc, "1")))
    platform.troubles["reverse"] = ["LOST"]
    blue, red = keep(settlement)
    assert (blue.state, red.state) == (ReceiptState.ISSUED, ReceiptState.SENT)
    blue, red = keep(settlement)
    assert (blue.state, red.state) == (ReceiptState.REVERSED, ReceiptState.ISSUED)
    assert len(platform.reversals) == 1


@pytest.mark.requirement("F48")
def test_a_refused_receipt_waits_for_a_person_who_asks_again(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    platform.troubles["issue"] = ["开票点未启用"]
    (refused,) = keep(settlement)
    assert (refused.state, refused.number) == (ReceiptState.FAILED, "")
    assert "开票点未启用" in refused.fault
    assert keep(settlement) == (refused,)
    with pytest.raises(NotCashier):
        issue_again(receipt_id=refused.id, actor=desk.visit.doctor, now=NOW)
    issued = issue_again(receipt_id=refused.id, actor=desk.cashier, now=NOW)
    assert (issued.state, issued.business_number, issued.fault) == (
        ReceiptState.ISSUED,
        refused.business_number,
        "",
    )
    with pytest.raises(ReceiptNotRepeatable):
        issue_again(receipt_id=refused.id, actor=desk.cashier, now=NOW)


def test_a_refused_receipt_that_is_no_longer_wanted_is_dropped_with_its_number(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, (cbc, _aml) = settle(desk, order("CBC"), order("AML"))
    platform.troubles["issue"] = ["开票点未启用"]
    keep(settlement)
    finish(refund(desk, settlement, (cbc, "1")))
    dropped, issued = keep(settlement)
    assert (dropped.state, issued.state) == (ReceiptState.DROPPED, ReceiptState.ISSUED)
    assert dropped.business_number != issued.business_number
    assert sum_of((dropped, issued)) == net_of(settlement)


@pytest.mark.requirement("F48")
def test_a_wrong_receipt_is_reversed_and_issued_anew_with_a_reason(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    (first,) = keep(settlement)
    with pytest.raises(ReceiptReasonMissing):
        replace_receipt(receipt_id=first.id, reason=" ", actor=desk.cashier, now=NOW)
    replace_receipt(receipt_id=first.id, reason="抬头有误", actor=desk.cashier, now=NOW)
    blue, red, anew = receipts_of(settlement)
    assert (blue.state, red.reason, anew.state, anew.amount) == (
        ReceiptState.REVERSED,
        "抬头有误",
        ReceiptState.ISSUED,
        first.amount,
    )
    with pytest.raises(ReceiptNotReversible):
        replace_receipt(receipt_id=first.id, reason="again", actor=desk.cashier, now=NOW)
    actions = [
        entry.action for entry in list_entries(person_id=settlement.person_id) if entry.subject_id == str(red.id)
    ]
    assert {"receipts.request", "receipts.reversed"} <= set(actions)


@pytest.mark.requirement("F48")
def test_a_number_never_changes_and_no_receipt_is_deleted() -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    (receipt,) = keep(settlement)
    for change in ({"number": "1"}, {"amount": Decimal("1.00")}, {"check_code": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FiscalReceipt.objects.filter(id=receipt.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        FiscalReceipt.objects.filter(id=receipt.id).delete()
    assert receipts_of(settlement) == (receipt,)
