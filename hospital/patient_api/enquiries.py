"""/api/enquiries: help and feedback with pictures and answers (A15, W30)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Router, Schema, UploadedFile
from pydantic import Field, StringConstraints

from hospital.enquiries.api import (
    add_picture,
    get_my_enquiry,
    list_my_enquiries,
    open_enquiry,
    rate_enquiry,
    read_picture,
    write_again,
)
from hospital.enquiries.types import EnquiryTopic, EnquiryView
from hospital.patient_api.files import describe_file
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Line, Text
from hospital.patient_api.texts import text

router = Router(tags=["Help and feedback"])
# Lines as somebody typed them: breaks and tabs, no other control character.
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$", max_length=2000)]


class EnquiryIn(Schema):
    """What somebody writes. `idempotency_key`: the same one opens one enquiry."""

    topic: EnquiryTopic
    text: Words = Field(min_length=1)
    idempotency_key: Line = Field(min_length=8, max_length=64)


class ReplyIn(Schema):
    """Something to add."""

    text: Words = Field(min_length=1)
    idempotency_key: Line = Field(min_length=8, max_length=64)


class StarsIn(Schema):
    """How good the answer was."""

    stars: int = Field(ge=1, le=5)


class ReplyOut(Schema):
    """A message of the thread; `author` is empty for the patient's own."""

    id: UUID
    is_from_staff: bool
    author: Text
    text: str
    written_at: datetime


class EnquiryOut(Schema):
    """An enquiry. `state` is RECEIVED, ANSWERING, ANSWERED or CLOSED; `pictures` are ids."""

    id: UUID
    number: str
    topic: str
    text: str
    state: str
    stars: int | None
    created_at: datetime
    updated_at: datetime
    pictures: list[UUID]
    replies: list[ReplyOut]


@router.get("/enquiries", response=list[EnquiryOut], summary="What I wrote")
def list_enquiries(request: PatientRequest) -> list[EnquiryOut]:
    """The enquiries of the account, the last touched first."""
    return [_enquiry(view) for view in list_my_enquiries(actor=request.auth)]


@router.post("/enquiries", response={201: EnquiryOut}, summary="Write to the service desk")
def write(request: PatientRequest, body: EnquiryIn) -> tuple[int, EnquiryOut]:
    """Opens an enquiry; the same key again returns it. Refusals: `enquiry_empty`, `too_many_enquiries`."""
    enquiry_id = open_enquiry(
        topic=body.topic, text=body.text, key=body.idempotency_key, actor=request.auth, now=timezone.now()
    )
    return 201, _enquiry(get_my_enquiry(enquiry_id=enquiry_id, actor=request.auth))


@router.get("/enquiries/{uuid:enquiry_id}", response=EnquiryOut, summary="One of them")
def read_enquiry(request: PatientRequest, enquiry_id: UUID) -> EnquiryOut:
    """An enquiry with its answers. Refusals: `unknown_enquiry`."""
    return _enquiry(get_my_enquiry(enquiry_id=enquiry_id, actor=request.auth))


@router.post("/enquiries/{uuid:enquiry_id}/pictures", response={201: EnquiryOut}, summary="Add a picture")
def send_picture(
    request: PatientRequest, enquiry_id: UUID, file: Annotated[UploadedFile, File()]
) -> tuple[int, EnquiryOut]:
    """Keeps a picture (JPEG or PNG, 8 MB) with it; four at most.

    Refusals: `unknown_enquiry`, `too_many_pictures`, `upload_too_large`, `upload_not_accepted`.
    """
    add_picture(enquiry_id=enquiry_id, content=file.read(), actor=request.auth, now=timezone.now())
    return 201, _enquiry(get_my_enquiry(enquiry_id=enquiry_id, actor=request.auth))


@router.get(
    "/enquiries/{uuid:enquiry_id}/pictures/{uuid:picture_id}",
    summary="A picture",
    openapi_extra=describe_file("image/jpeg", "The picture"),
)
def see_picture(request: PatientRequest, enquiry_id: UUID, picture_id: UUID) -> HttpResponse:
    """A picture that was sent. Refusals: `unknown_enquiry`."""
    content = read_picture(enquiry_id=enquiry_id, picture_id=picture_id, actor=request.auth)
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@router.post("/enquiries/{uuid:enquiry_id}/replies", response=EnquiryOut, summary="Add to it")
def reply(request: PatientRequest, enquiry_id: UUID, body: ReplyIn) -> EnquiryOut:
    """Adds to an enquiry; it waits for the desk again. Refusals: `unknown_enquiry`, `enquiry_empty`."""
    write_again(enquiry_id=enquiry_id, text=body.text, key=body.idempotency_key, actor=request.auth, now=timezone.now())
    return _enquiry(get_my_enquiry(enquiry_id=enquiry_id, actor=request.auth))


@router.post("/enquiries/{uuid:enquiry_id}/rating", response=EnquiryOut, summary="Rate the answer")
def rate(request: PatientRequest, enquiry_id: UUID, body: StarsIn) -> EnquiryOut:
    """One to five stars. Refusals: `unknown_enquiry`."""
    rate_enquiry(enquiry_id=enquiry_id, stars=body.stars, actor=request.auth, now=timezone.now())
    return _enquiry(get_my_enquiry(enquiry_id=enquiry_id, actor=request.auth))


def _enquiry(view: EnquiryView) -> EnquiryOut:
    return EnquiryOut(
        id=view.id,
        number=view.number,
        topic=view.topic,
        text=view.text,
        state=view.state,
        stars=view.stars,
        created_at=view.created_at,
        updated_at=view.updated_at,
        pictures=list(view.pictures),
        replies=[
            ReplyOut(
                id=each.id,
                is_from_staff=each.is_from_staff,
                author=text(each.author),
                text=each.text,
                written_at=each.written_at,
            )
            for each in view.replies
        ],
    )
