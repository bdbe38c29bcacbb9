"""Who may read what doctors wrote: care alone does not do, it takes a clinical role (N14)."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from hospital.encounters.errors import NotClinicalStaff
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.patients.api import require_records

CARING: Final = frozenset({Role.DOCTOR, Role.NURSE})
CLINICAL: Final = CARING | {Role.LAB_TECHNICIAN, Role.IMAGING_TECHNICIAN, Role.PHARMACIST}


def require_clinical_access(*, actor: Actor, person_id: UUID, now: datetime, roles: frozenset[Role] = CLINICAL) -> None:
    """Refuses unless the actor sees the person by one of `roles`; a cashier's or registrar's view of people is none.

    An account is judged by the agreement of the adult it acts for. Refusals: `NotClinicalStaff`, `NoCareRelation`,
    `RecordsClosed`, `UnknownPerson`.
    """
    if actor.kind is ActorKind.STAFF:
        actor = replace(actor, grants=frozenset(grant for grant in actor.grants if grant[0] in roles))
        if not actor.grants:
            raise NotClinicalStaff
    require_records(actor=actor, person_id=person_id, now=now)
