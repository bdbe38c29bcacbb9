"""The content of medical documents and certificates."""

from datetime import date

from hospital.documents.content.blocks import (
    Block,
    Text,
    letterhead_block,
    pair,
    patient_block,
    plain_or_pair,
    signature_blocks,
)
from hospital.documents.formatting import format_day
from hospital.documents.types.kinds import PaperLanguage
from hospital.documents.types.medical import MedicalCertificate, MedicalDocument, PaperSection
from hospital.documents.types.people import Signature
from hospital.kernel.types import BilingualText

_PENS = (
    Signature(role=BilingualText("患者或监护人", "Patient or guardian")),
    Signature(role=BilingualText("见证人", "Witness")),
    Signature(role=BilingualText("日期", "Date")),
)
_DECLARATION = BilingualText(
    "医生已向我说明以上内容，并回答了我的问题。我了解其中的风险和替代方案，同意进行。",
    "The doctor has explained the above to me and answered my questions. I understand the risks and the alternatives, "
    "and I agree.",
)
_SEALED_NOTE = BilingualText(
    "无本院印章或经涂改无效。本证明仅说明就诊时的病情，不作司法鉴定依据。",
    "Not valid without the seal of the hospital or if altered. It describes the condition at the visit and is "
    "not a forensic opinion.",
)
_LETTER_NOTE = BilingualText(
    "医师之间的信函，由医师签名，不另盖章。仅说明就诊时的病情，不作司法鉴定依据。",
    "A letter between doctors, signed by the doctor without a further seal. It describes the condition at the visit "
    "and is not a forensic opinion.",
)
_CHECK_NOTE = BilingualText(
    "真伪可扫码或凭编号和验证码在线查验。",
    "Anyone can verify this paper with the QR code, or online with its number and code.",
)
_SEAL_NAME = BilingualText("医疗证明专用章", "Certificate seal of the hospital")


def medical_document(document: MedicalDocument, *, on: date) -> Block:
    """The document as it was signed; in one language alone it says which (`only`)."""
    return {
        "hospital": letterhead_block(document.letterhead),
        "title": pair(document.title),
        "patient": patient_block(document.patient, on=on),
        "visit": document.visit_number,
        "department": pair(document.department),
        "seen": pair(format_day(document.seen_on)),
        "identity": [],
        "fields": [{"title": pair(each.title), "value": pair(each.value)} for each in document.fields],
        "sections": [_section(section) for section in document.sections],
        "declaration": pair(_DECLARATION) if document.asks_patient else None,
        "signs": signature_blocks(document.signatures),
        "pens": signature_blocks(_PENS if document.asks_patient else ()),
        "seal": None,
        "provenance": pair(_provenance(document)),
        "notes": [],
        **({"only": document.source.value} if _is_alone(document) else {}),
    }


def medical_certificate(certificate: MedicalCertificate, *, on: date) -> Block:
    """A medical document with who the patient is, the number of the register and the seal."""
    born = certificate.patient.born_on
    identity = (
        (BilingualText("国籍", "Nationality"), certificate.nationality),
        (BilingualText("证件", "Identity document"), certificate.identity),
        (BilingualText("出生日期", "Date of birth"), format_day(born) if born else None),
        (BilingualText("登记号", "Register no."), BilingualText(*[certificate.register_number] * 2)),
    )
    return {
        **medical_document(certificate, on=on),
        "identity": [{"title": pair(title), "value": pair(value)} for title, value in identity if value],
        "seal": _seal(certificate),
        "notes": [pair(note) for note in (_SEALED_NOTE if certificate.sealed_on else _LETTER_NOTE, _CHECK_NOTE)],
    }


def _seal(certificate: MedicalCertificate) -> Block | None:
    if certificate.sealed_on is None:
        return None
    return {
        "arc": certificate.letterhead.name.zh.replace(" ", ""),
        "number": certificate.register_number,
        "name": pair(_SEAL_NAME),
        "day": pair(format_day(certificate.sealed_on)),
    }


def _is_alone(document: MedicalDocument) -> bool:
    """Whether a paragraph stands in one language alone."""
    return any(isinstance(text, str) for section in document.sections for text in section.paragraphs)


def _section(section: PaperSection) -> Block:
    return {
        "title": pair(section.title),
        "paragraphs": [plain_or_pair(text) for text in section.paragraphs],
        "items": [pair(text) for text in section.items],
        "head": [pair(text) for text in section.head],
        "rows": [[_cell(text) for text in row] for row in section.rows],
    }


def _cell(text: BilingualText) -> str | Text:
    """A number or a lot as it is, a text in both languages."""
    return text.zh if text.zh == text.en else pair(text)


def _provenance(document: MedicalDocument) -> BilingualText:
    digest = f"SHA-256 {document.source_hash[:8]}…{document.source_hash[-4:]}"
    by = document.translation
    if by is None:
        return BilingualText(
            f"本件为签署原文，第 {document.version} 版（{digest}）。",
            f"This is the signed original, version {document.version} ({digest}).",
        )
    is_chinese = document.source == PaperLanguage.ZH
    original = BilingualText("中文", "Chinese") if is_chinese else BilingualText("英文", "English")
    other = BilingualText("英文", "English") if is_chinese else BilingualText("中文", "Chinese")
    return BilingualText(
        f"{other.zh}译自签署的{original.zh}原件第 {document.version} 版（{digest}），以{original.zh}为准。"
        f"翻译：{by.translator.zh}；审校：{by.reviewer.zh}。",
        f"{other.en} translation of the signed {original.en} original, version {document.version} ({digest}), which "
        f"prevails. Translated by {by.translator.en}, reviewed by {by.reviewer.en}.",
    )
