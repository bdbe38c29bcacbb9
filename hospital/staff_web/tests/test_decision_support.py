"""Weight, pregnancy and kidneys at the doctor's desk; the tables at the pharmacist's."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from hospital.encounters.tests.clinic import make_visit
from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText
from hospital.orders.models import DrugCaution, DrugInteraction, OrderLine
from hospital.orders.tests.factories import make_catalog
from hospital.patients.models import BodyFacts
from hospital.results.api import LatestValue
from hospital.staff_web.tests.factories import open_desk
from hospital.staff_web.tests.test_doctor import DIRECTIONS, address, desk_of, today

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52")]


@pytest.fixture
def scene():
    make_catalog()
    return today(make_visit())


def test_weight_and_pregnancy_are_recorded_and_heeded(scene):
    desk = desk_of(scene)
    due = timezone.localdate() + timedelta(weeks=10)
    desk.post(address(scene, "body/"), {"weight": "61,5", "pregnant": "1", "due_on": due.isoformat()})
    page = desk.get(address(scene)).content.decode()
    assert "61.5 kg" in page
    assert "Pregnant, week 30" in page
    DrugCaution.objects.create(ingredient="aspirin", from_week=28, text_zh="避免", text_en="avoid")
    answer = desk.post(address(scene, "drug/"), DIRECTIONS | {"code": "ASP"})
    assert answer.status_code == 422
    assert "Pregnant, week 30: avoid" in answer.content.decode()
    assert OrderLine.objects.count() == 0
    for wrong in ({"weight": "heavy"}, {"pregnant": "1", "due_on": ""}, {"pregnant": "1", "due_on": "2001-02-30"}):
        desk.post(address(scene, "body/"), wrong)
    assert BodyFacts.objects.count() == 1


def test_kidney_function_is_shown_and_heeded(scene, monkeypatch):
    value = LatestValue(number=Decimal(300), unit="µmol/L", text=BilingualText("300"), collected_at=timezone.now())
    monkeypatch.setattr("hospital.workflows.kidney_function.find_latest_value", lambda **_: value)
    DrugCaution.objects.create(ingredient="aspirin", below_gfr=30, text_zh="避免", text_en="avoid")
    desk = desk_of(scene)
    assert "eGFR" in desk.get(address(scene)).content.decode()
    assert "mL/min" in desk.post(address(scene, "drug/"), DIRECTIONS | {"code": "ASP"}).content.decode()
    assert OrderLine.objects.count() == 0


def test_pharmacists_keep_the_tables():
    desk = open_desk(Role.PHARMACIST)
    rule = {"first": "warfarin", "second": "aspirin", "text_zh": "出血风险", "text_en": "bleeding"}
    assert desk.post("/staff/pharmacy/rules/interaction/", rule).status_code == 302
    again = desk.post("/staff/pharmacy/rules/interaction/", rule)
    assert again.status_code == 422
    assert 'value="warfarin"' in again.content.decode()
    number = DrugInteraction.objects.get().pk
    desk.post("/staff/pharmacy/rules/limit/", {"ingredient": "ibuprofen", "most": "30", "unit": "mg", "per_kg": "1"})
    desk.post("/staff/pharmacy/rules/caution/", {"ingredient": "ibuprofen", "below_gfr": "60", "text_zh": "避免"})
    page = desk.get("/staff/pharmacy/rules/").content.decode()
    assert "30 mg/kg" in page
    assert "eGFR &lt; 60" in page
    assert "warfarin" not in desk.get("/staff/pharmacy/rules/", {"q": "ibu"}).content.decode()
    desk.post("/staff/pharmacy/rules/interaction/delete/", {"number": number})
    assert DrugInteraction.objects.count() == 0
    assert open_desk(Role.CASHIER).post("/staff/pharmacy/rules/interaction/", rule).status_code == 403
