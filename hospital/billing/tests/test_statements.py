"""Bills, statements and takings, and who may see them (F46, F48, N14)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from hospital.billing.api import (
    get_bill,
    get_statement,
    list_charges,
    list_pending_charges,
    list_settlements,
    request_refund,
    speak_reasons,
    void_charge,
)
from hospital.billing.errors import NotCashier, SettlementUnknown
from hospital.billing.tests.factories import Desk, add_desk, charge, charge_booking, later, make_desk, order, settle
from hospital.billing.types import Footnote, RefundRequestLine
from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import Addition
from hospital.encounters.tests.clinic import TEN, make_patient, make_person, make_staff
from hospital.kernel.actors import Actor, Role
from hospital.patients.errors import NoCareRelation, UnknownPerson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer")]


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.mark.requirement("F46", "F48")
def test_a_statement_has_the_columns_and_its_sums_agree(desk: Desk) -> None:
    settlement, (cbc, _aml) = settle(desk, order("CBC", "2"), order("AML"))
    (open_line,) = charge(desk, order("CXR", signed_at=later(minutes=9)))
    (gone,) = charge(desk, order("CXR"))
    void_charge(charge_id=gone, reason="mistake", actor=desk.cashier, now=TEN)
    request_refund(
        settlement_id=settlement.id,
        lines=[RefundRequestLine(cbc, Decimal(1))],
        reason="not needed",
        idempotency_key="k",
        actor=desk.cashier,
        now=TEN,
    )
    statement = get_statement(
        person_id=desk.visit.person_id, encounter_id=desk.visit.encounter_id, actor=desk.patient, now=TEN
    )
    first = statement.lines[0]
    assert [each.number for each in statement.lines] == [1, 2, 3]
    assert (first.item_code, first.name.en, first.unit.en, first.qty) == (
        "CBC",
        "Complete blood count",
        "test",
        Decimal(2),
    )
    assert (first.standard_u, first.mark, first.charged_u, first.total) == (
        Decimal("20.00"),
        "+30 %",
        Decimal("26.00"),
        Decimal("52.00"),
    )
    assert statement.lines[1].charged_u == Decimal("12.96")
    assert statement.lines[2].id == open_line
    assert statement.totals.total == sum(each.total for each in statement.lines) == Decimal("142.96")
    assert statement.totals.total == statement.totals.base + statement.totals.surcharge
    assert sum(statement.by_fee_class.values()) == statement.totals.total
    assert (statement.paid, statement.unpaid, statement.refunded) == (
        Decimal("64.96"),
        Decimal("78.00"),
        Decimal("26.00"),
    )
    paid_only = get_statement(person_id=desk.visit.person_id, settlement_id=settlement.id, actor=desk.cashier, now=TEN)
    assert (paid_only.totals.total, paid_only.unpaid) == (Decimal("64.96"), Decimal("0.00"))


@pytest.mark.requirement("F46")
def test_a_childs_line_says_that_the_addition_is_not_added_on_top() -> None:
    make_desk()
    make_items(new_item("KID", "40.00", child=Addition(ratio=Decimal("0.2"))))
    child = make_person(born_on=later(days=-6 * 366).date())
    desk = add_desk(person=child)
    (charge_id,) = charge(desk, order("KID"))
    (kid,) = list_pending_charges(person_id=child.id, actor=desk.patient, now=TEN)
    assert (kid.id, kid.standard_u, kid.charged_u) == (charge_id, Decimal("48.00"), Decimal("52.00"))
    assert kid.footnote is Footnote.NOT_ADDED
    assert "children" in speak_reasons(kid.reasons, "en")
    assert "儿童" in speak_reasons(kid.reasons, "zh-hans")


@pytest.mark.requirement("F46")
def test_open_bills_are_cut_by_visit_and_by_booking(desk: Desk) -> None:
    appointment_id, fee = charge_booking(desk)
    orders = charge(desk, order("CBC"))
    person_id = desk.visit.person_id

    def ids(**cut: object) -> list[object]:
        found = list_pending_charges(person_id=person_id, actor=desk.patient, now=TEN, **cut)  # type: ignore[arg-type]
        return [each.id for each in found]

    assert ids() == [*fee, *orders]
    assert ids(encounter_id=desk.visit.encounter_id) == orders
    assert ids(source_id=appointment_id) == fee


def test_a_bill_and_its_lists_need_a_fixed_number_of_queries(
    desk: Desk, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    small, _ = settle(desk, order("CBC"))
    large, _ = settle(desk, *[order("CBC") for _ in range(60)])
    with django_assert_max_num_queries(8) as one:
        get_bill(settlement_id=small.id, actor=desk.patient, now=TEN)
    with django_assert_num_queries(len(one)):
        assert len(get_bill(settlement_id=large.id, actor=desk.patient, now=TEN).lines) == 60
    with django_assert_max_num_queries(3):
        get_statement(person_id=desk.visit.person_id, actor=desk.patient, now=TEN)
    with django_assert_max_num_queries(5):
        assert len(list_settlements(actor=desk.patient, person_id=desk.visit.person_id, now=TEN)) == 2


@pytest.mark.requirement("N14")
def test_a_stranger_and_another_campus_see_nothing(desk: Desk) -> None:
    settlement, _ = settle(desk, order("CBC"))
    person_id, encounter_id = desk.visit.person_id, desk.visit.encounter_id
    stranger, north = make_patient(make_person().id), make_staff(Role.CASHIER, campus="NORTH")

    def look(actor: Actor) -> None:
        for read in (
            lambda: get_bill(settlement_id=settlement.id, actor=actor, now=TEN),
            lambda: get_statement(person_id=person_id, actor=actor, now=TEN),
            lambda: list_pending_charges(person_id=person_id, actor=actor, now=TEN),
            lambda: list_charges(person_id=person_id, encounter_id=encounter_id, actor=actor, now=TEN),
            lambda: list_settlements(person_id=person_id, actor=actor, now=TEN),
        ):
            with pytest.raises((UnknownPerson, NoCareRelation)):
                read()

    look(stranger)
    look(north)
    assert get_bill(settlement_id=settlement.id, actor=desk.patient, now=TEN).lines
    assert get_bill(settlement_id=settlement.id, actor=desk.cashier, now=TEN).lines
    with pytest.raises(SettlementUnknown):
        get_bill(settlement_id=uuid4(), actor=desk.patient, now=TEN)
    other = add_desk()
    with pytest.raises(SettlementUnknown):
        get_statement(person_id=other.visit.person_id, settlement_id=settlement.id, actor=other.patient, now=TEN)
    with pytest.raises(NotCashier):
        list_settlements(actor=desk.patient, campus_code="IMC", now=TEN)
