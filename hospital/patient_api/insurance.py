"""/api/people/…/insurance-cards: cards of commercial insurers, recorded for later (A03)."""

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Router, UploadedFile

from hospital.patient_api.people_schemas import CreatedOut, InsuranceCardIn
from hospital.patient_api.requests import PatientRequest
from hospital.patients.api import (
    add_insurance_card,
    end_insurance_card,
    read_insurance_picture,
    set_insurance_picture,
)
from hospital.patients.types import NewInsuranceCard

router = Router(tags=["People"])
_PICTURE_ANSWER = {"responses": {"200": {"description": "The picture", "content": {"image/jpeg": {}}}}}


@router.post("/people/{uuid:person_id}/insurance-cards", response={201: CreatedOut}, summary="Add an insurance card")
def add_my_insurance_card(request: PatientRequest, person_id: UUID, body: InsuranceCardIn) -> tuple[int, CreatedOut]:
    """Only recorded: the insurer is not asked yet. Refusals: `unknown_person`, `incomplete_person`."""
    card = NewInsuranceCard(**body.model_dump())
    card_id = add_insurance_card(person_id=person_id, card=card, actor=request.auth, now=timezone.now())
    return 201, CreatedOut(id=card_id)


@router.delete(
    "/people/{uuid:person_id}/insurance-cards/{uuid:card_id}",
    response={204: None},
    summary="Take an insurance card off the list",
)
def remove_my_insurance_card(request: PatientRequest, person_id: UUID, card_id: UUID) -> tuple[int, None]:
    """Its picture is deleted. Refusals: `unknown_person`, `unknown_insurance_card`."""
    end_insurance_card(person_id=person_id, card_id=card_id, actor=request.auth, now=timezone.now())
    return 204, None


@router.post(
    "/people/{uuid:person_id}/insurance-cards/{uuid:card_id}/picture",
    response={204: None},
    summary="Send a picture of the card",
)
def send_insurance_picture(
    request: PatientRequest, person_id: UUID, card_id: UUID, file: Annotated[UploadedFile, File()]
) -> tuple[int, None]:
    """A JPEG or PNG of up to 8 MB; it replaces the one before.

    Refusals: `unknown_person`, `unknown_insurance_card`, `upload_too_large`, `upload_not_accepted`.
    """
    set_insurance_picture(
        person_id=person_id, card_id=card_id, content=file.read(), actor=request.auth, now=timezone.now()
    )
    return 204, None


@router.get(
    "/people/{uuid:person_id}/insurance-cards/{uuid:card_id}/picture",
    openapi_extra=_PICTURE_ANSWER,
    summary="The picture of the card",
)
def read_my_insurance_picture(request: PatientRequest, person_id: UUID, card_id: UUID) -> HttpResponse:
    """A JPEG. Refusals: `unknown_person`, `unknown_insurance_card`."""
    picture = read_insurance_picture(person_id=person_id, card_id=card_id, actor=request.auth, now=timezone.now())
    answer = HttpResponse(picture.content, content_type=picture.content_type)
    answer["Cache-Control"] = "no-store"
    return answer
