"""Charging bookings and orders, once, with their snapshot (F46, brief §1.3)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from hospital.audit.api import list_entries
from hospital.billing.api import (
    attach_charges,
    charge_orders,
    list_pending_charges,
    mark_executed,
    price_registration,
    reverse_execution,
    void_charge,
    void_orders,
    void_registration,
)
from hospital.billing.errors import (
    ChargeNotVoidable,
    ChargeUnknown,
    LineNotExecutable,
    NotCashier,
    RefundReasonMissing,
)
from hospital.billing.models import Charge
from hospital.billing.states import ChargeState, Execution
from hospital.billing.tests.factories import (
    charge,
    charge_booking,
    later,
    line,
    make_desk,
    order,
    pay,
    settle,
    start,
)
from hospital.billing.types import ReasonKey
from hospital.catalog.api import publish_price
from hospital.catalog.errors import UnknownItem
from hospital.catalog.tests.factories import make_composite, make_rule, price_officer
from hospital.catalog.types import Exemption, SurchargeSource
from hospital.encounters.errors import UnknownEncounter
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.events import list_events

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("F45", "A04")
def test_a_booking_is_charged_once_and_joins_its_visit() -> None:
    desk = make_desk()
    appointment_id, charges = charge_booking(desk)
    (charge_id,) = charges
    fee = line(charge_id)
    assert (fee.base, fee.surcharge, fee.total) == (Decimal("35.00"), Decimal("10.50"), Decimal("45.50"))
    assert fee.encounter_id is None
    assert attach_charges(source_id=appointment_id, encounter_id=desk.visit.encounter_id) == 1
    assert attach_charges(source_id=appointment_id, encounter_id=desk.visit.encounter_id) == 0
    assert line(charge_id).encounter_id == desk.visit.encounter_id


@pytest.mark.requirement("F45")
def test_the_announced_fee_is_the_charged_fee() -> None:
    desk = make_desk()
    fees = price_registration(
        item_codes=["REG1", "GHOST"], service_line="INTL", campus_code="IMC", visit_type="OP", now=TEN
    )
    _, (charge_id,) = charge_booking(desk)
    assert fees == {"REG1": line(charge_id).total}


@pytest.mark.requirement("F46", "B40", "B44")
def test_orders_are_charged_with_surcharge_on_services_and_none_on_drugs() -> None:
    desk = make_desk()
    cbc, aml = (line(each) for each in charge(desk, order("CBC"), order("AML", "2")))
    assert (cbc.total, cbc.surcharge, cbc.mark) == (Decimal("26.00"), Decimal("6.00"), "+30 %")
    assert (aml.total, aml.surcharge, aml.mark) == (Decimal("25.92"), Decimal("0.00"), "")
    assert (aml.source, aml.exemptions) == (SurchargeSource.EXEMPT, (Exemption.DRUG,))
    assert (cbc.name.zh, cbc.name.en) == ("血常规", "Complete blood count")
    assert cbc.reasons[0].key is ReasonKey.RULE_WON
    assert (cbc.state, cbc.execution) == (ChargeState.PENDING, Execution.NOT_EXECUTED)


@pytest.mark.requirement("B42", "F46")
def test_a_composite_becomes_a_line_a_leaf() -> None:
    desk = make_desk()
    make_composite("PANEL", ("SET", "2"), ("CXR", "1"), ratio="0.25")
    lines = [line(each) for each in charge(desk, order("PANEL"))]
    assert [(each.item_code, each.qty, each.total, each.composites) for each in lines] == [
        ("CBC", Decimal(2), Decimal("50.00"), ("PANEL", "SET")),
        ("TUBE", Decimal(4), Decimal("3.00"), ("PANEL", "SET")),
        ("CXR", Decimal(1), Decimal("75.00"), ("PANEL",)),
    ]
    assert [each.source for each in lines] == [
        SurchargeSource.COMPOSITE,
        SurchargeSource.EXEMPT,
        SurchargeSource.COMPOSITE,
    ]


@pytest.mark.requirement("F46")
def test_the_snapshot_outlives_later_prices_and_rules(acquirer) -> None:
    desk = make_desk()
    _, (charge_id,) = settle(desk, order("CBC"))
    before = Charge.objects.values().get(id=charge_id)
    publish_price(code="CBC", base_u=Decimal(90), valid_from=later(hours=1), actor=price_officer(), now=TEN)
    make_rule("INTL", "0.90", now=TEN, valid_from=later(hours=1))
    assert Charge.objects.values().get(id=charge_id) == before
    assert (before["rule_code"], before["rule_version"], before["price_version"]) == ("INTL", "1", "1")
    assert (before["rounding"], before["combination"], before["mode"]) == ("UNIT", "SPECIAL_WINS", "RATIO")


def test_an_order_line_is_charged_once() -> None:
    desk = make_desk()
    first = order("CBC")
    assert charge(desk, first) == charge(desk, first)
    assert len(charge(desk, first, order("CXR"))) == 2
    assert Charge.objects.count() == 2
    row = Charge.objects.first()
    row.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_an_unknown_item_or_visit_charges_nothing() -> None:
    desk = make_desk()
    with pytest.raises(UnknownItem):
        charge(desk, order("CBC"), order("GHOST"))
    with pytest.raises(UnknownEncounter):
        charge_orders(encounter_id=uuid4(), lines=[order("CBC")], actor=desk.visit.doctor, now=TEN)
    assert not Charge.objects.exists()


@pytest.mark.requirement("F46")
def test_the_number_of_queries_does_not_grow_with_the_lines(django_assert_num_queries, django_assert_max_num_queries):
    desk = make_desk()
    with django_assert_max_num_queries(30) as one:
        charge(desk, order("CBC"))
    lines = [order("CBC" if number % 2 else "AML") for number in range(200)]
    with django_assert_num_queries(len(one)):
        charge(desk, *lines)


@pytest.mark.requirement("N14")
def test_a_charge_leaves_a_trace_and_an_event() -> None:
    desk = make_desk()
    charge(desk, order("CBC"))
    (entry,) = list_entries(actor_id=desk.visit.doctor.id)
    assert (entry.action, entry.person_id, entry.details["total"]) == ("billing.charge", desk.visit.person_id, "26.00")
    (event,) = list_events(encounter_id=desk.visit.encounter_id)
    assert (event.kind, event.facts["kind"]) == ("billing.charged", "ORDER_LINE")


def test_an_open_line_is_voided_by_a_cashier_only() -> None:
    desk = make_desk()
    (charge_id,) = charge(desk, order("CBC"))
    with pytest.raises(NotCashier):
        void_charge(charge_id=charge_id, reason="mistake", actor=desk.patient, now=TEN)
    with pytest.raises(RefundReasonMissing):
        void_charge(charge_id=charge_id, reason=" ", actor=desk.cashier, now=TEN)
    with pytest.raises(ChargeUnknown):
        void_charge(charge_id=uuid4(), reason="mistake", actor=desk.cashier, now=TEN)
    assert line(charge_id).state is ChargeState.PENDING
    void_charge(charge_id=charge_id, reason="mistake", actor=desk.cashier, now=TEN)
    void_charge(charge_id=charge_id, reason="mistake", actor=desk.cashier, now=TEN)
    assert line(charge_id).state is ChargeState.VOID
    assert not list_pending_charges(person_id=desk.visit.person_id, actor=desk.patient, now=TEN)


def test_a_paid_line_is_not_voided(acquirer) -> None:
    desk = make_desk()
    _, (charge_id,) = settle(desk, order("CBC"))
    with pytest.raises(ChargeNotVoidable):
        void_charge(charge_id=charge_id, reason="mistake", actor=desk.cashier, now=TEN)
    with pytest.raises(ChargeNotVoidable):
        void_orders(source_ids=[line(charge_id).source_id], reason="mistake", actor=desk.visit.doctor, now=TEN)
    assert line(charge_id).state is ChargeState.SETTLED


def test_a_cancelled_booking_voids_an_unpaid_fee_even_while_it_is_being_paid(acquirer) -> None:
    desk = make_desk()
    appointment_id, charges = charge_booking(desk)
    start(desk, charges)
    assert void_registration(appointment_id=appointment_id, actor=desk.patient, now=TEN)
    assert line(charges[0]).state is ChargeState.VOID
    paid_id, paid_charges = charge_booking(desk)
    pay(start(desk, paid_charges))
    assert not void_registration(appointment_id=paid_id, actor=desk.patient, now=TEN)
    assert line(paid_charges[0]).state is ChargeState.SETTLED


@pytest.mark.requirement("F47")
def test_execution_is_noted_reversed_and_refused_on_what_is_gone() -> None:
    desk = make_desk()
    first, second = order("CBC"), order("CXR")
    charges = charge(desk, first, second)
    mark_executed(source_ids=[first.source_id], actor=desk.visit.doctor, now=TEN)
    mark_executed(source_ids=[first.source_id], actor=desk.visit.doctor, now=later(hours=1))
    row = Charge.objects.get(id=charges[0])
    assert (row.execution, row.executed_at, row.executed_by) == ("EXECUTED", TEN, desk.visit.doctor.id)
    reverse_execution(source_ids=[first.source_id], reason="cancelled", actor=desk.visit.doctor, now=TEN)
    assert line(charges[0]).execution is Execution.REVERSED
    void_orders(source_ids=[second.source_id], reason="cancelled", actor=desk.visit.doctor, now=TEN)
    with pytest.raises(LineNotExecutable):
        mark_executed(source_ids=[second.source_id], actor=desk.visit.doctor, now=TEN)


def test_the_database_keeps_what_is_settled(acquirer) -> None:
    desk = make_desk()
    _, (charge_id,) = settle(desk, order("CBC"))
    mine = Charge.objects.filter(id=charge_id)
    for change in (
        {"total": Decimal(1), "base": Decimal(1), "surcharge": Decimal(0)},
        {"name_en": "Other"},
        {"refunded_total": Decimal("26.01")},
        {"state": ChargeState.PENDING},
        {"priced_at": TEN + timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.delete()
