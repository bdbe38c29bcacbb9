"""Random payers, refunds, voids and late money at once: afterwards every cent is accounted for (F46, F47)."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Sum

from hospital.billing.api import (
    allocate_payment,
    complete_refund,
    mark_executed,
    quote_bill,
    release_settlement,
    request_refund,
    start_settlement,
    void_charge,
)
from hospital.billing.models import (
    Allocation,
    Charge,
    RefundLine,
    RefundNote,
    RefundTender,
    Settlement,
    SettlementLine,
)
from hospital.billing.states import ChargeState, RefundState, SettlementState, TenderState
from hospital.billing.tests.factories import SYSTEM, Desk, charge, make_desk, order
from hospital.billing.types import RefundRequestLine
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.payments.tests.factories import make_paid

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("acquirer")]
WORKERS, STEPS = 4, 60


class Walker:
    """One clerk who does something possible or impossible at random."""

    def __init__(self, desk: Desk, charges: list[UUID], seed: int) -> None:
        self.desk, self.charges, self.chance = desk, charges, random.Random(seed)
        self.outcomes: Counter[str] = Counter()

    def walk(self) -> Counter[str]:
        steps: list[Callable[[], object]] = [self.pay, self.pay, self.refund, self.refund, self.end, self.void, self.do]
        try:
            for _ in range(STEPS):
                step = self.chance.choice(steps)
                try:
                    step()
                    self.outcomes[step.__name__] += 1
                except Refusal as refusal:
                    self.outcomes[refusal.code] += 1
        finally:
            connection.close()
        return self.outcomes

    def some(self, most: int = 3) -> list[UUID]:
        return self.chance.sample(self.charges, self.chance.randint(1, most))

    def pay(self) -> None:
        offer = quote_bill(charge_ids=self.some(), actor=self.desk.patient, now=TEN)
        settlement = start_settlement(
            quote_token=offer.token, idempotency_key=str(new_id()), actor=self.desk.patient, now=TEN
        )
        payment = make_paid(str(settlement.amount))
        if self.chance.random() < 0.4:
            release_settlement(settlement_id=settlement.id, reason="declined", actor=SYSTEM, now=TEN)
        if self.chance.random() < 0.8:
            for _ in range(self.chance.randint(1, 2)):
                allocate_payment(
                    settlement_id=settlement.id, payment_id=payment.id, amount=payment.amount, actor=SYSTEM, now=TEN
                )

    def refund(self) -> None:
        settled = list(Settlement.objects.filter(state=SettlementState.SETTLED).values_list("id", flat=True))
        if settled:
            chosen = self.chance.choice(settled)
            lines = list(Charge.objects.filter(settlement_id=chosen).values_list("id", flat=True))
            request_refund(
                settlement_id=chosen,
                lines=[RefundRequestLine(self.chance.choice(lines), Decimal(self.chance.randint(1, 3)))],
                reason="not needed",
                idempotency_key=str(new_id()),
                actor=self.desk.cashier,
                now=TEN,
            )

    def end(self) -> None:
        sent = list(RefundTender.objects.filter(state=TenderState.SENT).values_list("payment_refund_id", flat=True))
        if sent:
            complete_refund(
                payment_refund_id=self.chance.choice(sent),
                has_succeeded=self.chance.random() < 0.7,
                actor=SYSTEM,
                now=TEN,
            )

    def void(self) -> None:
        if self.chance.random() < 0.2:
            void_charge(charge_id=self.some(1)[0], reason="mistake", actor=self.desk.cashier, now=TEN)

    def do(self) -> None:
        if self.chance.random() < 0.2:
            row = Charge.objects.get(id=self.some(1)[0])
            mark_executed(source_ids=[row.source_id], actor=self.desk.visit.doctor, now=TEN)


@pytest.mark.requirement("F46", "F47")
def test_after_everything_at_once_every_cent_is_accounted_for() -> None:
    desk = make_desk()
    charges = charge(desk, *[order(("CBC", "AML", "CXR")[number % 3], "3") for number in range(24)])
    with ThreadPoolExecutor(WORKERS) as pool:
        outcomes = sum(pool.map(lambda seed: Walker(desk, charges, seed).walk(), range(WORKERS)), Counter())
    assert outcomes["pay"] > 5, outcomes
    assert outcomes["refund"] > 5, outcomes
    check_settlements()
    check_refunds()


def check_settlements() -> None:
    """Settled money is the sum of its lines, and no line is paid twice or by nobody."""
    for settlement in Settlement.objects.all():
        lines = settlement.lines.aggregate(sum=Sum("amount"))["sum"]
        assert settlement.amount == lines
        allocated = Allocation.objects.filter(settlement=settlement).first()
        assert (allocated is not None) == (settlement.state == SettlementState.SETTLED)
        assert allocated is None or allocated.amount == settlement.amount
    live = SettlementLine.objects.filter(is_live=True)
    for row in Charge.objects.all():
        mine = live.filter(charge=row)
        is_taken = row.state not in {ChargeState.PENDING, ChargeState.VOID}
        assert mine.count() == int(is_taken)
        if row.settled_at is not None:
            assert mine.get().settlement.state == SettlementState.SETTLED


def check_refunds() -> None:
    """What lines say was given back is what refunds gave back, and never more than was charged."""
    counted: dict[str, Any] = {"qty": Sum("qty"), "base": Sum("base"), "total": Sum("total")}
    for row in Charge.objects.all():
        parts = RefundLine.objects.filter(charge=row).exclude(note__state=RefundState.FAILED).aggregate(**counted)
        assert row.refunded_qty == (parts["qty"] or 0)
        assert row.refunded_total == (parts["total"] or 0)
        assert row.refunded_base == (parts["base"] or 0)
        assert row.execution != "EXECUTED" or row.refunded_qty < row.qty
        if row.refunded_qty == row.qty:
            assert row.refunded_total == row.total
    for note in RefundNote.objects.exclude(state=RefundState.FAILED):
        assert note.amount == note.lines.aggregate(sum=Sum("paid_back"))["sum"]
    for settlement in Settlement.objects.filter(state=SettlementState.SETTLED):
        back = settlement.refunds.exclude(state=RefundState.FAILED).aggregate(sum=Sum("amount"))["sum"] or 0
        assert back <= settlement.amount
