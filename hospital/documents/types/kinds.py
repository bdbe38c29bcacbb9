"""What can be printed, in which languages."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """A kind of printed paper."""

    REGISTRATION_SLIP = "REGISTRATION_SLIP"
    FEE_STATEMENT = "FEE_STATEMENT"
    REFUND_NOTICE = "REFUND_NOTICE"
    PRESCRIPTION = "PRESCRIPTION"
    EXAMINATION_REQUEST = "EXAMINATION_REQUEST"
    LABORATORY_REPORT = "LABORATORY_REPORT"
    EXAMINATION_REPORT = "EXAMINATION_REPORT"
    RECEIPT_SHEET = "RECEIPT_SHEET"
    PRICE_NOTICE = "PRICE_NOTICE"
    DAILY_SETTLEMENT = "DAILY_SETTLEMENT"
    MEDICAL_DOCUMENT = "MEDICAL_DOCUMENT"
    MEDICAL_CERTIFICATE = "MEDICAL_CERTIFICATE"
    TREATMENT_SHEET = "TREATMENT_SHEET"

    @property
    def prefix(self) -> str:
        """The letters with which its numbers begin."""
        return _PREFIXES[self]

    @property
    def is_legal(self) -> bool:
        """Whether a missing English text refuses the English paper instead of printing the Chinese with a mark."""
        return self in _LEGAL

    @property
    def is_signed(self) -> bool:
        """Whether its PDF carries the digital signature of the hospital: what others rely on abroad."""
        return self in _SIGNED

    @property
    def sheets(self) -> "tuple[PaperSheet, ...]":
        """The sheets it can be printed on; the first is taken where none is asked for."""
        return _SHEETS.get(self, (PaperSheet.A4,))


_PREFIXES = {
    DocumentKind.REGISTRATION_SLIP: "RG",
    DocumentKind.FEE_STATEMENT: "FS",
    DocumentKind.REFUND_NOTICE: "RF",
    DocumentKind.PRESCRIPTION: "RX",
    DocumentKind.EXAMINATION_REQUEST: "ER",
    DocumentKind.LABORATORY_REPORT: "LR",
    DocumentKind.EXAMINATION_REPORT: "XR",
    DocumentKind.RECEIPT_SHEET: "RT",
    DocumentKind.PRICE_NOTICE: "PN",
    DocumentKind.DAILY_SETTLEMENT: "DS",
    DocumentKind.MEDICAL_DOCUMENT: "MD",
    DocumentKind.MEDICAL_CERTIFICATE: "MC",
    DocumentKind.TREATMENT_SHEET: "TS",
}
_LEGAL = frozenset(
    {
        DocumentKind.FEE_STATEMENT,
        DocumentKind.REFUND_NOTICE,
        DocumentKind.PRESCRIPTION,
        DocumentKind.RECEIPT_SHEET,
        DocumentKind.PRICE_NOTICE,
        DocumentKind.MEDICAL_DOCUMENT,
        DocumentKind.MEDICAL_CERTIFICATE,
    }
)
_SIGNED = frozenset(
    {
        DocumentKind.PRESCRIPTION,
        DocumentKind.LABORATORY_REPORT,
        DocumentKind.EXAMINATION_REPORT,
        DocumentKind.MEDICAL_DOCUMENT,
        DocumentKind.MEDICAL_CERTIFICATE,
    }
)


class PaperLanguage(StrEnum):
    """Chinese, English, or each line in both."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


class PaperSheet(StrEnum):
    """What a paper is printed on: A4, A5, or the 80 mm roll of a desk printer."""

    A4 = "a4"
    A5 = "a5"
    ROLL_80 = "roll"


_SHEETS = {
    DocumentKind.REGISTRATION_SLIP: (PaperSheet.ROLL_80, PaperSheet.A5, PaperSheet.A4),
    DocumentKind.FEE_STATEMENT: (PaperSheet.A4, PaperSheet.A5, PaperSheet.ROLL_80),
    DocumentKind.RECEIPT_SHEET: (PaperSheet.A5, PaperSheet.A4, PaperSheet.ROLL_80),
    DocumentKind.PRESCRIPTION: (PaperSheet.A5,),
}
