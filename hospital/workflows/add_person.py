"""An account adds a person it books for (A03)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.patients.api import create_person, link_person
from hospital.patients.types import NewPerson


def add_person(*, new: NewPerson, relation: str, actor: Actor, now: datetime) -> tuple[UUID, tuple[str, ...]]:
    """Creates the person and lets the account act for them, both or neither.

    Returns the id and the document's warnings. Refusals: `IncompletePerson`, `DocumentTaken`, `AlreadyLinked`.
    """
    with acting(actor=actor):
        person_id, warnings = create_person(new=new, actor=actor, now=now)
        link_person(account_id=UUID(actor.id), person_id=person_id, relation=relation, actor=actor, now=now)
    return person_id, warnings
