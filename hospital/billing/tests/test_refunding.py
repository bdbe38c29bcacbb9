"""Refunds of settled lines (F47)."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from hospital.audit.api import list_entries
from hospital.billing.api import (
    approve_refund,
    complete_refund,
    get_refund,
    get_settlement,
    list_refundable_lines,
    list_refunds,
    mark_executed,
    reject_refund,
    request_refund,
    reverse_execution,
)
from hospital.billing.errors import (
    ChargeNotPaid,
    ChargeUnknown,
    IdempotencyKeyReused,
    LineExecuted,
    LineNotExecutable,
    NotCashier,
    NothingToRefund,
    RefundAboveRest,
    RefundLinesMixed,
    RefundNeedsSecond,
    RefundNotWaiting,
    RefundReasonMissing,
)
from hospital.billing.models import Charge, RefundLine, RefundNote
from hospital.billing.states import ChargeState, RefundState
from hospital.billing.tests.factories import (
    SYSTEM,
    Desk,
    add_desk,
    charge,
    later,
    line,
    make_desk,
    order,
    pay,
    settle,
    start,
)
from hospital.billing.types import NotRefundable, RefundInfo, RefundRequestLine, SettlementInfo
from hospital.catalog.api import publish_price
from hospital.catalog.tests.factories import make_items, new_item, price_officer
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.payments.api import get_payment_order, get_refund_order
from hospital.payments.models import RefundOrder
from hospital.payments.tests.factories import list_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer")]


def ask(desk: Desk, settlement: SettlementInfo, *lines: tuple[UUID, str], **facts: Any) -> RefundInfo:
    defaults: dict[str, Any] = {
        "reason": "not needed",
        "idempotency_key": f"refund-{uuid4()}",
        "actor": desk.cashier,
        "now": later(hours=1),
    }
    wanted = [RefundRequestLine(charge_id, Decimal(qty)) for charge_id, qty in lines]
    return request_refund(settlement_id=settlement.id, lines=wanted, **(defaults | facts))


def finish(refund: RefundInfo, *, has_succeeded: bool = True) -> RefundInfo:
    (tender,) = refund.tenders
    done = complete_refund(
        payment_refund_id=tender.payment_refund_id,
        has_succeeded=has_succeeded,
        failure_code="" if has_succeeded else "DECLINED",
        actor=SYSTEM,
        now=later(hours=2),
    )
    assert done is not None
    return done


@pytest.mark.requirement("F47")
def test_an_unexecuted_line_goes_back_to_its_payment_with_the_ratio_as_charged() -> None:
    desk = make_desk()
    settlement, (cbc, aml) = settle(desk, order("CBC"), order("AML", "2"))
    publish_price(code="CBC", base_u=Decimal(90), valid_from=later(minutes=5), actor=price_officer(), now=TEN)
    refund = ask(desk, settlement, (cbc, "1"))
    assert (refund.state, refund.amount) == (RefundState.SENT, Decimal("26.00"))
    (tender,) = refund.tenders
    order_back = get_refund_order(refund_id=tender.payment_refund_id)
    assert (order_back.amount, order_back.payment_order_id) == (Decimal("26.00"), tender.payment_id)
    assert list_jobs("payments.send_refund") == [{"refund_order_id": str(order_back.id), "query_round": 0}]
    (part,) = refund.lines
    assert (part.base, part.surcharge, part.total, part.line.mark) == (
        Decimal("20.00"),
        Decimal("6.00"),
        Decimal("26.00"),
        "+30 %",
    )
    assert line(cbc).state is ChargeState.SETTLED
    assert finish(refund).state is RefundState.COMPLETED
    assert (line(cbc).state, line(aml).state) == (ChargeState.REFUNDED, ChargeState.SETTLED)
    assert get_settlement(settlement_id=settlement.id).refunded_amount == Decimal("26.00")
    assert finish(refund).state is RefundState.COMPLETED
    assert RefundNote.objects.count() == 1


@pytest.mark.requirement("F47")
def test_parts_add_up_to_the_charge() -> None:
    desk = make_desk()
    make_items(new_item("ODD", "3.3333"))
    settlement, (odd,) = settle(desk, order("ODD", "3"))
    total = line(odd).total
    amounts = []
    for _ in range(3):
        refund = ask(desk, settlement, (odd, "1"))
        amounts.append(refund.amount)
        finish(refund)
    assert sum(amounts) == total
    row = Charge.objects.get(id=odd)
    assert (row.state, row.refunded_qty, row.refunded_total, row.refunded_base) == (
        ChargeState.REFUNDED,
        row.qty,
        row.total,
        row.base,
    )
    with pytest.raises(NothingToRefund):
        ask(desk, settlement, (odd, "1"))


@pytest.mark.requirement("F47")
def test_a_part_leaves_the_line_part_refunded() -> None:
    desk = make_desk()
    settlement, (aml,) = settle(desk, order("AML", "3"))
    finish(ask(desk, settlement, (aml, "1")))
    assert (line(aml).state, line(aml).left_qty, line(aml).left_amount) == (
        ChargeState.PART_REFUNDED,
        Decimal(2),
        Decimal("25.92"),
    )


@pytest.mark.requirement("F47")
def test_an_executed_line_is_refused_by_name_until_it_is_reversed() -> None:
    desk = make_desk()
    done = order("CXR")
    settlement, (cxr, cbc) = settle(desk, done, order("CBC"))
    mark_executed(source_ids=[done.source_id], actor=desk.visit.doctor, now=TEN)
    with pytest.raises(LineExecuted) as refusal:
        ask(desk, settlement, (cbc, "1"), (cxr, "1"))
    assert "Chest X-ray" in refusal.value.message
    assert not RefundNote.objects.exists()
    assert line(cbc).left_qty == 1
    reverse_execution(source_ids=[done.source_id], reason="retaken", actor=desk.visit.doctor, now=TEN)
    assert ask(desk, settlement, (cxr, "1")).amount == Decimal("78.00")


@pytest.mark.requirement("F47")
def test_what_is_on_its_way_back_is_not_carried_out() -> None:
    desk = make_desk()
    source = order("CBC")
    settlement, (cbc,) = settle(desk, source)
    refund = ask(desk, settlement, (cbc, "1"))
    with pytest.raises(LineNotExecutable):
        mark_executed(source_ids=[source.source_id], actor=desk.visit.doctor, now=TEN)
    finish(refund, has_succeeded=False)
    mark_executed(source_ids=[source.source_id], actor=desk.visit.doctor, now=TEN)


@pytest.mark.requirement("F47")
def test_a_failed_refund_frees_what_it_held() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC"))
    refund = finish(ask(desk, settlement, (cbc, "1")), has_succeeded=False)
    assert (refund.state, refund.failure_code) == (RefundState.FAILED, "DECLINED")
    assert (line(cbc).state, line(cbc).left_amount) == (ChargeState.SETTLED, Decimal("26.00"))
    assert get_settlement(settlement_id=settlement.id).refunded_amount == Decimal("0.00")


@pytest.mark.requirement("F47")
def test_what_a_refund_refuses_changes_nothing() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC", "2"))
    other, (apart,) = settle(desk, order("CXR"))
    (unpaid,) = charge(desk, order("CBC"))
    stranger = make_staff(Role.CASHIER, campus="NORTH")
    for lines, facts, refusal in (
        ([], {}, NothingToRefund),
        ([(cbc, "1")], {"reason": "  "}, RefundReasonMissing),
        ([(cbc, "1")], {"actor": stranger}, NotCashier),
        ([(cbc, "1")], {"actor": desk.patient}, NotCashier),
        ([(uuid4(), "1")], {}, ChargeUnknown),
        ([(cbc, "1"), (apart, "1")], {}, RefundLinesMixed),
        ([(unpaid, "1")], {}, ChargeNotPaid),
        ([(cbc, "2.0001")], {}, RefundAboveRest),
        ([(cbc, "1"), (cbc, "1.5")], {}, RefundAboveRest),
    ):
        with pytest.raises(refusal):
            ask(desk, settlement, *lines, **facts)
    assert not RefundNote.objects.exists()
    assert not list_jobs("payments.send_refund")
    assert line(cbc).left_qty == 2
    assert other.id != settlement.id


@pytest.mark.requirement("F47")
def test_the_same_key_gives_the_same_refund() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC", "2"))
    first = ask(desk, settlement, (cbc, "1"), idempotency_key="k")
    assert ask(desk, settlement, (cbc, "1"), idempotency_key="k").id == first.id
    with pytest.raises(IdempotencyKeyReused):
        ask(desk, settlement, (cbc, "2"), idempotency_key="k")
    assert RefundNote.objects.count() == 1
    assert line(cbc).left_qty == 1


@pytest.mark.requirement("F47")
def test_another_days_or_a_large_refund_needs_another_cashier() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC"))
    tomorrow = later(days=1)
    with pytest.raises(RefundNeedsSecond):
        ask(desk, settlement, (cbc, "1"), now=tomorrow, approver=desk.cashier)
    with pytest.raises(NotCashier):
        ask(desk, settlement, (cbc, "1"), now=tomorrow, approver=desk.visit.doctor)
    second = make_staff(Role.CASHIER, campus="IMC", name="supervisor")
    assert ask(desk, settlement, (cbc, "1"), now=tomorrow, approver=second).approved_by == "Supervisor"
    large, (many,) = settle(desk, order("CXR", "30"))
    alone = ask(desk, large, (many, "15"))
    assert (alone.amount, alone.state) == (Decimal("1170.00"), RefundState.SENT)
    assert ask(desk, large, (many, "15")).state is RefundState.WAITING  # the second half of the same money


@pytest.mark.requirement("F47")
def test_a_waiting_refund_moves_no_money_before_the_second_persons_word() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC"))
    waiting = ask(desk, settlement, (cbc, "1"), now=later(days=1))
    assert (waiting.state, waiting.tenders, line(cbc).left_qty) == (RefundState.WAITING, (), 0)
    with pytest.raises(RefundNeedsSecond):
        approve_refund(refund_id=waiting.id, actor=desk.cashier, now=later(days=1))
    with pytest.raises(NotCashier):
        approve_refund(refund_id=waiting.id, actor=desk.visit.doctor, now=later(days=1))
    assert RefundOrder.objects.count() == 0
    second = make_staff(Role.CASHIER, campus="IMC", name="supervisor")
    for _ in range(2):
        approved = approve_refund(refund_id=waiting.id, actor=second, now=later(days=1))
    assert (approved.state, approved.approved_by) == (RefundState.SENT, "Supervisor")
    assert RefundOrder.objects.count() == 1
    with pytest.raises(RefundNotWaiting):
        reject_refund(refund_id=waiting.id, reason="no", actor=second, now=later(days=1))


@pytest.mark.requirement("F47")
def test_a_rejected_refund_frees_its_lines() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC"))
    waiting = ask(desk, settlement, (cbc, "1"), now=later(days=1))
    second = make_staff(Role.CASHIER, campus="IMC", name="supervisor")
    with pytest.raises(RefundReasonMissing):
        reject_refund(refund_id=waiting.id, reason=" ", actor=second, now=later(days=1))
    rejected = reject_refund(refund_id=waiting.id, reason="was done", actor=second, now=later(days=1))
    assert (rejected.state, rejected.failure_code, line(cbc).left_qty) == (RefundState.FAILED, "REJECTED", 1)
    with pytest.raises(RefundNotWaiting):
        approve_refund(refund_id=waiting.id, actor=second, now=later(days=1))
    assert RefundOrder.objects.count() == 0


@pytest.mark.requirement("F47")
def test_the_cashier_sees_what_can_go_back_and_why_not() -> None:
    desk = make_desk()
    done = order("CXR")
    settlement, (cxr, cbc, aml) = settle(desk, done, order("CBC"), order("AML", "2"))
    mark_executed(source_ids=[done.source_id], actor=desk.visit.doctor, now=TEN)
    ask(desk, settlement, (cbc, "1"))
    found = {
        each.line.id: each for each in list_refundable_lines(settlement_id=settlement.id, actor=desk.cashier, now=TEN)
    }
    assert (found[cxr].why_not, found[cxr].qty) == (NotRefundable.EXECUTED, 0)
    assert found[cbc].why_not is NotRefundable.NOTHING_LEFT
    assert (found[aml].why_not, found[aml].qty, found[aml].amount) == (None, Decimal(2), Decimal("25.92"))
    waiting = start(desk, charge(desk, order("CBC")))
    (pending,) = list_refundable_lines(settlement_id=waiting.id, actor=desk.cashier, now=TEN)
    assert pending.why_not is NotRefundable.NOT_PAID


def test_refunds_are_listed_traced_and_kept() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC"))
    refund = ask(desk, settlement, (cbc, "1"))
    assert get_refund(refund_id=refund.id, actor=desk.patient, now=TEN) == refund
    assert [each.id for each in list_refunds(actor=desk.cashier, now=TEN)] == [refund.id]
    (own,) = list_refunds(actor=desk.patient, person_id=desk.visit.person_id, now=TEN)
    assert own.id == refund.id
    with pytest.raises(NotCashier):
        list_refunds(actor=desk.patient, campus_code="IMC", now=TEN)
    assert "billing.refund" in [entry.action for entry in list_entries(actor_id=desk.cashier.id)]
    with pytest.raises(IntegrityError), transaction.atomic():
        RefundLine.objects.update(qty=5)


def test_a_refund_of_an_over_payment_is_none_of_ours() -> None:
    assert complete_refund(payment_refund_id=uuid4(), has_succeeded=True, actor=SYSTEM, now=TEN) is None


def test_money_that_was_not_charged_here_cannot_be_refunded_here() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle(desk, order("CBC"))
    elsewhere = add_desk()
    foreign, _ = settle(elsewhere, order("CBC"))
    with pytest.raises(RefundLinesMixed):
        ask(desk, foreign, (cbc, "1"))
    payment_id = get_settlement(settlement_id=settlement.id).payment_id
    assert payment_id is not None
    payment = get_payment_order(order_id=payment_id)
    assert payment.refundable == payment.amount


def test_two_bills_are_two_payments() -> None:
    desk = make_desk()
    first = start(desk, charge(desk, order("CBC")))
    second = start(desk, charge(desk, order("CXR")))
    assert pay(first).id != pay(second).id


def test_refunding_a_large_bill_needs_a_fixed_number_of_queries(
    django_assert_num_queries, django_assert_max_num_queries
) -> None:
    desk = make_desk()
    small, one_line = settle(desk, order("CBC"))
    large, many_lines = settle(desk, *[order("CBC") for _ in range(60)])
    with django_assert_max_num_queries(66) as one:
        finish(ask(desk, small, (one_line[0], "1")))
    with django_assert_num_queries(len(one)):
        finish(ask(desk, large, *[(each, "1") for each in many_lines]))
    assert {line(each).state for each in many_lines} == {ChargeState.REFUNDED}
