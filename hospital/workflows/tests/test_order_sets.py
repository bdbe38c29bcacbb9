"""An order set writes like a hand: every line goes through the rules of the visit."""

from decimal import Decimal

import pytest

from hospital.campuses.models import Clinician
from hospital.encounters.tests.clinic import TEN, make_person, make_visit
from hospital.kernel.types import BilingualText
from hospital.orders.api import add_exam, add_test, keep_orders
from hospital.orders.models import OrderLine
from hospital.orders.tests.factories import make_catalog, orders_of, prescribe
from hospital.workflows.write_order_set import write_order_set

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52", "D53")]


@pytest.fixture
def scene():
    make_catalog()
    return make_visit()


def order(scene, code, act=add_test):
    act(encounter_id=scene.encounter_id, item_code=code, actor=scene.doctor, now=TEN)


def keep(scene):
    name = BilingualText("胸痛", "Chest pain")
    return keep_orders(encounter_id=scene.encounter_id, name=name, is_shared=True, actor=scene.doctor, now=TEN)


def write(scene, set_id):
    return write_order_set(set_id=set_id, encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)


def as_colleague(scene, of):
    """The doctor of another visit, moved to the department of this one."""
    Clinician.objects.filter(user_id=of.doctor.id).update(department_id=scene.department_id)
    return of


def test_a_set_kept_from_a_visit_is_written_into_another(scene):
    prescribe(scene, "AML", remark="In the morning")
    order(scene, "CBC")
    order(scene, "CXR", add_exam)
    set_id = keep(scene)
    other = as_colleague(scene, make_visit())
    done = write(other, set_id)
    assert (done.written, done.refused) == (3, ())
    lines = {line.item_code: line for each in orders_of(other) for line in each.lines}
    assert set(lines) == {"AML", "CBC", "CXR"}
    assert (lines["AML"].dose, lines["AML"].remark, lines["AML"].is_quantity_computed) == (5, "In the morning", True)


def test_each_line_goes_through_the_rules_of_the_visit(scene):
    prescribe(scene, "AMX", dose=Decimal("0.5"), dose_unit="g")
    order(scene, "CBC")
    set_id = keep(scene)
    allergic = as_colleague(scene, make_visit(person=make_person(allergy="PENICILLIN")))
    done = write(allergic, set_id)
    assert done.written == 1
    assert [name.en for name, _ in done.refused] == ["Amoxicillin"]
    assert "penicillin" in done.refused[0][1]
    again = write(allergic, set_id)
    assert (again.written, len(again.refused)) == (0, 2)
    assert OrderLine.objects.filter(order__encounter_id=allergic.encounter_id).count() == 1
