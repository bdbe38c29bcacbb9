"""/api/receipts and statements: the fiscal receipts of paid bills, statements of a visit and of a period (F48)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from hospital.documents.types import PaperLanguage
from hospital.encounters.api import get_encounter
from hospital.kernel.clock import local_day
from hospital.patient_api.papers import PDF_ANSWER, pdf_response
from hospital.patient_api.requests import PatientRequest
from hospital.patients.api import require_access
from hospital.receipts.api import fetch_legal_copy
from hospital.receipts.api import list_receipts as list_receipts_of_bills
from hospital.receipts.states import ReceiptKind, ReceiptState
from hospital.receipts.types import ReceiptInfo
from hospital.workflows.print_fee_statement import print_statement_of_period, print_statement_of_visit
from hospital.workflows.print_receipt import print_receipt_sheet

router = Router(tags=["Bills"])


class FiscalReceiptOut(Schema):
    """A fiscal receipt (医疗收费票据) of a bill.

    `kind`: BLUE tells what was paid, RED takes a blue one back. `state`: WAITING until the finance authority has
    numbered it, IN_FORCE, REVERSED, or ISSUED for a red one. `paper_number`: the paper that counts instead of it.
    """

    id: UUID
    kind: Literal["BLUE", "RED"]
    state: Literal["WAITING", "IN_FORCE", "REVERSED", "ISSUED"]
    amount: Decimal
    batch: str
    number: str
    check_code: str
    issued_at: datetime | None
    paper_number: str


def fiscal_receipts_out(settlement_id: UUID) -> list[FiscalReceiptOut]:
    """The receipts of a bill whose payer the caller has checked, in their order. Those never issued are left out."""
    found = list_receipts_of_bills(settlement_ids=[settlement_id])[settlement_id]
    return _shown([one for one in found if one.state is not ReceiptState.DROPPED])


def _shown(found: Sequence[ReceiptInfo]) -> list[FiscalReceiptOut]:
    return [
        FiscalReceiptOut(
            id=one.id,
            kind=one.kind.value,
            state=_state_of(one),
            amount=one.amount,
            batch=one.batch,
            number=one.number,
            check_code=one.check_code,
            issued_at=one.issued_at,
            paper_number=one.paper.number if one.paper else "",
        )
        for one in found
    ]


def _state_of(one: ReceiptInfo) -> Literal["WAITING", "IN_FORCE", "REVERSED", "ISSUED"]:
    if one.state is ReceiptState.REVERSED:
        return "REVERSED"
    if one.state is ReceiptState.ISSUED:
        return "IN_FORCE" if one.kind is ReceiptKind.BLUE else "ISSUED"
    return "WAITING"


@router.get(
    "/receipts/{uuid:receipt_id}/sheet", summary="Translation sheet of a receipt as PDF", openapi_extra=PDF_ANSWER
)
def print_sheet(request: PatientRequest, receipt_id: UUID, language: PaperLanguage = PaperLanguage.EN) -> HttpResponse:
    """For insurers who do not read Chinese. Refusals: `receipt_unknown`, `receipt_not_issued`,
    `english_text_missing`.
    """
    return pdf_response(
        print_receipt_sheet(receipt_id=receipt_id, language=language, actor=request.auth, now=timezone.now())
    )


@router.get("/receipts/{uuid:receipt_id}/copy", summary="The legal receipt", openapi_extra=PDF_ANSWER)
def read_copy(request: PatientRequest, receipt_id: UUID) -> HttpResponse:
    """The Chinese receipt as the finance authority draws it, a PDF or a picture. Refusals: `receipt_unknown`,
    `receipt_not_issued`, `fiscal_platform_unavailable`.
    """
    copy = fetch_legal_copy(receipt_id=receipt_id, actor=request.auth, now=timezone.now())
    return HttpResponse(
        copy.body,
        content_type=copy.media_type,
        headers={"Content-Disposition": "inline", "Cache-Control": "no-store"},
    )


@router.get("/people/{uuid:person_id}/statement", summary="Fee statement of a period as PDF", openapi_extra=PDF_ANSWER)
def print_period(
    request: PatientRequest,
    person_id: UUID,
    first_on: date | None = None,
    last_on: date | None = None,
    language: PaperLanguage = PaperLanguage.EN,
) -> HttpResponse:
    """What was charged from the first to the last day, both included, over all visits; this month's unless they are
    given. Refusals: `unknown_person`, `period_not_usable`, `nothing_charged`, `english_text_missing`.
    """
    now = timezone.now()
    today = local_day(now)
    return pdf_response(
        print_statement_of_period(
            person_id=person_id,
            first_on=first_on or today.replace(day=1),
            last_on=last_on or today,
            language=language,
            actor=request.auth,
            now=now,
        )
    )


@router.get(
    "/visits/{uuid:encounter_id}/statement", summary="Fee statement of a visit as PDF", openapi_extra=PDF_ANSWER
)
def print_visit(
    request: PatientRequest, encounter_id: UUID, language: PaperLanguage = PaperLanguage.EN
) -> HttpResponse:
    """Every charge of a visit, paid or not. Refusals: `unknown_encounter`, `unknown_person`, `nothing_charged`,
    `english_text_missing`.
    """
    now = timezone.now()
    require_access(actor=request.auth, person_id=get_encounter(encounter_id=encounter_id).person_id, now=now)
    return pdf_response(
        print_statement_of_visit(encounter_id=encounter_id, language=language, actor=request.auth, now=now)
    )
