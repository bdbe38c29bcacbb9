"""/api/people: the people one books for (A03, W21)."""

from uuid import UUID

from django.utils import timezone
from ninja import Router

from hospital.kernel.clock import local_day
from hospital.patient_api.people_schemas import (
    ContactIn,
    HolderOut,
    PersonCreated,
    PersonDetailOut,
    PersonIn,
    PersonOut,
)
from hospital.patient_api.person_shapes import insurance_card_out, person_out, warnings_out
from hospital.patient_api.problems import reader_language
from hospital.patient_api.requests import PatientRequest
from hospital.patients.api import (
    change_contact,
    end_holder,
    get_contact,
    get_linked_person,
    list_holders,
    list_insurance_cards,
    list_linked_people,
    set_default_person,
)
from hospital.patients.types import NewContact, NewDocument, NewPerson
from hospital.workflows.add_person import add_person, remove_person

router = Router(tags=["People"])


@router.get("/people", response=list[PersonOut], summary="People I book for")
def list_my_people(request: PatientRequest) -> list[PersonOut]:
    """The people this account may act for, the default first. Document numbers are masked."""
    language, now = reader_language(request), timezone.now()
    people = list_linked_people(actor=request.auth, now=now)
    return [person_out(linked, language=language, on=local_day(now)) for linked in people]


@router.post("/people", response={201: PersonCreated}, summary="Add a person")
def add_my_person(request: PatientRequest, body: PersonIn) -> tuple[int, PersonCreated]:
    """Adds oneself or family. A wrong check digit is a warning, never a refusal.

    Refusals: `incomplete_person`, `document_taken` (then ask for the record: `POST /people/claims`), `self_taken`,
    `guardian_needed` (under 18), `guardian_consent_needed` (under 14), `too_many_people`, `too_many_tries`.
    """
    person_id, warnings = add_person(
        new=NewPerson(
            family_name=body.family_name,
            given_names=body.given_names,
            chinese_name=body.chinese_name,
            preferred_name=body.preferred_name,
            sex=body.sex,
            birth_date=body.birth_date,
            nationality=body.nationality,
            document=NewDocument(**body.document.model_dump()),
            languages=tuple(body.languages),
            needs_interpreter=body.needs_interpreter,
            email=body.email,
            phone=body.phone,
            guardian_notice=body.guardian_notice,
            language=reader_language(request),
        ),
        relation=body.relation,
        actor=request.auth,
        now=timezone.now(),
    )
    return 201, PersonCreated(id=person_id, warnings=warnings_out(warnings))


@router.get("/people/{uuid:person_id}", response=PersonDetailOut, summary="A person I book for")
def get_my_person(request: PatientRequest, person_id: UUID) -> PersonDetailOut:
    """With documents, proofs, contact (masked) and insurance cards. Refusals: `unknown_person`."""
    actor, now = request.auth, timezone.now()
    linked = get_linked_person(actor=actor, person_id=person_id, now=now)
    contact = get_contact(person_id=person_id, actor=actor, now=now)
    today = local_day(now)
    shown = person_out(linked, language=reader_language(request), on=today)
    return PersonDetailOut(
        **dict(shown),
        preferred_name=linked.person.name.preferred,
        languages=list(linked.person.languages),
        needs_interpreter=linked.person.needs_interpreter,
        email=contact.email,
        phone=contact.phone,
        insurance_cards=[
            insurance_card_out(card, on=today)
            for card in list_insurance_cards(person_id=person_id, actor=actor, now=now)
        ],
    )


@router.patch("/people/{uuid:person_id}", response={204: None}, summary="Change contact and wishes")
def change_my_person(request: PatientRequest, person_id: UUID, body: ContactIn) -> tuple[int, None]:
    """Changes what is given. What the document prints is changed at the desk.

    Refusals: `unknown_person`, `incomplete_person`, `records_closed`.
    """
    change = NewContact(
        email=body.email,
        phone=body.phone,
        preferred_name=body.preferred_name,
        languages=None if body.languages is None else tuple(body.languages),
        needs_interpreter=body.needs_interpreter,
    )
    change_contact(person_id=person_id, change=change, actor=request.auth, now=timezone.now())
    return 204, None


@router.delete("/people/{uuid:person_id}", response={204: None}, summary="Take a person off my list")
def remove_my_person(request: PatientRequest, person_id: UUID) -> tuple[int, None]:
    """The record stays with the hospital. Refusals: `unknown_person`."""
    remove_person(person_id=person_id, actor=request.auth, now=timezone.now())
    return 204, None


@router.post("/people/{uuid:person_id}/default", response={204: None}, summary="Show this person first")
def show_person_first(request: PatientRequest, person_id: UUID) -> tuple[int, None]:
    """The app opens with this person. Refusals: `unknown_person`."""
    set_default_person(person_id=person_id, actor=request.auth, now=timezone.now())
    return 204, None


@router.get("/people/{uuid:person_id}/holders", response=list[HolderOut], summary="Who else acts for me")
def list_my_holders(request: PatientRequest, person_id: UUID) -> list[HolderOut]:
    """Other accounts that act for oneself, masked. Refusals: `unknown_person`, also for family."""
    holders = list_holders(person_id=person_id, actor=request.auth, now=timezone.now())
    return [
        HolderOut(id=each.link_id, relation=each.relation, address=each.masked_address, since=each.since)
        for each in holders
    ]


@router.delete(
    "/people/{uuid:person_id}/holders/{uuid:holder_id}", response={204: None}, summary="End that somebody acts for me"
)
def end_my_holder(request: PatientRequest, person_id: UUID, holder_id: UUID) -> tuple[int, None]:
    """Such as one's parents, once one is of age. Refusals: `unknown_person`."""
    end_holder(person_id=person_id, link_id=holder_id, actor=request.auth, now=timezone.now())
    return 204, None
