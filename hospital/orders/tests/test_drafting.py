"""Drafts: who may write, what is refused, what is computed."""

from datetime import date
from decimal import Decimal

import pytest

from hospital.encounters.errors import NotYourPatient
from hospital.encounters.tests.clinic import TEN, make_doctor, make_person, make_visit
from hospital.orders import api, errors
from hospital.orders.models import Order, OrderLine
from hospital.orders.tests.factories import directions, make_catalog, orders_of, prescribe
from hospital.orders.types import OrderKind, PrescriptionClass, Urgency
from hospital.orders.vocabulary import Frequency
from hospital.patients.errors import NoCareRelation

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    make_catalog()
    return make_visit()


@pytest.mark.requirement("D52")
def test_a_drug_is_written_with_its_generic_name_and_computed_packs(scene):
    prescribe(scene)
    (order,) = orders_of(scene)
    (line,) = order.lines
    assert (order.kind, order.prescription_class) == (OrderKind.PRESCRIPTION, PrescriptionClass.ORDINARY)
    assert (line.name.en, line.quantity, line.is_quantity_computed, line.unit.en) == (
        "Amlodipine",
        Decimal(1),
        True,
        "box",
    )
    assert order.number.startswith("RX-261125-")


def test_a_cream_needs_the_packs_said(scene):
    with pytest.raises(errors.QuantityNeeded):
        prescribe(scene, "CRM", dose=Decimal(1), dose_unit="application")
    assert Order.objects.count() == 0
    prescribe(scene, "CRM", dose=Decimal(1), dose_unit="application", quantity=Decimal(2))
    assert orders_of(scene)[0].lines[0].quantity == 2


@pytest.mark.requirement("D52")
def test_the_sixth_drug_goes_on_another_prescription(scene):
    for code in ("AML", "AMX", "PCM", "ASP", "OME"):
        prescribe(scene, code)
    with pytest.raises(errors.PrescriptionFull):
        prescribe(scene, "LOR")
    assert OrderLine.objects.count() == 5
    api.add_drug(
        encounter_id=scene.encounter_id,
        item_code="LOR",
        directions=directions(),
        actor=scene.doctor,
        now=TEN,
        on_new_prescription=True,
    )
    assert [len(order.lines) for order in orders_of(scene)] == [5, 1]


def test_a_narcotic_goes_on_its_own_paper(scene):
    prescribe(scene, "AML")
    prescribe(scene, "MOR", days=3)
    assert [order.prescription_class for order in orders_of(scene)] == [
        PrescriptionClass.ORDINARY,
        PrescriptionClass.NARCOTIC,
    ]
    with pytest.raises(errors.DaysNotExtendable):
        api.change_drug(
            line_id=orders_of(scene)[1].lines[0].id,
            directions=directions(days=5, days_reason="severe pain"),
            actor=scene.doctor,
            now=TEN,
        )
    assert orders_of(scene)[1].lines[0].days == 3


@pytest.mark.requirement("D52")
def test_more_than_seven_days_want_a_reason(scene):
    with pytest.raises(errors.DaysOverLimit) as refusal:
        prescribe(scene, days=10)
    assert refusal.value.facts == {"limit": 7}
    assert Order.objects.count() == 0
    prescribe(scene, days=28, days_reason="Stable long-term treatment")
    assert orders_of(scene)[0].lines[0].days_reason == "Stable long-term treatment"
    with pytest.raises(errors.DaysNotExtendable):
        prescribe(scene, "PCM", days=85, days_reason="Going abroad")


def test_an_emergency_gets_three_days(scene):
    emergency = make_visit(visit_type="ER")
    with pytest.raises(errors.DaysOverLimit) as refusal:
        prescribe(emergency, days=4)
    assert refusal.value.facts == {"limit": 3}
    prescribe(emergency, days=3)
    assert orders_of(emergency)[0].prescription_class is PrescriptionClass.EMERGENCY


def test_a_child_gets_the_pediatric_paper(scene):
    child = make_visit(person=make_person(born_on=date(2014, 1, 1)))
    prescribe(child)
    assert orders_of(child)[0].prescription_class is PrescriptionClass.PEDIATRIC


@pytest.mark.requirement("D52")
def test_an_allergy_stops_the_drug_until_somebody_says_why(scene):
    allergic = make_visit(person=make_person(allergy="PENICILLIN"))
    with pytest.raises(errors.AllergyConflict) as refusal:
        prescribe(allergic, "AMX", dose=Decimal("0.5"), dose_unit="g")
    assert "penicillin" in refusal.value.message
    assert Order.objects.count() == 0
    prescribe(allergic, "AMX", dose=Decimal("0.5"), dose_unit="g", allergy_reason="Tolerated in 2025, tested")
    assert orders_of(allergic)[0].lines[0].allergy_reason == "Tolerated in 2025, tested"


