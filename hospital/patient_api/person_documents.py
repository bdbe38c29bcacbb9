"""/api/people/…/documents and …/proofs: several documents a person, and what proves them (A03)."""

from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import File, Form, Router, UploadedFile

from hospital.patient_api.people_schemas import CreatedOut, DocumentAdded, WarningsOut
from hospital.patient_api.person_shapes import warnings_out
from hospital.patient_api.requests import PatientRequest
from hospital.patients.api import add_document, end_document, set_primary_document, submit_proof
from hospital.patients.types import NewDocument, ProofKind

router = Router(tags=["People"])


@router.post("/people/{uuid:person_id}/documents", response={201: WarningsOut}, summary="Add a document")
def add_my_document(request: PatientRequest, person_id: UUID, body: DocumentAdded) -> tuple[int, WarningsOut]:
    """Such as the new passport. Refusals: `unknown_person`, `incomplete_person`, `document_taken`."""
    document = NewDocument(type=body.type, number=body.number, issuer=body.issuer, valid_to=body.valid_to)
    warnings = add_document(
        person_id=person_id,
        document=document,
        is_primary=body.is_primary,
        actor=request.auth,
        now=timezone.now(),
    )
    return 201, WarningsOut(warnings=warnings_out(warnings))


@router.post(
    "/people/{uuid:person_id}/documents/{uuid:document_id}/primary",
    response={204: None},
    summary="Use this document first",
)
def use_document_first(request: PatientRequest, person_id: UUID, document_id: UUID) -> tuple[int, None]:
    """Papers and desks show it. Refusals: `unknown_person`, `unknown_document`."""
    set_primary_document(person_id=person_id, identifier_id=document_id, actor=request.auth, now=timezone.now())
    return 204, None


@router.delete(
    "/people/{uuid:person_id}/documents/{uuid:document_id}",
    response={204: None},
    summary="Take a document off the list",
)
def remove_my_document(request: PatientRequest, person_id: UUID, document_id: UUID) -> tuple[int, None]:
    """The history keeps it. Refusals: `unknown_person`, `unknown_document`, `last_document`."""
    end_document(person_id=person_id, identifier_id=document_id, actor=request.auth, now=timezone.now())
    return 204, None


@router.post("/people/{uuid:person_id}/proofs", response={201: CreatedOut}, summary="Send a proof")
def send_proof(
    request: PatientRequest,
    person_id: UUID,
    file: Annotated[UploadedFile, File()],
    kind: Annotated[ProofKind, Form()],
    document_id: Annotated[UUID | None, Form()] = None,
) -> tuple[int, CreatedOut]:
    """A JPEG, PNG or PDF of up to 8 MB that the registration desk looks at; it is deleted when they have decided.

    `DOCUMENT` shows the document `document_id`, `RELATION` a birth or marriage certificate, `AGREEMENT` what an adult
    signed. Refusals: `unknown_person`, `unknown_document`, `upload_too_large`, `upload_not_accepted`.
    """
    proof_id = submit_proof(
        person_id=person_id,
        kind=kind,
        identifier_id=document_id,
        content=file.read(),
        actor=request.auth,
        now=timezone.now(),
    )
    return 201, CreatedOut(id=proof_id)
