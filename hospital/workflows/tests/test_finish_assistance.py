"""An interpreter's hours on the bill of the visit, with its surcharge (N03)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from hospital.assistance import api
from hospital.assistance.errors import NoVisitForFee
from hospital.assistance.models import AssistanceRequest
from hospital.assistance.tests.factories import ask, make_interpreter
from hospital.billing.models import Charge
from hospital.billing.tests.factories import make_desk
from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import FeeClass
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id
from hospital.kernel.transitions import IllegalTransition
from hospital.kernel.types import BilingualText
from hospital.workflows.finish_assistance import finish_with_fee

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N03")]
HOUR = BilingualText("医疗口译服务", "Medical interpreting")


@pytest.fixture
def scene():
    desk = make_desk()
    make_items(new_item("INTERPRET", "200.00", fee_class=FeeClass.OTHER, name=HOUR, unit=BilingualText("小时", "hour")))
    return desk


def arrange(scene, *, appointment_id, fee_item_code="INTERPRET"):
    coordinator = make_staff(Role.COORDINATOR)
    request_id = ask(scene.visit.person_id, actor=scene.patient, appointment_id=appointment_id)
    interpreter = make_interpreter("fr", fee_item_code=fee_item_code)
    facts: dict[str, Any] = {"request_id": request_id, "actor": coordinator, "now": TEN}
    api.arrange_assistance(version=0, interpreter_id=interpreter, arrangement=BilingualText(""), **facts)
    return facts


def booking_of(scene):
    return Encounter.objects.get(pk=scene.visit.encounter_id).appointment_id


def test_the_hours_are_charged_once_with_the_surcharge_of_the_visit(scene):
    facts = arrange(scene, appointment_id=booking_of(scene))
    left = TEN + timedelta(hours=3, minutes=10)
    finish_with_fee(version=1, ended_at=left, **facts)
    charge = Charge.objects.get()
    assert (charge.source_kind, charge.qty, charge.base, charge.total) == (
        "ASSISTANCE",
        Decimal("1.5"),
        Decimal("300.00"),
        Decimal("390.00"),
    )
    assert charge.encounter_id == scene.visit.encounter_id
    with pytest.raises(IllegalTransition):
        finish_with_fee(version=2, ended_at=left, **facts)
    assert Charge.objects.count() == 1


@pytest.mark.parametrize(("fee", "ends"), [("", True), ("INTERPRET", False)])
def test_no_fee_where_none_is_taken(scene, fee, ends):
    facts = arrange(scene, appointment_id=booking_of(scene), fee_item_code=fee)
    finish_with_fee(version=1, ended_at=TEN + timedelta(hours=3) if ends else None, **facts)
    assert (Charge.objects.count(), AssistanceRequest.objects.get().state) == (0, "DONE")


def test_without_a_visit_there_is_no_bill_and_nothing_is_finished(scene):
    facts = arrange(scene, appointment_id=new_id())
    with pytest.raises(NoVisitForFee):
        finish_with_fee(version=1, ended_at=TEN + timedelta(hours=3), **facts)
    assert AssistanceRequest.objects.get().state == "ARRANGED"
