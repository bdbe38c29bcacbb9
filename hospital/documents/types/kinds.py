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

    @property
    def prefix(self) -> str:
        """The letters with which its numbers begin."""
        return _PREFIXES[self]

    @property
    def is_legal(self) -> bool:
        """Whether a missing English text refuses the English paper instead of printing the Chinese with a mark."""
        return self in _LEGAL


_PREFIXES = {
    DocumentKind.REGISTRATION_SLIP: "RG",
    DocumentKind.FEE_STATEMENT: "FS",
    DocumentKind.REFUND_NOTICE: "RF",
    DocumentKind.PRESCRIPTION: "RX",
    DocumentKind.EXAMINATION_REQUEST: "ER",
    DocumentKind.LABORATORY_REPORT: "LR",
    DocumentKind.EXAMINATION_REPORT: "XR",
}
_LEGAL = frozenset({DocumentKind.FEE_STATEMENT, DocumentKind.REFUND_NOTICE, DocumentKind.PRESCRIPTION})


class PaperLanguage(StrEnum):
    """Chinese, English, or each line in both."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"
