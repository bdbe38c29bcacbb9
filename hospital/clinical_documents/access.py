"""Who may write a document, and who may review one (domain brief 10)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hospital.campuses.api import get_clinician_of_user
from hospital.clinical_documents.errors import ConsultationNotStarted, NotSuperior
from hospital.encounters.api import get_encounter, require_clinical_access
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal

WRITABLE: Final = (EncounterState.IN_CONSULT, EncounterState.AWAY, EncounterState.DONE)
RANKS: Final = ("RESIDENT", "ATTENDING", "ASSOCIATE_CHIEF", "CHIEF")
"""The titles of doctors, the lowest first."""
_DOCTORS: Final = frozenset({Role.DOCTOR})


def find_writable_visit(*, encounter_id: UUID, actor: Actor, now: datetime) -> EncounterCard:
    """The visit, for writing a document of it: by its doctor, or by a doctor of its department at its campus who may
    see the patient.

    Refuses `UnknownEncounter`, `NotYourPatient`, `NoCareRelation`, `NotClinicalStaff`, `ConsultationNotStarted`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    if str(visit.clinician_user_id) != actor.id:
        _require_colleague(visit=visit, actor=actor, now=now)
    if visit.state not in WRITABLE:
        raise ConsultationNotStarted
    return visit


def _require_colleague(*, visit: EncounterCard, actor: Actor, now: datetime) -> None:
    if not actor.has_role(Role.DOCTOR, visit.campus_code):
        raise NotYourPatient
    colleague = get_clinician_of_user(user_id=UUID(actor.id))
    if colleague is None or colleague.department.id != visit.department_id:
        raise NotYourPatient
    require_clinical_access(actor=actor, person_id=visit.person_id, now=now, roles=_DOCTORS)


def can_write(*, encounter_id: UUID, actor: Actor, now: datetime) -> bool:
    """Whether the actor may write documents of a visit now."""
    try:
        find_writable_visit(encounter_id=encounter_id, actor=actor, now=now)
    except Refusal:
        return False
    return True


def require_superior(*, signer_id: UUID | None, actor: Actor) -> None:
    """Refuses with `NotSuperior` unless the actor ranks above who signed. That both are of one department is
    `find_writable_visit`'s to say."""
    if not is_superior(signer_id=signer_id, actor=actor):
        raise NotSuperior


def is_superior(*, signer_id: UUID | None, actor: Actor) -> bool:
    """Whether the actor's title ranks above that of who signed; somebody without a title ranks below everybody."""
    return _rank(UUID(actor.id)) > _rank(signer_id)


def _rank(user_id: UUID | None) -> int:
    found = get_clinician_of_user(user_id=user_id) if user_id else None
    return RANKS.index(found.title) if found and found.title in RANKS else -1
