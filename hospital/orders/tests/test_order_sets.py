"""Order sets write like a hand: kept from a visit, written into another one under its rules."""

from decimal import Decimal

import pytest

from hospital.campuses.models import Clinician
from hospital.encounters.tests.clinic import TEN, make_doctor, make_person, make_visit
from hospital.kernel.types import BilingualText
from hospital.orders import api, errors
from hospital.orders.models import OrderLine, OrderSet
from hospital.orders.tests.factories import directions, make_catalog, orders_of, prescribe

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52", "D53")]
NAME = BilingualText("胸痛", "Chest pain")


@pytest.fixture
def scene():
    make_catalog()
    return make_visit()


def order(scene, code, act=api.add_test):
    act(encounter_id=scene.encounter_id, item_code=code, actor=scene.doctor, now=TEN)


def keep(scene, **facts):
    usual = {"encounter_id": scene.encounter_id, "name": NAME, "is_shared": False, "actor": scene.doctor, "now": TEN}
    return api.keep_orders(**(usual | facts))


def write(scene, set_id):
    return api.write_order_set(set_id=set_id, encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)


def as_colleague(scene, of):
    """The doctor of another visit, moved to the department of this one."""
    Clinician.objects.filter(user_id=of.doctor.id).update(department_id=scene.department_id)
    return of


def test_a_set_kept_from_a_visit_is_written_into_another(scene):
    prescribe(scene, "AML", remark="In the morning")
    order(scene, "CBC")
    order(scene, "CXR", api.add_exam)
    set_id = keep(scene, is_shared=True)
    other = as_colleague(scene, make_visit())
    done = write(other, set_id)
    assert (done.written, done.refused) == (3, ())
    lines = {line.item_code: line for each in orders_of(other) for line in each.lines}
    assert set(lines) == {"AML", "CBC", "CXR"}
    assert (lines["AML"].dose, lines["AML"].remark, lines["AML"].is_quantity_computed) == (5, "In the morning", True)


def test_each_line_goes_through_the_rules_of_the_visit(scene):
    prescribe(scene, "AMX", dose=Decimal("0.5"), dose_unit="g")
    order(scene, "CBC")
    set_id = keep(scene, is_shared=True)
    allergic = as_colleague(scene, make_visit(person=make_person(allergy="PENICILLIN")))
    done = write(allergic, set_id)
    assert done.written == 1
    assert [name.en for name, _ in done.refused] == ["Amoxicillin"]
    assert "penicillin" in done.refused[0][1]
    again = write(allergic, set_id)
    assert (again.written, len(again.refused)) == (0, 2)
    assert OrderLine.objects.filter(order__encounter_id=allergic.encounter_id).count() == 1


def test_another_doctor_reaches_a_set_only_when_it_is_shared(scene):
    order(scene, "CBC")
    set_id = keep(scene)
    stranger = make_doctor()[0]
    assert api.list_order_sets(actor=stranger) == []
    for act in (
        lambda: api.get_order_set(set_id=set_id, actor=stranger),
        lambda: api.delete_order_set(set_id=set_id, actor=stranger),
        lambda: api.name_order_set(set_id=set_id, name=NAME, is_shared=False, actor=stranger),
        lambda: api.put_in_set(set_id=set_id, item_code="CXR", actor=stranger, now=TEN),
    ):
        with pytest.raises(errors.UnknownOrderSet):
            act()
    assert [line.item_code for line in api.get_order_set(set_id=set_id, actor=scene.doctor).lines] == ["CBC"]


def test_a_set_is_changed_and_taken_away(scene):
    order(scene, "CBC")
    set_id = keep(scene)
    api.put_in_set(set_id=set_id, item_code="CXR", actor=scene.doctor, now=TEN)
    with pytest.raises(errors.BadDirections):
        api.put_in_set(set_id=set_id, item_code="AML", actor=scene.doctor, now=TEN)
    for dose in (5, 10):
        given = directions(dose=Decimal(dose))
        api.put_in_set(set_id=set_id, item_code="AML", directions=given, actor=scene.doctor, now=TEN)
    lines = api.get_order_set(set_id=set_id, actor=scene.doctor).lines
    assert [(line.item_code, line.words.en) for line in lines][2] == ("AML", "10 mg by mouth once a day for 7 days")
    api.take_from_set(set_id=set_id, line_id=lines[0].id, actor=scene.doctor)
    assert len(api.get_order_set(set_id=set_id, actor=scene.doctor).lines) == 2
    api.delete_order_set(set_id=set_id, actor=scene.doctor)
    assert OrderSet.objects.count() == 0


def test_nothing_is_kept_of_an_empty_visit_or_without_a_name(scene):
    with pytest.raises(errors.OrderSetIncomplete):
        keep(scene)
    order(scene, "CBC")
    with pytest.raises(errors.OrderSetIncomplete):
        keep(scene, name=BilingualText("", " "))
    assert OrderSet.objects.count() == 0


def test_a_favorite_drug_keeps_the_newest_directions(scene):
    for dose in (5, 10):
        api.set_favorite_drug(
            item_code="AML", is_favorite=True, directions=directions(dose=Decimal(dose)), actor=scene.doctor, now=TEN
        )
    (favorite,) = api.list_order_sets(actor=scene.doctor)
    assert favorite.is_favorite_drug
    assert favorite.lines[0].directions.dose == 10
    api.set_favorite_drug(item_code="AML", is_favorite=False, actor=scene.doctor, now=TEN)
    assert OrderSet.objects.count() == 0
