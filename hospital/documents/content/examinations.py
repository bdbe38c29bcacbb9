"""The content of the examination report."""

from datetime import date

from hospital.documents.content.blocks import (
    Block,
    Text,
    letterhead_block,
    optional_pair,
    pair,
    patient_block,
    signature_blocks,
)
from hospital.documents.formatting import format_moment
from hospital.documents.types.clinical import ExaminationReport, ReportAddendum, ReportVersion
from hospital.kernel.types import BilingualText

_NOTES = (
    BilingualText(
        "中文签署版为准，英文为译文。", "The English is a translation of the signed Chinese, which prevails."
    ),
    BilingualText("本报告供临床医师参考，须结合病史。", "For use by your doctor together with the clinical history."),
)

_RECOGNIZED = BilingualText(
    "标有 HR 的检查在所示范围内的医疗机构互相认可。",
    "HR: other hospitals in the range shown recognize this examination, because the site passed external quality "
    "control.",
)


def examination_report(report: ExaminationReport, *, on: date) -> Block:
    """The report; of its history only where there is any."""
    sections = (
        (BilingualText("检查技术", "Technique"), report.technique),
        (BilingualText("检查所见", "Findings"), report.findings),
        (BilingualText("诊断意见", "Impression"), report.impression),
        (BilingualText("建议", "Recommendation"), report.advice),
    )
    return {
        "hospital": letterhead_block(report.letterhead),
        "title": {"zh": "检查报告单", "en": "Examination report"},
        "patient": patient_block(report.patient, on=on),
        "visit": report.visit_number,
        "report": report.report_number,
        "department": pair(report.department),
        "doctor": pair(report.doctor),
        "examination": pair(report.examination),
        "part": optional_pair(report.body_part),
        "accession": report.accession,
        "modality": report.modality,
        "done": pair(format_moment(report.examined_at)),
        "status": pair(report.status),
        "is_changed": len(report.versions) > 1,
        "hr": optional_pair(report.recognition),
        "clinical": pair(report.clinical_info),
        "sections": [
            {"title": pair(title), "text": _paragraphs(text), "is_main": title.en == "Impression"}
            for title, text in sections
            if text is not None and (text.zh or text.en)
        ],
        "facts": [{"name": pair(name), "value": pair(value)} for name, value in report.facts],
        "images": [{"svg": _svg(image.jpeg), "caption": pair(image.caption)} for image in report.images],
        "addenda": [_addendum(number, each) for number, each in enumerate(report.addenda, start=1)],
        "versions": [_version(each) for each in report.versions] if len(report.versions) > 1 else [],
        "signs": signature_blocks(report.signatures),
        "notes": [pair(note) for note in (*_NOTES, *((_RECOGNIZED,) if report.recognition else ()))],
    }


def _paragraphs(text: BilingualText) -> list[Text]:
    """Chinese and English paragraph by paragraph where there are as many of each, else one after the other."""
    chinese, english = _lines(text.zh), _lines(text.en)
    if len(chinese) == len(english):
        return [pair(BilingualText(zh, en)) for zh, en in zip(chinese, english, strict=True)]
    return [pair(BilingualText("\n".join(chinese), "\n".join(english)))]


def _svg(jpeg: str) -> str:
    """The picture in a frame that a template can draw from text: a snapshot holds no bytes."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">'
        '<rect width="100" height="100" fill="#000"/>'
        f'<image width="100" height="100" href="data:image/jpeg;base64,{jpeg}"/></svg>'
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _addendum(number: int, addendum: ReportAddendum) -> Block:
    return {
        "title": {"zh": f"补充报告 {number}", "en": f"Addendum {number}"},
        "text": _paragraphs(addendum.text),
        "by": pair(addendum.signed_by),
        "at": pair(format_moment(addendum.signed_at)),
    }


def _version(version: ReportVersion) -> Block:
    return {
        "no": str(version.number),
        "status": pair(version.status),
        "by": pair(version.signed_by),
        "at": pair(format_moment(version.signed_at)),
        "reason": optional_pair(version.reason),
    }
