"""From the data of a paper to the snapshot that is stored and printed."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from hospital.documents.content import care, examinations, medical, notices, receipts, settlements, treatments, visit
from hospital.documents.content.blocks import Block
from hospital.documents.types import (
    DailySettlement,
    DocumentKind,
    ExaminationReport,
    ExaminationRequest,
    FeeStatement,
    LaboratoryReport,
    MedicalCertificate,
    MedicalDocument,
    PaperContent,
    Prescription,
    PriceNoticePaper,
    ReceiptSheet,
    RefundNotice,
    RegistrationSlip,
    TreatmentSheet,
)

_BUILDERS: dict[type[Any], tuple[DocumentKind, Callable[..., Block]]] = {
    RegistrationSlip: (DocumentKind.REGISTRATION_SLIP, visit.registration_slip),
    FeeStatement: (DocumentKind.FEE_STATEMENT, visit.fee_statement),
    RefundNotice: (DocumentKind.REFUND_NOTICE, visit.refund_notice),
    Prescription: (DocumentKind.PRESCRIPTION, care.prescription),
    ExaminationRequest: (DocumentKind.EXAMINATION_REQUEST, care.examination_request),
    LaboratoryReport: (DocumentKind.LABORATORY_REPORT, care.laboratory_report),
    ExaminationReport: (DocumentKind.EXAMINATION_REPORT, examinations.examination_report),
    PriceNoticePaper: (DocumentKind.PRICE_NOTICE, notices.price_notice),
    DailySettlement: (DocumentKind.DAILY_SETTLEMENT, settlements.daily_settlement),
    ReceiptSheet: (DocumentKind.RECEIPT_SHEET, receipts.receipt_sheet),
    MedicalDocument: (DocumentKind.MEDICAL_DOCUMENT, medical.medical_document),
    TreatmentSheet: (DocumentKind.TREATMENT_SHEET, treatments.treatment_sheet),
    MedicalCertificate: (DocumentKind.MEDICAL_CERTIFICATE, medical.medical_certificate),
}


def kind_of(content: PaperContent) -> DocumentKind:
    """The kind of paper that `content` describes."""
    return _BUILDERS[type(content)][0]


def build_content(content: PaperContent, *, on: date) -> Block:
    """The snapshot of `content` for a paper issued on the day `on`: formatted texts only, no numbers, no dates.

    Refuses with `AmountsDisagree`, `PrescriptionEmpty` or `TooManyDrugs`.
    """
    return _BUILDERS[type(content)][1](content, on=on)


def content_digest(snapshot: Block) -> str:
    """SHA-256 of the canonical JSON of a snapshot."""
    canonical = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
