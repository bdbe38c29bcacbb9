"""Paying late, giving back and changing: the money follows the terms that the patient was told (A04, W22)."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from hospital.accounts.addresses import parse_address
from hospital.accounts.models import PatientAccount
from hospital.appointments.api import get_appointment, list_unpaid
from hospital.appointments.errors import CancelTooLate, NotChangeable, SlotFull
from hospital.appointments.models import Appointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.tests.factories import Booker, make_booker
from hospital.billing.api import list_pending_charges, list_refunds, quote_bill
from hospital.billing.models import Charge, RefundNote
from hospital.billing.states import FeeState
from hospital.catalog.tests.factories import make_hospital_catalog, make_items, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.tests.threads import run_together
from hospital.notifications.models import Message
from hospital.payments.api import list_refund_orders
from hospital.payments.models import PaymentOrder
from hospital.payments.tests.factories import FakeAcquirer, paid_order
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_slot
from hospital.workflows.book import cancel_booking, confirm_booking
from hospital.workflows.booking_calendar import render_calendar
from hospital.workflows.booking_terms import compute_booking_terms, list_booking_fees
from hospital.workflows.change_booking import change_booking, preview_change
from hospital.workflows.errors import BookingTermsChanged
from hospital.workflows.journey import NodeKind, NodeState, get_journey
from hospital.workflows.pay_bill import follow_payment, start_bill_payment
from hospital.workflows.return_unpaid import return_unpaid_places
from hospital.workflows.tests.factories import PAGE
from hospital.workflows.visit import take_visit_number

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "W22")]
IN_TWO_DAYS = TEN + timedelta(days=2)
FEE = Decimal("35.00")


@pytest.fixture
def catalog(acquirer: FakeAcquirer) -> FakeAcquirer:
    """Two registration fees: 35.00 and 80.00."""
    make_hospital_catalog()
    category = ServiceFacts(category=ServiceCategory.REGISTRATION)
    make_items(new_item("REG2", "80.00", fee_class=FeeClass.REGISTRATION, service=category))
    return acquirer


def place(item: str = "REG1", **facts: Any) -> Slot:
    slot = make_slot(**{"starts_at": IN_TWO_DAYS, **facts})
    RosterSession.objects.filter(pk=slot.session_id).update(registration_item_code=item, service_line="NORMAL")
    return slot


def book(booker: Booker, slot: Slot) -> UUID:
    return confirm_booking(appointment_id=booker.hold(slot.id), actor=booker.actor, now=TEN).id


def start_paying(booker: Booker, *, minutes: float = 1) -> PaymentOrder:
    now = TEN + timedelta(minutes=minutes)
    lines = list_pending_charges(person_id=booker.person_id, actor=booker.actor, now=now)
    offer = quote_bill(charge_ids=[line.id for line in lines], actor=booker.actor, now=now)
    started = start_bill_payment(
        quote_token=offer.token,
        idempotency_key=offer.token,
        means=PAGE,
        actor=booker.actor,
        now=now,
    )
    assert started.payment is not None
    return PaymentOrder.objects.get(pk=started.payment.id)


def let_pay(acquirer: FakeAcquirer, order: PaymentOrder, *, minutes: float = 2) -> None:
    acquirer.orders[order.number] = paid_order(order.number, order.amount)
    follow_payment(payment_id=order.pk, now=TEN + timedelta(minutes=minutes))


def pay(booker: Booker, acquirer: FakeAcquirer) -> PaymentOrder:
    order = start_paying(booker)
    let_pay(acquirer, order)
    return order


def fee_of(appointment_id: UUID) -> Any:
    return list_booking_fees(appointment_ids=[appointment_id])[appointment_id]


def taken(slot: Slot) -> int:
    return Slot.objects.get(pk=slot.pk).taken


def test_a_paid_booking_given_back_in_time_returns_the_whole_fee_to_where_it_came_from(catalog):
    booker, slot = make_booker(), place()
    booked = book(booker, slot)
    order = pay(booker, catalog)
    card = get_appointment(appointment_id=booked)
    terms = compute_booking_terms(appointment=card, fee=fee_of(booked), now=TEN)
    assert terms is not None
    assert (terms.refund, terms.kept, terms.pay_by, terms.can_change) == (FEE, Decimal("0.00"), None, True)
    for _ in range(2):
        cancel_booking(appointment_id=booked, reason="ill", actor=booker.actor, now=TEN, expected_refund=FEE)
    (back,) = list_refund_orders(order_id=order.pk)
    assert back.amount == FEE
    assert RefundNote.objects.get().reason == "PATIENT_CANCELED: ill"
    assert (taken(slot), fee_of(booked).paid) == (0, 0)


def test_a_day_later_the_refund_needs_no_cashier(catalog):
    booker, slot = make_booker(), place(starts_at=TEN + timedelta(days=9))
    booked = book(booker, slot)
    order = pay(booker, catalog)
    cancel_booking(appointment_id=booked, reason="", actor=booker.actor, now=TEN + timedelta(days=3))
    assert [refund.amount for refund in list_refund_orders(order_id=order.pk)] == [FEE]


def test_after_the_free_time_the_place_goes_back_and_the_fee_is_kept(catalog):
    booker, slot = make_booker(), place()
    booked = book(booker, slot)
    order = pay(booker, catalog)
    late = IN_TWO_DAYS - timedelta(hours=1)
    terms = compute_booking_terms(appointment=get_appointment(appointment_id=booked), fee=fee_of(booked), now=late)
    assert terms is not None
    assert (terms.refund, terms.kept, terms.can_change, terms.can_cancel) == (0, FEE, False, True)
    cancel_booking(appointment_id=booked, reason="", actor=booker.actor, now=late, expected_refund=Decimal("0.00"))
    assert list_refund_orders(order_id=order.pk) == []
    assert (taken(slot), fee_of(booked).state) == (0, FeeState.PAID)


def test_who_was_told_of_a_refund_that_is_no_longer_due_is_asked_again(catalog):
    booker, slot = make_booker(), place()
    booked = book(booker, slot)
    pay(booker, catalog)
    facts: dict[str, Any] = {"appointment_id": booked, "reason": "", "actor": booker.actor, "expected_refund": FEE}
    with pytest.raises(BookingTermsChanged):
        cancel_booking(**facts, now=IN_TWO_DAYS - timedelta(hours=1))
    assert (taken(slot), Appointment.objects.get().state) == (1, "BOOKED")
    with pytest.raises(CancelTooLate):
        cancel_booking(**facts, now=IN_TWO_DAYS)
    assert not RefundNote.objects.exists()


def test_a_change_at_the_same_fee_takes_the_payment_along(catalog):
    booker, old, new = make_booker(), place(), place()
    booked = book(booker, old)
    pay(booker, catalog)
    assert preview_change(appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN).is_same_fee
    changed = change_booking(
        appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN, expected_to_pay=Decimal("0.00")
    )
    assert (changed.id, changed.slot.id, changed.revision) == (booked, new.id, 1)
    assert (taken(old), taken(new)) == (0, 1)
    assert Charge.objects.count() == 1
    assert not RefundNote.objects.exists()


def test_a_change_to_another_fee_sends_the_old_one_back_and_charges_the_new(catalog):
    booker, old, new = make_booker(), place(), place("REG2")
    booked = book(booker, old)
    order = pay(booker, catalog)
    return_unpaid_places(now=TEN + timedelta(minutes=3))
    assert list_unpaid() == {}
    terms = preview_change(appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN)
    assert (terms.is_same_fee, terms.refund, terms.to_pay) == (False, FEE, Decimal("80.00"))
    with pytest.raises(BookingTermsChanged):
        change_booking(
            appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN, expected_to_pay=Decimal("79.00")
        )
    assert (taken(old), taken(new), Charge.objects.count()) == (1, 0, 1)
    change_booking(appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN, expected_to_pay=terms.to_pay)
    assert [refund.amount for refund in list_refund_orders(order_id=order.pk)] == [FEE]
    fee = fee_of(booked)
    assert (fee.state, fee.total, fee.paid, fee.refunded) == (FeeState.OPEN, Decimal("80.00"), 0, FEE)
    assert list_unpaid() == {booked: TEN + timedelta(days=1)}
    nodes = {node.kind: node.state for node in get_journey(appointment_id=booked, actor=booker.actor, now=TEN)}
    assert nodes[NodeKind.REGISTRATION_PAID] is NodeState.NOW
    pay(booker, catalog)
    assert (fee_of(booked).state, fee_of(booked).paid) == (FeeState.PAID, Decimal("80.00"))
    cancel_booking(appointment_id=booked, reason="", actor=booker.actor, now=TEN)
    assert sum(refund.amount for refund in list_refunds(person_id=booker.person_id, actor=booker.actor, now=TEN)) == 115


def test_an_unpaid_change_to_another_fee_voids_the_old_one(catalog):
    booker, old, new = make_booker(), place(), place("REG2")
    booked = book(booker, old)
    change_booking(appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN)
    assert Counter(Charge.objects.values_list("state", flat=True)) == {"VOID": 1, "PENDING": 1}
    assert not RefundNote.objects.exists()


def test_a_change_that_is_refused_leaves_place_and_fee(catalog):
    booker, old, new = make_booker(), place(), place("REG2")
    booked = book(booker, old)
    pay(booker, catalog)
    make_booker().hold(new.id)
    with pytest.raises(SlotFull):
        change_booking(appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN)
    assert (fee_of(booked).paid, taken(old)) == (FEE, 1)


def test_what_is_not_paid_in_time_goes_back_and_is_told(catalog):
    booker, slot = make_booker(), place()
    PatientAccount.objects.filter(pk=booker.actor.id).update(email=parse_address("a@example.com").sealed)
    booked = book(booker, slot)
    (due,) = list_unpaid().values()
    assert "Please pay by 2026-11-26 10:00" in Message.objects.get(kind="booking_confirmed").body
    assert return_unpaid_places(now=due - timedelta(seconds=1)) == 0
    assert return_unpaid_places(now=due) == 1
    assert return_unpaid_places(now=due) == 0
    card = get_appointment(appointment_id=booked)
    assert (card.state, card.end_reason, taken(slot)) == (AppointmentState.EXPIRED, "not paid in time", 0)
    assert Charge.objects.get().state == "VOID"
    assert "not paid for in time" in Message.objects.get(kind="booking_returned").body


def test_what_is_paid_keeps_its_place(catalog):
    booker, slot = make_booker(), place()
    booked = book(booker, slot)
    pay(booker, catalog)
    assert return_unpaid_places(now=TEN + timedelta(days=1, hours=2)) == 0
    assert get_appointment(appointment_id=booked).state is AppointmentState.BOOKED
    assert list_unpaid() == {}


def test_a_number_that_was_taken_keeps_its_place_unpaid(catalog):
    booker, slot = make_booker(), place(starts_at=TEN + timedelta(hours=1))
    booked = book(booker, slot)
    take_visit_number(appointment_id=booked, actor=booker.actor, now=TEN)
    assert return_unpaid_places(now=TEN + timedelta(hours=1)) == 0
    assert get_appointment(appointment_id=booked).state is AppointmentState.TAKEN


@pytest.mark.django_db(transaction=True)
def test_a_payment_that_is_under_way_is_waited_for_and_late_money_goes_back(catalog):
    booker, slot = make_booker(), place(starts_at=TEN + timedelta(minutes=40))
    booked = book(booker, slot)
    (due,) = list_unpaid().values()
    order = start_paying(booker, minutes=29)
    assert return_unpaid_places(now=due) == 0  # the payer is on the acquirer's page
    after = TEN + timedelta(minutes=29 + 46)
    assert return_unpaid_places(now=after) == 1
    let_pay(catalog, order, minutes=80)
    assert get_appointment(appointment_id=booked).state is AppointmentState.EXPIRED
    assert [refund.amount for refund in list_refund_orders(order_id=order.pk)] == [order.amount]
    assert Charge.objects.get().state == "VOID"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_money_that_arrives_as_the_place_goes_back_is_kept_or_returned_never_lost(catalog, turn):
    booker, slot = make_booker(), place(starts_at=TEN + timedelta(minutes=40))
    booked = book(booker, slot)
    order = start_paying(booker, minutes=29)
    catalog.orders[order.number] = paid_order(order.number, order.amount)
    after = TEN + timedelta(minutes=29 + 46)
    works: list[Any] = [
        partial(return_unpaid_places, now=after),
        partial(follow_payment, payment_id=order.pk, now=after),
    ]
    outcomes = run_together((works if turn % 2 else works[::-1]) + [partial(return_unpaid_places, now=after)])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    state, fee = get_appointment(appointment_id=booked).state, Charge.objects.get().state
    sent_back = sum(refund.amount for refund in list_refund_orders(order_id=order.pk))
    assert (state, fee, sent_back, taken(slot)) in {
        (AppointmentState.BOOKED, "SETTLED", 0, 1),
        (AppointmentState.EXPIRED, "VOID", order.amount, 0),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_a_change_and_a_cancellation_at_once_return_what_was_paid_once(catalog, turn):
    booker, old, new = make_booker(), place(), place("REG2")
    booked = book(booker, old)
    order = pay(booker, catalog)
    facts: dict[str, Any] = {"appointment_id": booked, "actor": booker.actor, "now": TEN + timedelta(minutes=5)}
    works: list[Any] = [partial(change_booking, slot_id=new.id, **facts), partial(cancel_booking, reason="", **facts)]
    outcomes = run_together(works if turn % 2 else works[::-1])
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, NotChangeable) for outcome in refused)
    assert (get_appointment(appointment_id=booked).state, taken(old), taken(new)) == (AppointmentState.CANCELLED, 0, 0)
    assert [refund.amount for refund in list_refund_orders(order_id=order.pk)] == [FEE]
    assert not Charge.objects.filter(state="PENDING").exists()


def test_the_calendar_file_follows_the_booking(catalog):
    booker, old, new = make_booker(), place(), place(starts_at=IN_TWO_DAYS + timedelta(hours=3))
    booked = book(booker, old)

    def entry(language: str = "en") -> tuple[Any, Any]:
        text = render_calendar(appointment=get_appointment(appointment_id=booked), language=language, now=TEN)
        calendar: Any = Calendar.from_ical(text)
        (event,) = calendar.walk("VEVENT")
        assert all(len(line) <= 75 for line in text.split(b"\r\n"))
        return calendar, event

    calendar, event = entry()
    assert (str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["STATUS"])) == ("PUBLISH", 0, "CONFIRMED")
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTSTART"].dt == IN_TWO_DAYS
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert len(event.walk("VALARM")) == 2
    assert str(event["SUMMARY"]).startswith("Doctor's appointment: LIN Zhiyuan, Cardiology / 就诊预约：林志远")
    assert "6 Lanjiang Road" in event["LOCATION"]
    assert "澜江路" in event["DESCRIPTION"]
    assert str(entry("zh-hans")[1]["SUMMARY"]).startswith("就诊预约")
    change_booking(appointment_id=booked, slot_id=new.id, actor=booker.actor, now=TEN)
    moved = entry()[1]
    assert (moved["UID"], int(moved["SEQUENCE"]), moved["DTSTART"].dt) == (event["UID"], 1, new.starts_at)
    cancel_booking(appointment_id=booked, reason="", actor=booker.actor, now=TEN)
    calendar, gone = entry()
    assert (str(calendar["METHOD"]), int(gone["SEQUENCE"]), str(gone["STATUS"])) == ("CANCEL", 2, "CANCELLED")
    assert gone.walk("VALARM") == []
