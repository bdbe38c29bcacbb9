"""Who keeps a roster."""

from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.scheduling.errors import NotRosterClerk


def require_roster_clerk(*, actor: Actor, campus_code: str) -> None:
    """Refuses with `NotRosterClerk` who does not keep the roster of this campus. The product itself may."""
    if actor.kind is ActorKind.SYSTEM:
        return
    if actor.kind is not ActorKind.STAFF or campus_code not in actor.campuses_of(Role.ROSTER_CLERK):
        raise NotRosterClerk
