"""Critical values at the doctor's desk: shown at once, taken over, refused beside the field (R56)."""

import pytest

from hospital.encounters.tests.clinic import make_visit
from hospital.kernel.actors import Role
from hospital.results import api
from hospital.results.models import CriticalAlert
from hospital.results.tests.factories import ELEVEN, ask, make_laboratory, receive, technician
from hospital.staff_web.tests.factories import open_desk

pytestmark = pytest.mark.django_db
PAGE = "/staff/doctor/critical/"


@pytest.fixture
def scene():
    make_laboratory()
    scene = make_visit()
    (specimen_id,) = ask(scene)
    report_id = receive(specimen_id, technician())
    api.enter_results(report_id=report_id, values={"PLT": "14"}, actor=technician(), now=ELEVEN)
    return scene


@pytest.mark.requirement("R56")
def test_a_doctor_takes_an_escalated_value_over(scene):
    colleague = open_desk(Role.DOCTOR)
    assert "No critical values wait" in colleague.get(PAGE).content.decode()
    CriticalAlert.objects.update(level=1, escalated_at=ELEVEN)
    page = colleague.get(PAGE).content.decode()
    assert "1 critical value" in page
    assert "Nobody has answered" in page
    alert = CriticalAlert.objects.get()
    refused = colleague.post(f"{PAGE}{alert.id}/", {"action": "  "})
    assert refused.status_code == 422
    assert "Write what you do about this value." in refused.content.decode()
    assert colleague.post(f"{PAGE}{alert.id}/", {"action": "Platelets ordered"}).status_code == 302
    assert "No critical values wait" in colleague.get(PAGE).content.decode()
    again = colleague.post(f"{PAGE}{alert.id}/", {"action": "Once more"})
    assert (again.status_code, "A colleague has taken this value over" in again.content.decode()) == (409, True)
    laboratory = open_desk(Role.LAB_TECHNICIAN)
    specimen_id = alert.result.report.specimen_id
    assert CriticalAlert.objects.get().action == "Platelets ordered"
    assert laboratory.get(f"/staff/laboratory/specimens/{specimen_id}/").status_code == 200
