"""A patient who waits goes to another doctor of the department, with the number they have (A06, W24)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hospital.audit.api import acting
from hospital.campuses.api import get_clinician
from hospital.encounters.api import get_encounter, transfer_encounter
from hospital.encounters.errors import TransferNotPossible
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.patients.api import grant_care_relation, require_access
from hospital.scheduling.api import list_sessions
from hospital.scheduling.types import SessionCard
from hospital.workflows.own_campus import require_own_campus


class TransferReason(StrEnum):
    """Why; the patient is told in their language."""

    SHORTER_WAIT = "SHORTER_WAIT"
    DOCTOR_AWAY = "DOCTOR_AWAY"
    BETTER_SUITED = "BETTER_SUITED"
    PATIENT_ASKED = "PATIENT_ASKED"


def list_other_doctors(*, visit: EncounterCard, now: datetime) -> list[SessionCard]:
    """Sessions of today that are not over, of other doctors of the same department, one a doctor."""
    today = local_day(now)
    sessions = list_sessions(now=now, first=today, last=today, department_id=visit.department_id)
    others = {each.clinician_id: each for each in reversed(sessions) if each.clinician_id != visit.clinician_id}
    return sorted(others.values(), key=lambda each: each.starts_at)


def transfer_visit(
    *,
    encounter_id: UUID,
    clinician_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
    clinician_user_id: UUID | None = None,
) -> EncounterCard:
    """Sends a visit to another doctor who sees patients of the department today; number and fee stay as they are.

    Refusals: `UnknownEncounter`, `UnknownPerson`, `NoCareRelation`, `NotYourCampus`, `NotYourPatient`, `NotQueueDesk`,
    `TransferNotPossible`, `EncounterMoved`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    require_access(actor=actor, person_id=visit.person_id, now=now)
    require_own_campus(actor=actor, campus_code=visit.campus_code)
    found = next((each for each in list_other_doctors(visit=visit, now=now) if each.clinician_id == clinician_id), None)
    if found is None or reason not in set(TransferReason):
        raise TransferNotPossible
    with acting(actor=actor):
        transfer_encounter(
            encounter_id=encounter_id,
            clinician_id=clinician_id,
            room_id=found.room_id,
            reason=reason,
            actor=actor,
            now=now,
            clinician_user_id=clinician_user_id,
        )
        grant_care_relation(
            person_id=visit.person_id,
            campus_code=visit.campus_code,
            user_id=get_clinician(clinician_id=clinician_id).user_id,
            source=f"{encounter_id}",
            now=now,
        )
    return get_encounter(encounter_id=encounter_id)
