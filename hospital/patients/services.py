"""Writes of people."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from pypinyin import Style, lazy_pinyin

from hospital.audit.api import acting
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import local_day
from hospital.kernel.crypto import blind_index, encrypt_field
from hospital.patients.errors import IncompletePerson, NotClinical, UnknownPerson
from hospital.patients.identifiers import create_identifier, is_document_complete
from hospital.patients.models import CareRelation, EmergencyAccess, LocalNumber, Person
from hospital.patients.reasons import checked_reason
from hospital.patients.rules.contacts import normalize_phone
from hospital.patients.rules.countries import is_passport_code
from hospital.patients.rules.names import PersonName, printed_name, search_key
from hospital.patients.trail import trace
from hospital.patients.types import NewPerson

EMERGENCY_ACCESS_LIFE = timedelta(hours=4)
_CLINICAL_ROLES = (Role.DOCTOR, Role.NURSE)


def create_person(*, new: NewPerson, actor: Actor, now: datetime) -> tuple[UUID, tuple[str, ...]]:
    """Puts a person into the index; returns the id and the warnings about the document (they never block care).

    Refusals: `IncompletePerson`, `DocumentTaken` (same type, issuer and number: never a second person).
    """
    check_complete(new=new, now=now)
    name = PersonName(
        family=new.family_name.strip(),
        given=new.given_names.strip(),
        chinese=new.chinese_name.strip(),
        preferred=new.preferred_name.strip(),
    )
    phone = normalize_phone(new.phone) or ""
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
            phone=encrypt_field(phone, place="patients_person.phone"),
            phone_index=blind_index(phone, place="patients_person.phone"),
            created_at=now,
            created_by=actor.id,
        )
        warnings = create_identifier(person=person, document=new.document, is_primary=True, now=now)
        trace(actor=actor, action="patients.create", person_id=person.id, now=now)
    return person.id, warnings


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
        "document": not is_document_complete(new.document),
        "email": len(new.email) > 254,
        "phone": len(new.phone) > 30 or normalize_phone(new.phone) is None,
    }
    if any(faults.values()):
        raise IncompletePerson(fields=", ".join(field for field, is_faulty in faults.items() if is_faulty))


def pinyin_key(text: str) -> str:
    """`chenjiayi cjy` for 陈嘉怡: full pinyin and initials, for search."""
    if not text:
        return ""
    full = "".join(lazy_pinyin(text, errors="ignore"))
    initials = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))
    return f"{full} {initials}".lower()[:200]


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
    reason = checked_reason(reason)
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
        trace(actor=actor, action="patients.break_glass", person_id=person_id, now=now, reason=reason)
