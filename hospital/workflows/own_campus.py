"""Desks act for the campuses at which their people hold a role (N14)."""

from hospital.kernel.actors import Actor, ActorKind
from hospital.workflows.errors import NotYourCampus


def require_own_campus(*, actor: Actor, campus_code: str) -> None:
    """Refuses with `NotYourCampus` staff who hold no role at the campus and partners who may not act there.

    Patients and the product itself pass. A registrar sees the whole index of people, so the access to the person says
    nothing about the place.
    """
    if actor.kind is ActorKind.STAFF and campus_code not in {campus for _, campus in actor.grants}:
        raise NotYourCampus
    if actor.kind is ActorKind.PARTNER and campus_code not in actor.campuses:
        raise NotYourCampus
