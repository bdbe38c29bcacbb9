"""The patients, with their documents, allergies and record numbers, and one sign-in of the patient app."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from demo.documents import DemoDocument
from demo.load.actors import staff_actor
from demo.load.clock import local_date
from demo.logins import DEMO_PATIENT_EMAIL, DEMO_PATIENT_NAME
from demo.patients import DemoPatient, make_patients
from hospital.accounts.models import PatientAccount
from hospital.kernel.crypto import blind_index, encrypt_field
from hospital.patients.api import check_document, create_person, ensure_record_number
from hospital.patients.models import AccountPerson, Allergy, Identifier, Person
from hospital.patients.rules.masking import mask_document_number
from hospital.patients.types import NewDocument, NewPerson

_NUMBER: Final = "patients_identifier.number"
_ADDRESS: Final = "patients_person.address"
_ACCOUNT_EMAIL: Final = "accounts_patientaccount.email"
_CENTER: Final = "IMC"
_REGISTRARS: Final = ("he.xiaomin", "liu.shiqi")


def load_people(*, now: datetime) -> None:
    """Registers everybody over a day, three days ago, as the registration desk does it, with every document."""
    people = make_patients(on=local_date(now))
    ids: list[UUID] = []
    for place, patient in enumerate(people):
        registered_at = now - timedelta(hours=75) + timedelta(minutes=place * 7)
        ids.append(_register(patient, place=place, registered_at=registered_at))
    _add_documents(people, ids, now=now)
    _add_allergies(people, ids, now=now)
    _add_addresses(people, ids)
    _add_account(people, ids, now=now)


def _register(patient: DemoPatient, *, place: int, registered_at: datetime) -> UUID:
    document = patient.documents[0]
    person_id, _ = create_person(
        new=NewPerson(
            family_name=patient.family_name,
            given_names=patient.given_names,
            chinese_name=patient.chinese_name,
            preferred_name=patient.preferred_name,
            sex=patient.sex,
            birth_date=patient.birth_on,
            nationality=patient.nationality,
            languages=patient.languages,
            needs_interpreter=patient.needs_interpreter,
            email=patient.email,
            phone=patient.phone,
            document=NewDocument(
                type=document.type, number=document.number, issuer=document.issuer, valid_to=document.valid_to
            ),
        ),
        actor=staff_actor(_REGISTRARS[place % len(_REGISTRARS)]),
        now=registered_at,
    )
    ensure_record_number(person_id=person_id, campus_code=_CENTER)
    return person_id


def _add_documents(people: list[DemoPatient], ids: list[UUID], *, now: datetime) -> None:
    """The second and third documents of those who carry several."""
    Identifier.objects.bulk_create(
        _identifier(document, patient=patient, person_id=person_id, now=now)
        for patient, person_id in zip(people, ids, strict=True)
        for document in patient.documents[1:]
    )


def _identifier(document: DemoDocument, *, patient: DemoPatient, person_id: UUID, now: datetime) -> Identifier:
    check = check_document(
        document_type=document.type, number=document.number, on=local_date(now), birth_on=patient.birth_on
    )
    return Identifier(
        person_id=person_id,
        type=document.type,
        issuer=document.issuer,
        number=encrypt_field(check.number, place=_NUMBER),
        number_index=blind_index(check.number, place=_NUMBER),
        masked_number=mask_document_number(check.number, document_type=document.type),
        valid_from=document.valid_from,
        valid_to=document.valid_to,
        verified_by="MANUAL",
        warnings=[str(warning) for warning in check.warnings],
        added_at=now,
    )


def _add_allergies(people: list[DemoPatient], ids: list[UUID], *, now: datetime) -> None:
    Allergy.objects.bulk_create(
        Allergy(
            person_id=person_id,
            group=allergy.group,
            substance_zh=allergy.substance_zh,
            substance_en=allergy.substance_en,
            reaction_zh=allergy.reaction_zh,
            reaction_en=allergy.reaction_en,
            is_severe=allergy.is_severe,
            recorded_at=now - timedelta(days=1),
        )
        for patient, person_id in zip(people, ids, strict=True)
        for allergy in patient.allergies
    )


def _add_addresses(people: list[DemoPatient], ids: list[UUID]) -> None:
    rows = Person.objects.in_bulk(ids)
    for patient, person_id in zip(people, ids, strict=True):
        rows[person_id].address = encrypt_field(patient.address, place=_ADDRESS)
        rows[person_id].is_confidential = patient.is_confidential
    Person.objects.bulk_update(rows.values(), ["address", "is_confidential"], batch_size=100)


def _add_account(people: list[DemoPatient], ids: list[UUID], *, now: datetime) -> None:
    """A sign-in of the patient app that already acts for a mother and her daughter."""
    named = {(person.family_name, person.given_names): ids[place] for place, person in enumerate(people)}
    account = PatientAccount.objects.create(
        email=encrypt_field(DEMO_PATIENT_EMAIL, place=_ACCOUNT_EMAIL),
        email_index=blind_index(DEMO_PATIENT_EMAIL, place=_ACCOUNT_EMAIL),
        language="en",
        created_at=now - timedelta(days=1),
    )
    mother, daughter = named[DEMO_PATIENT_NAME], named["Moreau", "Louise"]
    AccountPerson.objects.bulk_create(
        [
            AccountPerson(account=account, person_id=mother, relation="SELF", is_default=True, added_at=now),
            AccountPerson(account=account, person_id=daughter, relation="CHILD", added_at=now),
        ]
    )
