"""Templates, order sets and favorites at the doctor's desk: kept from a visit, inserted into it, maintained."""

import pytest

from hospital.encounters.tests.clinic import make_visit
from hospital.orders.models import OrderLine, OrderSet
from hospital.orders.tests.factories import make_catalog
from hospital.records.models import FavoriteDiagnosis, NoteTemplate
from hospital.records.tests.factories import make_terms
from hospital.staff_web.tests.test_doctor import DIRECTIONS, NOTE, address, desk_of, today

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52", "D53")]
NAME = {"name_zh": "胸痛", "name_en": "Chest pain"}


@pytest.fixture
def scene():
    make_catalog()
    make_terms()
    return today(make_visit())


def test_a_note_is_kept_as_a_template_and_offered_in_both_languages(scene):
    desk = desk_of(scene)
    page = desk.post(address(scene, "keep/"), NOTE | NAME | {"what": "note", "shared": "1"}).content.decode()
    assert "Kept." in page
    template = NoteTemplate.objects.get()
    assert (template.complaint, template.department_id) == ("Chest pain", scene.department_id)
    assert 'data-complaint="Chest pain"' in page
    assert "胸痛" in desk.get(address(scene, "insert/")).content.decode()
    nameless = desk.post(address(scene, "keep/"), NOTE | {"what": "note"})
    assert nameless.status_code == 422
    assert "Give the template a name" in nameless.content.decode()
    assert NoteTemplate.objects.count() == 1


def test_orders_are_kept_as_a_set_and_written_again(scene):
    desk = desk_of(scene)
    desk.post(address(scene, "drug/"), {"code": "AML", **DIRECTIONS})
    desk.post(address(scene, "items/lab/"), {"code": "CBC"})
    desk.post(address(scene, "keep/"), NOTE | NAME | {"what": "orders"})
    kept = OrderSet.objects.get()
    OrderLine.objects.get(item_code="CBC").delete()
    page = desk.post(address(scene, f"insert/{kept.id}/")).content.decode()
    assert set(OrderLine.objects.values_list("item_code", flat=True)) == {"AML", "CBC"}
    assert "Not written:" in page
    assert "is on the list already" in page


def test_favorites_stand_before_anything_is_typed(scene):
    desk = desk_of(scene)
    assert "option" not in desk.get(address(scene, "diagnoses/search/")).content.decode()
    desk.post(address(scene, "diagnoses/"), {"act": "add", "code": "I10"})
    desk.post(address(scene, "favorite/"), {"code": "I10", "on": "1"})
    assert FavoriteDiagnosis.objects.get().code_id == "I10"
    assert "Essential (primary) hypertension" in desk.get(address(scene, "diagnoses/search/")).content.decode()
    desk.post(address(scene, "drug/"), {"code": "AML", **DIRECTIONS, "dose": "10"})
    desk.post(address(scene, "favorite/"), {"line": str(OrderLine.objects.get().id), "on": "1"})
    options = desk.get(address(scene, "orders/search/drug/")).content.decode()
    assert "10 mg by mouth once a day for 7 days" in options
    form = desk.get(address(scene, "drug/"), {"code": "AML", "favorite": str(OrderSet.objects.get().id)})
    assert 'value="10"' in form.content.decode()


def test_what_is_kept_is_maintained(scene):
    desk = desk_of(scene)
    desk.post("/staff/doctor/kept/template/", NOTE | NAME)
    template = NoteTemplate.objects.get()
    desk.post("/staff/doctor/kept/template/", NOTE | NAME | {"template": str(template.id), "plan": "Troponin"})
    assert NoteTemplate.objects.get().plan == "Troponin"
    assert "Troponin" in desk.get("/staff/doctor/kept/", {"template": str(template.id)}).content.decode()
    assert desk.post("/staff/doctor/kept/template/", {"name_en": "Empty"}).status_code == 422
    desk.post(address(scene, "items/lab/"), {"code": "CBC"})
    desk.post(address(scene, "keep/"), NOTE | NAME | {"what": "orders"})
    kept = OrderSet.objects.get()
    desk.post(f"/staff/doctor/kept/sets/{kept.id}/", {"act": "put", "code": "AML", **DIRECTIONS})
    wrong = desk.post(
        f"/staff/doctor/kept/sets/{kept.id}/", {"act": "put", "code": "AML", **DIRECTIONS, "dose": "much"}
    )
    assert wrong.status_code == 422
    assert set(kept.lines.values_list("item_code", "dose")) == {("CBC", None), ("AML", 5)}
    page = desk.get("/staff/doctor/kept/", {"set": str(kept.id)}).content.decode()
    assert "Amlodipine" in page
    for address_, act in ((f"sets/{kept.id}/", {}), ("template/", {"template": str(template.id)})):
        desk.post(f"/staff/doctor/kept/{address_}", act | {"act": "delete"})
    assert (OrderSet.objects.count(), NoteTemplate.objects.count()) == (0, 0)
