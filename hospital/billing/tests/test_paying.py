"""Quotes, settlements and allocated payments (F46, A07, X50)."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from hospital.billing.api import (
    allocate_payment,
    get_settlement,
    list_pending_charges,
    list_unpaid_sources,
    quote_bill,
    release_settlement,
    start_settlement,
    void_charge,
)
from hospital.billing.errors import (
    AllocationAmountMismatch,
    AllocationTaken,
    AlreadyPaid,
    BillsApart,
    ChargeUnknown,
    IdempotencyKeyReused,
    NotCashier,
    NothingToPay,
    PaymentInProgress,
    QuoteExpired,
    QuoteMismatch,
    QuoteUnknown,
    SettlementUnknown,
)
from hospital.billing.models import Allocation, Charge, Quote, QuoteLine, Settlement
from hospital.billing.states import ChargeState, SettlementState
from hospital.billing.tests.factories import (
    SYSTEM,
    add_desk,
    charge,
    charge_booking,
    later,
    line,
    make_desk,
    order,
    pay,
    quote,
    start,
)
from hospital.catalog.api import publish_price
from hospital.catalog.tests.factories import make_items, new_item, price_officer
from hospital.encounters.tests.clinic import TEN, make_patient, make_person
from hospital.kernel.events import list_events
from hospital.patients.errors import UnknownPerson
from hospital.payments.tests.factories import make_paid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer")]
EVENING = datetime.fromisoformat("2026-11-25T23:50:00+08:00")
NEXT_DAY = datetime.fromisoformat("2026-11-26T00:00:00+08:00")


@pytest.mark.requirement("F46", "A07")
def test_a_quote_adds_up_and_lives_for_fifteen_minutes() -> None:
    desk = make_desk()
    offer = quote(desk, charge(desk, order("CBC"), order("AML", "2")))
    assert offer.expires_at == later(minutes=15)
    assert (offer.totals.base, offer.totals.surcharge, offer.totals.total) == (
        Decimal("45.92"),
        Decimal("6.00"),
        Decimal("51.92"),
    )
    assert [each.number for each in offer.lines] == [1, 2]
    assert offer.changes == ()


@pytest.mark.requirement("F46", "A07")
def test_a_paid_quote_settles_its_lines() -> None:
    desk = make_desk()
    first, second = order("CBC"), order("AML", "2")
    charges = charge(desk, first, second)
    settlement = start(desk, charges)
    assert {line(each).state for each in charges} == {ChargeState.CONFIRMED}
    assert list_unpaid_sources(source_ids=[first.source_id]) == {first.source_id}
    payment = pay(settlement, now=later(minutes=3))
    done = get_settlement(settlement_id=settlement.id)
    assert (done.state, done.payment_id, done.settled_at) == (SettlementState.SETTLED, payment.id, later(minutes=3))
    assert {line(each).state for each in charges} == {ChargeState.SETTLED}
    assert list_unpaid_sources(source_ids=[first.source_id, second.source_id]) == frozenset()
    assert not list_pending_charges(person_id=desk.visit.person_id, actor=desk.patient, now=TEN)


@pytest.mark.requirement("A16")
def test_a_settlement_is_told_to_the_booking_and_to_the_visit() -> None:
    desk = make_desk()
    appointment_id, fee = charge_booking(desk)
    pay(start(desk, [*fee, *charge(desk, order("CBC"))]))
    (booked,) = [event for event in list_events(subject_id=str(appointment_id)) if event.kind == "billing.settled"]
    assert booked.facts["kinds"] == ["registration"]
    of_visit = [event for event in list_events(encounter_id=desk.visit.encounter_id) if event.kind == "billing.settled"]
    assert [event.facts["kinds"] for event in of_visit] == [["orders"]]


@pytest.mark.requirement("F46")
def test_a_quote_is_refused_at_its_expiry_and_nothing_changes() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    token = quote(desk, charges).token
    with pytest.raises(QuoteExpired):
        start_settlement(quote_token=token, idempotency_key="k", actor=desk.patient, now=later(minutes=15))
    assert not Settlement.objects.exists()
    assert line(charges[0]).state is ChargeState.PENDING
    start_settlement(quote_token=token, idempotency_key="k", actor=desk.patient, now=later(minutes=14, seconds=59))


@pytest.mark.requirement("F46")
def test_a_line_that_changed_since_the_quote_is_refused() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"), order("CXR"))
    token = quote(desk, charges).token
    Charge.objects.filter(id=charges[0]).update(version=2)
    with pytest.raises(QuoteMismatch):
        start_settlement(quote_token=token, idempotency_key="k", actor=desk.patient, now=TEN)
    void_charge(charge_id=charges[1], reason="mistake", actor=desk.cashier, now=TEN)
    with pytest.raises(NothingToPay):
        start_settlement(quote_token=token, idempotency_key="k", actor=desk.patient, now=TEN)
    assert not Settlement.objects.exists()


def test_what_cannot_be_quoted() -> None:
    desk, other = make_desk(), add_desk()
    charges = charge(desk, order("CBC"))
    strangers = charge(other, order("CBC"))
    for wanted, refusal in (
        ([], NothingToPay),
        ([uuid4()], ChargeUnknown),
        ([*charges, *strangers], UnknownPerson),
        (strangers, UnknownPerson),
    ):
        with pytest.raises(refusal):
            quote_bill(charge_ids=wanted, actor=desk.patient, now=TEN)
    assert not Quote.objects.exists()


def test_bills_of_two_people_or_campuses_are_paid_separately() -> None:
    desk, other = make_desk(), add_desk()
    charges = [*charge(desk, order("CBC")), *charge(other, order("CBC"))]
    with pytest.raises(BillsApart):
        quote_bill(charge_ids=charges, actor=desk.cashier, now=TEN)
    assert not Quote.objects.exists()


def test_staff_take_money_only_as_cashiers_of_the_campus() -> None:
    desk = make_desk()
    token = quote(desk, charge(desk, order("CBC"))).token
    with pytest.raises(NotCashier):
        start_settlement(quote_token=token, idempotency_key="k", actor=desk.visit.doctor, now=TEN)
    assert not Settlement.objects.exists()
    assert start_settlement(quote_token=token, idempotency_key="k", actor=desk.cashier, now=TEN).amount == 26


def test_a_token_of_nobody_or_of_another_person_is_refused() -> None:
    desk = make_desk()
    token = quote(desk, charge(desk, order("CBC"))).token
    stranger = make_patient(make_person().id)
    with pytest.raises(QuoteUnknown):
        start_settlement(quote_token="nobody", idempotency_key="k", actor=desk.patient, now=TEN)
    with pytest.raises(UnknownPerson):
        start_settlement(quote_token=token, idempotency_key="k", actor=stranger, now=TEN)
    assert not Settlement.objects.exists()


@pytest.mark.requirement("F46")
def test_paid_twice_is_refused() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    token = quote(desk, charges).token
    pay(start(desk, charges))
    with pytest.raises(AlreadyPaid):
        start_settlement(quote_token=token, idempotency_key="again", actor=desk.patient, now=TEN)
    with pytest.raises(AlreadyPaid):
        quote(desk, charges)


@pytest.mark.requirement("F46")
def test_while_one_pays_another_waits_until_the_first_gives_up() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    token = quote(desk, charges).token
    first = start(desk, charges)
    with pytest.raises(PaymentInProgress) as refusal:
        start_settlement(quote_token=token, idempotency_key="second", actor=desk.patient, now=TEN)
    assert refusal.value.facts["settlement"] == str(first.id)
    release_settlement(settlement_id=first.id, reason="declined", actor=SYSTEM, now=TEN)
    release_settlement(settlement_id=first.id, reason="declined", actor=SYSTEM, now=TEN)
    assert line(charges[0]).state is ChargeState.PENDING
    second = start_settlement(quote_token=token, idempotency_key="second", actor=desk.patient, now=TEN)
    pay(second)
    assert release_settlement(settlement_id=second.id, reason="late", actor=SYSTEM, now=TEN).state == "SETTLED"


def test_a_payer_who_never_comes_back_does_not_hold_the_bill_for_ever() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    first = start(desk, charges)
    with pytest.raises(PaymentInProgress):
        quote(desk, charges, now=later(minutes=44))
    second = start(desk, charges, now=later(minutes=45))
    assert get_settlement(settlement_id=first.id).state is SettlementState.RELEASED
    late = make_paid("26.00")
    with pytest.raises(AllocationTaken):
        allocate_payment(
            settlement_id=first.id, payment_id=late.id, amount=late.amount, actor=SYSTEM, now=later(minutes=46)
        )
    pay(second, now=later(minutes=47))
    assert line(charges[0]).settlement_id == second.id


@pytest.mark.requirement("F46")
def test_late_money_settles_lines_that_nobody_else_took() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    settlement = start(desk, charges)
    release_settlement(settlement_id=settlement.id, reason="unknown", actor=SYSTEM, now=later(minutes=30))
    pay(settlement, now=later(hours=2))
    assert line(charges[0]).state is ChargeState.SETTLED
    again = charge(desk, order("CXR"))
    changed = start(desk, again)
    release_settlement(settlement_id=changed.id, reason="unknown", actor=SYSTEM, now=TEN)
    void_charge(charge_id=again[0], reason="cancelled", actor=desk.cashier, now=TEN)
    with pytest.raises(AllocationTaken):
        pay(changed)
    assert line(again[0]).state is ChargeState.VOID


@pytest.mark.requirement("F46")
def test_a_second_allocation_is_refused_and_the_same_one_changes_nothing() -> None:
    desk = make_desk()
    settlement = start(desk, charge(desk, order("CBC")))
    payment = pay(settlement)
    allocate_payment(settlement_id=settlement.id, payment_id=payment.id, amount=payment.amount, actor=SYSTEM, now=TEN)
    with pytest.raises(AllocationTaken):
        pay(settlement)
    other = start(desk, charge(desk, order("CBC")))
    with pytest.raises(AllocationTaken):
        allocate_payment(settlement_id=other.id, payment_id=payment.id, amount=payment.amount, actor=SYSTEM, now=TEN)
    assert Allocation.objects.count() == 1
    assert get_settlement(settlement_id=other.id).state is SettlementState.OPEN
    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.update(amount=1)


def test_money_of_another_amount_is_refused() -> None:
    desk = make_desk()
    settlement = start(desk, charge(desk, order("CBC")))
    payment = make_paid("25.00")
    for wanted, refusal in ((settlement.id, AllocationAmountMismatch), (uuid4(), SettlementUnknown)):
        with pytest.raises(refusal):
            allocate_payment(settlement_id=wanted, payment_id=payment.id, amount=payment.amount, actor=SYSTEM, now=TEN)
    assert not Allocation.objects.exists()


@pytest.mark.requirement("F46")
def test_the_same_key_gives_the_same_settlement_and_another_quote_is_refused() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    token = quote(desk, charges).token
    first = start_settlement(quote_token=token, idempotency_key="k", actor=desk.patient, now=TEN)
    again = start_settlement(quote_token=token, idempotency_key="k", actor=desk.patient, now=later(minutes=20))
    assert again == first
    other = quote(desk, charge(desk, order("CXR"))).token
    with pytest.raises(IdempotencyKeyReused):
        start_settlement(quote_token=other, idempotency_key="k", actor=desk.patient, now=TEN)
    assert Settlement.objects.count() == 1


def test_a_bill_of_nothing_is_settled_at_once() -> None:
    desk = make_desk()
    make_items(new_item("FREE", "0.00"))
    charges = charge(desk, order("FREE"))
    settlement = start(desk, charges)
    assert (settlement.state, settlement.amount) == (SettlementState.SETTLED, Decimal("0.00"))
    assert line(charges[0]).state is ChargeState.SETTLED


@pytest.mark.requirement("F46")
def test_after_the_hold_a_preview_prices_again_and_says_what_changed() -> None:
    desk = make_desk()
    (charge_id,) = charge(desk, order("CBC"))
    publish_price(code="CBC", base_u=Decimal("22.00"), valid_from=later(hours=2), actor=price_officer(), now=TEN)
    held = quote(desk, [charge_id], now=EVENING - timedelta(minutes=10))
    assert (held.totals.total, held.changes) == (Decimal("26.00"), ())
    renewed = quote(desk, [charge_id], now=NEXT_DAY)
    (change,) = renewed.changes
    assert (change.old_u, change.new_u, change.old_total, change.new_total) == (
        Decimal("26.00"),
        Decimal("28.60"),
        Decimal("26.00"),
        Decimal("28.60"),
    )
    assert renewed.totals.total == Decimal("28.60")
    assert (line(charge_id).version, line(charge_id).priced_at) == (2, NEXT_DAY)
    assert quote(desk, [charge_id], now=NEXT_DAY + timedelta(minutes=1)).changes == ()


@pytest.mark.requirement("F46")
def test_a_quote_in_hand_is_honoured_past_midnight_and_cannot_be_prolonged() -> None:
    desk = make_desk()
    (charge_id,) = charge(desk, order("CBC"))
    publish_price(code="CBC", base_u=Decimal("22.00"), valid_from=later(hours=2), actor=price_officer(), now=TEN)
    offer = quote(desk, [charge_id], now=EVENING)
    again = quote(desk, [charge_id], now=NEXT_DAY)
    assert (again.totals.total, again.expires_at) == (offer.totals.total, offer.expires_at)
    settlement = start_settlement(
        quote_token=offer.token, idempotency_key="k", actor=desk.patient, now=offer.expires_at - timedelta(seconds=1)
    )
    assert settlement.amount == Decimal("26.00")
    release_settlement(settlement_id=settlement.id, reason="declined", actor=SYSTEM, now=offer.expires_at)
    assert quote(desk, [charge_id], now=offer.expires_at).totals.total == Decimal("28.60")


def test_the_number_of_queries_does_not_grow_with_the_bill(django_assert_num_queries, django_assert_max_num_queries):
    desk = make_desk()
    small = charge(desk, order("CBC"))
    large = charge(desk, *[order("CBC") for _ in range(100)])
    with django_assert_max_num_queries(20) as one:
        offer = quote(desk, small)
    with django_assert_num_queries(len(one)):
        many = quote(desk, large)
    assert QuoteLine.objects.count() == 101
    with django_assert_max_num_queries(25) as one:
        start_settlement(quote_token=offer.token, idempotency_key="small", actor=desk.patient, now=TEN)
    with django_assert_num_queries(len(one)):
        start_settlement(quote_token=many.token, idempotency_key="large", actor=desk.patient, now=TEN)


def test_pricing_a_large_bill_again_needs_a_fixed_number_of_queries(
    django_assert_num_queries, django_assert_max_num_queries
) -> None:
    desk = make_desk()
    small = charge(desk, order("CBC"))
    large = charge(desk, *[order("CBC") for _ in range(80)])
    publish_price(code="CBC", base_u=Decimal("22.00"), valid_from=later(hours=2), actor=price_officer(), now=TEN)
    with django_assert_max_num_queries(30) as one:
        assert len(quote(desk, small, now=NEXT_DAY).changes) == 1
    with django_assert_num_queries(len(one)):
        assert len(quote(desk, large, now=NEXT_DAY).changes) == 80
    assert {line(each).total for each in large} == {Decimal("28.60")}
