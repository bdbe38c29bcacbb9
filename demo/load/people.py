"""The patients, with their documents, allergies and record numbers, and one sign-in of the patient app."""

import io
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from PIL import Image, ImageDraw

from demo.documents import DemoDocument
from demo.load.actors import staff_actor
from demo.load.clock import local_date
from demo.logins import DEMO_PATIENT_EMAIL, DEMO_PATIENT_NAME
from demo.patients import DemoPatient, make_patients
from hospital.accounts.models import PatientAccount
from hospital.consents.api import answer_correction, get_notice, give_consent, request_correction
from hospital.consents.types import ConsentFacts, Purpose
from hospital.enquiries.api import open_enquiry
from hospital.enquiries.types import EnquiryTopic
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.clock import local_day
from hospital.kernel.crypto import blind_index, encrypt_field
from hospital.kernel.types import BilingualText
from hospital.patients.api import check_document, create_person, ensure_record_number, open_claim, submit_proof
from hospital.patients.models import AccountPerson, Allergy, Identifier, Person
from hospital.patients.rules.masking import mask_document_number
from hospital.patients.types import NewClaim, NewDocument, NewPerson, ProofKind

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
    # Four in five of the others were asked and know of none.
    asked = [
        person_id
        for place, (patient, person_id) in enumerate(zip(people, ids, strict=True))
        if not patient.allergies and place % 5
    ]
    Person.objects.filter(pk__in=asked).update(no_allergies_at=now - timedelta(days=1))


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
            AccountPerson(account=account, person_id=daughter, relation="CHILD", guardian_consent_at=now, added_at=now),
        ]
    )
    _agree(account, daughter=daughter, now=now - timedelta(hours=3))
    _ask_the_desk(account, mother=mother, daughter=daughter, now=now)


def _agree(account: PatientAccount, *, daughter: UUID, now: datetime) -> None:
    """The account has accepted the privacy notice and wants news, and the mother agreed for her daughter."""
    actor = Actor(kind=ActorKind.PATIENT, id=str(account.id), label="patient account")
    for purpose, person_id in ((Purpose.PRIVACY, None), (Purpose.CHILD, daughter), (Purpose.MARKETING, None)):
        notice = get_notice(purpose=purpose, on=local_day(now))
        give_consent(
            account_id=account.id,
            purpose=purpose,
            facts=ConsentFacts(version=notice.version, language="en"),
            person_id=person_id,
            actor=actor,
            now=now,
        )


def _ask_the_desk(account: PatientAccount, *, mother: UUID, daughter: UUID, now: datetime) -> None:
    """What waits at the registration desk: a passport and a birth certificate to look at, a record to link."""
    actor = Actor(kind=ActorKind.PATIENT, id=str(account.id), label="patient account")
    passport = Identifier.objects.filter(person_id=mother, ended_at=None).order_by("-is_primary").first()
    proofs = ((mother, ProofKind.DOCUMENT, passport.id if passport else None), (daughter, ProofKind.RELATION, None))
    for person_id, kind, identifier_id in proofs:
        submit_proof(
            person_id=person_id,
            kind=kind,
            identifier_id=identifier_id,
            content=_draw_paper(),
            actor=actor,
            now=now - timedelta(hours=2),
        )
    father = NewClaim(
        document=NewDocument(type="PASSPORT", number="19FK40217", issuer="FRA"),
        family_name="Moreau",
        given_names="Henri Auguste",
        birth_date=date(1951, 9, 30),
        relation="PARENT",
    )
    open_claim(new=father, actor=actor, now=now - timedelta(hours=1))
    _ask_for_corrections(account, actor=actor, now=now)
    for hours, topic, text in _QUESTIONS:
        open_enquiry(topic=topic, text=text, key=f"demo-{topic}", actor=actor, now=now - timedelta(hours=hours))


def _ask_for_corrections(account: PatientAccount, *, actor: Actor, now: datetime) -> None:
    """Two wishes for a correction: one that the desk has answered, one that waits."""
    for days, text in _CORRECTIONS:
        asked_at = now - timedelta(days=days, hours=2)
        last = request_correction(account_id=account.id, text=text, actor=actor, now=asked_at)
        if days:
            answer_correction(
                correction_id=last.id,
                is_done=False,
                answer=_ANSWER,
                actor=staff_actor(_REGISTRARS[0]),
                now=now - timedelta(hours=5),
            )


_CORRECTIONS: Final = (
    (1, "Please write my first name without its second part."),
    (0, "My daughter's phone number is still our old one in Lyon. It is now the same as mine."),
)
_ANSWER: Final = BilingualText(
    "姓名须与护照一致，护照上印有该部分，因此未作更改。",
    "Your name has to be as in your passport, which prints both parts, so we left it as it is.",
)
# What waits at the service desk.
_QUESTIONS = (
    (3, EnquiryTopic.BILL, "Can you send the fee statement in English for my insurer? It needs your stamp."),
    (1, EnquiryTopic.VISIT, "Ma fille voit le pédiatre demain. May her grandmother come along and translate?"),
)


def _draw_paper() -> bytes:
    """A sheet with a portrait's place and lines, as a stand-in for a photographed document."""
    sheet = Image.new("RGB", (900, 620), "#eef3f1")
    pen = ImageDraw.Draw(sheet)
    pen.rounded_rectangle((40, 40, 280, 360), 16, fill="#b5d8d1")
    pen.ellipse((110, 90, 210, 190), fill="#0f766e")
    pen.pieslice((80, 210, 240, 430), 180, 360, fill="#0f766e")
    for place, width in enumerate((460, 380, 520, 300)):
        pen.rounded_rectangle((330, 60 + place * 80, 330 + width, 84 + place * 80), 8, fill="#9fb8b2")
    for place in range(2):
        pen.rounded_rectangle((40, 450 + place * 70, 860, 490 + place * 70), 8, fill="#cfdcd8")
    drawn = io.BytesIO()
    sheet.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()
