"""From a snapshot to a PDF, with Typst in the process.

The fonts come from two wheels, so that no font of the system is needed: Source Sans 3 for Latin (the Noto face lacks
letters of Polish, Vietnamese and romanized Arabic names) and Noto Sans SC. Both are variable fonts, which Typst reads
as they are: nothing has to be prepared before the first document.
"""

import io
import json
import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import segno
import typst

from hospital.documents.formatting import format_stamp
from hospital.documents.types.kinds import DocumentKind, PaperLanguage, PaperSheet
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText

logger = logging.getLogger(__name__)
PAPERS = Path(__file__).parent / "papers"
TEMPLATE_VERSION = "v1"
_TEMPLATES = {
    DocumentKind.REGISTRATION_SLIP: "registration-slip",
    DocumentKind.FEE_STATEMENT: "fee-statement",
    DocumentKind.REFUND_NOTICE: "refund-notice",
    DocumentKind.PRESCRIPTION: "prescription",
    DocumentKind.EXAMINATION_REQUEST: "examination-request",
    DocumentKind.LABORATORY_REPORT: "laboratory-report",
    DocumentKind.EXAMINATION_REPORT: "examination-report",
    DocumentKind.RECEIPT_SHEET: "receipt-sheet",
    DocumentKind.PRICE_NOTICE: "price-notice",
    DocumentKind.DAILY_SETTLEMENT: "daily-settlement",
    DocumentKind.MEDICAL_DOCUMENT: "medical-document",
    DocumentKind.MEDICAL_CERTIFICATE: "medical-document",
    DocumentKind.TREATMENT_SHEET: "treatment-sheet",
}
# A compiler must not change threads, but serves every template, and each holds its own fonts (about 30 MB): one a
# thread, not one a template.
_compilers = threading.local()
# A rare character of a name that neither font draws, or one of a private area, would stop the paper: PDF/A allows no
# empty glyph. It prints as the mark that Chinese printers set for it.
UNDRAWN_MARK = "〓"
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_MOST_UNDRAWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFrame:
    """What stands around the snapshot: number, check code (`7D2F-9A01`), address of the public check, issue and print.

    `printed_at` is None for the electronic copy; `reprint` counts prints after the first, which also tell who printed
    them; `watermark` marks papers that are no longer valid; `signature` says of the PDF that it is digitally signed.
    """

    number: str
    check_code: str
    verify_url: str
    issued_at: datetime
    printed_at: datetime | None = None
    reprint: int = 0
    printed_by: BilingualText | None = None
    watermark: BilingualText | None = None
    signature: BilingualText | None = None


def prepare_fonts() -> list[Path]:
    """The folders of the fonts; raises `FileNotFoundError`, naming the package, when one is not installed."""
    folders = []
    for package, inside, face in (
        ("fontpkg_source_sans_3", "files", "SourceSans3[wght].ttf"),
        ("justmytype_intl_cjk", "fonts/ofl/notosanssc", "NotoSansSC[wght].ttf"),
    ):
        try:
            folder = Path(str(files(package))) / inside
        except ModuleNotFoundError as missing:
            raise FileNotFoundError(f"the font package {package} is not installed") from missing
        if not (folder / face).is_file():
            raise FileNotFoundError(f"the font package {package} lacks {face}")
        folders.append(folder)
    return folders


def _compiler() -> typst.Compiler:
    compiler: typst.Compiler | None = getattr(_compilers, "compiler", None)
    if compiler is None:
        compiler = typst.Compiler(
            root=str(PAPERS), font_paths=[str(folder) for folder in prepare_fonts()], ignore_system_fonts=True
        )
        _compilers.compiler = compiler
    return compiler


def draw_qr(payload: str) -> str:
    """A QR code as SVG text, error correction M: readable with a fold or a stamp over 15 % of it."""
    out = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(out, kind="svg", border=0, scale=4, dark="#131817")
    return out.getvalue().decode()


def _meta(frame: PrintFrame) -> dict[str, Any]:
    return {
        "no": frame.number,
        "check": frame.check_code,
        "verify": frame.verify_url,
        "issued": format_stamp(frame.issued_at),
        "printed": format_stamp(frame.printed_at) if frame.printed_at else "",
        "reprint": frame.reprint,
        "by": {"zh": frame.printed_by.zh, "en": frame.printed_by.en} if frame.printed_by else None,
        "watermark": {"zh": frame.watermark.zh, "en": frame.watermark.en} if frame.watermark else None,
        "signature": {"zh": frame.signature.zh, "en": frame.signature.en} if frame.signature else None,
    }


def render_labels(*, template: str, content: Mapping[str, Any], language: PaperLanguage, now: datetime) -> bytes:
    """Labels, which have no number or check of their own, as a tagged PDF. Equal arguments give equal bytes."""
    meta = {
        "no": "",
        "check": "",
        "verify": "",
        "issued": "",
        "printed": "",
        "reprint": 0,
        "by": None,
        "watermark": None,
        "signature": None,
    }
    return _compile(
        template=PAPERS / TEMPLATE_VERSION / f"{template}.typ",
        inputs={"meta": json.dumps(meta), "lang": language.value, "sheet": "", "qr": ""},
        content=content,
        moment=now,
    )


def render_pdf(
    *,
    kind: DocumentKind,
    content: Mapping[str, Any],
    frame: PrintFrame,
    language: PaperLanguage,
    template_version: str = TEMPLATE_VERSION,
    sheet: PaperSheet | None = None,
) -> bytes:
    """The paper as a tagged PDF that is PDF/A-2a and PDF/UA-1. Equal arguments give equal bytes.

    `sheet` is the paper's own unless given.
    """
    moment = (frame.printed_at or frame.issued_at).astimezone(SHANGHAI)
    return _compile(
        template=PAPERS / template_version / f"{_TEMPLATES[kind]}.typ",
        inputs={
            "meta": json.dumps(_meta(frame), ensure_ascii=False),
            "lang": language.value,
            "sheet": sheet.value if sheet else "",
            "qr": draw_qr(frame.verify_url),
        },
        content=content,
        moment=moment,
    )


def _compile(*, template: Path, inputs: Mapping[str, str], content: Mapping[str, Any], moment: datetime) -> bytes:
    data = _PRIVATE.sub(UNDRAWN_MARK, json.dumps(content, ensure_ascii=False))
    for _ in range(_MOST_UNDRAWN):
        try:
            pdf = _compiler().compile(
                input=str(template),
                format="pdf",
                sys_inputs={"data": data, **inputs},
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(moment.timestamp()),
            )
        except typst.TypstError as error:
            undrawn = {character for text in _UNDRAWN.findall(str(error)) for character in text}
            if not undrawn or not undrawn & set(data):
                raise
            logger.warning("a paper holds %s characters that its fonts do not draw", len(undrawn))
            data = data.translate({ord(character): UNDRAWN_MARK for character in undrawn})
            continue
        if not isinstance(pdf, bytes):
            raise TypeError("Typst returned no PDF")
        return pdf
    raise ValueError("too many characters that the fonts do not draw")
