"""Who sees whom: four actors, break-glass, unmasking, and the trace that each leaves (N14)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN, make_doctor, make_patient, make_person, make_staff, make_visit
from hospital.kernel.actors import Role, system_actor
from hospital.patients.api import (
    end_care_relation,
    get_person,
    grant_care_relation,
    has_emergency_access,
    list_emergency_accesses,
    list_people,
    open_emergency_access,
    require_access,
    search_people,
    unmask_identifier,
)
from hospital.patients.errors import NoCareRelation, NotClinical, ReasonNeeded, UnknownPerson
from hospital.patients.models import CareRelation, EmergencyAccess, Identifier
from hospital.patients.services import create_person
from hospital.patients.tests.factories import new_person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]
REASON = "unconscious in the emergency room"


def sees(actor, person_id, *, now=TEN):
    """Whether every way of reading shows the person to the actor; all ways must agree."""
    ways = {
        person_id in list_people(actor=actor, person_ids=[person_id], now=now),
        person_id in [card.id for card in search_people(actor=actor, text="Fraser", now=now)],
        _is_allowed(actor, person_id, now=now),
    }
    assert len(ways) == 1
    return ways.pop()


def _is_allowed(actor, person_id, *, now):
    try:
        require_access(actor=actor, person_id=person_id, now=now)
        get_person(actor=actor, person_id=person_id, now=now)
    except (NoCareRelation, UnknownPerson):
        return False
    return True


@pytest.fixture
def patient():
    """A person whom the campus IMC treats."""
    person = make_person()
    person.name_key = "fraser whitcombe alistair"
    person.save()
    grant_care_relation(person_id=person.id, campus_code="IMC", source="visit", now=TEN - timedelta(hours=1))
    return person


def test_the_owner_sees_and_a_stranger_does_not(patient):
    assert sees(make_patient(patient.id), patient.id)
    stranger = make_patient(make_person().id)
    assert not sees(stranger, patient.id)
    for work in (get_person, require_access):
        with pytest.raises(UnknownPerson):  # a stranger does not even learn that the person exists
            work(actor=stranger, person_id=patient.id, now=TEN)
        with pytest.raises(UnknownPerson):
            work(actor=stranger, person_id=uuid4(), now=TEN)


@pytest.mark.requirement("N10")
def test_a_doctor_of_the_treating_campus_sees_and_one_of_another_does_not(patient):
    assert sees(make_staff(Role.DOCTOR, campus="IMC"), patient.id)
    other = make_staff(Role.DOCTOR, campus="NORTH")
    assert not sees(other, patient.id)
    with pytest.raises(NoCareRelation):
        get_person(actor=other, person_id=patient.id, now=TEN)
    with pytest.raises(UnknownPerson):
        get_person(actor=other, person_id=uuid4(), now=TEN)


@pytest.mark.parametrize("role", list(Role))
def test_a_campus_shows_its_patients_to_those_who_work_with_them(patient, role):
    with_patients = {Role.DOCTOR, Role.NURSE, Role.CASHIER, Role.LAB_TECHNICIAN, Role.IMAGING_TECHNICIAN}
    with_patients |= {Role.PHARMACIST, Role.REGISTRAR, Role.COORDINATOR, Role.MEDICAL_AFFAIRS}
    assert sees(make_staff(role), patient.id) == (role in with_patients)


def test_nobody_without_a_role_sees_anybody(patient):
    doctor, _ = make_doctor()
    without = type(doctor)(kind=doctor.kind, id=doctor.id, label=doctor.label, campus_code="IMC")
    assert not sees(without, patient.id)


def test_a_care_relation_ends(patient):
    doctor = make_staff(Role.DOCTOR)
    end_care_relation(person_id=patient.id, source="another", now=TEN)
    assert sees(doctor, patient.id)
    end_care_relation(person_id=patient.id, source="visit", now=TEN)
    assert sees(doctor, patient.id, now=TEN - timedelta(seconds=1))
    assert not sees(doctor, patient.id, now=TEN)


def test_granting_twice_is_granting_once(patient):
    grant_care_relation(person_id=patient.id, campus_code="IMC", source="visit", now=TEN)
    assert CareRelation.objects.count() == 1


def test_break_glass_opens_for_four_hours_and_says_who_whom_and_why(patient):
    other = make_staff(Role.DOCTOR, campus="NORTH")
    open_emergency_access(person_id=patient.id, reason=f"  {REASON} ", actor=other, now=TEN)
    assert sees(other, patient.id)
    assert has_emergency_access(actor=other, person_id=patient.id, now=TEN)
    assert sees(other, patient.id, now=TEN + timedelta(hours=4, seconds=-1))
    assert not sees(other, patient.id, now=TEN + timedelta(hours=4))
    assert not sees(make_staff(Role.DOCTOR, campus="NORTH"), patient.id)  # it is theirs alone
    (opening,) = list_emergency_accesses()
    assert (opening.person_id, str(opening.user_id), opening.reason) == (patient.id, other.id, REASON)
    (entry,) = list_entries(action="patients.break_glass", actor_id=other.id)
    assert (entry.person_id, entry.reason, entry.was_refused) == (patient.id, REASON, False)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DOCTOR, Role.NURSE}))
def test_break_glass_is_for_doctors_and_nurses(patient, role):
    with pytest.raises(NotClinical):
        open_emergency_access(person_id=patient.id, reason=REASON, actor=make_staff(role, campus="NORTH"), now=TEN)
    assert not EmergencyAccess.objects.exists()


def test_break_glass_wants_a_reason_and_somebody(patient):
    nurse = make_staff(Role.NURSE, campus="NORTH")
    with pytest.raises(ReasonNeeded):
        open_emergency_access(person_id=patient.id, reason="  urgent       ", actor=nurse, now=TEN)
    with pytest.raises(UnknownPerson):
        open_emergency_access(person_id=uuid4(), reason=REASON, actor=nurse, now=TEN)
    with pytest.raises(NotClinical):
        open_emergency_access(person_id=patient.id, reason=REASON, actor=make_patient(patient.id), now=TEN)
    assert not EmergencyAccess.objects.exists()
    assert not list_entries(action="patients.break_glass", person_id=patient.id)


def test_a_look_by_staff_is_logged_and_a_refused_one_is_no_look(patient):
    doctor, other = make_staff(Role.DOCTOR), make_staff(Role.DOCTOR, campus="NORTH")
    get_person(actor=doctor, person_id=patient.id, now=TEN)
    with pytest.raises(NoCareRelation):
        get_person(actor=other, person_id=patient.id, now=TEN)
    get_person(actor=system_actor("papers"), person_id=patient.id, now=TEN)
    assert [entry.actor_id for entry in list_entries(person_id=patient.id, action="patients.view")] == [doctor.id]


def test_unmasking_shows_the_whole_number_and_is_logged():
    clerk = make_staff(Role.REGISTRAR)
    person_id, _ = create_person(new=new_person(document={"number": "533100427"}), actor=clerk, now=TEN)
    identifier_id = Identifier.objects.get().id
    facts: dict[str, Any] = {"person_id": person_id, "identifier_id": identifier_id, "now": TEN}
    assert unmask_identifier(**facts, reason="copy for the embassy", actor=clerk) == "533100427"
    (entry,) = list_entries(action="patients.unmask", person_id=person_id)
    assert (entry.actor_id, entry.reason) == (clerk.id, "copy for the embassy")


def test_a_refused_unmasking_shows_and_logs_nothing():
    clerk = make_staff(Role.REGISTRAR)
    person_id, _ = create_person(new=new_person(), actor=clerk, now=TEN)
    other_id, _ = create_person(new=new_person(), actor=clerk, now=TEN)
    facts: dict[str, Any] = {"identifier_id": Identifier.objects.get(person_id=person_id).id, "now": TEN}
    with pytest.raises(ReasonNeeded):
        unmask_identifier(**facts, person_id=person_id, reason="because", actor=clerk)
    with pytest.raises(NoCareRelation):
        unmask_identifier(**facts, person_id=person_id, reason=REASON, actor=make_staff(Role.DOCTOR, campus="NORTH"))
    with pytest.raises(UnknownPerson):  # a document of somebody else
        unmask_identifier(**facts, person_id=other_id, reason=REASON, actor=clerk)
    assert not [*list_entries(action="patients.unmask", person_id=person_id)]
    assert not [*list_entries(action="patients.unmask", person_id=other_id)]


def test_the_doctor_of_a_visit_sees_its_patient():
    scene = make_visit()
    assert get_person(actor=scene.doctor, person_id=scene.person_id, now=TEN).id == scene.person_id
