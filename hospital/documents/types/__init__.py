"""The data of every printed paper, and what the front door hands out."""

from hospital.documents.types.clinical import (
    ExaminationReport,
    ExaminationRequest,
    LaboratoryReport,
    LaboratoryResult,
    PrescribedDrug,
    Prescription,
    PrescriptionClass,
    ReportAddendum,
    ReportVersion,
    RequestedExamination,
    ResultFlag,
    ResultGroup,
    SafetyAnswer,
)
from hospital.documents.types.issued import Authenticity, IssuedPaper, RenderedPaper, Subject, Verification
from hospital.documents.types.kinds import DocumentKind, PaperLanguage, PaperSheet
from hospital.documents.types.money import ChargedSurcharge, PublicAddition, SurchargeMode
from hospital.documents.types.papers import (
    FeeLine,
    FeeStatement,
    ReceiptSheet,
    ReceiptSheetClass,
    ReceiptSheetShare,
    RefundChannel,
    RefundLine,
    RefundNotice,
    RefundReceipts,
    RegistrationSlip,
)
from hospital.documents.types.people import Letterhead, PaperPatient, PaperSex, Signature

PaperContent = (
    RegistrationSlip
    | FeeStatement
    | RefundNotice
    | Prescription
    | ExaminationRequest
    | LaboratoryReport
    | ExaminationReport
    | ReceiptSheet
)

__all__ = [
    "Authenticity",
    "ChargedSurcharge",
    "DocumentKind",
    "ExaminationReport",
    "ExaminationRequest",
    "FeeLine",
    "FeeStatement",
    "IssuedPaper",
    "LaboratoryReport",
    "LaboratoryResult",
    "Letterhead",
    "PaperContent",
    "PaperLanguage",
    "PaperPatient",
    "PaperSex",
    "PaperSheet",
    "PrescribedDrug",
    "Prescription",
    "PrescriptionClass",
    "PublicAddition",
    "ReceiptSheet",
    "ReceiptSheetClass",
    "ReceiptSheetShare",
    "RefundChannel",
    "RefundLine",
    "RefundNotice",
    "RefundReceipts",
    "RegistrationSlip",
    "RenderedPaper",
    "ReportAddendum",
    "ReportVersion",
    "RequestedExamination",
    "ResultFlag",
    "ResultGroup",
    "SafetyAnswer",
    "Signature",
    "Subject",
    "SurchargeMode",
    "Verification",
]
