"""Addresses that somebody guessed: another's record stays closed, whatever id is asked for (N14)."""

from uuid import uuid4

import pytest

from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import make_visit
from hospital.kernel.actors import Role
from hospital.orders.models import OrderLine
from hospital.orders.tests.factories import make_catalog, prescribe
from hospital.staff_web.tests.factories import open_desk

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("N14")
@pytest.mark.parametrize("campus", ["IMC", "SOUTH"])
def test_a_written_line_opens_to_nobody_outside_the_care_or_the_visit(campus):
    make_catalog()
    visit, other = make_visit(), make_visit(campus="SOUTH")
    prescribe(visit, "AML")
    line = OrderLine.objects.get()
    stranger = open_desk(Role.DOCTOR, campus=campus)
    for encounter_id in (other.encounter_id, *([visit.encounter_id] if campus == "SOUTH" else []), uuid4()):
        answer = stranger.get(f"/staff/doctor/visits/{encounter_id}/drug/{line.id}/")
        assert answer.status_code in {403, 404}
        assert "AML" not in answer.content.decode()
    assert campus == "IMC" or AuditEntry.objects.filter(was_refused=True, reason="no_care_relation").exists()


@pytest.mark.parametrize(
    "address", ["/staff/search/?q=a%00b", "/staff/laboratory/scan/?number=%00", "/v/?number=%00a&k=x", "/v/a%00b?k=x"]
)
def test_a_character_that_no_text_has_is_refused_and_no_fault(address):
    assert open_desk(Role.LAB_TECHNICIAN).get(address).status_code == 400


def test_a_field_with_a_character_that_no_text_has_is_refused_and_no_fault():
    assert open_desk(Role.DOCTOR).post("/staff/emergency/", {"number": "A\0BCDE"}).status_code == 400
