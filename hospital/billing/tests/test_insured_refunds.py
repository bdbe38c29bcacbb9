"""Refunds of bills of which a commercial insurer paid a part (F47, domain brief §1.6.10)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.billing.api import (
    approve_refund,
    complete_refund,
    get_settlement,
    list_money_moves,
    list_receivables,
    preview_refund,
    reject_refund,
)
from hospital.billing.rules.refunds import add_part, compute_refund_part
from hospital.billing.rules.shares import LineAmounts, split_by_contract, spread
from hospital.billing.states import ChargeState, RefundState
from hospital.billing.tests.factories import SYSTEM, later, line, make_desk, order
from hospital.billing.tests.insurers import ask_back, cover, settle_insured
from hospital.billing.types import ChargedAmounts, Contract, Copayment, RefundedAmounts, RefundInfo
from hospital.catalog.tests.factories import make_items, new_item
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import ActorKind, Role
from hospital.payments.api import list_payments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer")]
D = Decimal
FEN = Decimal("0.01")


def carry_out(refund: RefundInfo) -> RefundInfo:
    """A second cashier approves, the channel carries it out."""
    done = approve_refund(refund_id=refund.id, actor=make_staff(Role.CASHIER), now=later(hours=2))
    for tender in done.tenders:
        ended = complete_refund(
            payment_refund_id=tender.payment_refund_id, has_succeeded=True, actor=SYSTEM, now=later(hours=3)
        )
        assert ended is not None
        done = ended
    return done


@pytest.mark.requirement("F47")
def test_an_insured_refund_waits_for_a_second_person_and_reduces_what_the_insurer_owes() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle_insured(desk, cover(desk), order("CBC", "2"))
    assert dict(preview_refund(settlement_id=settlement.id, quantities={cbc: D(1)}, actor=desk.cashier, now=TEN)) == {
        cbc: D("5.40")
    }
    refund = ask_back(desk, settlement, (cbc, "1"))
    assert (refund.state, refund.amount, refund.covered_amount) == (RefundState.WAITING, D("5.40"), D("18.00"))
    assert list_receivables(actor=desk.cashier)[0].left == D("36.00")  # nothing went yet
    done = carry_out(refund)
    assert done.state is RefundState.COMPLETED
    assert line(cbc).state is ChargeState.PART_REFUNDED
    (receivable,) = list_receivables(actor=desk.cashier)
    assert (receivable.amount, receivable.reduced, receivable.left) == (D("36.00"), D("18.00"), D("18.00"))
    found = get_settlement(settlement_id=settlement.id)
    assert (found.refunded_amount, found.refunded_covered) == (D("5.40"), D("18.00"))
    moves = list_money_moves(campus_code="IMC", since=TEN, holder_kinds=[ActorKind.STAFF])
    assert [(each.amount, each.covered) for each in moves] == [(D("46.80"), D("36.00")), (D("-23.40"), D("-18.00"))]
    for move in moves:
        assert sum(move.by_class.values()) == move.amount
        assert sum(move.by_channel.values()) == move.amount - move.covered


@pytest.mark.requirement("F47")
def test_what_the_insurer_alone_paid_moves_no_money_of_the_patient() -> None:
    desk = make_desk()
    settlement, (cbc, aml) = settle_insured(desk, cover(desk), order("CBC"), order("AML"))
    done = carry_out(ask_back(desk, settlement, (aml, "1")))
    assert (done.state, done.amount, done.covered_amount, done.tenders) == (
        RefundState.COMPLETED,
        D("0.00"),
        D("12.96"),
        (),
    )
    assert (line(aml).state, line(cbc).state) == (ChargeState.REFUNDED, ChargeState.SETTLED)


@pytest.mark.requirement("F47")
def test_a_refused_refund_leaves_the_receivable_as_it_was() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle_insured(desk, cover(desk), order("CBC", "2"))
    refund = ask_back(desk, settlement, (cbc, "2"))
    reject_refund(refund_id=refund.id, reason="done already", actor=make_staff(Role.CASHIER), now=later(hours=2))
    assert list_receivables(actor=desk.cashier)[0].left == D("36.00")
    assert line(cbc).left_qty == D(2)
    assert carry_out(ask_back(desk, settlement, (cbc, "2"))).amount == D("10.80")


@pytest.mark.requirement("F47")
@pytest.mark.parametrize("base", ["3.3333", "0.0350", "1.0700"])
def test_refunds_piece_by_piece_end_with_nothing_kept_and_nothing_owed(base: str) -> None:
    """A single part may be a fen below zero for the patient: nothing goes back then, and the next makes it good."""
    desk = make_desk()
    make_items(new_item("ODD", base))
    copayment = Copayment("card", rate=D("0.15"))
    settlement, (odd,) = settle_insured(desk, cover(desk, discount=D("0.0300"), copayment=copayment), order("ODD", "7"))
    for _ in range(7):
        assert carry_out(ask_back(desk, settlement, (odd, "1"))).state is RefundState.COMPLETED
    found = get_settlement(settlement_id=settlement.id)
    assert (found.refunded_amount, found.refunded_covered) == (found.amount, found.covered_amount)
    assert list_receivables(actor=desk.cashier)[0].left == D("0.00")
    assert [each.refundable for each in list_payments(order_ids=found.payment_ids).values()] == [D("0.00")]


MONEY = st.integers(0, 500_00).map(lambda fen: D(fen) / 100)


@st.composite
def lines(draw: st.DrawFn) -> list[LineAmounts]:
    found = []
    for number in range(draw(st.integers(1, 8))):
        base = draw(MONEY)
        found.append(LineAmounts(f"I{number % 3}", base, base + draw(MONEY), is_exempt=draw(st.booleans())))
    return found


@given(
    lines=lines(),
    discount=st.none() | st.integers(0, 10_000).map(lambda n: D(n) / 10_000),
    is_excluded=st.booleans(),
    rate=st.none() | st.integers(1, 100).map(lambda n: D(n) / 100),
    data=st.data(),
)
@pytest.mark.requirement("F46")
def test_the_shares_of_a_line_add_up_and_their_refunds_too(lines, discount, is_excluded, rate, data) -> None:
    contract = Contract(discount=discount, is_surcharge_excluded=is_excluded, exempt_items_listed=frozenset({"I0"}))
    copayment = Copayment("card", rate=rate) if rate is not None else None
    for each, share in zip(lines, split_by_contract(lines, contract, copayment), strict=True):
        payable = each.total - share.discount
        assert D(0) <= share.discount <= each.total
        assert D(0) <= share.to_adjudication <= payable
        if is_excluded:
            assert share.to_adjudication <= each.base
        qty = D(data.draw(st.integers(1, 5)))
        charged = ChargedAmounts(qty, each.base, each.total, share.discount, share.to_adjudication)
        refunded = RefundedAmounts()
        patient = insurer = D(0)
        for _ in range(int(qty)):
            part = compute_refund_part(item="x", charged=charged, refunded=refunded, qty=D(1))
            assert part.paid_back == part.to_adjudication + part.patient
            patient, insurer = patient + part.patient, insurer + part.to_adjudication
            refunded = add_part(refunded, part)
            assert -FEN <= patient <= payable - share.to_adjudication + FEN  # the refund note keeps it within
        assert (patient, insurer) == (payable - share.to_adjudication, share.to_adjudication)


@given(weights=st.lists(MONEY, min_size=1, max_size=12), fraction=st.integers(0, 100))
def test_an_amount_is_spread_without_a_fen_too_many(weights, fraction) -> None:
    amount = (sum(weights, D(0)) * fraction / 100).quantize(D("0.01"), rounding="ROUND_DOWN")
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(D(0) <= part <= weight for part, weight in zip(parts, weights, strict=True))
