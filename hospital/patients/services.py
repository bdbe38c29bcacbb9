"""Writes of people."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from pypinyin import Style, lazy_pinyin

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import local_day
from hospital.kernel.conflicts import refusing
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field
from hospital.patients.errors import (
    AlreadyLinked,
    DocumentTaken,
    IncompletePerson,
    NotClinical,
    ReasonNeeded,
    UnknownPerson,
)
from hospital.patients.models import AccountPerson, CareRelation, EmergencyAccess, Identifier, LocalNumber, Person
from hospital.patients.queries import NUMBER_PLACE, require_access
from hospital.patients.rules.countries import is_passport_code
from hospital.patients.rules.documents import DocumentType, check_document
from hospital.patients.rules.masking import mask_document_number
from hospital.patients.rules.names import PersonName, printed_name, search_key
from hospital.patients.types import NewDocument, NewPerson

EMERGENCY_ACCESS_LIFE = timedelta(hours=4)
_MIN_REASON = 10
_CLINICAL_ROLES = (Role.DOCTOR, Role.NURSE)
_RELATIONS = {"SELF", "SPOUSE", "CHILD", "PARENT", "OTHER"}


def create_person(*, new: NewPerson, actor: Actor, now: datetime) -> tuple[UUID, tuple[str, ...]]:
    """Puts a person into the index; returns the id and the warnings about the document (they never block care).

    Refusals: `IncompletePerson`, `DocumentTaken` (same type, issuer and number: never a second person).
    """
    check_complete(new=new, now=now)
    document_type = DocumentType(new.document.type)
    check = check_document(
        document_type=document_type,
        number=new.document.number,
        on=local_day(now),
        birth_on=new.birth_date,
        sex=new.sex,
        nationality=new.nationality,
    )
    name = PersonName(
        family=new.family_name.strip(),
        given=new.given_names.strip(),
        chinese=new.chinese_name.strip(),
        preferred=new.preferred_name.strip(),
    )
    with acting(actor=actor):
        person = Person.objects.create(
            family_name=name.family,
            given_names=name.given,
            printed_name=printed_name(name),
            chinese_name=name.chinese,
            preferred_name=name.preferred,
            has_single_name=not name.family,
            name_key=search_key(name),
            pinyin=pinyin_key(name.chinese),
            sex=new.sex,
            birth_date=new.birth_date,
            nationality=new.nationality,
            languages=list(new.languages),
            needs_interpreter=new.needs_interpreter,
            email=encrypt_field(new.email, place="patients_person.email"),
            email_index=blind_index(new.email, place="patients_person.email"),
            phone=encrypt_field(new.phone, place="patients_person.phone"),
            phone_index=blind_index(new.phone, place="patients_person.phone"),
            created_at=now,
            created_by=actor.id,
        )
        with refusing({"identifier_once": DocumentTaken()}):
            Identifier.objects.create(
                person=person,
                type=document_type,
                issuer=(new.document.issuer or check.issuer or new.nationality).upper(),
                number=encrypt_field(check.number, place=NUMBER_PLACE),
                number_index=blind_index(check.number, place=NUMBER_PLACE),
                masked_number=mask_document_number(check.number, document_type=document_type),
                valid_to=new.document.valid_to,
                warnings=[str(warning) for warning in check.warnings],
                added_at=now,
            )
        _trace(actor=actor, action="patients.create", person_id=person.id, now=now)
    return person.id, tuple(str(warning) for warning in check.warnings)


def check_complete(*, new: NewPerson, now: datetime) -> None:
    """Refuses with `IncompletePerson`, naming the fields that are missing, impossible or too long."""
    names = (new.family_name, new.given_names, new.chinese_name)
    today = local_day(now)
    faults = {
        "name": not any(name.strip() for name in names)
        or any(len(name.strip()) > longest for name, longest in zip(names, (160, 160, 80), strict=True))
        or len(new.preferred_name.strip()) > 120,
        "sex": new.sex not in {"M", "F", "U"},
        "birth_date": not today.year - 130 <= new.birth_date.year or new.birth_date > today,
        "nationality": len(new.nationality) != 3 or not is_passport_code(new.nationality),
        "document": not _is_document_complete(new.document),
        "email": len(new.email) > 254,
        "phone": len(new.phone) > 30,
    }
    if any(faults.values()):
        raise IncompletePerson(fields=", ".join(field for field, is_faulty in faults.items() if is_faulty))


def _is_document_complete(document: NewDocument) -> bool:
    return (
        document.type in set(DocumentType)
        and 0 < len(document.number.strip()) <= 40
        and (not document.issuer or is_passport_code(document.issuer))
    )


def pinyin_key(text: str) -> str:
    """`chenjiayi cjy` for 陈嘉怡: full pinyin and initials, for search."""
    if not text:
        return ""
    full = "".join(lazy_pinyin(text, errors="ignore"))
    initials = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))
    return f"{full} {initials}".lower()[:200]


def link_person(*, account_id: UUID, person_id: UUID, relation: str, actor: Actor, now: datetime) -> None:
    """Lets an account act for a person. Refuses with `AlreadyLinked`, or `IncompletePerson` for an unknown relation."""
    if relation not in _RELATIONS:
        raise IncompletePerson(fields="relation")
    with acting(actor=actor):
        with refusing({"account_person_once": AlreadyLinked()}):
            AccountPerson.objects.create(
                account_id=account_id,
                person_id=person_id,
                relation=relation,
                is_default=not AccountPerson.objects.filter(account_id=account_id, removed_at=None).exists(),
                added_at=now,
            )
        _trace(actor=actor, action="patients.link", person_id=person_id, now=now)


def unlink_person(*, account_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Ends the account's right to act for a person; the record stays. Refuses with `UnknownPerson`."""
    with acting(actor=actor):
        if not AccountPerson.objects.filter(account_id=account_id, person_id=person_id, removed_at=None).update(
            removed_at=now, is_default=False
        ):
            raise UnknownPerson
        _trace(actor=actor, action="patients.unlink", person_id=person_id, now=now)


