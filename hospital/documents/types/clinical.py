"""The data of the papers of care: prescription, examination request, laboratory and examination report."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from hospital.documents.types.people import Letterhead, PaperPatient, Signature
from hospital.kernel.types import BilingualText


class PrescriptionClass(StrEnum):
    """The classes of prescription paper (domain brief 4); each has a word and a color."""

    ORDINARY = "ORDINARY"
    EMERGENCY = "EMERGENCY"
    PEDIATRIC = "PEDIATRIC"
    NARCOTIC = "NARCOTIC"
    PSYCHOTROPIC_I = "PSYCHOTROPIC_I"
    PSYCHOTROPIC_II = "PSYCHOTROPIC_II"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescribedDrug:
    """One drug: generic name (INN in English), form and strength, quantity with its unit, directions, remark."""

    name: BilingualText
    specification: BilingualText
    quantity: BilingualText
    directions: BilingualText
    remark: BilingualText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescribedPiece:
    """One piece of a decoction: grams of one packet, and how it is handled where that is not with the others."""

    name: BilingualText
    grams: Decimal
    handling: BilingualText | None = None
    remark: BilingualText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescribedDecoction:
    """One formula: its pieces, how many packets and how they are taken (`manner`), who decocts, and the steps that the
    patient follows in plain words, on a page of their own."""

    pieces: tuple[PrescribedPiece, ...]
    manner: BilingualText
    maker: BilingualText
    steps: tuple[BilingualText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """A prescription of one to five western or patent drugs, or of one decoction (D52, domain brief 4).

    `valid_until` is the last day of validity, the day of issue unless the doctor extended it.
    """

    letterhead: Letterhead
    patient: PaperPatient
    prescription_class: PrescriptionClass
    department: BilingualText
    payer: BilingualText
    diagnosis: BilingualText
    allergies: BilingualText
    weight_kg: Decimal | None = None
    written_at: datetime
    valid_until: date
    drugs: tuple[PrescribedDrug, ...] = ()
    decoction: PrescribedDecoction | None = None
    amount: Decimal
    collected_by: BilingualText | None = None
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedExamination:
    """One examination of a request; what is None prints a dash."""

    item: BilingualText
    body_part: BilingualText | None = None
    side: BilingualText | None = None
    contrast: BilingualText | None = None
    fee: BilingualText
    appointment: BilingualText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAnswer:
    """One safety question with its answer; `is_alert` prints the word Caution."""

    question: BilingualText
    answer: BilingualText
    is_alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationRequest:
    """A request for imaging or another examination (D53)."""

    letterhead: Letterhead
    patient: PaperPatient
    visit_number: str
    department: BilingualText
    payer: BilingualText
    urgency: BilingualText
    requested_at: datetime
    diagnosis: BilingualText
    history: BilingualText
    purpose: BilingualText
    examinations: tuple[RequestedExamination, ...]
    safety: tuple[SafetyAnswer, ...] = ()
    preparation: tuple[BilingualText, ...] = ()
    signatures: tuple[Signature, ...] = ()


class ResultFlag(StrEnum):
    """NORMAL prints nothing; the critical flags are framed and red, with the word."""

    NORMAL = "NORMAL"
    HIGH = "HIGH"
    LOW = "LOW"
    CRITICAL_HIGH = "CRITICAL_HIGH"
    CRITICAL_LOW = "CRITICAL_LOW"
    ABNORMAL = "ABNORMAL"
    POSITIVE = "POSITIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaboratoryResult:
    """One analyte. `result` and `reference` are text as reported (`<0.01`, `1:160`, Negative), never numbers.

    `converted` is a second unit for reference; `recognition` the mark of mutual recognition.
    """

    code: str
    name: BilingualText
    result: str | BilingualText
    unit: str = ""
    reference: str | BilingualText = ""
    flag: ResultFlag = ResultFlag.NORMAL
    converted: str = ""
    recognition: BilingualText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGroup:
    """The results of one ordered panel."""

    name: BilingualText
    method: BilingualText | None = None
    results: tuple[LaboratoryResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """That a report is not the first of its specimen, why, and what it corrects."""

    version: int
    reason: BilingualText | None = None
    changes: tuple[BilingualText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LaboratoryReport:
    """A verified laboratory report (R56, domain brief 4) with its four instants; one not known yet is None."""

    letterhead: Letterhead
    patient: PaperPatient
    visit_number: str
    department: BilingualText
    doctor: BilingualText
    diagnosis: BilingualText
    specimen_number: str
    specimen: BilingualText
    specimen_quality: BilingualText
    collected_at: datetime | None
    received_at: datetime | None
    tested_at: datetime | None
    reported_at: datetime
    groups: tuple[ResultGroup, ...]
    comment: BilingualText | None = None
    critical_value_record: BilingualText | None = None
    amendment: Amendment | None = None
    signatures: tuple[Signature, ...]
    notes: tuple[BilingualText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAddendum:
    """What was added to a signed examination report, by whom and when."""

    text: BilingualText
    signed_by: BilingualText
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVersion:
    """One signed version of an examination report; the first has no reason."""

    number: int
    status: BilingualText
    signed_by: BilingualText
    signed_at: datetime
    reason: BilingualText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportImage:
    """An image that shows what the report says; `jpeg` in base64."""

    caption: BilingualText
    jpeg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationReport:
    """A signed report of an examination (domain brief 4). `status`: final, amended, addendum.

    `versions`: every signed version up to this one, oldest first; they are printed where there is more than one.
    `recognition`: the mark of mutual recognition.
    """

    letterhead: Letterhead
    patient: PaperPatient
    visit_number: str
    report_number: str
    department: BilingualText
    doctor: BilingualText
    recognition: BilingualText | None = None
    examination: BilingualText
    body_part: BilingualText | None = None
    accession: str = ""
    modality: str = ""
    examined_at: datetime
    status: BilingualText
    clinical_info: BilingualText
    facts: tuple[tuple[BilingualText, BilingualText], ...] = ()
    images: tuple[ReportImage, ...] = ()
    technique: BilingualText | None = None
    findings: BilingualText
    impression: BilingualText
    advice: BilingualText | None = None
    addenda: tuple[ReportAddendum, ...] = ()
    versions: tuple[ReportVersion, ...] = ()
    signatures: tuple[Signature, ...]
