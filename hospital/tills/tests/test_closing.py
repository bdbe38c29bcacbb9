"""The daily settlement: nothing left out, nothing twice, three sums that agree (F46, N16, brief §2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from hospital.billing.api import (
    Tender,
    allocate_payments,
    approve_refund,
    complete_refund,
    quote_bill,
    request_refund,
    start_settlement,
)
from hospital.billing.errors import NotCashier
from hospital.billing.models import Charge
from hospital.billing.tests.factories import Desk, charge, make_desk, order, settle
from hospital.billing.tests.insurers import ask_back, cover, settle_insured
from hospital.billing.types import MoveKind, RefundRequestLine, SettlementInfo
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Actor, Role, system_actor
from hospital.kernel.clock import SHANGHAI
from hospital.payments.api import CashTaken, record_payment
from hospital.payments.models import PaymentEvent
from hospital.tills.api import (
    check_closing,
    close_machines,
    close_till,
    get_closing,
    list_entries,
    post_closing,
    read_open_till,
    sum_closings,
)
from hospital.tills.errors import (
    CashNotCounted,
    CauseMissing,
    CheckedByCloser,
    ClosingOutOfTurn,
    ClosingUnknown,
    EntriesChanged,
    NothingToClose,
)
from hospital.tills.models import Closing, ClosingEntry
from hospital.tills.types import Cause, ClosingInfo, ClosingState, TillKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer"), pytest.mark.requirement("F46")]
WATCH = system_actor("test")


def at(hour: int, *, day: int = 0) -> datetime:
    return TEN.astimezone(SHANGHAI).replace(hour=hour, minute=0) + timedelta(days=day)


def take_cash(desk: Desk, *codes: str, now: datetime) -> SettlementInfo:
    """The desk's cashier takes cash for these items."""
    charges = charge(desk, *[order(code, signed_at=now) for code in codes], now=now)
    token = quote_bill(charge_ids=charges, actor=desk.cashier, now=now).token
    settlement = start_settlement(quote_token=token, idempotency_key=str(uuid4()), actor=desk.cashier, now=now)
    due = settlement.amount.quantize(Decimal("0.1")).quantize(Decimal("0.01"))
    paid = record_payment(
        taken=CashTaken(amount=due, given=due),
        reference_kind="settlement",
        reference=str(settlement.id),
        person_id=settlement.person_id,
        idempotency_key=str(uuid4()),
        actor=desk.cashier,
        now=now,
    )
    return allocate_payments(
        settlement_id=settlement.id,
        tenders=[Tender(payment_id=paid.id, amount=paid.amount, is_cash=True)],
        actor=desk.cashier,
        now=now,
    )


def give_back(desk: Desk, settlement: SettlementInfo, *, now: datetime) -> None:
    line = Charge.objects.filter(settlement_id=settlement.id).order_by("id").first()
    assert line is not None
    request_refund(
        settlement_id=settlement.id,
        lines=[RefundRequestLine(line.id, line.qty)],
        reason="not needed",
        idempotency_key=str(uuid4()),
        actor=desk.cashier,
        now=now,
    )


