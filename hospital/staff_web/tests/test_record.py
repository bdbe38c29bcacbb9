"""The shared record at the doctor's desk: all campuses, in pages, by kind and campus, in constant statements."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import make_person, make_visit
from hospital.orders.models import Order, OrderLine
from hospital.orders.tests.factories import make_catalog
from hospital.patients.models import CareRelation
from hospital.records.models import Diagnosis, VisitNote
from hospital.staff_web.tests.factories import count_queries
from hospital.staff_web.tests.test_doctor import address, desk_of, today

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N11", "N19")]


def fill(person, count, *, campus="IMC", days=0):
    """As many finished visits with a note and a prescription, one a day backward."""
    template = make_visit(person=person, campus=campus, state="DONE")
    doctor = template.doctor.id
    code = OrderLine._meta.get_field("item").related_model.objects.get(code="AML")
    kept = Encounter.objects.get(pk=template.encounter_id)
    for number in range(count):
        at = timezone.now() - timedelta(days=days + number + 1)
        kept.pk, kept.number, kept.queue_number = None, f"{campus}-{days}-{number}", f"Z{number}"
        visit = Encounter(**{f.attname: getattr(kept, f.attname) for f in Encounter._meta.fields if f.attname != "id"})
        visit.appointment_id = None
        visit.save()
        note = VisitNote.objects.create(encounter=visit, person=person, written_by_id=doctor, written_at=at)
        Diagnosis.objects.create(
            note=note, encounter=visit, code="I10", name_zh="高血压", name_en=f"Note {number}", is_main=True, position=1
        )
        VisitNote.objects.filter(pk=note.pk).update(state="SIGNED", signed_by_id=doctor, signed_at=at)
        order = Order.objects.create(
            number=f"RX-{campus}-{days}-{number}",
            encounter=visit,
            person=person,
            kind="PRESCRIPTION",
            prescription_class="ORDINARY",
            created_by_id=doctor,
            created_at=at,
        )
        OrderLine.objects.create(
            order=order, position=1, item=code, item_code="AML", name_zh="药", name_en=f"Drug {number}", quantity=1
        )
        Order.objects.filter(pk=order.pk).update(state="SIGNED", signed_by_id=doctor, signed_at=at)


@pytest.fixture
def scene():
    make_catalog()
    return today(make_visit(person=make_person()))


def read(desk, scene, **query):
    return desk.get(f"/staff/doctor/people/{scene.person_id}/record/", query).content.decode()


def test_pages_lead_through_the_whole_record_once(scene):
    person = Encounter.objects.get(pk=scene.encounter_id).person
    fill(person, 7)
    desk = desk_of(scene)
    page = desk.get(address(scene)).content.decode()
    seen = []
    for _ in range(3):
        seen += [name for name in (f"{kind} {n}<" for kind in ("Note", "Drug") for n in range(7)) if name in page]
        if "before=" not in page:
            break
        before = page.split("before=")[1].split('"')[0].replace("%3A", ":").replace("%2B", "+")
        page = read(desk, scene, before=before)
    assert len(seen) == len(set(seen)) >= 13


def test_kind_and_campus_filter(scene):
    person = Encounter.objects.get(pk=scene.encounter_id).person
    fill(person, 2)
    fill(person, 2, campus="NORTH", days=50)
    desk = desk_of(scene)
    notes = read(desk, scene, kind="NOTE")
    assert "Note 0" in notes
    assert "Drug 0" not in notes
    north = read(desk, scene, campus="NORTH", kind="PRESCRIPTION")
    assert (north.count("<li>"), "Drug 1" in north, "Note" in north) == (2, True, False)
    assert "Nothing of this kind" in read(desk, scene, kind="LAB")
    assert desk.get(f"/staff/doctor/people/{scene.person_id}/record/", {"before": "soon"}).status_code == 200


def test_the_record_is_closed_without_a_part_in_the_care(scene):
    CareRelation.objects.filter(person_id=scene.person_id).delete()
    assert desk_of(scene).get(f"/staff/doctor/people/{scene.person_id}/record/").status_code == 403


def test_statements_do_not_grow_with_the_record(scene):
    person = Encounter.objects.get(pk=scene.encounter_id).person
    fill(person, 2)
    desk = desk_of(scene)
    few = count_queries(desk, address(scene))
    fill(person, 6, days=30)
    assert count_queries(desk, address(scene)) == few
