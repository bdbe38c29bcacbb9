"""Two at once, with real threads and real transactions (F46, F47)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from hospital.billing.api import (
    allocate_payment,
    get_settlement,
    mark_executed,
    request_refund,
    reverse_part,
    start_settlement,
    void_registration,
)
from hospital.billing.errors import (
    AllocationTaken,
    LineExecuted,
    LineNotExecutable,
    NothingToPay,
    NothingToRefund,
    NotThatMuchOut,
    PaymentInProgress,
    RefundAboveRest,
)
from hospital.billing.models import Allocation, Charge, RefundLine, RefundNote, Settlement
from hospital.billing.services import moving
from hospital.billing.states import SettlementState
from hospital.billing.tests.factories import SYSTEM, charge, charge_booking, make_desk, order, quote, settle, start
from hospital.billing.types import RefundRequestLine
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.money import round_half_up
from hospital.kernel.tests.threads import run_together
from hospital.payments.tests.factories import make_paid

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("acquirer")]
RACERS = 6


def kinds(outcomes: Sequence[object]) -> list[str]:
    """The names of the outcomes' types, sorted."""
    return sorted(type(outcome).__name__ for outcome in outcomes)


@pytest.mark.requirement("F46")
def test_of_many_payers_one_pays() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"), order("CXR"))
    tokens = [quote(desk, charges).token for _ in range(RACERS)]
    outcomes = run_together(
        [
            partial(start_settlement, quote_token=token, idempotency_key=f"key-{token}", actor=desk.patient, now=TEN)
            for token in tokens
        ]
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, PaymentInProgress)]
    assert len(refused) == RACERS - 1, kinds(outcomes)
    assert Settlement.objects.count() == 1


@pytest.mark.requirement("F46")
def test_the_same_request_many_times_at_once_is_one_settlement() -> None:
    desk = make_desk()
    token = quote(desk, charge(desk, order("CBC"))).token
    outcomes = run_together(
        [
            lambda: start_settlement(quote_token=token, idempotency_key="same", actor=desk.patient, now=TEN)
            for _ in range(RACERS)
        ]
    )
    assert kinds(outcomes) == ["SettlementInfo"] * RACERS
    assert Settlement.objects.count() == 1


@pytest.mark.requirement("F46")
def test_of_two_payments_of_one_bill_one_is_kept() -> None:
    desk = make_desk()
    settlement = start(desk, charge(desk, order("CBC")))
    payments = [make_paid("26.00") for _ in range(RACERS)]
    outcomes = run_together(
        [
            partial(
                allocate_payment,
                settlement_id=settlement.id,
                payment_id=payment.id,
                amount=payment.amount,
                actor=SYSTEM,
                now=TEN,
            )
            for payment in payments
        ]
    )
    assert kinds(outcomes) == [AllocationTaken.__name__] * (RACERS - 1) + ["SettlementInfo"]
    assert Allocation.objects.count() == 1
    assert get_settlement(settlement_id=settlement.id).state is SettlementState.SETTLED


@pytest.mark.requirement("F47")
def test_refunds_of_one_line_at_once_never_exceed_it() -> None:
    desk = make_desk()
    settlement, (aml,) = settle(desk, order("AML", "5"))
    outcomes = run_together(
        [
            partial(
                request_refund,
                settlement_id=settlement.id,
                lines=[RefundRequestLine(aml, Decimal(2))],
                reason="not needed",
                idempotency_key=f"key-{number}",
                actor=desk.cashier,
                now=TEN,
            )
            for number in range(RACERS)
        ]
    )
    allowed = {"RefundInfo", RefundAboveRest.__name__, NothingToRefund.__name__}
    assert set(kinds(outcomes)) <= allowed, outcomes
    assert kinds(outcomes).count("RefundInfo") == 2
    row = Charge.objects.get(id=aml)
    assert row.refunded_qty == sum(part.qty for part in RefundLine.objects.all()) == 4
    assert row.refunded_total == sum(part.total for part in RefundLine.objects.all())


