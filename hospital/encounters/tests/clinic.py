"""A small clinic with one visit in consultation, for the tests of everything that happens in a visit."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from hospital.accounts.models import PatientAccount, User
from hospital.campuses.models import Campus, Clinician, Department
from hospital.consents.tests.factories import make_price_consent
from hospital.encounters.models import Encounter
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.ids import new_id
from hospital.patients.models import AccountPerson, Allergy, CareRelation, LocalNumber, Person

TEN = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # ten o'clock in Guangzhou
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Scene:
    """One visit with its doctor and patient."""

    encounter_id: UUID
    person_id: UUID
    doctor: Actor
    clinician_id: UUID
    department_id: UUID


def make_campus(code: str = "IMC") -> Campus:
    """A campus; the same one when asked twice."""
    campus, _ = Campus.objects.get_or_create(
        code=code,
        defaults={
            "name_zh": f"{code} 院区",
            "name_en": f"{code} campus",
            "short_zh": code,
            "short_en": code,
            "address_zh": "澜江路 6 号",
            "address_en": "6 Lanjiang Road",
            "phone": "+86 20 0000 6600",
        },
    )
    return campus


def make_user(name: str = "") -> User:
    """A member of staff."""
    number = next(_numbers)
    return User.objects.create(
        username=f"{name or 'user'}.{number}",
        staff_no=f"T{number:05d}",
        name_zh=f"员工{number}",
        name_en=(name or f"User {number}").title(),
    )


def make_staff(role: Role, *, campus: str = "IMC", name: str = "") -> Actor:
    """A member of staff with one role at one campus."""
    user = make_user(name)
    return Actor(
        kind=ActorKind.STAFF,
        id=str(user.id),
        label=user.name_en,
        grants=frozenset({(role, campus)}),
        campus_code=campus,
    )


def make_doctor(*, campus: str = "IMC", can_prescribe: bool = True) -> tuple[Actor, Clinician]:
    """A doctor's account and the clinician it signs in as."""
    actor = make_staff(Role.DOCTOR, campus=campus, name="doctor")
    number = next(_numbers)
    department = Department.objects.create(
        code=f"{campus}-CARD-{number}",
        campus=make_campus(campus),
        specialty="CARD",
        name_zh="心血管内科",
        name_en="Cardiology",
    )
    clinician = Clinician.objects.create(
        user_id=actor.id,
        staff_no=f"D{number:05d}",
        department=department,
        family_zh="林",
        given_zh="志远",
        family_en="Lin",
        given_en="Zhiyuan",
        sex="M",
        title="CHIEF",
        can_prescribe=can_prescribe,
    )
    return actor, clinician


def make_person(*, born_on: date = date(1988, 6, 2), sex: str = "F", allergy: str = "") -> Person:
    """A patient, allergic to one group where it is named."""
    number = next(_numbers)
    person = Person.objects.create(
        family_name="Fraser-Whitcombe",
        given_names="Alistair James",
        sex=sex,
        birth_date=born_on,
        nationality="GBR",
        created_at=TEN,
        created_by="test",
    )
    LocalNumber.objects.create(person=person, campus=make_campus(), mrn=f"IMC{number:07d}")
    if allergy:
        Allergy.objects.create(
            person=person,
            group=allergy,
            substance_zh="青霉素",
            substance_en="penicillin",
            is_severe=True,
            recorded_at=TEN,
        )
    return person


def make_patient(person_id: UUID) -> Actor:
    """The patient's own account."""
    account = PatientAccount.objects.create(email_index=f"mail-{next(_numbers)}", created_at=TEN)
    AccountPerson.objects.create(account=account, person_id=person_id, relation="SELF", added_at=TEN)
    return Actor(kind=ActorKind.PATIENT, id=str(account.id), label="patient")


def make_visit(
    *,
    person: Person | None = None,
    state: str = "IN_CONSULT",
    visit_type: str = "OP",
    campus: str = "IMC",
    can_prescribe: bool = True,
) -> Scene:
    """A visit whose campus has a care relation to the patient."""
    doctor, clinician = make_doctor(campus=campus, can_prescribe=can_prescribe)
    patient = person or make_person()
    make_price_consent(patient.id)
    number = next(_numbers)
    encounter = Encounter.objects.create(
        number=f"OP-261125-{number:04d}",
        person=patient,
        campus_id=campus,
        department=clinician.department,
        clinician=clinician,
        visit_type=visit_type,
        service_line="INTL",
        state=state,
        queue_number=f"A{number % 1000:03d}",
        queue_on=date(2026, 11, 25),
        registered_at=TEN,
        checked_in_at=TEN,
        called_at=TEN,
        consult_started_at=TEN,
        done_at=TEN if state == "DONE" else None,
        appointment_id=new_id(),
    )
    CareRelation.objects.get_or_create(
        person=patient, campus_code=campus, user_id=None, source="VISIT", defaults={"since": TEN}
    )
    return Scene(
        encounter_id=encounter.id,
        person_id=patient.id,
        doctor=doctor,
        clinician_id=clinician.id,
        department_id=clinician.department_id,
    )
