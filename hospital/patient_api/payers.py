"""Whose bill it is, and where it came up."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from hospital.campuses.api import list_campuses
from hospital.kernel.actors import Actor
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import text
from hospital.patients.api import get_person, latin_parts, list_linked_people
from hospital.patients.types import PersonCard


class PayerOut(Schema):
    """The patient of a bill, named as on the document."""

    id: UUID
    family_name: str
    given_names: str
    chinese_name: str


def payers_of(actor: Actor, now: datetime) -> dict[UUID, PayerOut]:
    """The people of an account."""
    return {linked.person.id: _payer(linked.person) for linked in list_linked_people(actor=actor, now=now)}


def payer_of(person_id: UUID, actor: Actor, now: datetime) -> PayerOut:
    """One of them. Refuses `UnknownPerson`."""
    return _payer(get_person(actor=actor, person_id=person_id, now=now))


def campus_names() -> dict[str, Text]:
    """The campuses' short names by code."""
    return {campus.code: text(campus.name) for campus in list_campuses()}


def _payer(person: PersonCard) -> PayerOut:
    parts = latin_parts(person.name)
    return PayerOut(id=person.id, family_name=parts.family, given_names=parts.given, chinese_name=person.name.chinese)