@pytest.mark.parametrize("facts", [{"dose": Decimal(0)}, {"days": 0}, {"dose_unit": "spoon"}, {"quantity": Decimal(0)}])
def test_impossible_directions_are_refused(scene, facts):
    with pytest.raises(errors.BadDirections):
        prescribe(scene, **facts)
    assert Order.objects.count() == 0


@pytest.mark.parametrize(("code", "refusal"), [("CBC", errors.NotOrderable), ("NONE", errors.NotOrderable)])
def test_what_is_no_drug_is_not_prescribed(scene, code, refusal):
    with pytest.raises(refusal):
        prescribe(scene, code)
    assert Order.objects.count() == 0


def test_tests_and_examinations_have_a_request_each(scene):
    api.add_test(encounter_id=scene.encounter_id, item_code="CBC", actor=scene.doctor, now=TEN)
    api.add_exam(encounter_id=scene.encounter_id, item_code="CXR", actor=scene.doctor, now=TEN)
    lab, exam = orders_of(scene)
    assert (lab.kind, lab.lines[0].specimen.en) == (OrderKind.LAB, "Whole blood")
    assert (exam.kind, exam.lines[0].body_part.en) == (OrderKind.EXAM, "Chest")
    for code in ("REG", "AML"):
        with pytest.raises(errors.NotOrderable):
            api.add_test(encounter_id=scene.encounter_id, item_code=code, actor=scene.doctor, now=TEN)
    with pytest.raises(errors.OrderedTwice):
        api.add_test(encounter_id=scene.encounter_id, item_code="CBC", actor=scene.doctor, now=TEN)
    assert OrderLine.objects.count() == 2


def test_the_last_line_takes_the_draft_with_it(scene):
    line_id = prescribe(scene)
    api.remove_line(line_id=line_id, actor=scene.doctor, now=TEN)
    assert orders_of(scene) == []
    with pytest.raises(errors.UnknownOrder):
        api.remove_line(line_id=line_id, actor=scene.doctor, now=TEN)


def test_changed_directions_are_computed_again(scene):
    line_id = prescribe(scene)
    api.change_drug(line_id=line_id, directions=directions(frequency=Frequency.TID), actor=scene.doctor, now=TEN)
    line = orders_of(scene)[0].lines[0]
    assert (line.frequency, line.quantity) == (Frequency.TID, Decimal(2))


def test_another_doctor_does_not_write(scene):
    other, _ = make_doctor()
    line_id = prescribe(scene)
    for write in (
        lambda: api.add_test(encounter_id=scene.encounter_id, item_code="CBC", actor=other, now=TEN),
        lambda: api.change_drug(line_id=line_id, directions=directions(days=1), actor=other, now=TEN),
        lambda: api.remove_line(line_id=line_id, actor=other, now=TEN),
        lambda: api.sign_orders(encounter_id=scene.encounter_id, actor=other, now=TEN),
    ):
        with pytest.raises(NotYourPatient):
            write()
    (order,) = orders_of(scene)
    assert (order.signed_at, order.lines[0].days) == (None, 7)


def test_nothing_is_ordered_outside_the_consultation(scene):
    for state in ("WAITING", "DONE"):
        with pytest.raises(errors.VisitNotInConsult):
            prescribe(make_visit(state=state))
    assert Order.objects.count() == 0


@pytest.mark.requirement("N14")
def test_a_stranger_of_another_campus_reads_no_orders(scene):
    prescribe(scene)
    stranger, _ = make_doctor(campus="NORTH")
    with pytest.raises(NoCareRelation):
        api.list_orders(encounter_id=scene.encounter_id, actor=stranger, now=TEN)
    with pytest.raises(NoCareRelation):
        api.get_order(order_id=orders_of(scene)[0].id, actor=stranger, now=TEN)


@pytest.mark.requirement("D53")
def test_an_examination_says_what_it_is_for(scene):
    api.add_exam(encounter_id=scene.encounter_id, item_code="CXR", actor=scene.doctor, now=TEN)
    problems = api.list_draft_problems(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
    assert [problem.code for problem in problems] == ["purpose_missing"]
    api.describe_order(
        order_id=orders_of(scene)[0].id,
        clinical_info="Cough, crackles right lower zone",
        purpose="Pneumonia?",
        urgency=Urgency.URGENT,
        actor=scene.doctor,
        now=TEN,
    )
    assert api.list_draft_problems(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN) == []
    assert orders_of(scene)[0].urgency is Urgency.URGENT


def test_orders_are_read_in_a_fixed_number_of_statements(scene, django_assert_max_num_queries):
    for code in ("AML", "AMX", "PCM", "ASP", "OME"):
        prescribe(scene, code)
    api.add_test(encounter_id=scene.encounter_id, item_code="CBC", actor=scene.doctor, now=TEN)
    with django_assert_max_num_queries(4):
        assert len(orders_of(scene)) == 2
