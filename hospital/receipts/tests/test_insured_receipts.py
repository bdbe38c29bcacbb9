"""Receipts of bills of which an insurer pays a part (F46, F47, F48)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.billing.api import approve_refund
from hospital.billing.tests.factories import later, make_desk, order
from hospital.billing.tests.insurers import ask_back, cover, settle_insured
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText
from hospital.payments.states import Channel
from hospital.receipts.rules.contents import InsuredShares, ReceiptHead, compose_content
from hospital.receipts.states import ReceiptState
from hospital.receipts.tests.factories import finish, keep
from hospital.receipts.tests.platform import FakePlatform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer", "platform")]
D = Decimal
NOBODY = BilingualText("", "")
MONEY = st.integers(0, 100_000).map(lambda fen: D(fen) / 100)


@pytest.mark.requirement("F46", "F48")
def test_a_receipt_tells_the_insurers_share_and_follows_refunds(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, (cbc, _aml) = settle_insured(desk, cover(desk), order("CBC", "2"), order("AML", "2"))
    (receipt,) = keep(settlement)
    assert (receipt.state, receipt.amount) == (ReceiptState.ISSUED, D("72.72"))
    content = platform.requests[-1].content
    assert (content.shares.other, content.shares.cash, content.shares.fund) == (D("61.92"), D("10.80"), D("0.00"))
    assert sum(each.amount for each in content.channels) == content.shares.total == content.total
    refund = ask_back(desk, settlement, (cbc, "1"))
    finish(approve_refund(refund_id=refund.id, actor=make_staff(Role.CASHIER), now=later(hours=2)))
    newest = keep(settlement)[-1]
    content = platform.requests[-1].content
    assert (newest.amount, content.shares.other, content.shares.cash) == (D("49.32"), D("43.92"), D("5.40"))
    assert sum(each.amount for each in content.channels) == content.shares.total == content.total


@given(fund=MONEY, account=MONEY, other=MONEY)
@pytest.mark.requirement("F48")
def test_shares_and_channels_make_the_total(fund: Decimal, account: Decimal, other: Decimal) -> None:
    content = compose_content(
        lines=[],
        rounding=fund + account + other + D("0.10"),
        paid=[(Channel.CASH, D("0.10"))],
        head=ReceiptHead(
            payer_name="",
            department=NOBODY,
            case_number="",
            bill_number="",
            cashier=NOBODY,
            paid_at=TEN,
        ),
        shares=InsuredShares(fund=fund, account=account, other=other),
    )
    assert sum(each.amount for each in content.channels) == content.shares.total == content.total
    assert content.shares.cash == D("0.10")
