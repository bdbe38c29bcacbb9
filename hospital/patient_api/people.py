"""/api/people: the people one books for (A03)."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from ninja import Router

from hospital.patient_api.problems import reader_language
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import DocumentOut, DocumentWarningOut, PersonCreated, PersonIn, PersonOut
from hospital.patients.api import display_name, latin_parts, list_linked_people, unlink_person, warning_text
from hospital.patients.types import LinkedPerson, NewDocument, NewPerson
from hospital.workflows.add_person import add_person

router = Router(tags=["People"])


@router.get("/people", response=list[PersonOut], summary="People I book for")
def list_my_people(request: PatientRequest) -> list[PersonOut]:
    """The people this account may act for, the default first. Document numbers are masked."""
    language = reader_language(request)
    people = list_linked_people(actor=request.auth, now=timezone.now())
    return [_person(linked, language=language) for linked in people]


@router.post("/people", response={201: PersonCreated}, summary="Add a person")
def add_my_person(request: PatientRequest, body: PersonIn) -> tuple[int, PersonCreated]:
    """Adds oneself or family. A wrong check digit is a warning, never a refusal.

    Refusals: `incomplete_person`, `document_taken`.
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
        ),
        relation=body.relation,
        actor=request.auth,
        now=timezone.now(),
    )
    return 201, PersonCreated(id=person_id, warnings=_warnings(warnings))


@router.delete("/people/{uuid:person_id}", response={204: None}, summary="Take a person off my list")
def remove_my_person(request: PatientRequest, person_id: UUID) -> tuple[int, None]:
    """The record stays with the hospital. Refusals: `unknown_person`."""
    unlink_person(account_id=UUID(request.auth.id), person_id=person_id, actor=request.auth, now=timezone.now())
    return 204, None


def _person(linked: LinkedPerson, *, language: str) -> PersonOut:
    card = linked.person
    parts = latin_parts(card.name)
    return PersonOut(
        id=card.id,
        relation=linked.relation,
        is_default=linked.is_default,
        family_name=parts.family,
        given_names=parts.given,
        chinese_name=card.name.chinese,
        display_name=display_name(card.name, language=language),
        sex=card.sex,
        birth_date=card.birth_date,
        nationality=card.nationality,
        documents=[
            DocumentOut(
                id=item.id,
                type=item.type,
                issuer=item.issuer,
                masked_number=item.masked_number,
                warnings=_warnings(item.warnings),
            )
            for item in card.identifiers
        ],
        record_numbers=card.mrns,
    )


def _warnings(codes: Iterable[str]) -> list[DocumentWarningOut]:
    return [DocumentWarningOut(code=code, text=warning_text(code)) for code in codes]
