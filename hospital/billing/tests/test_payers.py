"""Who pays how much: cases F and L of domain brief §1.5, and refunds with an insured base (§1.6.11)."""

from decimal import Decimal

import pytest

from hospital.billing.errors import InsuranceReplyMismatch
from hospital.billing.rules.occurrence import find_service_line
from hospital.billing.rules.payers import (
    InsuranceReply,
    count_patient_cash,
    list_upload_again,
    share_with_national_insurance,
)
from hospital.billing.rules.refunds import add_part, compute_refund_part
from hospital.billing.tests.builders import at, charged, price
from hospital.billing.types import RefundedAmounts
from hospital.catalog.tests.builders import build_book, build_item, build_rule
from hospital.catalog.types import ServiceLine, VisitType


@pytest.mark.requirement("F46")
def test_case_f_the_base_is_insured_and_the_surcharge_is_the_patients() -> None:
    item = build_item(base_u="50.00")
    line = price(build_book([item], [build_rule("0.30")]), item, "2")
    share = share_with_national_insurance([line])
    assert (share.upload_total, share.own_expense) == (Decimal("100.00"), Decimal("30.00"))
    assert [each.p for each in share.upload] == [Decimal("50.00")]
    reply = InsuranceReply(fund=Decimal(70), account=Decimal(10), cash=Decimal(20))
    cash = count_patient_cash(share, reply)
    assert cash == Decimal("50.00")
    assert reply.fund + reply.account + cash == line.total
    with pytest.raises(InsuranceReplyMismatch):
        count_patient_cash(share, InsuranceReply(fund=Decimal(70), account=Decimal(10), cash=Decimal("20.01")))


def test_lines_of_nothing_are_not_uploaded() -> None:
    item, free = build_item(), build_item("FREE", "0.00")
    book = build_book([item, free])
    share = share_with_national_insurance([price(book, free), price(book, item)])
    assert [each.place for each in share.upload] == [2]


@pytest.mark.requirement("F47")
def test_after_a_part_refund_the_ledgers_base_is_uploaded_again() -> None:
    item = build_item(base_u="0.335")
    line = price(build_book([item], [build_rule("0.30")]), item, "2")
    share = share_with_national_insurance([line])
    part = compute_refund_part(item="S1", charged=charged(line), refunded=RefundedAmounts(), qty=Decimal(1))
    back = add_part(RefundedAmounts(), part)
    (again,) = list_upload_again(share, {1: back})
    assert (line.base, part.base) == (Decimal("0.67"), Decimal("0.34"))
    assert (again.qty, again.base) == (Decimal(1), Decimal("0.33"))  # the price would give 0.34
    everything = RefundedAmounts(qty=Decimal(2), base=line.base, total=line.total)
    assert list_upload_again(share, {1: everything}) == ()


@pytest.mark.requirement("F46")
def test_case_l_a_transfer_concerns_what_occurs_after_it() -> None:
    ten = at("2026-06-15T10:00:00+08:00")
    transfers = [(at("2026-06-14T08:00:00+08:00"), ServiceLine.NORMAL), (ten, ServiceLine.INTL)]
    item = build_item(base_u="50.00")
    book = build_book([item], [build_rule("0.30")])
    totals = []
    for executed_at in (at("2026-06-15T09:00:00+08:00"), ten, at("2026-06-15T11:00:00+08:00")):
        line = price(
            book,
            item,
            visit_type=VisitType.IP,
            service_line=find_service_line(transfers, at=executed_at),
            occurred_at=executed_at,
            priced_at=executed_at,
        )
        totals.append(line.total)
    assert totals == [Decimal("50.00"), Decimal("65.00"), Decimal("65.00")]
    assert find_service_line([], at=ten) is ServiceLine.NORMAL
