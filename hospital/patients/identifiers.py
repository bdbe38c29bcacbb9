"""The documents of a person: a history, of which one is shown first (N10; domain brief 8)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.conflicts import refusing
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field
from hospital.patients.errors import DocumentTaken, IncompletePerson, LastDocument, UnknownDocument, UnknownPerson
from hospital.patients.models import Identifier, Person
from hospital.patients.queries import NUMBER_PLACE, require_access
from hospital.patients.reasons import checked_reason
from hospital.patients.rules.countries import is_passport_code
from hospital.patients.rules.documents import DocumentCheck, DocumentType, check_document
from hospital.patients.rules.masking import mask_document_number
from hospital.patients.trail import trace
from hospital.patients.types import NewDocument


def is_document_complete(document: NewDocument) -> bool:
    """Whether there is a document of a known type with a number, and its issuer, when given, exists."""
    return (
        document.type in set(DocumentType)
        and 0 < len(document.number.strip()) <= 40
        and (not document.issuer or is_passport_code(document.issuer))
    )


def check_new_document(*, document: NewDocument, person: Person, now: datetime) -> DocumentCheck:
    """What the number says, compared with the person."""
    return check_document(
        document_type=DocumentType(document.type),
        number=document.number,
        on=local_day(now),
        birth_on=person.birth_date,
        sex=person.sex,
        nationality=person.nationality,
    )


def issuer_of(*, document: NewDocument, check: DocumentCheck, nationality: str) -> str:
    """Who issued a document: as stated, as its number says, or else the country of the nationality."""
    return (document.issuer or check.issuer or nationality).upper()


def create_identifier(*, person: Person, document: NewDocument, is_primary: bool, now: datetime) -> tuple[str, ...]:
    """Adds a complete document in the caller's transaction; returns its warnings. Refuses with `DocumentTaken`."""
    check = check_new_document(document=document, person=person, now=now)
    with refusing({"identifier_once": DocumentTaken()}):
        Identifier.objects.create(
            person=person,
            type=document.type,
            issuer=issuer_of(document=document, check=check, nationality=person.nationality),
            number=encrypt_field(check.number, place=NUMBER_PLACE),
            number_index=blind_index(check.number, place=NUMBER_PLACE),
            masked_number=mask_document_number(check.number, document_type=DocumentType(document.type)),
            valid_to=document.valid_to,
            warnings=[str(warning) for warning in check.warnings],
            is_primary=is_primary,
            added_at=now,
        )
    return tuple(str(warning) for warning in check.warnings)


def add_document(
    *, person_id: UUID, document: NewDocument, is_primary: bool, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """A further document of a person, such as the new passport; returns its warnings, which never refuse.

    A document that the person had once, and that was taken off the list, comes back. Refusals: `IncompletePerson`,
    `DocumentTaken`, those of `require_access`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    if not is_document_complete(document):
        raise IncompletePerson(fields="document")
    with acting(actor=actor):
        person = Person.objects.select_for_update().get(pk=person_id)
        if is_primary:
            _clear_primary(person_id)
        check = check_new_document(document=document, person=person, now=now)
        revived = Identifier.objects.filter(
            person=person,
            type=document.type,
            number_index=blind_index(check.number, place=NUMBER_PLACE),
            issuer=issuer_of(document=document, check=check, nationality=person.nationality),
            ended_at__isnull=False,
        ).update(ended_at=None, valid_to=document.valid_to, is_primary=is_primary)
        warnings = tuple(str(warning) for warning in check.warnings)
        if not revived:
            warnings = create_identifier(person=person, document=document, is_primary=is_primary, now=now)
        trace(actor=actor, action="patients.add_document", person_id=person_id, now=now)
    return warnings


def set_primary_document(*, person_id: UUID, identifier_id: UUID, actor: Actor, now: datetime) -> None:
    """Makes one document the one that is shown first. Refusals: `UnknownDocument`, those of `require_access`."""
    require_access(actor=actor, person_id=person_id, now=now)
    with acting(actor=actor):
        Person.objects.select_for_update().get(pk=person_id)
        _clear_primary(person_id)
        current = Identifier.objects.filter(pk=identifier_id, person_id=person_id, ended_at=None)
        if not current.update(is_primary=True):
            raise UnknownDocument
        trace(actor=actor, action="patients.set_primary_document", person_id=person_id, now=now)


def end_document(*, person_id: UUID, identifier_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes a document off the list; the history keeps it, and the person is still found by its number.

    Refusals: `LastDocument`, `UnknownDocument`, those of `require_access`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    with acting(actor=actor):
        Person.objects.select_for_update().get(pk=person_id)
        current = Identifier.objects.filter(person_id=person_id, ended_at=None)
        if not current.filter(pk=identifier_id).exists():
            raise UnknownDocument
        if current.count() == 1:
            raise LastDocument
        current.filter(pk=identifier_id).update(ended_at=now, is_primary=False)
        trace(actor=actor, action="patients.end_document", person_id=person_id, now=now)


def _clear_primary(person_id: UUID) -> None:
    Identifier.objects.filter(person_id=person_id, is_primary=True).update(is_primary=False)


def unmask_identifier(*, person_id: UUID, identifier_id: UUID, reason: str, actor: Actor, now: datetime) -> str:
    """A document's full number, for a reason that is logged. Refusals: `ReasonNeeded`, those of `require_access`."""
    reason = checked_reason(reason)
    require_access(actor=actor, person_id=person_id, now=now)
    row = Identifier.objects.filter(pk=identifier_id, person_id=person_id).first()
    if row is None:
        raise UnknownPerson
    trace(actor=actor, action="patients.unmask", person_id=person_id, now=now, reason=reason)
    return decrypt_field(row.number, place=NUMBER_PLACE)
