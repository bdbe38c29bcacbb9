"""The last visit is shown with what changed since, and only what is ticked is taken."""

import pytest
from django.utils import timezone

from hospital.campuses.models import Department
from hospital.encounters.tests.clinic import make_person, make_visit
from hospital.orders.models import OrderLine
from hospital.orders.tests.factories import make_catalog
from hospital.patients.models import Allergy
from hospital.records.models import Diagnosis, VisitNote
from hospital.records.tests.factories import make_terms
from hospital.results.tests.factories import make_laboratory
from hospital.staff_web.tests.factories import count_queries
from hospital.staff_web.tests.test_doctor import DIRECTIONS, NOTE, address, desk_of, today

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52", "N19")]


@pytest.fixture
def person():
    make_catalog()
    make_terms()
    make_laboratory()
    return make_person()


def write_visit(person, *, drugs=("AML",), code="I10"):
    """A visit of the person with a signed note and prescription."""
    scene = today(make_visit(person=person))
    desk = desk_of(scene)
    desk.post(address(scene, "note/"), NOTE)
    desk.post(address(scene, "diagnoses/"), {"act": "add", "code": code})
    for drug in drugs:
        desk.post(address(scene, "drug/"), DIRECTIONS | {"code": drug})
    revision = VisitNote.objects.get(encounter_id=scene.encounter_id).revision
    assert desk.post(address(scene, "sign/"), NOTE | {"revision": revision}).status_code == 302
    return scene


def test_nothing_is_offered_before_there_was_a_visit(person):
    scene = today(make_visit(person=person))
    assert "No earlier visit" in desk_of(scene).get(address(scene, "last-visit/")).content.decode()


def test_what_changed_since_is_told_and_what_is_ticked_is_taken(person):
    old = write_visit(person, drugs=("AML", "AMX"))
    Allergy.objects.create(
        person_id=person.id,
        group="PENICILLIN",
        substance_zh="青霉素",
        substance_en="Penicillin",
        recorded_at=timezone.now(),
    )
    scene = today(make_visit(person=person))
    desk = desk_of(scene)
    page = desk.get(address(scene, "last-visit/")).content.decode()
    assert "Allergy recorded: Penicillin" in page
    assert 'data-text="Chest pain"' in page
    assert "supply lasts until" in page
    lines = {line.item_code: str(line.id) for line in OrderLine.objects.filter(order__encounter_id=old.encounter_id)}
    answer = desk.post(address(scene, "last-visit/take/"), {"code": ["I10"], "line": list(lines.values())})
    told = answer.content.decode()
    assert 'id="diagnoses" hx-swap-oob="true"' in told
    assert "Not written:" in told
    assert "allergic to Penicillin" in told
    assert list(Diagnosis.objects.filter(encounter_id=scene.encounter_id).values_list("code", flat=True)) == ["I10"]
    assert not OrderLine.objects.filter(order__encounter_id=scene.encounter_id, item_code="AMX").exists()


def test_a_drug_that_is_not_ticked_and_one_of_a_stranger_are_not_taken(person):
    write_visit(person)
    other = write_visit(make_person())
    stranger = str(OrderLine.objects.get(order__encounter_id=other.encounter_id).id)
    scene = today(make_visit(person=person))
    desk_of(scene).post(address(scene, "last-visit/take/"), {"line": [stranger]})
    assert not OrderLine.objects.filter(order__encounter_id=scene.encounter_id).exists()


def test_a_newer_visit_elsewhere_tells_its_drugs_and_diagnoses(person):
    write_visit(person)
    elsewhere = write_visit(person, drugs=("OME",), code="J18.9")
    Department.objects.filter(pk=elsewhere.department_id).update(name_en="Pulmonology", name_zh="呼吸内科")
    scene = today(make_visit(person=person))
    page = desk_of(scene).get(address(scene, "last-visit/")).content.decode()
    assert "Prescribed elsewhere: Omeprazole" in page
    assert "New diagnosis: J18.9" in page


def test_the_statements_do_not_grow(person):
    write_visit(person)
    scene = today(make_visit(person=person))
    desk = desk_of(scene)
    few = count_queries(desk, address(scene, "last-visit/"))
    write_visit(person, drugs=("OME", "LOR"), code="J18.9")
    assert count_queries(desk, address(scene, "last-visit/")) == few
