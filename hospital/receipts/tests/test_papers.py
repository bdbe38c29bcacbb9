"""Paper that counts instead of an electronic receipt (F48)."""

import pytest

from hospital.billing.tests.factories import make_desk, order, settle
from hospital.receipts.api import confirm_paper, find_receipts, replace_receipt, swap_to_paper, take_paper_back
from hospital.receipts.errors import (
    FiscalPlatformRefused,
    FiscalPlatformUnavailable,
    PaperIsOut,
    PaperUnknown,
    ReceiptReasonMissing,
)
from hospital.receipts.models import PaperReceipt
from hospital.receipts.states import PaperState, ReceiptKind, ReceiptState
from hospital.receipts.tests.factories import NOW, finish, keep, net_of, receipts_of, refund, sum_of
from hospital.receipts.tests.platform import FakePlatform

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("acquirer", "platform"),
    pytest.mark.requirement("F48"),
]


def test_a_receipt_is_swapped_once_and_locked() -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    (receipt,) = keep(settlement)
    swapped = swap_to_paper(receipt_id=receipt.id, actor=desk.cashier, now=NOW)
    assert swapped.paper is not None
    assert (swapped.paper.number, swapped.paper.state) == ("0000000500", PaperState.PRINTED)
    with pytest.raises(PaperIsOut, match="0000000500"):
        swap_to_paper(receipt_id=receipt.id, actor=desk.cashier, now=NOW)
    with pytest.raises(PaperIsOut):
        replace_receipt(receipt_id=receipt.id, reason="x", actor=desk.cashier, now=NOW)
    assert PaperReceipt.objects.count() == 1


def test_a_refund_waits_for_the_paper_and_goes_on_when_it_is_back(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, (cbc, _aml) = settle(desk, order("CBC"), order("AML"))
    (receipt,) = keep(settlement)
    paper = swap_to_paper(receipt_id=receipt.id, actor=desk.cashier, now=NOW).paper
    assert paper is not None
    finish(refund(desk, settlement, (cbc, "1")))
    (held,) = keep(settlement)
    assert (held.is_held_by_paper, held.state, platform.reversals) == (True, ReceiptState.ISSUED, [])
    troubled = find_receipts(
        campus_code="IMC", requested_from=NOW, requested_to=NOW, actor=desk.cashier, is_troubled=True
    )
    assert [one.id for one in troubled] == [held.id]
    with pytest.raises(ReceiptReasonMissing):
        take_paper_back(paper_id=paper.id, reason="", actor=desk.cashier, now=NOW)
    take_paper_back(paper_id=paper.id, reason="退费收回", actor=desk.cashier, now=NOW)
    blue, red, rest = receipts_of(settlement)
    assert (blue.state, blue.is_held_by_paper, red.kind, rest.state) == (
        ReceiptState.REVERSED,
        False,
        ReceiptKind.RED,
        ReceiptState.ISSUED,
    )
    assert [(one.state, one.reason) for one in blue.papers] == [(PaperState.VOID, "退费收回")]
    assert sum_of((blue, red, rest)) == net_of(settlement)
    with pytest.raises(PaperUnknown):
        take_paper_back(paper_id=paper.id, reason="again", actor=desk.cashier, now=NOW)


def test_a_swap_whose_answer_was_lost_is_confirmed_by_asking(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    (receipt,) = keep(settlement)
    platform.troubles["swap_to_paper"] = ["LOST"]
    paper = swap_to_paper(receipt_id=receipt.id, actor=desk.cashier, now=NOW).paper
    assert paper is not None
    assert paper.state is PaperState.SENT
    platform.troubles["find"] = ["DOWN"]
    with pytest.raises(FiscalPlatformUnavailable):
        confirm_paper(paper_id=paper.id, actor=desk.cashier, now=NOW)
    found = confirm_paper(paper_id=paper.id, actor=desk.cashier, now=NOW).paper
    assert found is not None
    assert found.state is PaperState.PRINTED
    assert platform.calls.count("swap_to_paper") == 1


def test_a_swap_that_never_arrived_is_asked_for_again_with_the_same_paper(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    (receipt,) = keep(settlement)
    platform.troubles["swap_to_paper"] = ["DOWN"]
    paper = swap_to_paper(receipt_id=receipt.id, actor=desk.cashier, now=NOW).paper
    assert paper is not None
    found = confirm_paper(paper_id=paper.id, actor=desk.cashier, now=NOW).paper
    assert found is not None
    assert (found.number, found.state) == (paper.number, PaperState.PRINTED)


def test_a_refused_swap_leaves_the_electronic_receipt_in_force(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    (receipt,) = keep(settlement)
    platform.troubles["swap_to_paper"] = ["纸质票据号已使用"]
    with pytest.raises(FiscalPlatformRefused, match="纸质票据号已使用"):
        swap_to_paper(receipt_id=receipt.id, actor=desk.cashier, now=NOW)
    (receipt,) = receipts_of(settlement)
    assert receipt.paper is None
    assert [one.state for one in receipt.papers] == [PaperState.FAILED]
    platform.troubles["next_paper"] = ["DOWN"]
    with pytest.raises(FiscalPlatformUnavailable):
        swap_to_paper(receipt_id=receipt.id, actor=desk.cashier, now=NOW)
    assert PaperReceipt.objects.count() == 1