def close(actor: Actor, *, now: datetime, **changes: object) -> ClosingInfo:
    found = read_open_till(campus_code="IMC", kind=TillKind.CASHIER, holder=actor.id, now=now)
    fen = int(found.summary.cash * 100)
    facts: dict[str, object] = {
        "expected_entries": len(found.entries),
        "counts": {"1": fen // 100, "0.10": fen % 100 // 10},
        "cause": None,
        "explanation": "",
    }
    return close_till(actor=actor, now=now, **(facts | changes))  # type: ignore[arg-type]


@pytest.mark.requirement("N16")
def test_the_three_sums_and_the_payments_agree() -> None:
    desk = make_desk()
    first = take_cash(desk, "CBC", "AML", now=at(9))
    take_cash(desk, "CXR", now=at(10))
    give_back(desk, first, now=at(11))
    closing = close(desk.cashier, now=at(17))
    summary = sum_closings(closing_ids=[closing.id])
    by_class = sum((row.net for row in summary.by_class), Decimal(0))
    by_channel = sum((row.net for row in summary.by_channel), Decimal(0))
    by_payer = sum((row.net for row in summary.by_payer), Decimal(0))
    assert by_class + summary.rounding == by_channel == by_payer == summary.total.net == closing.net
    events = PaymentEvent.objects.values_list("kind").annotate(sum=Sum("amount"))
    moved = {kind: total for kind, total in events if total is not None}
    assert closing.net == moved["PAID"] - moved["REFUNDED"]
    assert (closing.came, -closing.went) == (moved["PAID"], moved["REFUNDED"])
    assert (closing.entries, closing.difference, closing.state) == (3, Decimal(0), ClosingState.SIGNED)
    assert [entry.kind for entry in list_entries(closing_ids=[closing.id])] == [
        MoveKind.SETTLED,
        MoveKind.SETTLED,
        MoveKind.REFUNDED,
    ]


def test_settlements_follow_each_other_without_gap_or_overlap() -> None:
    desk = make_desk()
    take_cash(desk, "CBC", now=at(9))
    morning = close(desk.cashier, now=at(12))
    with pytest.raises(NothingToClose):
        close(desk.cashier, now=at(13))
    take_cash(desk, "AML", now=at(14))
    tomorrow = close(desk.cashier, now=at(9, day=1))  # it may span days
    assert tomorrow.started_at == morning.ended_at
    assert tomorrow.entries == 1
    row = Closing.objects.get(id=tomorrow.id)
    for gap in (timedelta(minutes=1), -timedelta(minutes=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Closing.objects.filter(id=row.id).update(started_at=row.started_at + gap)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingEntry.objects.update(charged=1)


def test_a_settlement_that_was_late_to_commit_is_in_the_next_one() -> None:
    desk = make_desk()
    take_cash(desk, "CBC", now=at(10))
    close(desk.cashier, now=at(12))
    late = take_cash(desk, "AML", now=at(11))  # it carries an instant of the closed period
    closing = close(desk.cashier, now=at(13))
    assert [entry.settlement_id for entry in list_entries(closing_ids=[closing.id])] == [late.id]


def test_a_settlement_never_spans_months() -> None:
    desk = make_desk()
    last = at(9).replace(day=1) + timedelta(days=40)
    last = last.replace(day=1) - timedelta(days=1)
    take_cash(desk, "CBC", now=last)
    take_cash(desk, "AML", now=last + timedelta(days=1))
    old = close(desk.cashier, now=last + timedelta(days=1, hours=8))
    assert (old.entries, old.ended_at.astimezone(SHANGHAI).day) == (1, 1)
    assert old.ended_at.astimezone(SHANGHAI).hour == 0
    new = close(desk.cashier, now=last + timedelta(days=1, hours=9))
    assert (new.entries, new.started_at) == (1, old.ended_at)


def test_a_difference_needs_a_cause_and_stays_written_down() -> None:
    desk = make_desk()
    take_cash(desk, "CBC", now=at(9))
    with pytest.raises(CauseMissing) as refusal:
        close(desk.cashier, now=at(12), counts={"10": 2})
    assert "-6.00" in str(refusal.value.message)
    assert not Closing.objects.exists()
    closing = close(desk.cashier, now=at(12), counts={"10": 2}, cause=Cause.WRONG_CHANGE, explanation=" 6 too much ")
    assert (closing.difference, closing.cause) == (Decimal("-6.00"), Cause.WRONG_CHANGE)
    assert closing.explanation == "6 too much"
    assert get_closing(closing_id=closing.id, actor=desk.cashier) == closing


@pytest.mark.parametrize("counts", [{"3": 1}, {"100": -1}, {"100": 10**9}])
def test_impossible_counts_are_refused(counts: dict[str, int]) -> None:
    desk = make_desk()
    take_cash(desk, "CBC", now=at(9))
    with pytest.raises(CashNotCounted):
        close(desk.cashier, now=at(12), counts=counts)


def test_what_moved_since_the_page_was_opened_is_seen_first() -> None:
    desk = make_desk()
    take_cash(desk, "CBC", now=at(9))
    take_cash(desk, "AML", now=at(10))
    with pytest.raises(EntriesChanged):
        close(desk.cashier, now=at(12), expected_entries=1)
    assert not Closing.objects.exists()


def test_two_people_and_the_finance_office() -> None:
    desk = make_desk()
    take_cash(desk, "CBC", now=at(9))
    closing = close(desk.cashier, now=at(12))
    second = make_staff(Role.CASHIER, campus="IMC", name="second")
    finance = make_staff(Role.FINANCE, campus="IMC", name="finance")
    elsewhere = make_staff(Role.CASHIER, campus="NORTH", name="elsewhere")
    with pytest.raises(CheckedByCloser):
        check_closing(closing_id=closing.id, actor=desk.cashier, now=at(13))
    with pytest.raises(ClosingUnknown):
        check_closing(closing_id=closing.id, actor=elsewhere, now=at(13))
    with pytest.raises(NotCashier):
        check_closing(closing_id=closing.id, actor=desk.visit.doctor, now=at(13))
    with pytest.raises(ClosingUnknown):
        get_closing(closing_id=closing.id, actor=elsewhere)
    with pytest.raises(ClosingOutOfTurn):
        post_closing(closing_id=closing.id, actor=finance, now=at(13))
    for _ in range(2):
        assert check_closing(closing_id=closing.id, actor=second, now=at(13)).state is ClosingState.CHECKED
    with pytest.raises(ClosingUnknown):
        post_closing(closing_id=closing.id, actor=second, now=at(14))
    for _ in range(2):
        assert post_closing(closing_id=closing.id, actor=finance, now=at(14)).state is ClosingState.POSTED


def test_phones_close_by_themselves() -> None:
    desk = make_desk()
    settle(desk, order("CBC"))
    (closing,) = close_machines(actor=WATCH, now=at(23))
    assert (closing.kind, closing.entries, closing.cash_counted) == (TillKind.ONLINE, 1, None)
    assert close_machines(actor=WATCH, now=at(23)) == []
    take_cash(desk, "CBC", now=at(9))
    assert close_machines(actor=WATCH, now=at(23)) == []
    assert close(desk.cashier, now=at(23)).entries == 1


def test_a_doctor_closes_nothing() -> None:
    desk = make_desk()
    with pytest.raises(NotCashier):
        close(desk.visit.doctor, now=at(12))


@pytest.mark.django_db(transaction=True)
def test_two_who_close_one_till_at_once_close_it_once() -> None:
    desk = make_desk()
    take_cash(desk, "CBC", now=at(9))

    def attempt(_: int) -> str:
        try:
            return close(desk.cashier, now=at(12)).number
        except (NothingToClose, EntriesChanged) as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(attempt, range(4)))
    assert sum(answer.startswith("D") for answer in answers) == 1, answers
    assert (Closing.objects.count(), ClosingEntry.objects.count()) == (1, 1)


@pytest.mark.requirement("N16")
def test_what_an_insurer_owes_is_told_by_payer_and_is_in_no_drawer() -> None:
    desk = make_desk()
    settlement, (cbc,) = settle_insured(desk, cover(desk), order("CBC", "2"))
    refund = ask_back(desk, settlement, (cbc, "1"))
    second = make_staff(Role.CASHIER)
    done = approve_refund(refund_id=refund.id, actor=second, now=at(12))
    for tender in done.tenders:
        complete_refund(payment_refund_id=tender.payment_refund_id, has_succeeded=True, actor=WATCH, now=at(13))
    back = read_open_till(campus_code="IMC", kind=TillKind.CASHIER, holder=second.id, now=at(17)).summary
    assert (back.total.went, back.covered) == (Decimal("-5.40"), Decimal("-18.00"))
    summary = read_open_till(campus_code="IMC", kind=TillKind.CASHIER, holder=desk.cashier.id, now=at(17)).summary
    assert (summary.total.came, summary.covered) == (Decimal("10.80"), Decimal("36.00"))
    closing = close(desk.cashier, now=at(17))
    stored = sum_closings(closing_ids=[closing.id])
    assert stored == summary
    assert {row.code: row.net for row in stored.by_payer} == {
        "SELF": Decimal("10.80"),
        "COMMERCIAL": Decimal("36.00"),
    }
    by_class = sum((row.net for row in stored.by_class), Decimal(0))
    assert by_class + stored.rounding == stored.total.net + stored.covered == sum(row.net for row in stored.by_payer)
    assert sum(row.net for row in stored.by_channel) == stored.total.net
