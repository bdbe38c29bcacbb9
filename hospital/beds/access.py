"""Who works with beds."""

from typing import Final

from hospital.beds.errors import NotBedDesk
from hospital.kernel.actors import Actor, ActorKind, Role

BED_ROLES: Final = (Role.COORDINATOR, Role.NURSE)


def require_bed_desk(*, actor: Actor, campus_code: str = "") -> None:
    """Refuses with `NotBedDesk` who is neither coordinator nor nurse, with `campus_code` at that campus.

    The product itself may.
    """
    if actor.kind is ActorKind.SYSTEM:
        return
    if actor.kind is not ActorKind.STAFF:
        raise NotBedDesk
    held = {campus for role in BED_ROLES for campus in actor.campuses_of(role)}
    if not held or (campus_code and campus_code not in held):
        raise NotBedDesk
