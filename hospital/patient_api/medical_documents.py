"""/api/medical-documents: certificates, letters and summaries that one's people were given (D55, N05)."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from hospital.clinical_documents.states import ClinicalState
from hospital.documents.types import PaperLanguage
from hospital.patient_api.papers import PDF_ANSWER, pdf_response
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import text
from hospital.workflows.my_medical_documents import GivenDocument, list_my_documents
from hospital.workflows.print_medical_document import print_medical_document

router = Router(tags=["Medical documents"])


class MedicalDocumentOut(Schema):
    """A document in the list. `languages`: those in which it prints now; `number` is that of the register, or empty."""

    id: UUID
    person_id: UUID
    title: Text
    number: str
    version: int
    doctor: Text
    signed_at: datetime | None
    is_void: bool
    languages: list[PaperLanguage]


@router.get("/medical-documents", response=list[MedicalDocumentOut], summary="Medical documents of my people")
def list_my_medical_documents(request: PatientRequest, person_id: UUID | None = None) -> list[MedicalDocumentOut]:
    """Signed documents of everybody on the account's list, or of one of them, newest first. A void one says so."""
    found = list_my_documents(actor=request.auth, now=timezone.now(), person_id=person_id)
    return [_listed(each) for each in found]


@router.get("/medical-documents/{uuid:clinical_id}/pdf", summary="A medical document as PDF", openapi_extra=PDF_ANSWER)
def print_my_medical_document(
    request: PatientRequest, clinical_id: UUID, language: PaperLanguage = PaperLanguage.BOTH
) -> HttpResponse:
    """The paper with number, QR code and check code; `language` zh, en or both.

    Refusals: `unknown_clinical_document`, `translation_missing` and `translation_stale` (a language in which it does
    not print), `clinical_document_voided`, `records_closed`.
    """
    return pdf_response(
        print_medical_document(document_id=clinical_id, language=language, actor=request.auth, now=timezone.now())
    )


def _listed(given: GivenDocument) -> MedicalDocumentOut:
    card = given.card
    return MedicalDocumentOut(
        id=card.id,
        person_id=card.person_id,
        title=text(card.title),
        number=card.number,
        version=card.version,
        doctor=text(card.signer),
        signed_at=card.signed_at,
        is_void=card.state is ClinicalState.VOIDED,
        languages=list(given.languages),
    )
