"""The data of every printed paper, and what the front door hands out."""

from hospital.documents.types.clinical import (
    Amendment,
    ExaminationReport,
    ExaminationRequest,
    LaboratoryReport,
    LaboratoryResult,
    PrescribedDecoction,
    PrescribedDrug,
    PrescribedPiece,
    Prescription,
    PrescriptionClass,
    ReportAddendum,
    ReportImage,
    ReportVersion,
    RequestedExamination,
    ResultFlag,
    ResultGroup,
    SafetyAnswer,
)
from hospital.documents.types.issued import Authenticity, IssuedPaper, RenderedPaper, Subject, Verification
from hospital.documents.types.kinds import DocumentKind, PaperLanguage, PaperSheet
from hospital.documents.types.medical import (
    MedicalCertificate,
    MedicalDocument,
    PaperField,
    PaperParagraph,
    PaperSection,
    PaperTranslation,
)
from hospital.documents.types.money import ChargedSurcharge, PublicAddition, SurchargeMode
from hospital.documents.types.notices import NoticePoint, PriceNoticePaper
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
from hospital.documents.types.settlements import DailySettlement, SettlementReceipts, SettlementRow
from hospital.documents.types.treatments import TreatedSession, TreatmentSheet

PaperContent = (
    RegistrationSlip
    | FeeStatement
    | RefundNotice
    | Prescription
    | ExaminationRequest
    | TreatmentSheet
    | LaboratoryReport
    | ExaminationReport
    | ReceiptSheet
    | PriceNoticePaper
    | DailySettlement
    | MedicalDocument
    | MedicalCertificate
)

__all__ = [
    "Amendment",
    "Authenticity",
    "ChargedSurcharge",
    "DailySettlement",
    "DocumentKind",
    "ExaminationReport",
    "ExaminationRequest",
    "FeeLine",
    "FeeStatement",
    "IssuedPaper",
    "LaboratoryReport",
    "LaboratoryResult",
    "Letterhead",
    "MedicalCertificate",
    "MedicalDocument",
    "NoticePoint",
    "PaperContent",
    "PaperField",
    "PaperLanguage",
    "PaperParagraph",
    "PaperPatient",
    "PaperSection",
    "PaperSex",
    "PaperSheet",
    "PaperTranslation",
    "PrescribedDecoction",
    "PrescribedDrug",
    "PrescribedPiece",
    "Prescription",
    "PrescriptionClass",
    "PriceNoticePaper",
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
    "ReportImage",
    "ReportVersion",
    "RequestedExamination",
    "ResultFlag",
    "ResultGroup",
    "SafetyAnswer",
    "SettlementReceipts",
    "SettlementRow",
    "Signature",
    "Subject",
    "SurchargeMode",
    "TreatedSession",
    "TreatmentSheet",
    "Verification",
]
