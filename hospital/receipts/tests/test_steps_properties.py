"""Whatever refunds end and whatever goes wrong, blue less red ends as paid less refunded (F47)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hospital.billing.tests.factories import Desk, make_desk, order, settle
from hospital.kernel.ids import new_id
from hospital.receipts.api import issue_again, keep_up
from hospital.receipts.rules.steps import Known, Step, Wanted, next_step, wait_before
from hospital.receipts.states import ReceiptKind, ReceiptState
from hospital.receipts.tests.factories import NOW, finish, net_of, receipts_of, refund, sum_of
from hospital.receipts.tests.platform import Platform

TROUBLES = st.sampled_from(["", "LOST", "DOWN", "开票点未启用"])


class Book:
    """A bill of 100.00 and the receipts that the steps make of it, on a platform without troubles."""

    def __init__(self) -> None:
        self.left = Decimal(100)
        self.rows: list[tuple[Known, Decimal]] = []

    def step(self) -> bool:
        found = next_step([each for each, _ in self.rows], Wanted(total=self.left, digest=str(self.left)))
        if found is None:
            return False
        step, receipt_id = found
        place = next((i for i, (each, _) in enumerate(self.rows) if each.id == receipt_id), -1)
        if step is Step.ISSUE:
            self.rows.append((_known(ReceiptKind.BLUE, str(self.left)), self.left))
        elif step is Step.REVERSE:
            self.rows.append((_known(ReceiptKind.RED, self.rows[place][0].digest), self.rows[place][1]))
        else:
            self._send(place)
        return True

    def _send(self, place: int) -> None:
        row, amount = self.rows[place]
        if row.kind is ReceiptKind.RED:
            blue = next(i for i, (each, _) in enumerate(self.rows) if _is_in_force(each))
            taken, covered = self.rows[blue]
            self.rows[blue] = (replace(taken, state=ReceiptState.REVERSED), covered)
        self.rows[place] = (replace(row, state=ReceiptState.ISSUED), amount)

    def sum_of(self, kind: ReceiptKind) -> Decimal:
        return sum((amount for each, amount in self.rows if each.kind is kind), Decimal(0))


def _is_in_force(each: Known) -> bool:
    return each.kind is ReceiptKind.BLUE and each.state is ReceiptState.ISSUED


def _known(kind: ReceiptKind, digest: str) -> Known:
    return Known(id=new_id(), kind=kind, state=ReceiptState.REQUESTED, digest=digest)


@pytest.mark.requirement("F47", "N16")
@given(refunds=st.lists(st.integers(1, 40), max_size=6), steps_between=st.lists(st.integers(0, 4), min_size=6))
def test_the_steps_lead_to_what_is_left(refunds: list[int], steps_between: list[int]) -> None:
    book = Book()
    for back, steps in zip(refunds, steps_between, strict=False):
        for _ in range(steps):
            book.step()
        book.left = max(book.left - back, Decimal(0))
    while book.step():
        pass
    assert book.sum_of(ReceiptKind.BLUE) - book.sum_of(ReceiptKind.RED) == book.left
    assert sum(_is_in_force(each) for each, _ in book.rows) == (book.left > 0)


def test_a_wait_grows_to_an_hour() -> None:
    waits = [wait_before(sent_first_at=NOW, now=NOW + timedelta(hours=hours)) for hours in (0, 1, 48)]
    assert [wait.total_seconds() for wait in waits] == [20, 1800, 3600]


@pytest.fixture
def desk() -> Desk:
    """One for all examples."""
    return make_desk()


@pytest.mark.django_db
@pytest.mark.usefixtures("acquirer", "platform")
@pytest.mark.requirement("F47", "N16")
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(
    parts=st.lists(st.integers(1, 3), min_size=1, max_size=3),
    issues=st.lists(TROUBLES, max_size=4),
    reversals=st.lists(TROUBLES, max_size=3),
    finds=st.lists(st.sampled_from(["", "DOWN"]), max_size=3),
    is_kept_between=st.booleans(),
)
def test_partial_refunds_and_troubles_end_in_agreement(
    desk: Desk, parts: list[int], issues: list[str], reversals: list[str], finds: list[str], is_kept_between: bool
) -> None:
    platform = Platform.connected
    before = platform.blue_total - platform.red_total
    platform.troubles = {"issue": issues, "reverse": reversals, "find": finds}
    settlement, (line,) = settle(desk, order("AML", "9"))
    keep_up(settlement_id=settlement.id, now=NOW)
    for qty in parts:
        finish(refund(desk, settlement, (line, str(qty))))
        if is_kept_between:
            keep_up(settlement_id=settlement.id, now=NOW)
    for _ in range(10):
        for failed in [one for one in receipts_of(settlement) if one.state is ReceiptState.FAILED]:
            issue_again(receipt_id=failed.id, actor=desk.cashier, now=NOW)
        keep_up(settlement_id=settlement.id, now=NOW)
    receipts = receipts_of(settlement)
    assert sum_of(receipts) == net_of(settlement)
    assert platform.blue_total - platform.red_total - before == net_of(settlement)
    assert len({one.number for one in receipts if one.number}) == sum(bool(one.number) for one in receipts)
    assert all(one.state is not ReceiptState.SENT for one in receipts)
