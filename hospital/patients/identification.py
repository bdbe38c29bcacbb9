"""Who stands at a partner's machine: a document or a record number, and the date of birth (X49, X50)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from hospital.audit.api import record_act
from hospital.kernel.actors import Actor
from hospital.kernel.crypto import blind_index
from hospital.kernel.types import BilingualText
from hospital.patients.models import Person
from hospital.patients.queries import NUMBER_PLACE, name_of
from hospital.patients.rules.documents import normalize_number
from hospital.patients.rules.masking import mask_name


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as it was shown or typed. Without `issuer`, documents of all countries with this number are meant."""

    type: str
    number: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class IdentifiedPerson:
    """Somebody who showed who they are: the name masked, record numbers by campus."""

    id: UUID
    masked_name: BilingualText
    mrns: dict[str, str]


def identify_by_document(
    *, document: ShownDocument, birth_date: date, actor: Actor, now: datetime
) -> IdentifiedPerson | None:
    """The one person with this document and date of birth; None where there is none or it could be several.

    The answer does not tell a wrong date of birth from an unknown number. A find is an entry of the audit trail.
    """
    index = blind_index(normalize_number(document.number), place=NUMBER_PLACE)
    meant = {"identifiers__number_index": index, "identifiers__type": document.type}
    if document.issuer:
        meant["identifiers__issuer"] = document.issuer.upper()
    return _find(Person.objects.filter(birth_date=birth_date, **meant).distinct(), actor=actor, now=now)


def identify_by_record_number(*, mrn: str, birth_date: date, actor: Actor, now: datetime) -> IdentifiedPerson | None:
    """As `identify_by_document`, by the record number of any campus."""
    people = Person.objects.filter(birth_date=birth_date, local_numbers__mrn=mrn.strip().upper())
    return _find(people, actor=actor, now=now)


def is_document_known(*, document: ShownDocument) -> bool:
    """Whether somebody in the index has this document, whatever their date of birth."""
    index = blind_index(normalize_number(document.number), place=NUMBER_PLACE)
    rows = Person.objects.filter(identifiers__number_index=index, identifiers__type=document.type)
    return (rows.filter(identifiers__issuer=document.issuer.upper()) if document.issuer else rows).exists()


def _find(people: QuerySet[Person], *, actor: Actor, now: datetime) -> IdentifiedPerson | None:
    """A confidential record opens at the desk alone."""
    found = list(people.filter(is_confidential=False).prefetch_related("local_numbers")[:2])
    if len(found) != 1:
        return None
    (row,) = found
    name = name_of(row)
    record_act(
        actor=actor,
        action="patients.identify",
        subject_kind="person",
        subject_id=str(row.id),
        person_id=row.id,
        now=now,
    )
    return IdentifiedPerson(
        id=row.id,
        masked_name=BilingualText(zh=mask_name(name, language="zh"), en=mask_name(name, language="en")),
        mrns={number.campus_id: number.mrn for number in row.local_numbers.all()},
    )
