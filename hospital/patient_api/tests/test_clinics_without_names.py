"""A clinic without a doctor's name: patients see the clinic until a doctor of it calls them (A04)."""

import json
from datetime import timedelta

import pytest

from hospital.encounters.api import list_areas, move_encounter
from hospital.encounters.states import EncounterState
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.patient_api.tests.factories import answer_of, check_in
from hospital.scheduling.models import RosterSession
from hospital.scheduling.tests.factories import make_session

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
NAMES = ("LIN", "Zhiyuan", "Lin", "林志远", "志远")
DAY = TEN.date().isoformat()


def unnamed(booking):
    RosterSession.objects.update(is_by_name=False, service_type="ORDINARY")
    return booking


@pytest.fixture
def clinic(booking):
    return unnamed(booking)


def told_of(booking):
    """Everything that the app asks about a booking."""
    number = booking.appointment_id
    addresses = ("/appointments", "/my-appointments", "/next-step", "/check-in", f"/appointments/{number}")
    answers = [booking.owner.get(address) for address in (*addresses, f"/appointments/{number}/journey")]
    assert {answer.status_code for answer in answers} == {200}
    return json.dumps([answer.json() for answer in answers], ensure_ascii=False)


def test_the_clinic_is_offered_once_without_anybody_in_it(clinic):
    department = RosterSession.objects.get().department
    other = RosterSession.objects.get(pk=make_session(starts_at=TEN + timedelta(hours=2), places=2))
    RosterSession.objects.filter(pk=other.pk).update(is_by_name=False, service_type="ORDINARY", department=department)
    other.clinician.department = department
    other.clinician.save()
    answer = clinic.owner.get("/booking/doctors", clinic="true", department=department.id)
    (offer,) = answer_of(answer)["doctors"]
    assert not any(name in json.dumps(answer.json(), ensure_ascii=False) for name in NAMES)
    assert (offer["id"], offer["name"], offer["is_clinic"]) == (
        str(department.id),
        {"zh": "普通门诊", "en": "General clinic"},
        True,
    )
    assert offer["next"]["starts_at"] == "2026-11-25T04:00:00Z"  # the place at eleven is booked
    assert offer["title_name"]["zh"] == "由当班医生接诊"
    places = answer_of(clinic.owner.get(f"/booking/doctors/{offer['id']}/places", day=DAY, clinic="true"))
    assert [len(each["places"]) for each in places] == [1, 2]
    sessions = answer_of(clinic.owner.get(f"/booking/doctors/{offer['id']}/sessions", day=DAY, clinic="true"))
    assert len(sessions) == 2
    days = answer_of(clinic.owner.get("/booking/days", department=offer["id"], clinic="true"))
    assert days[0]["free"] == 2


def test_a_doctors_name_does_not_lead_to_the_clinic_nor_the_clinic_stand_under_it(clinic):
    doctor = RosterSession.objects.get().clinician_id
    for query in ({"q": "Zhiyuan"}, {"q": "林志远"}, {"doctor": doctor}, {"sex": "M"}, {"title": "CHIEF"}):
        offers = answer_of(clinic.owner.get("/booking/doctors", **query))["doctors"]
        assert [(each["is_clinic"], each["next"]) for each in offers] == [(False, None)], query
    assert answer_of(clinic.owner.get(f"/booking/doctors/{doctor}/places", day=DAY)) == []
    assert answer_of(clinic.owner.get(f"/booking/doctors/{doctor}/sessions", day=DAY)) == []
    assert answer_of(clinic.owner.get("/booking/days", doctor=doctor))[0]["free"] == 0


def test_the_booking_says_the_clinic_until_the_doctor_calls(clinic):
    visit = answer_of(clinic.owner.post(f"/appointments/{clinic.appointment_id}/number"))
    assert visit["clinician_name"] == {"zh": "普通门诊", "en": "General clinic"}
    check_in(clinic)
    told = told_of(clinic)
    assert not any(name in told for name in NAMES)
    assert '"General clinic"' in told
    move_encounter(encounter_id=visit["id"], target=EncounterState.CALLED, actor=system_actor("desk"), now=TEN)
    journey = answer_of(clinic.owner.get(f"/appointments/{clinic.appointment_id}/journey"))
    assert journey["visit"]["clinician_name"]["en"] == "LIN Zhiyuan"
    assert journey["appointment"]["clinician_name"]["zh"] == "林志远"


def test_the_wall_board_says_it_as_it_is_called(clinic, client):
    visit = answer_of(clinic.owner.post(f"/appointments/{clinic.appointment_id}/number"))
    check_in(clinic)
    (area,) = list_areas(campus_code="IMC")
    address = f"/wall/{area.code}/{area.key}/"
    page = client.get(address).content.decode()
    assert "普通门诊" in page
    assert not any(name in page for name in NAMES)
    move_encounter(encounter_id=visit["id"], target=EncounterState.CALLED, actor=system_actor("desk"), now=TEN)
    assert "林志远" in client.get(address).content.decode()


def test_a_session_by_name_is_as_it_was(booking):
    assert "林志远" in told_of(booking)
    (offer,) = answer_of(booking.owner.get("/booking/doctors"))["doctors"]
    assert (offer["is_clinic"], offer["name"]["en"]) == (False, "LIN Zhiyuan")