def ensure_record_number(*, person_id: UUID, campus_code: str) -> str:
    """The person's record number at a campus, made at the first visit there."""
    known = LocalNumber.objects.filter(person_id=person_id, campus_id=campus_code).first()
    if known:
        return known.mrn
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO patients_localnumber (person_id, campus_id, mrn)
               VALUES (%s, %s, %s || '-' || lpad(nextval('patients_mrn_seq')::text, 7, '0'))
               ON CONFLICT (person_id, campus_id) DO UPDATE SET mrn = patients_localnumber.mrn RETURNING mrn""",
            [person_id, campus_code, campus_code],
        )
        (mrn,) = cursor.fetchone()
    return str(mrn)


def grant_care_relation(
    *, person_id: UUID, campus_code: str, source: str, now: datetime, user_id: UUID | None = None
) -> None:
    """Lets a campus's staff (and, when named, the treating doctor) see a person. Granting twice changes nothing."""
    CareRelation.objects.bulk_create(
        [CareRelation(person_id=person_id, campus_code=campus_code, user_id=user_id, source=source, since=now)],
        ignore_conflicts=True,
    )


def end_care_relation(*, person_id: UUID, source: str, now: datetime) -> None:
    """Ends what `grant_care_relation` gave for `source`: a booking that came to nothing opens no record any more."""
    CareRelation.objects.filter(person_id=person_id, source=source, until=None).update(until=now)


def open_emergency_access(*, person_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Break-glass: the actor sees the person for four hours; who, whom, when and why are logged (N14).

    Refusals: `NotClinical` (neither doctor nor nurse), `ReasonNeeded`, `UnknownPerson`.
    """
    if not actor.campuses_of(*_CLINICAL_ROLES):
        raise NotClinical
    reason = _checked_reason(reason)
    if not Person.objects.filter(pk=person_id).exists():
        raise UnknownPerson
    with acting(actor=actor):
        EmergencyAccess.objects.create(
            person_id=person_id,
            user_id=actor.id,
            reason=reason,
            opened_at=now,
            expires_at=now + EMERGENCY_ACCESS_LIFE,
        )
        _trace(actor=actor, action="patients.break_glass", person_id=person_id, now=now, reason=reason)


def _checked_reason(reason: str) -> str:
    reason = reason.strip()[:1000]
    if len(reason) < _MIN_REASON:
        raise ReasonNeeded
    return reason


def unmask_identifier(*, person_id: UUID, identifier_id: UUID, reason: str, actor: Actor, now: datetime) -> str:
    """A document's full number, for a reason that is logged. Refusals: `ReasonNeeded`, those of `require_access`."""
    reason = _checked_reason(reason)
    require_access(actor=actor, person_id=person_id, now=now)
    row = Identifier.objects.filter(pk=identifier_id, person_id=person_id).first()
    if row is None:
        raise UnknownPerson
    _trace(actor=actor, action="patients.unmask", person_id=person_id, now=now, reason=reason)
    return decrypt_field(row.number, place=NUMBER_PLACE)


def _trace(*, actor: Actor, action: str, person_id: UUID, now: datetime, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="person",
        subject_id=str(person_id),
        person_id=person_id,
        reason=reason,
        now=now,
    )
