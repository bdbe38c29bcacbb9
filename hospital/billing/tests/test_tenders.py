"""Several tenders for one bill, and the way back through them (F46, F47, brief §1.6.12)."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.billing.api import (
    Tender,
    allocate_payments,
    complete_refund,
    get_settlement,
    request_refund,
    retry_refund,
)
from hospital.billing.errors import AllocationAmountMismatch, AllocationTaken, RefundAboveTenders
from hospital.billing.rules.tenders import Source, compute_rounding, split_refund
from hospital.billing.states import ChargeState, RefundState, SettlementState, TenderState
from hospital.billing.tests.factories import SYSTEM, Desk, charge, later, line, make_desk, order, start
from hospital.billing.types import RefundInfo, RefundRequestLine, SettlementInfo
from hospital.encounters.tests.clinic import TEN
from hospital.payments.api import CashTaken, record_payment
from hospital.payments.models import PaymentOrder
from hospital.payments.tests.factories import make_paid
from hospital.payments.types import PaymentOrderInfo

DIME = Decimal("0.10")


def cash_tender(amount: str) -> Tender:
    return Tender(payment_id=uuid4(), amount=Decimal(amount), is_cash=True)


def card_tender(amount: str) -> Tender:
    return Tender(payment_id=uuid4(), amount=Decimal(amount))


@pytest.mark.requirement("F46")
@pytest.mark.parametrize(
    ("amount", "tenders", "rounding"),
    [
        ("10.05", [cash_tender("10.10")], "0.05"),
        ("10.04", [cash_tender("10.00")], "-0.04"),
        ("10.05", [card_tender("10.05")], "0.00"),
        ("10.05", [card_tender("4.00"), cash_tender("6.10")], "0.05"),
        ("10.05", [card_tender("4.00"), card_tender("6.05")], "0.00"),
    ],
)
def test_only_the_cash_part_is_rounded(amount: str, tenders: list[Tender], rounding: str) -> None:
    assert compute_rounding(Decimal(amount), tenders, step=DIME) == Decimal(rounding)


@pytest.mark.parametrize(
    "tenders",
    [
        [cash_tender("10.05")],
        [card_tender("10.00")],
        [card_tender("10.10")],
        [card_tender("11.00"), cash_tender("0.10")],
        [],
    ],
)
def test_what_does_not_make_the_bill_is_refused(tenders: list[Tender]) -> None:
    with pytest.raises(AllocationAmountMismatch):
        compute_rounding(Decimal("10.05"), tenders, step=DIME)


def test_a_rest_below_the_smallest_coin_can_be_waived() -> None:
    assert compute_rounding(Decimal("10.04"), [card_tender("10.00")], step=DIME, is_rest_waived=True) == Decimal(
        "-0.04"
    )


money = st.integers(1, 100_000).map(lambda fen: Decimal(fen) / 100)


@pytest.mark.requirement("F47")
@given(card=st.just(Decimal("0.00")) | money, cash=money, cuts=st.lists(st.integers(1, 99), max_size=5))
def test_all_parts_together_hand_out_what_was_taken(card: Decimal, cash: Decimal, cuts: list[int]) -> None:
    amount = card + cash
    rounding = compute_rounding(
        amount,
        [card_tender(str(card)), cash_tender(str(round_dime(cash)))] if card else [cash_tender(str(round_dime(cash)))],
        step=DIME,
        is_rest_waived=True,
    )
    ids = (uuid4(), uuid4())
    paid = {ids[0]: card, ids[1]: cash + rounding}
    returned = dict.fromkeys(ids, Decimal("0.00"))
    edges = sorted({Decimal(cut) * amount / 100 for cut in cuts})
    done = Decimal("0.00")
    for edge in [*(each.quantize(Decimal("0.01")) for each in edges), amount]:
        part = edge - done
        if part <= 0:
            continue
        sources = [
            Source(payment_id=each, paid=paid[each], returned=returned[each], is_cash=each == ids[1])
            for each in ids
            if paid[each]
        ]
        parts, rounded = split_refund(part, sources, refunded_before=done, waived=max(Decimal(0), -rounding), step=DIME)
        assert sum(parts.values(), Decimal("0.00")) == part + rounded
        for each, back in parts.items():
            returned[each] += back
            assert returned[each] <= paid[each]
        assert returned[ids[1]] == 0 or returned[ids[0]] == card  # no card money goes out as cash
        done = edge
    assert returned == paid


def round_dime(amount: Decimal) -> Decimal:
    return ((amount * 10 + Decimal("0.5")) // 1) / 10 * Decimal("1.00")


@pytest.mark.requirement("F47")
def test_the_documents_example_of_cash_back_in_parts() -> None:
    source = uuid4()
    handed: list[Decimal] = []
    for number in range(3):
        returned = sum(handed, Decimal("0.00"))
        parts, _ = split_refund(
            Decimal("3.35"),
            [Source(payment_id=source, paid=Decimal("10.10"), returned=returned, is_cash=True)],
            refunded_before=Decimal("3.35") * number,
            waived=Decimal(0),
            step=DIME,
        )
        handed.append(parts[source])
    assert handed == [Decimal("3.40"), Decimal("3.30"), Decimal("3.40")]


@pytest.mark.requirement("F47")
def test_the_last_part_hands_out_what_is_left_whatever_the_step_is_by_then() -> None:
    source = Source(payment_id=uuid4(), paid=Decimal("10.10"), returned=Decimal("3.40"), is_cash=True)
    parts, rounding = split_refund(
        Decimal("6.70"), [source], refunded_before=Decimal("3.35"), waived=Decimal(0), step=None, is_last=True
    )
    assert (parts, rounding) == ({source.payment_id: Decimal("6.70")}, Decimal("0.00"))


def test_more_than_the_tenders_hold_is_refused() -> None:
    with pytest.raises(RefundAboveTenders):
        split_refund(
            Decimal("5.00"),
            [Source(payment_id=uuid4(), paid=Decimal("5.00"), returned=Decimal("1.00"))],
            refunded_before=Decimal("1.00"),
            waived=Decimal(0),
            step=DIME,
        )


def put_cash(settlement: SettlementInfo, amount: str) -> PaymentOrderInfo:
    return record_payment(
        taken=CashTaken(amount=Decimal(amount), given=Decimal(amount)),
        reference_kind="settlement",
        reference=str(settlement.id),
        person_id=settlement.person_id,
        idempotency_key=str(uuid4()),
        actor=SYSTEM,
        now=TEN,
    )


def settle_mixed(desk: Desk) -> tuple[SettlementInfo, list[UUID], PaymentOrderInfo, PaymentOrderInfo]:
    """A bill of 51.92 for CBC (26.00) and AML × 2 (25.92): 30.00 by card, 21.90 in cash."""
    charges = charge(desk, order("CBC"), order("AML", "2"))
    settlement = start(desk, charges)
    card, cash = make_paid("30.00"), put_cash(settlement, "21.90")
    tenders = [
        Tender(payment_id=card.id, amount=card.amount),
        Tender(payment_id=cash.id, amount=cash.amount, is_cash=True),
    ]
    for _ in range(2):
        settlement = allocate_payments(settlement_id=settlement.id, tenders=tenders, actor=SYSTEM, now=TEN)
    return settlement, charges, card, cash


def ask_back(desk: Desk, settlement: SettlementInfo, *parts: tuple[UUID, str]) -> RefundInfo:
    return request_refund(
        settlement_id=settlement.id,
        lines=[RefundRequestLine(charge_id, Decimal(qty)) for charge_id, qty in parts],
        reason="not needed",
        idempotency_key=str(uuid4()),
        actor=desk.cashier,
        now=later(hours=1),
    )


def end(refund: RefundInfo, payment: PaymentOrderInfo, *, has_succeeded: bool = True) -> RefundInfo:
    tender = next(each for each in reversed(refund.tenders) if each.payment_id == payment.id)
    done = complete_refund(
        payment_refund_id=tender.payment_refund_id, has_succeeded=has_succeeded, actor=SYSTEM, now=later(hours=2)
    )
    assert done is not None
    return done


@pytest.mark.django_db
@pytest.mark.usefixtures("acquirer")
@pytest.mark.requirement("F46")
def test_card_and_cash_settle_a_bill_together() -> None:
    settlement, _, card, cash = settle_mixed(make_desk())
    assert (settlement.state, settlement.amount) == (SettlementState.SETTLED, Decimal("51.92"))
    assert set(settlement.payment_ids) == {card.id, cash.id}
    assert settlement.cash_rounding == Decimal("-0.02")
    other = make_paid("51.92")
    tender = Tender(payment_id=other.id, amount=other.amount)
    with pytest.raises(AllocationTaken):
        allocate_payments(settlement_id=settlement.id, tenders=[tender], actor=SYSTEM, now=TEN)


@pytest.mark.django_db
@pytest.mark.usefixtures("acquirer")
@pytest.mark.requirement("F47")
def test_a_refund_goes_back_by_card_first_and_the_rest_in_cash() -> None:
    desk = make_desk()
    settlement, (cbc, aml), card, cash = settle_mixed(desk)
    first = ask_back(desk, settlement, (cbc, "1"))
    assert [(each.payment_id, each.amount) for each in first.tenders] == [(card.id, Decimal("26.00"))]
    second = ask_back(desk, settlement, (aml, "2"))
    assert {each.payment_id: each.amount for each in second.tenders} == {
        card.id: Decimal("4.00"),
        cash.id: Decimal("21.90"),
    }
    assert (second.amount, second.cash_rounding, second.state) == (Decimal("25.92"), Decimal("-0.02"), RefundState.SENT)
    assert end(second, card).state is RefundState.COMPLETED
    assert line(aml).state is ChargeState.REFUNDED


@pytest.mark.django_db
@pytest.mark.usefixtures("acquirer")
@pytest.mark.requirement("F47")
def test_a_refused_part_stays_open_and_is_sent_again() -> None:
    desk = make_desk()
    settlement, (cbc, aml), card, _ = settle_mixed(desk)
    refund = ask_back(desk, settlement, (cbc, "1"), (aml, "2"))
    stuck = end(refund, card, has_succeeded=False)
    assert (stuck.state, stuck.is_stuck, line(cbc).left_qty) == (RefundState.SENT, True, 0)
    free_reserve(card)
    again = retry_refund(refund_id=refund.id, actor=desk.cashier, now=later(hours=3))
    assert [each.state for each in again.tenders if each.payment_id == card.id] == [
        TenderState.FAILED,
        TenderState.SENT,
    ]
    assert retry_refund(refund_id=refund.id, actor=desk.cashier, now=later(hours=3)).tenders == again.tenders
    assert end(again, card).state is RefundState.COMPLETED


@pytest.mark.django_db
@pytest.mark.usefixtures("acquirer")
@pytest.mark.requirement("F47")
def test_a_later_refund_leaves_room_for_a_part_that_was_refused() -> None:
    desk = make_desk()
    settlement, (cbc, aml), card, cash = settle_mixed(desk)
    refund = ask_back(desk, settlement, (cbc, "1"), (aml, "1"))
    assert end(refund, card, has_succeeded=False).is_stuck
    free_reserve(card)
    later_refund = ask_back(desk, settlement, (aml, "1"))
    assert [each.payment_id for each in later_refund.tenders] == [cash.id]
    again = retry_refund(refund_id=refund.id, actor=desk.cashier, now=later(hours=3))
    assert end(again, card).state is RefundState.COMPLETED
    back = sum(each.amount for info in (again, later_refund) for each in info.tenders if each.payment_id == cash.id)
    assert back == Decimal("21.90")


def free_reserve(payment: PaymentOrderInfo) -> None:
    """What the channel's refusal does in payments."""
    PaymentOrder.objects.filter(id=payment.id).update(refunded_reserved=0)


@pytest.mark.django_db
@pytest.mark.usefixtures("acquirer")
def test_a_bill_paid_by_one_tender_knows_it() -> None:
    settlement, *_ = settle_mixed(make_desk())
    assert get_settlement(settlement_id=settlement.id).payment_id == settlement.payment_ids[0]
