"""Who works in the laboratory of a campus."""

from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.results.errors import NotLaboratoryStaff


def require_laboratory(*, actor: Actor, campus_code: str) -> None:
    """Refuses with `NotLaboratoryStaff` unless the actor is a technician at the campus."""
    if actor.kind is ActorKind.STAFF and campus_code in actor.campuses_of(Role.LAB_TECHNICIAN):
        return
    raise NotLaboratoryStaff