@pytest.mark.requirement("F47")
@pytest.mark.parametrize("round_number", range(4))
def test_a_refund_and_an_execution_at_once_one_wins(round_number: int) -> None:
    desk = make_desk()
    source = order("CXR")
    settlement, (cxr,) = settle(desk, source)

    def refund() -> object:
        return request_refund(
            settlement_id=settlement.id,
            lines=[RefundRequestLine(cxr, Decimal(1))],
            reason="not needed",
            idempotency_key=f"key-{round_number}",
            actor=desk.cashier,
            now=TEN,
        )

    def execute() -> None:
        mark_executed(source_ids=[source.source_id], actor=desk.visit.doctor, now=TEN)

    outcomes = run_together([refund, execute] if round_number % 2 else [execute, refund])
    refusals = [outcome for outcome in outcomes if isinstance(outcome, (LineExecuted, LineNotExecutable))]
    assert len(refusals) == 1, outcomes
    row = Charge.objects.get(id=cxr)
    assert (row.execution == "EXECUTED") != (row.refunded_qty > 0)
    assert RefundNote.objects.count() == int(row.refunded_qty > 0)


@pytest.mark.requirement("F46")
def test_an_order_charged_many_times_at_once_is_charged_once() -> None:
    desk = make_desk()
    source = order("SET")
    outcomes = run_together([lambda: charge(desk, source) for _ in range(RACERS)])
    assert kinds(outcomes) == ["list"] * RACERS, outcomes
    assert Charge.objects.count() == 2


@pytest.mark.requirement("F46")
@pytest.mark.parametrize("round_number", range(12))
def test_a_fee_that_is_voided_as_somebody_starts_to_pay_stays_with_nobody(round_number: int) -> None:
    desk = make_desk()
    appointment_id, charges = charge_booking(desk)
    offer = quote(desk, charges)

    def begin() -> object:
        return start_settlement(
            quote_token=offer.token, idempotency_key=f"key-{round_number}", actor=desk.patient, now=TEN
        )

    def give_back() -> bool:
        return void_registration(appointment_id=appointment_id, actor=desk.patient, now=TEN)

    outcomes = run_together([begin, give_back] if round_number % 2 else [give_back, begin])
    assert True in outcomes, outcomes
    assert set(kinds(outcomes)) <= {"SettlementInfo", "bool", NothingToPay.__name__}
    assert set(Charge.objects.values_list("state", flat=True)) == {"VOID"}
    assert not Settlement.objects.filter(state=SettlementState.OPEN).exists()


@pytest.mark.requirement("F46")
def test_a_fee_taken_between_the_look_and_the_lock_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The payer commits exactly when the open settlements have been looked for and the charges not yet locked."""
    desk = make_desk()
    appointment_id, charges = charge_booking(desk)
    offer = quote(desk, charges)
    locked: list[int] = []
    lock = moving.lock_charges

    def pay_first(charge_ids: Any) -> list[Charge]:
        if not locked:
            locked.append(1)
            run_together(
                [lambda: start_settlement(quote_token=offer.token, idempotency_key="k", actor=desk.patient, now=TEN)]
            )
        return lock(charge_ids)

    monkeypatch.setattr(moving, "lock_charges", pay_first)
    assert void_registration(appointment_id=appointment_id, actor=desk.patient, now=TEN) is True
    assert set(Charge.objects.values_list("state", flat=True)) == {"VOID"}
    assert Settlement.objects.get().state == SettlementState.RELEASED


@pytest.mark.requirement("N08", "F47")
def test_drugs_brought_back_at_many_desks_at_once_are_taken_back_once() -> None:
    """Of five packs that went out three come back at each of four desks: one of them is taken back and refunded."""
    desk = make_desk()
    source = order("CBC", "5")
    settlement, (drug,) = settle(desk, source)
    mark_executed(source_ids=[source.source_id], actor=desk.visit.doctor, now=TEN)

    def bring_back(number: int) -> object:
        reverse_part(quantities={source.source_id: Decimal(3)}, reason="returned", actor=desk.visit.doctor, now=TEN)
        return request_refund(
            settlement_id=settlement.id,
            lines=[RefundRequestLine(drug, Decimal(3))],
            reason="returned",
            idempotency_key=f"back-{number}",
            actor=desk.cashier,
            now=TEN,
        )

    outcomes = run_together([partial(bring_back, number) for number in range(RACERS)])
    assert sum(isinstance(outcome, NotThatMuchOut) for outcome in outcomes) == RACERS - 1, outcomes
    row = Charge.objects.get(id=drug)
    assert (row.execution, row.out_qty, row.refunded_qty) == ("EXECUTED", 2, 3)
    assert row.refunded_total == round_half_up(row.total * 3 / 5)
