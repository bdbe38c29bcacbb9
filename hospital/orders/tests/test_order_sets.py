"""Order sets and favorite drugs are kept by a doctor, shared with a department, changed and taken away."""

from decimal import Decimal

import pytest

from hospital.encounters.tests.clinic import TEN, make_doctor, make_visit
from hospital.kernel.types import BilingualText
from hospital.orders import api, errors
from hospital.orders.models import OrderSet
from hospital.orders.tests.factories import directions, make_catalog, prescribe

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


def test_a_set_is_kept_from_what_a_visit_ordered(scene):
    prescribe(scene, "AML", remark="In the morning")
    order(scene, "CBC")
    kept = api.get_order_set(set_id=keep(scene), actor=scene.doctor)
    assert [line.item_code for line in kept.lines] == ["AML", "CBC"]
    assert kept.lines[0].directions.remark == "In the morning"


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
