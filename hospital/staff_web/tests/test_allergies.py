"""The page of allergies, reached from the banner, and what the banner says (D52)."""

import pytest

from hospital.encounters.tests.clinic import make_person, make_visit
from hospital.orders.models import OrderLine
from hospital.orders.tests.factories import make_catalog
from hospital.patients.models import Allergy
from hospital.staff_web.tests.test_doctor import DIRECTIONS, address, desk_of, today

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52")]


def page(desk, where):
    return desk.get(where).content.decode()


def test_a_doctor_asks_records_and_the_drug_is_stopped():
    make_catalog()
    scene = today(make_visit(person=make_person()))
    desk, visit = desk_of(scene), address(scene, "")
    here = f"/staff/people/{scene.person_id}/allergies/"
    assert "Allergies: not asked yet" in page(desk, visit)
    assert f"{here}?next={visit}" in page(desk, visit)
    answer = desk.post(f"{here}none/", {"next": visit})
    assert answer.status_code == 302
    assert answer["Location"] == visit
    assert "No known allergies" in page(desk, visit)
    new = {"substance": "PENICILLIN", "reaction": "HIVES", "is_severe": "on", "next": visit}
    assert desk.post(here, new).status_code == 302
    assert "Allergy: Penicillins" in page(desk, visit)
    amoxicillin = DIRECTIONS | {"code": "AMX", "dose": "0.5", "dose_unit": "g"}
    assert desk.post(address(scene, "drug/"), amoxicillin).status_code == 422
    assert OrderLine.objects.count() == 0
    assert desk.post(f"{here}none/", {"next": visit})["Location"].startswith(here)
    row = Allergy.objects.get()
    desk.post(f"{here}{row.id}/", {"reason": "Skin test negative", "next": visit})
    assert "Skin test negative" in page(desk, here)
    assert desk.post(address(scene, "drug/"), amoxicillin).status_code == 200


def test_half_of_an_allergy_stays_in_the_form_and_another_site_is_not_gone_to():
    scene = today(make_visit(person=make_person()))
    desk, here = desk_of(scene), f"/staff/people/{scene.person_id}/allergies/"
    answer = desk.post(here, {"substance": "OTHER", "other_zh": "芒果", "reaction": "RASH", "next": "//evil.example/"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "write it in Chinese and in English" in text
    assert "芒果" in text
    assert "evil.example" not in text
    assert not Allergy.objects.exists()
