"""A patient who waits goes to another doctor of the department and is told why (A06, W24)."""

from typing import Any
from uuid import UUID

import pytest

from hospital.encounters.api import get_encounter
from hospital.encounters.errors import TransferNotPossible
from hospital.encounters.tests.clinic import TEN, make_doctor, make_visit
from hospital.kernel.events import list_events
from hospital.patients.models import CareRelation
from hospital.scheduling.models import RosterSession
from hospital.scheduling.tests.factories import make_session
from hospital.workflows.transfer_visit import list_other_doctors, transfer_visit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A06", "W24")]


def test_it_goes_to_a_doctor_who_sees_patients_of_the_department_today():
    scene = make_visit(state="CHECKED_IN")
    colleague, clinician = make_doctor()
    RosterSession.objects.filter(pk=make_session(clinician_id=clinician.id)).update(department_id=scene.department_id)
    stranger = make_doctor()[1]
    before = get_encounter(encounter_id=scene.encounter_id)
    assert [each.clinician_id for each in list_other_doctors(visit=before, now=TEN)] == [clinician.id]
    transfer: dict[str, Any] = {"encounter_id": scene.encounter_id, "actor": scene.doctor, "now": TEN}
    for doctor, reason in ((stranger.id, "SHORTER_WAIT"), (clinician.id, "BECAUSE")):
        with pytest.raises(TransferNotPossible):
            transfer_visit(**transfer, clinician_id=doctor, reason=reason)
    assert get_encounter(encounter_id=scene.encounter_id) == before
    after = transfer_visit(
        **transfer, clinician_id=clinician.id, reason="SHORTER_WAIT", clinician_user_id=UUID(scene.doctor.id)
    )
    assert (after.clinician_id, after.queue_number) == (clinician.id, before.queue_number)
    assert CareRelation.objects.filter(person_id=scene.person_id, user_id=colleague.id).exists()
    told = list_events(encounter_id=scene.encounter_id)[-1]
    assert (told.kind, told.facts["reason"]) == ("encounters.transferred", "SHORTER_WAIT")
