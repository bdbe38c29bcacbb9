"""Two at once, with real threads and real transactions (F47, F48)."""

from functools import partial

import pytest

from hospital.billing.tests.factories import make_desk, order, settle
from hospital.kernel.tests.threads import run_together
from hospital.receipts.api import keep_up, replace_receipt, swap_to_paper
from hospital.receipts.errors import PaperIsOut, ReceiptNotReversible
from hospital.receipts.models import PaperReceipt
from hospital.receipts.states import ReceiptKind, ReceiptState
from hospital.receipts.tests.factories import NOW, finish, keep, net_of, receipts_of, refund, sum_of
from hospital.receipts.tests.platform import FakePlatform

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("acquirer", "platform"),
    pytest.mark.requirement("F48"),
]


def test_several_who_keep_up_a_bill_issue_one_receipt(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, (cbc, _aml) = settle(desk, order("CBC"), order("AML"))
    run_together([partial(keep_up, settlement_id=settlement.id, now=NOW)] * 4)
    (receipt,) = keep(settlement)
    assert (receipt.state, len(platform.requests)) == (ReceiptState.ISSUED, 1)
    finish(refund(desk, settlement, (cbc, "1")))
    run_together([partial(keep_up, settlement_id=settlement.id, now=NOW)] * 4)
    receipts = keep(settlement)
    assert [one.kind for one in receipts] == [ReceiptKind.BLUE, ReceiptKind.RED, ReceiptKind.BLUE]
    assert (len(platform.requests), len(platform.reversals)) == (2, 1)
    assert sum_of(receipts) == net_of(settlement)


def test_of_two_cashiers_one_swaps_and_one_reverses() -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    (receipt,) = keep(settlement)
    swapped = run_together([partial(swap_to_paper, receipt_id=receipt.id, actor=desk.cashier, now=NOW)] * 3)
    assert sum(isinstance(outcome, PaperIsOut) for outcome in swapped) == 2
    assert PaperReceipt.objects.count() == 1
    other, _ = settle(desk, order("AML"))
    (second,) = keep(other)
    replaced = run_together(
        [partial(replace_receipt, receipt_id=second.id, reason="wrong", actor=desk.cashier, now=NOW)] * 3
    )
    assert sum(isinstance(outcome, ReceiptNotReversible) for outcome in replaced) == 2
    keep(other)
    assert [one.kind for one in receipts_of(other)] == [ReceiptKind.BLUE, ReceiptKind.RED, ReceiptKind.BLUE]
